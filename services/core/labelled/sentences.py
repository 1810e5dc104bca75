"""How a column goes with churning, as one says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.core.language.messages import _, later

#: From which size on an effect is small, middling and large (Cohen, 1988): of d, and of V with two ends.
_SIZES = {"cohens_d": (0.2, 0.5, 0.8), "cramers_v": (0.1, 0.3, 0.5)}
_DIFFERENCE = {
    "very small": later("The difference is very small."),
    "small": later("The difference is small."),
    "medium": later("The difference is medium."),
    "large": later("The difference is large."),
}
_LINK = {
    "very small": later("The link is very small."),
    "small": later("The link is small."),
    "medium": later("The link is medium."),
    "large": later("The link is large."),
}
_ONLY_LINK = {
    "very small": later("{column} goes with churning; the link is very small."),
    "small": later("{column} goes with churning; the link is small."),
    "medium": later("{column} goes with churning; the link is medium."),
    "large": later("{column} goes with churning; the link is large."),
}
#: A rate of fewer customers is not named as the highest or lowest.
_LEAST_ROWS = 30
#: What stands for no value, and for values that stand together; rates have the English.
BLANK, REST = later("blank"), later("all others")


def size_of(effect: float, kind: str) -> str:
    """Say how large an effect is.

    Examples
    --------
    >>> size_of(-0.9, "cohens_d"), size_of(0.12, "cramers_v"), size_of(0.05, "cramers_v")
    ('large', 'small', 'very small')
    """
    return tuple(_LINK)[sum(abs(effect) >= bound for bound in _SIZES[kind])]


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


def value_of(value: str, kind: str, written: Callable[[str], str] = str) -> str:
    """Say a value that a rate is of.

    Parameters
    ----------
    value : str
        As ``services.core.labelled.rates`` has it, in English.
    kind : {"number", "category"}
        Of its column; words are the table's own.
    written : callable, optional
        Writes a number that stands in English figures.
    """
    for said in (BLANK, REST):
        if value == said.text:
            return said()
    if kind == "category":
        return value
    low, to, high = value.partition(" to ")
    return _("{low} to {high}", low=written(low), high=written(high)) if to else written(low)


def sentence_of(column: Mapping[str, Any], written: Callable[[str], str] = str) -> str:
    """Say what was found of a column, as ``services.core.labelled.insight.insight`` describes it.

    ``written`` writes a number that stands in English figures.
    """
    name, test = column["name"], column["test"]
    if test is None:
        return _("{column}: there is too little to compare.", column=name)
    if not column["significant"]:
        return _(
            "{column}: no difference between those who churned and those who stayed beyond chance.",
            column=name,
        )
    size = size_of(test["effect"], test["effect_name"])
    return (
        _of_numbers(column, size, written) if column["kind"] == "number" else _of_words(column, size, written)
    )


def _of_numbers(column: Mapping[str, Any], size: str, written: Callable[[str], str]) -> str:
    two = [each for each in column["rates"] if each["value"] != BLANK.text]
    if len(two) == 2 and min(each["rows"] for each in two) >= _LEAST_ROWS:
        low, high = sorted(two, key=lambda each: float(each["rate"]))
        said = _(
            "{column}: {most} churned of those with {high}, and {least} of those with {low}.",
            column=column["name"],
            most=_share(high["rate"], written),
            high=value_of(high["value"], "number", written),
            least=_share(low["rate"], written),
            low=value_of(low["value"], "number", written),
        )
        return f"{said} {_DIFFERENCE[size]()}"
    gone, stayed = (column["means"][end] for end in ("churned", "stayed"))
    places = {
        "column": column["name"],
        "churned": written(number(gone)),
        "stayed": written(number(stayed)),
    }
    if gone > stayed:
        said = _(
            "{column} is higher among customers who churned: {churned} on average, against {stayed} among "
            "those who stayed.",
            **places,
        )
    else:
        said = _(
            "{column} is lower among customers who churned: {churned} on average, against {stayed} among "
            "those who stayed.",
            **places,
        )
    return f"{said} {_DIFFERENCE[size]()}"


def _of_words(column: Mapping[str, Any], size: str, written: Callable[[str], str]) -> str:
    named = [each for each in column["rates"] if each["value"] not in (BLANK.text, REST.text)]
    ordered = sorted(
        (each for each in named if each["rows"] >= _LEAST_ROWS), key=lambda each: float(each["rate"])
    )
    shares = [_share(each["rate"], written) for each in ordered]
    if len(shares) < 2 or shares[0] == shares[1] or shares[-1] == shares[-2]:
        return _ONLY_LINK[size](column=column["name"])  # nothing stands alone at an end
    said = _(
        "{column}: the largest share churned among those with “{high}”, {most}, and the smallest among "
        "those with “{low}”, {least}.",
        column=column["name"],
        high=ordered[-1]["value"],
        most=shares[-1],
        low=ordered[0]["value"],
        least=shares[0],
    )
    return f"{said} {_LINK[size]()}"


def _share(rate: float, written: Callable[[str], str]) -> str:
    return _("{n}\u00a0%", n=written(f"{100 * rate:.1f}"))
