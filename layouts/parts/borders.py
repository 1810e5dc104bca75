"""What is said near the borders of clusters and far from everyone: ``assets/borders.js`` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts import words
from services.core.vocabulary import Axis

BORDERLINE = 0.1
"""A margin below it: almost as near to another cluster."""
NOTE = (
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
        lead = "There is only one cluster, so there is no other to move to."
    elif not found:
        lead = (
            "No change to a single value, within the range in the data, would move this customer to "
            "another cluster."
        )
    elif not found[0].better:
        lead = f"Closest other cluster, if {_worse(found[0], unit)}:"
    else:
        smallest = "smallest changes, one better and one worse," if len(found) > 1 else "smallest change"
        lead = f"The {smallest} that would move this customer to another cluster:"
    return {
        "lead": lead,
        "changes": [{"said": change(each, unit), "cluster": each.cluster} for each in found],
        "note": NOTE if found else "",
    }


def _worse(found: Any, unit: str) -> str:
    units = abs(found.units)
    if found.axis == "monetary":
        return f"spend fell by {words.money(units / 100)}"
    if found.axis == "frequency":
        return f"{words.count(units, unit.removesuffix('s'))} fewer {'was' if units == 1 else 'were'} counted"
    return f"another {words.days(units)} passed without an order"


def change(found: Any, unit: str) -> str:
    """``2 more orders``, ``£140.00 more``, ``An order within the last 40 days``."""
    units = abs(found.units)
    if found.axis == "monetary":
        return f"{words.money(units / 100)} {'more' if found.better else 'less'}"
    if found.axis == "frequency":
        named = unit.removesuffix("s") if units == 1 else unit
        return f"{words.number(units)} {'more' if found.better else 'fewer'} {named}"
    if not found.better:
        return f"{words.number(units)} more {'day' if units == 1 else 'days'} without an order"
    if found.value < 1:
        return "An order today"
    return f"An order within the last {'day' if found.value == 1 else words.days(found.value)}"


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
                "sign": "Borderline",
                "meaning": f"Almost as near to {other} as to the customer’s own cluster: a small change "
                "may move this customer there.",
            }
        )
    if far:
        named: dict[Axis, str] = {
            "recency": "the time since the last order",
            "frequency": f"the number of {unit}",
            "monetary": "the spend",
        }
        which = words.capital(words.listing([named[axis] for axis in far]))
        verb = "is" if len(far) == 1 else "are"
        found.append(
            {
                "sign": "Outlier",
                "meaning": f"{which} {verb} far from usual, so averages say little about this "
                f"customer. Outliers are still counted.",
            }
        )
    return found
