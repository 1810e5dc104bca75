"""The page on churn learned from a table: what the model is worth, and what goes with churning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Labelled
from layouts.labelled import words as said
from layouts.labelled.column import column_card
from layouts.labelled.rows import rows_card
from layouts.parts import Cell, Column, breadcrumb, card, empty, grid, page_head, skeleton, table
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, later

_METER = later("One nearest neighbour, which measures the copies")


def layout() -> Component:
    """Return the page as first shown."""
    cards = [
        html.Div(card(_("One customer"), None, skeleton("rows")), id=Labelled.FORM, className="sd-c12"),
        rows_card(),
        html.Div(card(_("Kinds of models"), None, skeleton("rows")), id=Labelled.MODELS, className="sd-c12"),
        column_card(),
        html.Div(id=Labelled.INSIGHT, className="sd-c12"),
    ]
    return html.Div(
        [
            breadcrumb([(_("Churn"), "/churn"), (_("Churn from a table"), None)]),
            page_head(_("Churn from a table"), html.Span("", id=Labelled.SUB)),
            html.Div(id=Labelled.MISSING),
            html.Div(grid(cards), id=Labelled.BODY),
        ]
    )


def nothing() -> Component:
    """Return what stands there before a model was made."""
    how = html.Span(woven(said.HOW(command=gap("command")), command=html.Code(said.COMMAND)))
    return grid([card(_("Kinds of models"), None, empty(said.NONE(), how))])


def unusable(sentence: str) -> Component:
    """Return what stands there while the model in use cannot be read."""
    return grid([card(_("Kinds of models"), None, empty(_("The model cannot be used"), sentence))])


def candidates(report: Mapping[str, Any]) -> html.Section:
    """Return the card that compares the kinds of models, with what was published beside them."""
    heads = [
        Column(_("Kind of model")),
        Column("F1", numeric=True, term="f1"),
        Column(_("Recall"), numeric=True, optional=True, term="recall"),
        Column(_("Precision"), numeric=True, optional=True, term="precision"),
        Column("AUC", numeric=True, term="auc"),
        Column(_("F1, copies ignored"), numeric=True),
        Column(_("AUC, copies ignored"), numeric=True, optional=True),
    ]
    ordered = sorted(report["candidates"], key=lambda each: -each["score"])
    rows = [_row(each, report["served"]) for each in ordered]
    meter = report["leak_meter"]
    rows.append([_METER(), _figure(meter["grouped"]), "", "", "", _figure(meter["plain"]), ""])
    published = report["published"]
    if published:
        # its split had no regard to copies either
        rows.append([_("Published for this table"), "", "", "", "", _figure(published["f1"]), ""])
    notes: list[Component | str] = [said.how(report), said.kept(report)]
    if published:
        notes.append(html.Span([" ", " ".join(map(again, published["why"]))]))
    return card(
        _("Kinds of models"),
        said.in_use(report),
        table(heads, rows, _("Kinds of models, the best first")),
        note=notes,
        flush=True,
    )


def insight(columns: Sequence[Mapping[str, Any]]) -> html.Section:
    """Return the card of what goes with churning, the strongest first."""
    heads = [
        Column(_("Column")),
        Column(_("What was found")),
        Column(_("Effect"), numeric=True, optional=True, term="effect-size"),
        Column(_("p, corrected"), numeric=True, optional=True, term="corrected-p"),
    ]
    rows: list[list[Cell]] = [
        [each["name"], said.of_found(each), *_tested(each["test"])] for each in strongest_first(columns)
    ]
    found = sum(each["significant"] for each in columns)
    return card(
        _("What goes with churning"),
        said.found(found, len(columns)),
        table(heads, rows, _("Columns of the table, the strongest first")),
        note=_("What goes with churning need not be its cause. The card above shows any of these columns."),
        flush=True,
    )


def strongest_first(columns: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Order columns by the size of their effect; those of which nothing is known stand last."""
    return sorted(columns, key=lambda each: -abs(each["test"]["effect"]) if each["test"] else 0.0)


def _row(each: Mapping[str, Any], served: str) -> list[Cell]:
    grouped, plain = each["grouped"], each["plain"]
    name = again(each["name"])
    if each["id"] == served:
        name = _("{model} (in use)", model=name)
    return [
        name,
        *(_figure(grouped[measure]) for measure in ("f1", "recall", "precision", "roc_auc")),
        *(_figure(plain[measure]) for measure in ("f1", "roc_auc")),
    ]


def _tested(test: Mapping[str, Any] | None) -> list[Cell]:
    if test is None:
        return ["", ""]
    p_value = test["p_holm"]
    least = 0.001
    tested = words.number(p_value, 3) if p_value >= least else _("under {n}", n=words.number(least, 3))
    return [words.number(test["effect"], 2), tested]


def _figure(value: float) -> str:
    return words.number(value, 3)
