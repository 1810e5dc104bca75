"""The cards of two releases side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.churn.words import with_interval
from layouts.data.words import as_written, facts, sentences
from layouts.ids import Compare
from layouts.parts import Cell, Column, card, drift, empty, expecting, grid, stack, table, term
from layouts.parts.lights import light
from layouts.releases import words as said
from services.core.drift import SHIFTS
from services.core.language.again import again
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.core.drift import Shift
    from services.serving.releases.comparing import Comparison, Move, Side


def cards(found: Comparison, retrain_at: Shift | None) -> Component:
    """Return all cards of a comparison.

    Parameters
    ----------
    found : Comparison
    retrain_at : {"some", "large"} or None
        The site's rule for a newer release; None where the other one is older.
    """
    left = [_figures(found), _drift(found, retrain_at), _rules(found)]
    right = [_segments(found), *_moves(found)]
    return grid([stack(left, width=6), stack(right, width=6)])


def first(side: Side) -> Component:
    """Return the card of a release where none is active yet, so that there is nothing beside it."""
    return grid([card(_("What it holds"), said.FIRST(), facts(_of(side)), width=6)])


def nothing(sentence: str) -> Component:
    """Return what stands there where no two releases can be compared."""
    return card(_("Side by side"), None, empty(_("Nothing to compare"), sentence))


def _figures(found: Comparison) -> html.Section:
    rows = [
        [name, one, other]
        for (name, one), (_name, other) in zip(_of(found.here), _of(found.there), strict=True)
    ]
    return card(
        _("Side by side"),
        None,
        table([_("Figure"), *_sides()], rows, _("Both releases")),
        note=said.lacking(found) or None,
        flush=True,
        id=Compare.SIDES,
    )


def _sides() -> list[Column]:
    return [Column(_("Active"), True), Column(_("Other"), True)]


def _of(side: Side) -> list[tuple[Cell, Cell]]:
    return [
        (term("release"), html.Code(side.id)),
        (_("Made"), words.date_time(side.made_at)),
        (_("File"), as_written(side.source)),
        (_("Data to"), words.date_short(side.data_to)),
        (term("preset"), side.preset),
        (_("Rows used"), _part(side.rows.kept, words.number(side.rows.read))),
        (_("Customers"), words.number(side.customers)),
        (_("Revenue"), words.money_sum(side.revenue)),
        (term("return", _("Returns")), _("taken off") if side.after_returns else _("not taken off")),
        (term("cluster", _("Clusters")), words.number(side.k)),
        (term("silhouette"), words.number(side.silhouette, 2)),
        (_("Rules"), words.number(side.rules)),
        (_("Sets of products in rules"), words.number(side.sets)),
        (
            term("expected-spend", _("Expected spend in 90 days")),
            words.money_sum(side.expected.spend if side.expected else None),
        ),
        (_("Earlier totals of expected spend"), _off(side)),
        (_("Intervals of expected spend that held"), _held(side)),
        *_chances(side),
        (_("Later purchases found by recommendations"), words.share(side.recall, 1)),
    ]


def _part(part: int, whole: str) -> str:
    return _("{part} of {whole}", part=words.number(part), whole=whole)


def _off(side: Side) -> str:
    """Say how far totals were off on earlier days."""
    return expecting.by(side.expected.off) if side.expected and side.expected.off else words.NOTHING


def _held(side: Side) -> str:
    """Say how many intervals of one customer's spend held on earlier days, of how many."""
    spend = side.foreseen.spend
    if spend is None:
        return words.NOTHING
    share, whole = words.share(spend.held / spend.stated), words.number(spend.stated)
    return _("{part} of {whole}", part=share, whole=whole)


def _chances(side: Side) -> list[tuple[Cell, Cell]]:
    """Return how the chances of no order did at the last earlier day."""
    found = side.foreseen.chances
    told = [words.NOTHING] * 5
    if found is not None:
        told = [
            f"{again(found.model)}, {words.date_short(found.cut.day)}",
            with_interval(found.score.auc, found.score.auc_low, found.score.auc_high),
            words.number(found.cut.brier, 3),
            words.number(found.cut.slope, 2),
            said.off(100 * (found.cut.predicted - found.cut.left / found.cut.customers)),
        ]
    names = (
        term("churn", _("Chance of no order: model, last day tested")),
        term("auc", _("AUC on that day, 95 % interval")),
        _("Brier score on that day, lower is better"),
        term("calibration", _("Slope of calibration on that day, 1 is right")),
        _("Mean chance on that day"),
    )
    return list(zip(names, told, strict=True))


def _drift(found: Comparison, retrain_at: Shift | None) -> html.Section:
    rows: list[list[Cell]] = [
        [
            drift.figure(name),
            said.shift(each.shift),
            words.number(each.psi, 2),
            words.number(each.ks, 2),
        ]
        for name, each in found.drift.figures.items()
    ]
    shift, beyond = found.drift.shift, words.share(found.drift.out_of_range)
    note = _(
        "{share} of the other release’s customers have a value beyond all of the active one’s.", share=beyond
    )
    heads: list[Column | str] = [
        _("Figure"),
        _("Shift"),
        Column("PSI", True, False, "psi"),
        Column("KS", True, False, "ks"),
    ]
    finding: list[Component | str] = [light(drift.COLOURS[shift], drift.NAMES[shift]())]
    finding.append(f" {drift.reason(found.drift)}")
    if retrain_at is not None:
        due = SHIFTS.index(shift) >= SHIFTS.index(retrain_at)
        finding.append(f" {drift.advice(shift, due=due)}")
        note = f"{note} {drift.rule(retrain_at)}"
    return card(_("Drift"), finding, table(heads, rows, _("Drift by figure")), note=note, flush=True)


def _segments(found: Comparison) -> html.Section:
    rows: list[list[Cell]] = [
        [each.name, words.number(each.here), words.number(each.there), _change(each.here, each.there)]
        for each in found.segments
    ]
    heads: list[Column | str] = [
        Column(_("Segment"), term="segment"),
        *_sides(),
        Column(_("Change"), True),
    ]
    return card(_("Segments"), said.people(found), table(heads, rows, _("Customers by segment")), flush=True)


def _change(here: int | None, there: int | None) -> str:
    return words.NOTHING if here is None or there is None else words.change(there - here)


def _moves(found: Comparison) -> list[Component]:
    return (
        [card(_("Who would move"), said.why(found), _listed(found.moves), flush=True, term="cause")]
        if found.moves
        else []
    )


def _listed(moves: Sequence[Move]) -> Component:
    rows: list[list[Cell]] = [[each.source, each.target, words.number(each.customers)] for each in moves]
    heads: list[Column | str] = [_("In the active release"), _("In the other"), Column(_("Customers"), True)]
    return table(heads, rows, _("The largest moves, at most ten"))


def _rules(found: Comparison) -> html.Section:
    parts: list[Component] = []
    for title, names in (
        (said.only_other(found.gained, found.gained_sets), found.gained),
        (said.only_active(found.lost, found.lost_sets), found.lost),
    ):
        if names:
            listed = sentences([as_written(name) for name in names])
            parts += [html.H3(title, className="sd-sub"), listed]
    return card(_("Rules"), said.rules(found), parts)
