"""The fields of the editor: cut points by axis, the map of segments, and the segments' names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import palette
from layouts.ids import Presets
from layouts.parts import card, term, unseen
from layouts.parts.attributes import attributes
from layouts.parts.forms import LONGEST_NUMBER
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later
from services.core.vocabulary import AXES, Axis

SHARES, FIXED = "shares", "fixed"
#: Fields are sent when they are left or confirmed, so that no button comes before what was typed last.
_WHEN_LEFT = True
ADDED = "+"
ADDING = later("The last line adds a segment; leave it empty to add none.")
_MODES = {SHARES: later("Equal shares"), FIXED: later("Fixed")}
_CUTS = later(
    "Equal shares: each training finds the values that split its customers into groups of equal size; "
    "customers with equal values stay together. Fixed: these values are used in every training. A customer "
    "exactly on a cut point belongs to the group on its left."
)


@dataclass(frozen=True)
class Row:
    """A segment as the form lists it; ``rule`` says who belongs to it where that cannot be edited."""

    id: str
    name: str
    playbook: str
    at_least: int | None = None
    rule: str = ""


def cut_points(edges: Mapping[Axis, Sequence[str]], fixed: Sequence[Axis], frequency: str) -> Component:
    """Return the card of the cut points.

    Parameters
    ----------
    edges : mapping of axis to sequence of str
        As they are, or as equal shares of the release's customers give them.
    fixed : sequence of axis
        Those that are given.
    frequency : str
        Orders or lines.
    """
    names = axis_names(frequency)
    rows = [_axis(axis, names[axis], edges[axis], axis in fixed) for axis in AXES]
    finding = _("Where one score ends and the next begins.")
    return card(_("Cut points"), finding, rows, note=_CUTS(), term="cut-point")


def axis_names(frequency: str) -> dict[Axis, str]:
    """Return what the axes measure, in words that open a line."""
    return {
        "recency": _("Days since the last order"),
        "frequency": _("Orders") if frequency == "orders" else _("Lines"),
        "monetary": _("Spend"),
    }


def _axis(axis: Axis, name: str, cuts: Sequence[str], fixed: bool) -> html.Fieldset:
    modes = [{"value": value, "label": label()} for value, label in _MODES.items()]
    mode = dbc.Select(
        id=Presets.typed("mode", axis), options=modes, value=FIXED if fixed else SHARES, size="sm"
    )
    fields = [
        html.Label(
            [
                unseen(_("{axis}, cut point {place}", axis=name, place=place + 1)),
                dbc.Input(
                    id=Presets.typed("cut", f"{axis}:{place}"),
                    type="text",
                    inputMode="decimal",
                    value=value,
                    disabled=not fixed,
                    debounce=_WHEN_LEFT,
                    maxLength=LONGEST_NUMBER,
                    autocomplete="off",
                    size="sm",
                ),
            ]
        )
        for place, value in enumerate(cuts)
    ]
    return html.Fieldset(
        [
            html.Legend(name),
            html.Label([unseen(_("{axis}, how it is cut", axis=name)), mode], className="sd-presets-mode"),
            html.Div(fields, className="sd-presets-cuts"),
            html.P(id=Presets.sizes(axis), className="sd-presets-sizes"),
            _problem(axis),
        ],
        className="sd-presets-axis",
    )


def segment_map(cells: Sequence[Sequence[str]], rows: Sequence[Row], best_high: bool) -> Component:
    """Return the card in which each cell of the map is given a segment, the same way round as on Segments.

    Parameters
    ----------
    cells : sequence of sequence of str
        Ids, recency score 1 first.
    rows : sequence of Row
    best_high : bool
        Whether the highest score is the best one.
    """
    size = len(cells)
    options = [{"value": row.id, "label": row.name} for row in rows]
    options.append({"value": ADDED, "label": _("The segment added below")})
    worst_first = sorted(range(1, size + 1), reverse=not best_high)
    worst, best = worst_first[0], worst_first[-1]
    head = [html.Th(_("Buying"), scope="col")]
    head += [html.Th(_recency(score, worst, best), scope="col") for score in worst_first]
    body = [
        html.Tr(
            [html.Th(_("{score}, best", score=buying) if buying == best else str(buying), scope="row")]
            + [html.Td(_tile(score, buying, cells[score - 1][buying - 1], options)) for score in worst_first]
        )
        for buying in reversed(worst_first)
    ]
    table = html.Table(
        [html.Caption(unseen(_("Segment of each cell"))), html.Thead(html.Tr(head)), html.Tbody(body)],
        className="sd-presets-map",
    )
    return card(
        _("Segment map"),
        _("Which segment a customer is in, by recency score and buying score."),
        [
            html.Div(
                table,
                className="sd-tblwrap",
                role="region",
                tabIndex="0",
                **attributes(aria_label=_("Cells of the segment map")),
            ),
            _problem("map"),
        ],
        note=woven(
            _(
                "The {buying_score} is the average of the frequency and spend scores, with halves rounded "
                "up; the best customers are at the top right. Under each segment: how many customers are in "
                "that cell.",
                buying_score=gap("score"),
            ),
            score=term("buying-score", _("buying score")),
        ),
        term="segment",
    )


def _recency(score: int, worst: int, best: int) -> str:
    if score == worst:
        return _("Recency {score}, longest ago", score=score)
    if score == best:
        return _("Recency {score}, latest", score=score)
    return _("Recency {score}", score=score)


def _tile(row: int, column: int, segment: str, options: list[dict[str, str]]) -> html.Div:
    cell = f"{row}:{column}"
    select = dbc.Select(id=Presets.typed("cell", cell), options=options, value=segment, size="sm")
    return html.Div(
        [
            html.Label([unseen(_("Recency {recency}, buying {buying}", recency=row, buying=column)), select]),
            html.Small(id=Presets.held(cell)),
        ],
        id=Presets.tile(cell),
        className="sd-presets-tile",
        style=tile_style(segment),
    )


def tile_style(segment: str) -> dict[str, str]:
    """Return the style of a cell with a segment's colour."""
    return {"--c": palette.segment(segment)}


