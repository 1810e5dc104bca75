"""The tables of the tab Churn: expected profit, what was predicted and happened, and the models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.churn import words as said
from layouts.parts import Cell, Column, icon, table
from layouts.parts.attributes import attributes

if TYPE_CHECKING:
    from services.releases.overview.churn import Churn
    from services.serving.churn.grouped import Confusion, Share


def profits(brings: Sequence[float], step: int = 10) -> Component:
    """Return the profit curve as a table, at every tenth per cent."""
    rows: list[Sequence[Cell]] = [
        (words.share(percent / 100), words.money(brings[percent])) for percent in range(0, len(brings), step)
    ]
    heads = (Column("Contact from this risk on"), Column("Expected profit", numeric=True))
    return table(heads, rows, "Expected profit by threshold")


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
    rows: list[Sequence[Cell]] = [
        (
            _choosing(signs[each.place], f"{kind}={ids[each.place]}") if each.place >= 0 else f"No {kind}",
            words.number(each.customers),
            words.share(each.chance, 1),
            words.money_short(each.loss),
            words.number(each.contacted),
        )
        for each in shares
    ]
    heads = (
        Column(words.capital(kind)),
        Column("Customers", numeric=True),
        Column("Mean chance", numeric=True, term="churn"),
        Column("Expected loss", numeric=True, optional=True, term="expected-loss"),
        Column("Worth contacting", numeric=True),
    )
    return table(heads, rows, f"Chance of no order by {kind}")


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
        Column("Band"),
        Column("Scores", numeric=True),
        Column("Predicted", numeric=True, optional=True),
        Column("Happened", numeric=True),
        Column("Points off", numeric=True),
    )
    return table(heads, rows, "Predicted and happened by band of risk")


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
                _off(said.points(each)),
                words.number(auc, 3),
            )
        )
    heads = (
        Column("Day"),
        Column("Customers", numeric=True, optional=True),
        Column("Predicted", numeric=True),
        Column("Happened", numeric=True),
        Column("Points off", numeric=True),
        Column("AUC", numeric=True, optional=True),
    )
    return table(heads, rows, "The model in use on each earlier day")


def models(churn: Churn) -> Component:
    """Return how well each model told apart who left at the last cut, with intervals of 95 %."""
    by_id = {score.model: score for score in churn.cuts[-1].scores}
    rows: list[Sequence[Cell]] = []
    for model in churn.models:
        score = by_id[model.id]
        served = model.id == churn.served
        name = f"{model.name}, in use" if served else model.name
        rows.append(
            (
                html.B(name) if served else name,
                "model" if model.kind == "candidate" else "rule to beat",
                said.with_interval(score.auc, score.auc_low, score.auc_high),
                said.with_interval(score.precision, score.precision_low, score.precision_high),
                words.number(score.brier, 3),
            )
        )
    heads = (
        Column("Model"),
        Column("Kind", optional=True),
        Column("AUC, 95 % interval", numeric=True),
        Column("Average precision, 95 % interval", numeric=True, optional=True),
        Column("Brier score", numeric=True, optional=True),
    )
    return table(heads, rows, "How well each model tells who leaves")


def confusion(held: Confusion, percent: int) -> Component:
    """Return what a threshold would have done at the last earlier day, as a table of four counts."""
    at = words.share(percent / 100)
    rows: list[Sequence[Cell]] = [
        (f"{at} or more", words.number(held.flagged_left), words.number(held.flagged_stayed)),
        (f"under {at}", words.number(held.missed), words.number(held.rest)),
    ]
    heads = (
        Column("Chance of no order"),
        Column("Did not order", numeric=True),
        Column("Ordered", numeric=True),
    )
    return table(heads, rows, "Customers on the last earlier day by threshold and by what happened")


def _off(points: float) -> Cell:
    text = words.change(points, 1)
    if abs(points) <= said.WARNED_FROM:
        return text
    sign = html.Span(icon("warning"), className="sd-warn", title="off by more than 5 points")
    return html.Span([sign, f" {text}"])
