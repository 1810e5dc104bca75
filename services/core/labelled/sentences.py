"""How a column goes with churning, as one says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: From which size on an effect is small, middling and large (Cohen, 1988): of d, and of V with two ends.
_SIZES = {"cohens_d": (0.2, 0.5, 0.8), "cramers_v": (0.1, 0.3, 0.5)}
_WORDS = ("very small", "small", "medium", "large")
#: A rate of fewer customers is not named as the highest or lowest.
_LEAST_ROWS = 30
#: What stands for no value, and for values that stand together.
BLANK, REST = "blank", "all others"


def size_of(effect: float, kind: str) -> str:
    """Say how large an effect is.

    Examples
    --------
    >>> size_of(-0.9, "cohens_d"), size_of(0.12, "cramers_v"), size_of(0.05, "cramers_v")
    ('large', 'small', 'very small')
    """
    return _WORDS[sum(abs(effect) >= bound for bound in _SIZES[kind])]


def number(value: float) -> str:
    """Write a number of a column: whole ones as such, others with as many decimals as tell them apart.

    Examples
    --------
    >>> number(3.0), number(159.934), number(0.01234), number(12500.0)
    ('3', '159.93', '0.0123', '12,500')
    """
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"


def sentence_of(column: Mapping[str, Any]) -> str:
    """Say what was found of a column, as ``services.core.labelled.insight.insight`` describes it."""
    name, test = column["name"], column["test"]
    if test is None:
        return f"{name}: there is too little to compare."
    if not column["significant"]:
        return f"{name}: no difference between those who churned and those who stayed beyond chance."
    size = size_of(test["effect"], test["effect_name"])
    if column["kind"] == "number":
        two = [each for each in column["rates"] if each["value"] != BLANK]
        if len(two) == 2 and min(each["rows"] for each in two) >= _LEAST_ROWS:
            low, high = sorted(two, key=lambda each: each["rate"])
            return (
                f"{name}: {_share(high['rate'])} churned of those with {high['value']}, and "
                f"{_share(low['rate'])} of those with {low['value']}. The difference is {size}."
            )
        gone, stayed = (column["means"][end] for end in ("churned", "stayed"))
        way = "higher" if gone > stayed else "lower"
        return (
            f"{name} is {way} among customers who churned: {number(gone)} on average, against "
            f"{number(stayed)} among those who stayed. The difference is {size}."
        )
    named = [each for each in column["rates"] if each["value"] not in (BLANK, REST)]
    ordered = sorted(
        (each for each in named if each["rows"] >= _LEAST_ROWS), key=lambda each: float(each["rate"])
    )
    said = [_share(each["rate"]) for each in ordered]
    if len(said) < 2 or said[0] == said[1] or said[-1] == said[-2]:
        return f"{name} goes with churning; the link is {size}."  # nothing stands alone at an end
    low, high = ordered[0], ordered[-1]
    return (
        f"{name}: the largest share churned among those with “{high['value']}”, {_share(high['rate'])}, and "
        f"the smallest among those with “{low['value']}”, {_share(low['rate'])}. The link is {size}."
    )


def _share(rate: float) -> str:
    return f"{100 * rate:.1f}\u00a0%"
