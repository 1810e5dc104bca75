"""The key figures of the Segments tab: changes for everybody, shares for a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from dash.development.base_component import Component

from layouts import words
from layouts.parts import expecting, kpi, kpis
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.model import Overview
    from services.serving.segments.view import View

MONTHS = 12
NEW = later("New in the last 30 days")
ACTIVE = later("Active in the last 90 days")
_BEFORE = later("on {n}, the 30 days before")
_EARLIER = later("on {n}, 30 days earlier")


def figures(view: View, overview: Overview) -> Component:
    """Return the strip of key figures.

    Everybody is compared with the days before, in windows as long; a view with everybody, since it is chosen
    by what its customers are today.

    Parameters
    ----------
    view : View
        With at least one customer.
    overview : Overview
        The release's.
    """
    return kpis(_of_view(view, overview) if view.filters.active else _of_everybody(view, overview))


def _of_everybody(view: View, overview: Overview) -> list[Component]:
    snapshots, previous, windows = overview.snapshots, overview.previous, view.windows
    cells = [*_active(view), *_revenue(view, overview)]
    if title := _risk_title(overview):
        past = [each for place, each in enumerate(snapshots) if place != previous][-MONTHS:]
        told: dict[str, Any] = {"history": [each.at_risk_share for each in past]}
        if previous is not None:
            change = _risk(view) - snapshots[previous].at_risk_share
            since = _("since {day}", day=words.day_and_month_short(snapshots[previous].as_of))
            told |= {"change": _points(change), "judged": _judged(round(-change, 3)), "base": since}
        cells.append(kpi(title, words.number(_risk(view) * 100, 1), "%", **told))
    if windows.new is not None:
        cells.append(kpi(NEW(), words.number(windows.new), **_against(windows.new, windows.new_before)))
    cells += [*_overdue(view), *_expected(view)]
    if view.moved is not None and view.moved[1]:
        cuts = overview.changed.only_cuts if overview.changed else 0
        base = _("{n} because cut points moved", n=words.number(cuts))
        cells.append(kpi(_("Changed segment"), *_of(*view.moved), base=base))
    return cells


def _active(view: View) -> list[Component]:
    """Count who ordered lately; where the ledger is too short for that, everybody."""
    windows, everybody = view.windows, words.number(view.customers)
    of = _("of {n}", n=everybody)
    if windows.active is None:
        return [
            kpi(_("Customers"), everybody),
            kpi(_("Ordered in the last 30 days"), words.number(view.recent), of),
        ]
    told = _against(windows.active, windows.active_before, _EARLIER)
    return [kpi(ACTIVE(), words.number(windows.active), of, **told)]


def _revenue(view: View, overview: Overview) -> list[Component]:
    windows = view.windows
    if windows.revenue is None:
        return [kpi(_name(overview), words.money_sum(view.revenue))]
    told: dict[str, Any] = {}
    if before := windows.revenue_before:
        change = windows.revenue / before - 1
        base = _("on the 30 days before")
        if year := windows.revenue_year_ago:
            in_a_year = _percent(windows.revenue / year - 1)
            base = _("on the 30 days before, {change} on a year ago", change=in_a_year)
        told = {"change": _percent(change), "judged": _judged(change), "base": base}
    return [kpi(_("Revenue, last 30 days"), words.money_sum(windows.revenue), **told)]


def _name(overview: Overview) -> str:
    return words.revenue_name(after_returns=overview.glance.returns.matched is not None)


def _against(now: int, before: int | None, base: later = _BEFORE) -> dict[str, Any]:
    """Return what a count is compared with, in a window as long."""
    if before is None:
        return {}
    return {
        "change": words.change(now - before),
        "judged": _judged(now - before),
        "base": base(n=words.number(before)),
    }


def _judged(gain: float) -> Literal["good", "bad", ""]:
    return "" if not gain else "good" if gain > 0 else "bad"


def _percent(change: float) -> str:
    return f"{words.change(change * 100)}\u00a0%"


def _of_view(view: View, overview: Overview) -> list[Component]:
    now, windows = overview.snapshots[-1], view.windows
    cells: list[Component] = [
        kpi(
            _("Customers"),
            *_of(view.customers, view.everybody),
            base=_("{share} of all", share=_part(view.customers, view.everybody)),
        ),
        kpi(
            _name(overview),
            words.money_sum(view.revenue),
            base=_("{share} of all revenue", share=_part(view.revenue, view.all_revenue)),
        ),
    ]
    if title := _risk_title(overview):
        cells.append(kpi(title, words.number(_risk(view) * 100, 1), "%", base=_beside(now.at_risk_share)))
    if windows.active is not None:
        cells.append(
            kpi(
                ACTIVE(),
                *_of(windows.active, view.customers),
                base=words.share(windows.active / view.customers),
            )
        )
    if windows.new is not None:
        cells.append(kpi(NEW(), *_of(windows.new, view.customers)))
    cells += [*_overdue(view), *_expected(view)]
    if view.moved is not None and view.moved[1]:
        moved, known = view.moved
        base = ""
        if changed := overview.changed:
            base = _(
                "{share}; all customers {all}",
                share=words.share(moved / known),
                all=words.share(changed.changed / changed.of),
            )
        cells.append(kpi(_("Changed segment"), *_of(moved, known), base=base))
    return cells


def _overdue(view: View) -> list[Component]:
    """Count who is overdue, and of them the silent; nothing where no rhythm is known."""
    if view.rhythms is None:
        return []
    overdue, silent = view.rhythms["overdue"], view.rhythms["silent"]
    base = _("longer than usual without an order; {n} silent", n=words.number(silent))
    of = _of(overdue + silent, view.customers)
    return [kpi(_("Overdue or silent"), *of, base=base, term="overdue")]


def _expected(view: View) -> list[Component]:
    """Sum what is expected of each, with how far such totals of everybody were off; nothing where unknown."""
    if (total := view.expected) is None:
        return []
    places = {"days": words.days(total.days), "day": words.day_and_month_short(total.seen)}
    base = (
        _("in {days} from {day}; earlier totals {off}", off=expecting.by(total.off), **places)
        if total.off
        else _(
            "in {days} from {day}; such totals could not be tested on earlier days",
            **places,
        )
    )
    return [kpi(_("Expected spend"), words.money_short(total.spend), base=base, term="expected-spend")]


def _risk_title(overview: Overview) -> str:
    """Name the segments at risk, or nothing where the preset marks none."""
    risky = [segment.name for segment in overview.segments if segment.at_risk]
    if any("," in name for name in risky):
        return plural(
            "Revenue in {n} segment at risk",
            "Revenue in {n} segments at risk",
            len(risky),
            n=words.number(len(risky)),
        )
    return _("Revenue in {segments}", segments=", ".join(risky)) if risky else ""


def _risk(view: View) -> float:
    return view.at_risk_revenue / view.revenue if view.revenue else 0.0


def _points(change: float) -> str:
    return _("{change} points", change=words.change(change * 100, 1))


def _of(part: int, whole: int) -> tuple[str, str]:
    return words.number(part), _("of {n}", n=words.number(whole))


def _part(part: float, whole: float) -> str:
    return words.share(part / whole if whole else 0)


def _beside(share: float) -> str:
    return _("all customers {share}", share=words.share(share))
