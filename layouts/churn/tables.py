"""The tables of the tab Churn: expected profit, what was predicted and happened, and the models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.churn import records
from layouts.churn import words as said
from layouts.parts import Cell, Column, icon, table
from layouts.parts.attributes import attributes
from services.core.language.again import again
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.churn import Churn
    from services.serving.churn.grouped import Confusion, Share


def profits(brings: Sequence[float], step: int = 10) -> Component:
    """Return the profit curve as a table, at every tenth per cent."""
    rows: list[Sequence[Cell]] = [
        (words.share(percent / 100), words.money(brings[percent])) for percent in range(0, len(brings), step)
    ]
    heads = (Column(_("Contact from this risk on")), Column(_("Expected profit"), numeric=True))
    return table(heads, rows, _("Expected profit by threshold"))


def groups(shares: Sequence[Share], signs: Sequence[Component], ids: Sequence[str], kind: str) -> Component:
    """Return chance, loss and whom contacting pays for, a row a segment or cluster; its name filters.

    Parameters
    ----------
    shares : sequence of Share
    signs : sequence of Component
        Badges or chips, in the order of the overview.
    ids : sequence of str
        Of these.
    kind : {"segment", "cluster"}
    """
    one, none, title = (
        (_("Segment"), _("No segment"), _("Chance of no order by segment"))
        if kind == "segment"
        else (_("Cluster"), _("No cluster"), _("Chance of no order by cluster"))
    )
    rows: list[Sequence[Cell]] = [
        (
            _choosing(signs[each.place], f"{kind}={ids[each.place]}") if each.place >= 0 else none,
            words.number(each.customers),
            words.share(each.chance, 1),
            words.money_short(each.loss),
            words.number(each.contacted),
        )
        for each in shares
    ]
    heads = (
        Column(one),
        Column(_("Customers"), numeric=True),
        Column(_("Mean chance"), numeric=True, term="churn"),
        Column(_("Expected loss"), numeric=True, optional=True, term="expected-loss"),
        Column(_("Worth contacting"), numeric=True),
    )
    return table(heads, rows, title)


def _choosing(sign: Component, pair: str) -> Component:
    return html.Button(
        sign, type="button", className="sd-link sd-churn-group", **attributes(data_toggle_filter=pair)
    )


def bands(churn: Churn) -> Component:
    """Return the calibration as a table, a row a band; what is off by more than 5 points has a triangle."""
    rows: list[Sequence[Cell]] = []
    for each in churn.bands:
        if not each.customers or each.predicted is None:
            continue
        off = 100 * (each.left / each.customers - each.predicted)
        rows.append(
            (
                said.band(each.begin, each.end),
                words.number(each.customers),
                words.share(each.predicted, 1),
                words.share(each.left / each.customers, 1),
                _off(off),
            )
        )
    heads = (
        Column(_("Band")),
        Column(_("Scores"), numeric=True),
        Column(_("Predicted"), numeric=True, optional=True),
        Column(_("Happened"), numeric=True),
        Column(_("Points off"), numeric=True),
    )
    return table(heads, rows, _("Predicted and happened by band of risk"))


def cuts(churn: Churn, model: str) -> Component:
    """Return what was predicted at each earlier day, and what happened."""
    rows: list[Sequence[Cell]] = []
    for each in churn.cuts:
        auc = next(score.auc for score in each.scores if score.model == model)
        rows.append(
            (
                words.date_short(each.day),
                words.number(each.customers),
                words.share(each.predicted, 1),
                words.share(each.left / each.customers, 1),
                _off(records.points(each)),
                words.number(auc, 3),
            )
        )
    heads = (
        Column(_("Day")),
        Column(_("Customers"), numeric=True, optional=True),
        Column(_("Predicted"), numeric=True),
        Column(_("Happened"), numeric=True),
        Column(_("Points off"), numeric=True),
        Column(_("AUC"), numeric=True, optional=True),
    )
    return table(heads, rows, _("The model in use on each earlier day"))


def models(churn: Churn) -> Component:
    """Return how well each model told apart who left at the last cut, with intervals of 95 %."""
    by_id = {score.model: score for score in churn.cuts[-1].scores}
    rows: list[Sequence[Cell]] = []
    for model in churn.models:
        score = by_id[model.id]
        served = model.id == churn.served
        name = again(model.name)
        if served:
            name = _("{model}, in use", model=name)
        rows.append(
            (
                html.B(name) if served else name,
                _("model") if model.kind == "candidate" else _("rule to beat"),
                said.with_interval(score.auc, score.auc_low, score.auc_high),
                said.with_interval(score.precision, score.precision_low, score.precision_high),
                words.number(score.brier, 3),
            )
        )
    heads = (
        Column(_("Model")),
        Column(_("Kind"), optional=True),
        Column(_("AUC, 95 % interval"), numeric=True),
        Column(_("Average precision, 95 % interval"), numeric=True, optional=True),
        Column(_("Brier score"), numeric=True, optional=True),
    )
    return table(heads, rows, _("How well each model tells who leaves"))


def confusion(held: Confusion, percent: int) -> Component:
    """Return what a threshold would have done at the last earlier day, as a table of four counts."""
    at = words.share(percent / 100)
    rows: list[Sequence[Cell]] = [
        (_("{share} or more", share=at), words.number(held.flagged_left), words.number(held.flagged_stayed)),
        (_("under {share}", share=at), words.number(held.missed), words.number(held.rest)),
    ]
    heads = (
        Column(_("Chance of no order")),
        Column(_("Did not order"), numeric=True),
        Column(_("Ordered"), numeric=True),
    )
    return table(heads, rows, _("Customers on the last earlier day by threshold and by what happened"))


def _off(points: float) -> Cell:
    text = words.change(points, 1)
    if abs(points) <= said.WARNED_FROM:
        return text
    sign = html.Span(icon("warning"), className="sd-warn", title=_("off by more than 5 points"))
    return html.Span([sign, f" {text}"])
