"""What the tab Movement shows for an address: plain functions, values in, components and numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import no_update

from layouts import palette
from layouts.movement import parts
from layouts.movement import words as said
from layouts.movement.listed import of_list
from layouts.parts import glyph_style
from layouts.plain import plain
from layouts.segments import filters as bar
from layouts.segments.words import of_file
from services.core.filters import CONTACTS
from services.core.language.messages import _
from services.core.parameters import odd_on_page
from services.core.text.addresses import query_of
from services.serving.lists import listing as customer_list
from services.serving.lists.listing import sort_at
from services.serving.movement.address import KEYS, Answer, Asked, answer, before, moments
from services.serving.movement.moments import Flow, flows, why_not
from services.serving.movement.sizes import sizes
from services.serving.movement.totals import by_cause, kinds, movers, totals

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.releases.overview.moments import Named
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
#: Parameters of the address that take one value; `CONTACTS` may take several.
ONCE = (*KEYS, "sort")
HIDDEN = ("body_hidden", "end_hidden", "by_hidden", "export_hidden")
FINDINGS = ("diagram_finding", "flows_finding", "sizes_finding", "list_finding", "causes_note")
PARTS = ("sub", "missing", "notes", "narrowed", "kpis", "chips", "nothing", "columns", "data", "list_class")
CHOICES = ("start", "start_options", "end", "end_options")
#: Everything that :func:`show` answers.
ANSWERS = (*HIDDEN, *FINDINGS, *PARTS, *CHOICES)


def show(release: Loaded, search: str | None, by_contacts: ByContacts | None = None) -> Shown:
    """Return everything but the list of customers, for an address's query.

    Parameters
    ----------
    release : Loaded
    search : str or None
        With its question mark.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    reason = why_not(release)
    if reason:
        gone = dict.fromkeys(ANSWERS, no_update)
        return gone | {"missing": plain(parts.missing(reason)), "body_hidden": True}
    odd = odd_on_page(query_of(search, blanks=True), ONCE, CONTACTS)
    query = query_of(search)
    found = answer(release, query, by_contacts)
    asked, moved, listed = found.asked, found.moved, int(found.fits.sum())
    counted = flows(moved)
    total = totals(moved, counted, asked)
    narrowed = [
        flow
        for flow in movers(moved, counted)
        if asked.then in (None, moved.groups[flow.then].id) and asked.now in (None, moved.groups[flow.now].id)
    ]
    names = {group.id: group.name for group in moved.groups}
    then, now = (names.get(each or "") for each in (asked.then, asked.now))
    choices = [{"value": each.key, "label": said.day(each.key)} for each in reversed(moments(release))]
    sort, odd_sort = sort_at(query)
    over, days = sizes(release, asked.filters), [said.day(each.key) for each in moments(release)]
    return {
        **_head(release, asked),
        "missing": [],
        "body_hidden": False,
        "end_hidden": asked.releases,
        "by_hidden": not asked.releases,
        "start_options": [*choices, *_release_before(release)],
        "end_options": choices,
        "start": asked.start.key,
        "end": asked.end.key,
        "notes": plain(parts.notes([*(each.noted for each in odd), *asked.notes, *odd_sort])),
        "kpis": plain(parts.figures(total.moved, total.of, total.causes, total.came, asked.by)),
        "diagram_finding": said.of_flows(total.moved, total.of, total.largest, asked.by),
        "flows_finding": said.of_causes(by_cause(narrowed, asked), then, now),
        "sizes_finding": said.of_sizes(
            [each.name for each in release.segments], over.customers, over.segments, days
        ),
        "list_finding": of_list(listed, then, now, asked.cause, asked.by)
        + of_file(listed, customer_list.MOST_IN_FILE),
        "narrowed": plain(bar.chips(asked.filters, {})),
        "chips": plain(parts.chips(_chosen(found, names), asked.by)),
        "nothing": [] if listed else plain(parts.nobody(asked.filters.active)),
        # A list without width cannot lay out its columns, so it is folded, not taken away.
        "list_class": "" if listed else "sd-folded",
        "export_hidden": not listed,
        "columns": parts.columns(moved.groups, release.preset.rfm.frequency, sort, asked.by),
        "data": _numbers(found, counted)
        | {
            "over": {
                "days": days,
                "groups": [_look(each) for each in release.segments],
                "customers": over.customers,
                "sizes": over.segments,
            }
        },
    }


def _head(release: Loaded, asked: Asked) -> Shown:
    """Return what fixes the page, and what its causes mean."""
    preset, end = release.manifest.preset, asked.end.key
    since = release.overview.since
    if asked.releases and since:
        return {
            "sub": said.since_head(since.as_of, end, preset, since.release),
            "causes_note": said.since_meaning(since.moved(asked.by).agreement, since.gone),
        }
    return {
        "sub": said.head(asked.start.key, end, preset, release.id),
        "causes_note": said.meaning(clusters=release.preset.segments.kind == "clusters"),
    }


def _release_before(release: Loaded) -> list[dict[str, str]]:
    found = before(release)
    return [{"value": found.key, "label": said.release_choice(found.as_of.isoformat())}] if found else []


def _chosen(found: Answer, names: dict[str, str]) -> dict[str, str]:
    asked = found.asked
    told = {"from_segment": names.get(asked.then or ""), "to_segment": names.get(asked.now or "")}
    if asked.cause:
        told["cause"] = said.CAUSES[asked.cause]()
    return {key: name for key, name in told.items() if name}


def _numbers(found: Answer, counted: list[Flow]) -> Shown:
    """Return what ``assets/movement/movement.js`` draws: a flow: then, now, customers, these by cause."""
    asked, possible = found.asked, kinds(found.asked)
    # Between releases most causes are rare: those that did not occur would only widen the table.
    held = [p for p in range(len(possible)) if not asked.releases or any(flow.causes[p] for flow in counted)]
    days = (
        [_("Previous release"), _("This release")]
        if asked.releases
        else [said.day(asked.start.key), said.day(asked.end.key)]
    )
    return {
        "from": asked.start.key,
        "to": asked.end.key,
        "by": asked.by,
        "days": days,
        "groups": [_look(group) for group in found.moved.groups],
        "causes": [{"id": cause, "name": said.CAUSES[cause]()} for cause in (possible[p] for p in held)],
        "flows": [[flow.then, flow.now, flow.customers, *(flow.causes[p] for p in held)] for flow in counted],
        "chosen": [asked.then, asked.now, asked.cause],
    }


def _look(group: Segment | Cluster | Named) -> Shown:
    return {
        "id": group.id,
        "name": group.name,
        "colour": palette.cluster(group.colour)
        if group.letter and group.colour
        else palette.segment(group.id, group.colour),
        "letter": group.letter,
        "glyph": glyph_style(group.cells),
    }
