"""What brings good customers, and how large segments were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.cohorts.kinds import best
from layouts.parts import Cell, Column, card, segment_badge, table, unseen
from layouts.parts.attributes import HIDDEN, attributes
from services.core.language.messages import _, later, plural, sense

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
    verdict : {"more", "less", "cannot tell"}
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
            _(
                "{back} of {customers}, {share}",
                back=words.number(kind.back),
                customers=words.number(kind.customers),
                share=words.share(kind.share),
            ),
            html.Span(_verdict(kind), className="sd-muted" if kind.verdict == "cannot tell" else "sd-strong"),
        ]
        for kind in kinds
    ]
    heads = [
        Column(_("Newcomers by first order")),
        Column(_("95 % interval"), optional=True),
        Column(_("Came back"), numeric=True),
        Column(_("Than the rest")),
    ]
    time = plural("{n} day", "{n} days", within)
    whose = plural(
        "{n} customer whose first order was between {first} and {last}; {share} of them ordered again within "
        "{time}, the dashed mark.",
        "{n} customers whose first order was between {first} and {last}; {share} of them ordered again "
        "within {time}, the dashed mark.",
        customers,
        n=words.number(customers),
        first=words.date(days[0]),
        last=words.date(days[1]),
        share=words.share(everybody),
        time=time,
    )
    left_out = _(
        "Kinds of fewer than 50 newcomers are left out, and so are those who came in the first month of the "
        "file. “More” and “less” allow for all kinds that were tested."
    )
    return card(
        _("What brings good customers"),
        best(kinds, everybody, within),
        table(heads, rows, _("Newcomers who came back, by kind")),
        note=f"{whose} {left_out}",
        width=7,
        flush=True,
    )


def _verdict(kind: Kind) -> str:
    if kind.verdict == "cannot tell":
        return _("cannot tell")
    return sense("often", "more") if kind.verdict == "more" else sense("often", "less")


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
    between = _("{low} to {high}", low=words.share(kind.low), high=words.share(kind.high))
    return html.Span([picture, unseen(between)])


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
    heads = [Column(_("Segment")), *(Column(words.date_short(day), numeric=True) for day in days)]
    rows: list[list[Cell]] = [
        [each.name, *(words.number(now.get(each.id, 0)) for now in counts)] for each in segments
    ]
    return card(
        later("Segment sizes"),
        plural(
            "Share of customers in each segment at {n} moment from {first} to {last}, all on one scale.",
            "Share of customers in each segment at {n} moments from {first} to {last}, all on one scale.",
            len(days),
            n=words.small(len(days)),
            first=words.date(days[0]),
            last=words.date(days[-1]),
        ),
        html.Div(small, className="sd-cohorts-sizes"),
        table=table(heads, rows, _("Customers of each segment over time")),
        note=_(
            "Each snapshot has the cut points of its day. The highest bar is {share} of the customers, of "
            "whom there were {first} at the start and {last} at the end.",
            share=words.share(most),
            first=words.number(totals[0]),
            last=words.number(totals[-1]),
        ),
    )


def _colour(segment: Segment) -> str:
    return palette.segment(segment.id, segment.colour)
