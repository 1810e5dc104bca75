"""What the tab Churn shows of a release without chances whose table says who churned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import Cell, Column, card, grid, table
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.churn.told import ToldGroup

_THAN = {"more": later("more often"), "less": later("less often"), "cannot tell": later("cannot tell")}


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
    one, heading, title = (
        (_("Segment"), _("Churned, by segment"), _("Who churned by segment"))
        if kind == "segment"
        else (_("Cluster"), _("Churned, by cluster"), _("Who churned by cluster"))
    )
    rows: list[Sequence[Cell]] = [
        (
            signs[each.place],
            words.number(each.customers),
            words.number(each.churned),
            words.share(each.share, 1),
            _("{low} to {high}", low=words.share(each.low), high=words.share(each.high)),
            _THAN[each.verdict](),
        )
        for each in shares
    ]
    heads = (
        Column(one),
        Column(_("Customers"), numeric=True),
        Column(_("Churned"), numeric=True),
        Column(_("Share"), numeric=True),
        Column(_("95 % interval"), numeric=True, optional=True),
        Column(_("Than the rest"), optional=True),
    )
    return card(
        heading,
        finding(shares, names, kind),
        table(heads, rows, title),
        note=_(
            "Taken from the table of customers; nothing here is predicted. Customers with a blank cell are "
            "left out. “More” and “less” allow for all groups that were compared."
        ),
        flush=True,
    )


def finding(shares: Sequence[ToldGroup], names: Sequence[str], kind: str) -> str:
    """Say how many churned, and who did more often than the rest, as far as that is proven."""
    gone, of = sum(each.churned for each in shares), sum(each.customers for each in shares)
    if not of:
        return _("The table does not say whether anybody in a group churned.")
    said = plural(
        "{churned} of {n} customer churned, {share}",
        "{churned} of {n} customers churned, {share}",
        of,
        n=words.number(of),
        churned=words.number(gone),
        share=words.share(gone / of),
    )
    more = [each for each in shares if each.verdict == "more"]
    if not more and kind == "segment":
        return _("{churned}; no segment is shown to churn more often than the rest.", churned=said)
    if not more:
        return _("{churned}; no cluster is shown to churn more often than the rest.", churned=said)
    told_of = [f"{names[each.place]} ({words.share(each.share)})" for each in more]
    return _("{churned}; more often than the rest: {groups}.", churned=said, groups=words.listing(told_of))
