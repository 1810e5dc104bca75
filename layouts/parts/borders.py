"""What is said near the borders of clusters and far from everyone: ``assets/borders.js`` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts import words
from services.core.language.messages import _, later, plural
from services.core.vocabulary import Axis

BORDERLINE = 0.1
"""A margin below it: almost as near to another cluster."""
NOTE = later(
    "One value changes, the other two stay the same. This describes the clusters, not the effect of an offer."
)

Said = dict[str, Any]


def crossings(found: Sequence[Any], clusters: int, unit: str) -> Said:
    """Say which smallest changes lead to another cluster.

    Parameters
    ----------
    found : sequence of services.core.clusters.crossing.Crossing
        At most one for the better, then at most one for the worse.
    clusters : int
        How many the release has.
    unit : {"orders", "lines"}
        What frequency counts.

    Returns
    -------
    dict
        ``lead``, ``note``, and ``changes``: what is ``said`` to change, and the index of the ``cluster``
        that it leads to.
    """
    if clusters < 2:
        lead = _("There is only one cluster, so there is no other to move to.")
    elif not found:
        lead = _(
            "No change to a single value, within the range in the data, would move this customer to "
            "another cluster."
        )
    elif not found[0].better:
        lead = _worse(found[0], unit)
    elif len(found) > 1:
        lead = _(
            "The smallest changes, one better and one worse, that would move this customer to another "
            "cluster:"
        )
    else:
        lead = _("The smallest change that would move this customer to another cluster:")
    return {
        "lead": lead,
        "changes": [{"said": change(each, unit), "cluster": each.cluster} for each in found],
        "note": NOTE() if found else "",
    }


def _worse(found: Any, unit: str) -> str:
    units = abs(found.units)
    if found.axis == "monetary":
        return _("Closest other cluster, if spend fell by {money}:", money=words.money(units / 100))
    n = words.number(units)
    if found.axis == "recency":
        return plural(
            "Closest other cluster, if another {n} day passed without an order:",
            "Closest other cluster, if another {n} days passed without an order:",
            units,
            n=n,
        )
    if unit == "lines":
        return plural(
            "Closest other cluster, if {n} line fewer was counted:",
            "Closest other cluster, if {n} lines fewer were counted:",
            units,
            n=n,
        )
    return plural(
        "Closest other cluster, if {n} order fewer was counted:",
        "Closest other cluster, if {n} orders fewer were counted:",
        units,
        n=n,
    )


def change(found: Any, unit: str) -> str:
    """``2 more orders``, ``£140.00 more``, ``An order within the last 40 days``."""
    units = abs(found.units)
    if found.axis == "monetary":
        money = words.money(units / 100)
        return _("{money} more", money=money) if found.better else _("{money} less", money=money)
    if found.axis == "frequency":
        return _counted(units, unit, more=found.better)
    if not found.better:
        n = words.number(units)
        return plural("{n} more day without an order", "{n} more days without an order", units, n=n)
    if found.value < 1:
        return _("An order today")
    if found.value == 1:
        return _("An order within the last day")
    n = words.number(found.value)
    return plural("An order within the last {n} day", "An order within the last {n} days", found.value, n=n)


def _counted(units: int, unit: str, *, more: bool) -> str:
    n = words.number(units)
    if unit == "lines" and more:
        return plural("{n} more line", "{n} more lines", units, n=n)
    if unit == "lines":
        return plural("{n} fewer line", "{n} fewer lines", units, n=n)
    if more:
        return plural("{n} more order", "{n} more orders", units, n=n)
    return plural("{n} fewer order", "{n} fewer orders", units, n=n)


def notes(margin: float, other: str | None, far: Sequence[Axis], unit: str) -> list[Said]:
    """Say in a ``sign`` and its ``meaning`` who is between two clusters, and who is far from everyone.

    Parameters
    ----------
    margin : float
        (d2 − d1) / (d1 + d2) of the two nearest centres.
    other : str or None
        Name of the second nearest cluster; None where there is one only.
    far : sequence of axis
        Where the value is an outlier.
    unit : {"orders", "lines"}
    """
    found = []
    if other is not None and margin < BORDERLINE:
        found.append(
            {
                "sign": _("Borderline"),
                "meaning": _(
                    "Almost as near to {other} as to the customer’s own cluster: a small change "
                    "may move this customer there.",
                    other=other,
                ),
            }
        )
    if far:
        found.append(
            {
                "sign": _("Outlier"),
                "meaning": plural(
                    "{values} is far from usual, so averages say little about this customer. "
                    "Outliers are still counted.",
                    "{values} are far from usual, so averages say little about this customer. "
                    "Outliers are still counted.",
                    len(far),
                    values=words.listing([_value(axis, unit, first=axis == far[0]) for axis in far]),
                ),
            }
        )
    return found


def _value(axis: Axis, unit: str, *, first: bool) -> str:
    """Name a value at the beginning of a sentence, or further on."""
    if axis == "recency":
        return _("The time since the last order") if first else _("the time since the last order")
    if axis == "monetary":
        return _("The spend") if first else _("the spend")
    if unit == "lines":
        return _("The number of lines") if first else _("the number of lines")
    return _("The number of orders") if first else _("the number of orders")
