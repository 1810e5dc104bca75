"""What the tab Churn shows of a release without chances whose table says who churned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import Cell, Column, card, grid, table

if TYPE_CHECKING:
    from services.serving.churn.told import ToldGroup

_THAN = {"more": "more often", "less": "less often", "cannot tell": "cannot tell"}


def told(reason: str, cards: Sequence[Component]) -> Component:
    """Return the sentence that says why nobody has a chance, and what the table says instead."""
    return html.Div([html.P(reason, className="sd-finding"), grid(cards)])


def group_card(
    shares: Sequence[ToldGroup], signs: Sequence[Component], names: Sequence[str], kind: str
) -> Component:
    """Return who churned, a row a segment or cluster.

    Parameters
    ----------
    shares : sequence of ToldGroup
    signs : sequence of Component
        Badges or chips, in the order of the overview.
    names : sequence of str
        Of these.
    kind : {"segment", "cluster"}
    """
    rows: list[Sequence[Cell]] = [
        (
            signs[each.place],
            words.number(each.customers),
            words.number(each.churned),
            words.share(each.share, 1),
            f"{words.share(each.low)} to {words.share(each.high)}",
            _THAN[each.verdict],
        )
        for each in shares
    ]
    heads = (
        Column(words.capital(kind)),
        Column("Customers", numeric=True),
        Column("Churned", numeric=True),
        Column("Share", numeric=True),
        Column("95 % interval", numeric=True, optional=True),
        Column("Than the rest", optional=True),
    )
    return card(
        f"Churned, by {kind}",
        finding(shares, names, kind),
        table(heads, rows, f"Who churned by {kind}"),
        note="Taken from the table of customers; nothing here is predicted. Customers with a blank cell are "
        "left out. “More” and “less” allow for all groups that were compared.",
        flush=True,
    )


def finding(shares: Sequence[ToldGroup], names: Sequence[str], kind: str) -> str:
    """Say how many churned, and who did more often than the rest, as far as that is proven."""
    gone, of = sum(each.churned for each in shares), sum(each.customers for each in shares)
    if not of:
        return "The table does not say whether anybody in a group churned."
    said = f"{words.number(gone)} of {words.count(of, 'customer')} churned, {words.share(gone / of)}"
    more = [each for each in shares if each.verdict == "more"]
    if not more:
        return f"{said}; no {kind} is shown to churn more often than the rest."
    told_of = [f"{names[each.place]} ({words.share(each.share)})" for each in more]
    return f"{said}; more often than the rest: {words.listing(told_of)}."
