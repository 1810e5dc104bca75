"""What an edited preset would do: who moves where, each segment before and after, sizes of the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.parts import Cell, Column, card, caution, empty, table
from layouts.presets.form import axis_names
from services.core.language.messages import _, later, plural
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.serving.presets.preview import Part, Preview

MOST_FLOWS = 12
_TITLE = later("What would change")


def shown(seen: Preview, frequency: str, served: str, notes: Sequence[str]) -> list[Component]:
    """Return the cards of a preview.

    Parameters
    ----------
    seen : Preview
    frequency : str
        Orders or lines.
    served : str
        Name of the preset that the release was made with.
    notes : sequence of str
        What else the reader must know.
    """
    said = [*notes, *warnings(seen, frequency)]
    cautions = html.Div([html.P(caution(sentence)) for sentence in said], className="sd-presets-cautions")
    segments = card(
        _TITLE(),
        finding(seen),
        [_parts(seen), *([cautions] if said else [])],
        note=_("Compared with the segments that the site shows now, made with “{preset}”.", preset=served),
        flush=True,
    )
    return [segments, _flows(seen)] if seen.flows else [segments]


def refused(sentence: str) -> list[Component]:
    """Return what stands for the preview where the fields or the release allow none."""
    return [card(_TITLE(), None, empty(_("No preview"), sentence))]


def finding(seen: Preview) -> str:
    """Say who moves, in a sentence."""
    if not seen.moved:
        return _("Nobody would move: every customer stays in the same segment.")
    first = seen.flows[0]
    places = {
        "n": words.number(seen.moved),
        "revenue": words.money_sum(seen.moved_revenue),
        "before": seen.parts[first.before].name,
        "after": seen.parts[first.after].name,
    }
    if len(seen.flows) == 1:
        return plural(
            "{n} customer with {revenue} would move, from {before} to {after}.",
            "{n} customers with {revenue} would move, all from {before} to {after}.",
            seen.moved,
            **places,
        )
    if first.customers * 2 > seen.moved:
        return plural(
            "{n} customer with {revenue} would move; most of them from {before} to {after}.",
            "{n} customers with {revenue} would move; most of them from {before} to {after}.",
            seen.moved,
            **places,
        )
    return plural(
        "{n} customer with {revenue} would move, {share} of all; the largest group, {largest}, from "
        "{before} to {after}.",
        "{n} customers with {revenue} would move, {share} of all; the largest group, {largest}, from "
        "{before} to {after}.",
        seen.moved,
        share=words.share(seen.moved / seen.customers),
        largest=words.number(first.customers),
        **places,
    )


def warnings(seen: Preview, frequency: str) -> list[str]:
    """Say which classes are empty or hold too many, and which segments nobody would be in."""
    names = axis_names(frequency)
    found = []
    for axis, score, share in seen.warnings:
        if share:
            said = _(
                "{axis}, score {score}: {share} of the customers, more than 40\u00a0%.",
                axis=names[axis],
                score=score,
                share=words.share(share),
            )
        else:
            said = _("{axis}, score {score}: no customers.", axis=names[axis], score=score)
        found.append(said)
    gone = [part.name for part in seen.parts if part.customers[0] and not part.customers[1]]
    if gone:
        found.append(_("Nobody would be left in {segments}.", segments=words.listing(gone)))
    nobody = next((part for part in seen.parts if part.id is None and part.customers[1]), None)
    if nobody:
        n = nobody.customers[1]
        found.append(
            plural(
                "{n} customer would have no segment.",
                "{n} customers would have no segment.",
                n,
                n=words.number(n),
            )
        )
    return found


def sizes(counts: Mapping[int, int], axis: Axis, best: str) -> str:
    """Say how many customers the classes between an axis's cut points hold, lowest values first."""
    rising = (axis != "recency") == (best == "high")
    ordered = [counts[score] for score in sorted(counts, reverse=not rising)]
    return _("Customers, left to right: {sizes}", sizes=" · ".join(map(words.number, ordered)))


def _parts(seen: Preview) -> Component:
    columns = [
        Column(_("Segment")),
        Column(_("Now"), True),
        Column(_("After"), True),
        Column(_("Change"), True),
        Column(_("Revenue"), True),
    ]
    rows: list[list[Cell]] = []
    for part in seen.parts:
        (now, then), (earned, earns) = part.customers, part.revenue
        rows.append(
            [
                _badge(part),
                words.number(now),
                words.number(then),
                words.change(then - now),
                _revenue(earned, earns),
            ]
        )
    return table(columns, rows, _("Segments before and after"))


def _revenue(now: float, then: float) -> Component:
    parts: list[Component | str] = [words.money_short(then)]
    if abs(then - now) >= 0.5:
        parts.append(html.Small(words.money_change(then - now), className="sd-presets-more"))
    return html.Span(parts)


def _flows(seen: Preview) -> Component:
    listed = seen.flows[:MOST_FLOWS]
    rows: list[list[Cell]] = [
        [
            _badge(seen.parts[flow.before]),
            _badge(seen.parts[flow.after]),
            words.number(flow.customers),
            words.money_short(flow.revenue),
        ]
        for flow in listed
    ]
    rest = seen.flows[MOST_FLOWS:]
    note = None
    if rest:
        moved = sum(flow.customers for flow in rest)
        moves = plural("{n} smaller move", "{n} smaller moves", len(rest), n=words.number(len(rest)))
        note = plural(
            "Not listed: {moves} with {n} customer.",
            "Not listed: {moves} with {n} customers.",
            moved,
            n=words.number(moved),
            moves=moves,
        )
    columns = [Column(_("From")), Column(_("To")), Column(_("Customers"), True), Column(_("Revenue"), True)]
    first = seen.flows[0]
    finding = _(
        "{customers} of them go from {before} to {after}.",
        customers=words.number(first.customers),
        before=seen.parts[first.before].name,
        after=seen.parts[first.after].name,
    )
    return card(
        _("Who moves where"),
        finding,
        table(columns, rows, _("Moves between segments")),
        note=note,
        flush=True,
    )


def _badge(part: Part) -> html.Span:
    glyph = html.Span(className="sd-glyph", style={"backgroundColor": "var(--c)"})
    return html.Span(
        [glyph, html.Span(part.name)], className="sd-seg", style={"--c": palette.segment(part.id)}
    )
