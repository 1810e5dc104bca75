"""The cards of the tab Cohorts that are the same whatever is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from layouts.cohorts import cards
from layouts.cohorts import kinds as by_kind
from layouts.cohorts import words as said
from layouts.cohorts.concentrated import concentrated
from layouts.parts import card, grid
from services.core.cohorts.concentration import concentration
from services.core.language.messages import _
from services.serving.cohorts.newcomers import Judged, judged, product_names, shown
from services.serving.lists.filters import Filters
from services.serving.movement.moments import last_day

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded


def more(release: Loaded) -> Any:
    """Return what brings good customers, how concentrated revenue is, and how large the segments were."""
    cards_of_all = [each for each in (_newcomers(release), _concentrated(release), _sizes(release)) if each]
    return [html.P(said.OF_ALL(), className="sd-muted"), grid(cards_of_all)]


def _newcomers(release: Loaded) -> Any:
    told = release.overview.newcomers
    found = shown(judged(told)) if told else []
    if told is None or not found:
        return card(_("What brings good customers"), said.TOO_FEW(), width=7)
    names = product_names(release)
    kinds = [_kind(each, names) for each in found]
    return cards.newcomers(kinds, told.back, told.customers, told.within, (told.start, told.end))


def _kind(each: Judged, names: dict[str, str]) -> cards.Kind:
    group = each.group
    label = (
        names.get(group.name, group.name) if group.name else by_kind.band(group.kind, group.low, group.high)
    )
    return cards.Kind(
        name=by_kind.kind(group.kind, label, group.low, group.high),
        short=label,
        kind=group.kind,
        key=each.key,
        value=each.value,
        back=group.back,
        customers=group.customers,
        low=each.low,
        high=each.high,
        verdict=each.verdict,
    )


def _concentrated(release: Loaded) -> Any:
    spent = release.customers["monetary"]
    found = concentration(spent)
    if found is None:
        return None
    # others who spent as much as the last of the half would be listed, too
    exact = int((spent >= found.least).sum()) == found.half
    return concentrated(
        found.customers,
        found.revenue,
        found.half,
        found.counts,
        found.shares,
        f"/?{Filters(m_min=found.least).to_query()}" if exact else "",
        matched=release.preset.cleaning.returns == "match",
    )


def _sizes(release: Loaded) -> Any:
    snapshots = release.overview.snapshots
    if len(snapshots) < 2 or not release.segments:
        return None
    days = [last_day(release, place) for place in range(len(snapshots))]
    return cards.sizes(
        release.segments,
        days,
        [each.segments for each in snapshots],
        [each.customers for each in snapshots],
    )
