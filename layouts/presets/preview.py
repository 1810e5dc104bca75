"""What an edited preset would do: who moves where, each segment before and after, sizes of the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.parts import Cell, Column, card, caution, empty, table
from layouts.presets.form import axis_names
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.serving.presets.preview import Part, Preview

MOST_FLOWS = 12
_TITLE = "What would change"


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
        _TITLE,
        finding(seen),
        [_parts(seen), *([cautions] if said else [])],
        note=f"Compared with the segments that the site shows now, made with “{served}”.",
        flush=True,
    )
    return [segments, _flows(seen)] if seen.flows else [segments]


def refused(sentence: str) -> list[Component]:
    """Return what stands for the preview where the fields or the release allow none."""
    return [card(_TITLE, None, empty("No preview", sentence))]


def finding(seen: Preview) -> str:
    """Say who moves, in a sentence."""
    if not seen.moved:
        return "Nobody would move: every customer stays in the same segment."
    subject = f"{words.count(seen.moved, 'customer')} with {words.money_sum(seen.moved_revenue)}"
    first = seen.flows[0]
    way = f"from {seen.parts[first.before].name} to {seen.parts[first.after].name}"
    if len(seen.flows) == 1:
        return f"{subject} would move, {'all ' if seen.moved > 1 else ''}{way}."
    if first.customers * 2 > seen.moved:
        return f"{subject} would move; most of them {way}."
    share = words.share(seen.moved / seen.customers)
    return f"{subject} would move, {share} of all; the largest group, {words.number(first.customers)}, {way}."


def warnings(seen: Preview, frequency: str) -> list[str]:
    """Say which classes are empty or hold too many, and which segments nobody would be in."""
    names = axis_names(frequency)
    found = []
    for axis, score, share in seen.warnings:
        of = f"{names[axis]}, score {score}"
        if share:
            found.append(f"{of}: {words.share(share)} of the customers, more than 40\u00a0%.")
        else:
            found.append(f"{of}: no customers.")
    gone = [part.name for part in seen.parts if part.customers[0] and not part.customers[1]]
    if gone:
        found.append(f"Nobody would be left in {words.listing(gone)}.")
    nobody = next((part for part in seen.parts if part.id is None and part.customers[1]), None)
    if nobody:
        found.append(f"{words.count(nobody.customers[1], 'customer')} would have no segment.")
    return found


def sizes(counts: Mapping[int, int], axis: Axis, best: str) -> str:
    """Say how many customers the classes between an axis's cut points hold, lowest values first."""
    rising = (axis != "recency") == (best == "high")
    ordered = [counts[score] for score in sorted(counts, reverse=not rising)]
    return f"Customers, left to right: {' · '.join(map(words.number, ordered))}"


def _parts(seen: Preview) -> Component:
    columns = [
        Column("Segment"),
        Column("Now", True),
        Column("After", True),
        Column("Change", True),
        Column("Revenue", True),
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
    return table(columns, rows, "Segments before and after")


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
        moves = words.count(len(rest), "smaller move", "smaller moves")
        note = f"Not listed: {moves} with {words.count(moved, 'customer')}."
    columns = [Column("From"), Column("To"), Column("Customers", True), Column("Revenue", True)]
    first = seen.flows[0]
    finding = (
        f"{words.number(first.customers)} of them go from {seen.parts[first.before].name} to "
        f"{seen.parts[first.after].name}."
    )
    return card(
        "Who moves where", finding, table(columns, rows, "Moves between segments"), note=note, flush=True
    )


def _badge(part: Part) -> html.Span:
    glyph = html.Span(className="sd-glyph", style={"backgroundColor": "var(--c)"})
    return html.Span(
        [glyph, html.Span(part.name)], className="sd-seg", style={"--c": palette.segment(part.id)}
    )