def names(rows: Sequence[Row], *, thresholds: bool, can_add: bool) -> Component:
    """Return the card of the segments' names and what to do with each.

    Parameters
    ----------
    rows : sequence of Row
    thresholds : bool
        Whether a segment begins at a score.
    can_add : bool
        Whether a segment can be added.
    """
    head = [_("Segment"), *([_("From score")] if thresholds else []), _("What to do")]
    listed = [_named(place, row, thresholds) for place, row in enumerate(rows)]
    if can_add:
        listed.append(_named(len(rows), Row("", "", ""), thresholds))
    table = html.Table(
        [
            html.Caption(unseen(_("Names of the segments"))),
            html.Thead(html.Tr([html.Th(title, scope="col") for title in head])),
            html.Tbody(listed),
        ],
        className="sd-presets-names",
    )
    finding = _("What the segments are called, and what to do about each.")
    note: list[Component | str] = [ADDING()] if can_add else []
    if thresholds:
        said = _(
            "The {score} has three digits: recency, frequency and spend. A customer is in the segment with "
            "the highest threshold that their score reaches.",
            score=gap("score"),
        )
        note = [*woven(said, score=term("rfm-score", _("score"))), " ", *note]
    return card(_("Segments"), finding, table, note=note or None)


def _named(place: int, row: Row, thresholds: bool) -> html.Tr:
    called, begins_at, do = _labels(row.name)
    first = [
        html.Span(
            className="sd-glyph", style={"--c": palette.segment(row.id), "backgroundColor": "var(--c)"}
        ),
        _text("name", place, called, row.name, 80, "" if row.id else _("Another segment")),
    ]
    rule = [html.Small(row.rule)] if row.rule else []
    cells = [html.Td([html.Div(first, className="sd-presets-name"), _problem(f"name:{place}"), *rule])]
    if thresholds:
        begins = "" if row.at_least is None else str(row.at_least)
        field = _text("threshold", place, begins_at, begins, 3)
        cells.append(html.Td([field, _problem(f"threshold:{place}")]))
    todo = _text("playbook", place, do, row.playbook, 300)
    return html.Tr([*cells, html.Td([todo, _problem(f"playbook:{place}")])])


def _labels(segment: str) -> tuple[str, str, str]:
    """Name the fields of a segment, or of the one to be added: its name, its score, what to do."""
    if not segment:
        return (
            _("Name of segment to add"),
            _("Lowest score of segment to add"),
            _("What to do with segment to add"),
        )
    return (
        _("Name of {segment}", segment=segment),
        _("Lowest score of {segment}", segment=segment),
        _("What to do with {segment}", segment=segment),
    )


def _text(kind: str, place: int, label: str, value: str, longest: int, placeholder: str = "") -> html.Label:
    return html.Label(
        [
            unseen(label),
            dbc.Input(
                id=Presets.typed(kind, place),
                type="text",
                value=value,
                debounce=_WHEN_LEFT,
                maxLength=longest,
                placeholder=placeholder,
                autocomplete="off",
                size="sm",
            ),
        ]
    )


def _problem(field: str) -> html.P:
    return html.P(id=Presets.problem(field), className="sd-err", role="alert")
