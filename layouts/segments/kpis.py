"""The key figures of the Segments tab: changes for everybody, shares for a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from layouts import words
from layouts.parts import kpi, kpis

if TYPE_CHECKING:
    from services.releases.overview.model import Overview
    from services.releases.overview.moments import Snapshot
    from services.serving.segments.view import View

MONTHS = 12


def figures(view: View, overview: Overview) -> Component:
    """Return the strip of key figures.

    Everybody is compared with the earlier snapshot; a view with everybody, since what a filter would have
    found earlier is not kept.

    Parameters
    ----------
    view : View
        With at least one customer.
    overview : Overview
        The release's.
    """
    return kpis(_of_view(view, overview) if view.filters.active else _of_everybody(view, overview))


def _of_everybody(view: View, overview: Overview) -> list[Component]:
    snapshots, previous = overview.snapshots, overview.previous
    then = None if previous is None else snapshots[previous]
    past = [each for place, each in enumerate(snapshots) if place != previous][-MONTHS:]

    def compared(
        figure: Callable[[Snapshot], float], now: float, written: Callable[[float], str], welcome: int = 1
    ) -> dict[str, Any]:
        """Return a figure's change, whether it is good, its base and its past."""
        history = [figure(each) for each in past]
        if then is None:
            return {"history": history}
        change = now - figure(then)
        judged = "" if not change else "good" if change * welcome > 0 else "bad"
        base = f"since {words.day_and_month_short(then.as_of)}"
        return {"change": written(change), "judged": judged, "base": base, "history": history}

    everybody = words.number(view.customers)
    customers = compared(lambda each: each.customers, view.customers, words.change)
    revenue = compared(lambda each: each.revenue, view.revenue, words.money_change)
    recent = compared(lambda each: each.ordered_30_days, view.recent, words.change)
    cells: list[Component] = [
        kpi("Customers", everybody, **customers),
        kpi("Revenue, purchases only", words.money_sum(view.revenue), **revenue),
    ]
    if title := _risk_title(overview):
        risk = compared(lambda each: each.at_risk_share, _risk(view), _points, welcome=-1)
        cells.append(kpi(title, words.number(_risk(view) * 100, 1), "%", **risk))
    cells.append(kpi("Ordered in the last 30 days", words.number(view.recent), f"of {everybody}", **recent))
    cells += _overdue(view)
    if view.moved is not None:
        cuts = overview.changed.only_cuts if overview.changed else 0
        base = f"{words.number(cuts)} because cut-offs moved"
        cells.append(kpi("Changed segment", *_of(*view.moved), base=base))
    return cells


def _of_view(view: View, overview: Overview) -> list[Component]:
    now = overview.snapshots[-1]
    cells: list[Component] = [
        kpi(
            "Customers",
            *_of(view.customers, view.everybody),
            base=_part(view.customers, view.everybody, "all"),
        ),
        kpi(
            "Revenue, purchases only",
            words.money_sum(view.revenue),
            base=_part(view.revenue, view.all_revenue, "all revenue"),
        ),
    ]
    if title := _risk_title(overview):
        cells.append(kpi(title, words.number(_risk(view) * 100, 1), "%", base=_beside(now.at_risk_share)))
    cells.append(
        kpi(
            "Ordered in the last 30 days",
            *_of(view.recent, view.customers),
            base=f"{words.share(view.recent / view.customers)}; "
            f"{_beside(now.ordered_30_days / view.everybody)}",
        )
    )
    cells += _overdue(view)
    if view.moved is not None:
        moved, known = view.moved
        changed, base = overview.changed, ""
        if known and changed:
            base = f"{words.share(moved / known)}; {_beside(changed.changed / changed.of)}"
        cells.append(kpi("Changed segment", *_of(moved, known), base=base))
    return cells


def _overdue(view: View) -> list[Component]:
    """Count who is overdue by their own rhythm, and of them the silent; nothing where none is known."""
    if view.rhythms is None:
        return []
    overdue, silent = view.rhythms["overdue"], view.rhythms["silent"]
    base = f"by own rhythm; {words.number(silent)} silent"
    return [kpi("Overdue", *_of(overdue + silent, view.customers), base=base)]


def _risk_title(overview: Overview) -> str:
    """Name the segments at risk, or nothing where the preset marks none."""
    risky = [segment.name for segment in overview.segments if segment.at_risk]
    if any("," in name for name in risky):
        return f"Revenue in {words.count(len(risky), 'segment')} at risk"
    return f"Revenue in {', '.join(risky)}" if risky else ""


def _risk(view: View) -> float:
    return view.at_risk_revenue / view.revenue if view.revenue else 0.0


def _points(change: float) -> str:
    return f"{words.change(change * 100, 1)} points"


def _of(part: int, whole: int) -> tuple[str, str]:
    return words.number(part), f"of {words.number(whole)}"


def _part(part: float, whole: float, what: str) -> str:
    return f"{words.share(part / whole if whole else 0)} of {what}"


def _beside(share: float) -> str:
    return f"all customers {words.share(share)}"
