"""What brings good customers, and how large segments were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.cohorts import words as said
from layouts.parts import Cell, Column, card, segment_badge, table, unseen
from layouts.parts.attributes import HIDDEN, attributes

if TYPE_CHECKING:
    from services.releases.overview.groups import Segment


@dataclass(frozen=True)
class Kind:
    """Newcomers of one kind, as a row shows them.

    Attributes
    ----------
    name : str
        ``First order under £140``.
    short : str
        In a sentence about this kind alone: ``under £140``.
    kind : str
        What it is a kind of.
    key, value : str
        The parameter that lists them.
    back, customers : int
    low, high : float
        95 % interval, 0–1.
    verdict : str
        More, less, cannot tell.
    """

    name: str
    short: str
    kind: str
    key: str
    value: str
    back: int
    customers: int
    low: float
    high: float
    verdict: str

    @property
    def share(self) -> float:
        """Who came back, 0–1."""
        return self.back / self.customers


def newcomers(
    kinds: Sequence[Kind], back: int, customers: int, within: int, days: tuple[str, str]
) -> Component:
    """Return which newcomers come back more often than others.

    Parameters
    ----------
    kinds : sequence of Kind
    back, customers : int
        Of all newcomers.
    within : int
        Days.
    days : (str, str)
        First and last day of their first orders.
    """
    everybody = back / customers
    low = min(kind.low for kind in kinds)
    wide = max(kind.high for kind in kinds) - low
    rows: list[list[Cell]] = [
        [
            html.A(
                kind.name,
                href=f"?{kind.key}={kind.value}",
                className="sd-link",
                **attributes(data_set_filter=f"{kind.key}={kind.value}"),
            ),
            _line(kind, low, wide, everybody),
            f"{words.number(kind.back)} of {words.number(kind.customers)}, {words.share(kind.share)}",
            html.Span(kind.verdict, className="sd-muted" if kind.verdict == "cannot tell" else "sd-strong"),
        ]
        for kind in kinds
    ]
    heads = [
        Column("Newcomers by first order"),
        Column("95 % interval", optional=True),
        Column("Came back", numeric=True),
        Column("Than the rest"),
    ]
    note = (
        f"{words.count(customers, 'customer')} whose first order was between {words.date(days[0])} and "
        f"{words.date(days[1])}; {words.share(everybody)} of them ordered again within {within} days, the "
        "dashed mark. Kinds of fewer than 50 newcomers are left out, and so are those who came in the first "
        "month of the file. “More” and “less” allow for all kinds that were tested."
    )
    return card(
        "What brings good customers",
        said.best(kinds, everybody, within),
        table(heads, rows, "Newcomers who came back, by kind"),
        note=note,
        width=7,
        flush=True,
    )


def _line(kind: Kind, low: float, wide: float, everybody: float) -> Component:
    def at(share: float) -> str:
        return f"{100 * (share - low) / wide:.1f}%"

    sure = kind.verdict != "cannot tell"
    drawn = [
        html.Span(className="sd-cohorts-all", style={"left": at(everybody)}),
        html.Span(
            className="sd-cohorts-range",
            style={"left": at(kind.low), "width": f"{100 * (kind.high - kind.low) / wide:.1f}%"},
        ),
        html.Span(className="sd-cohorts-dot", style={"left": at(kind.share)}),
    ]
    picture = html.Span(drawn, className="sd-cohorts-line" + " sd-cohorts-sure" * sure, **HIDDEN)
    return html.Span([picture, unseen(f"{words.share(kind.low)} to {words.share(kind.high)}")])


def sizes(
    segments: Sequence[Segment],
    days: Sequence[str],
    counts: Sequence[Mapping[str, int]],
    totals: Sequence[int],
) -> Component:
    """Return how many customers each segment held at each snapshot.

    Parameters
    ----------
    segments : sequence of Segment
    days : sequence of str
        The last day of each snapshot, oldest first.
    counts : sequence of mapping of segment id to int
        A mapping a snapshot.
    totals : sequence of int
        Customers then.
    """
    shares = {
        each.id: [now.get(each.id, 0) / of if of else 0.0 for now, of in zip(counts, totals, strict=True)]
        for each in segments
    }
    most = max((share for own in shares.values() for share in own), default=0.0) or 1.0
    small = [
        html.Div(
            [
                segment_badge(each),
                html.P(
                    [
                        html.B(words.number(counts[-1].get(each.id, 0))),
                        f" {words.share(shares[each.id][-1])}",
                    ],
                    className="sd-cohorts-now",
                ),
                html.Div(
                    [
                        html.Span(
                            style={"height": f"{100 * share / most:.1f}%", "background": _colour(each)},
                        )
                        for share in shares[each.id]
                    ],
                    className="sd-cohorts-bars",
                    **HIDDEN,
                ),
            ]
        )
        for each in segments
    ]
    heads = [Column("Segment"), *(Column(words.date_short(day), numeric=True) for day in days)]
    rows: list[list[Cell]] = [
        [each.name, *(words.number(now.get(each.id, 0)) for now in counts)] for each in segments
    ]
    return card(
        "Segment sizes",
        f"Share of customers in each segment at {words.small(len(days))} moments from {words.date(days[0])} "
        f"to {words.date(days[-1])}, all on one scale.",
        html.Div(small, className="sd-cohorts-sizes"),
        table=table(heads, rows, "Customers of each segment over time"),
        note=f"Each snapshot has the cut points of its day. The highest bar is {words.share(most)} of the "
        f"customers, of whom there were {words.number(totals[0])} at the start and "
        f"{words.number(totals[-1])} at the end.",
    )


def _colour(segment: Segment) -> str:
    return palette.segment(segment.id, segment.colour)
