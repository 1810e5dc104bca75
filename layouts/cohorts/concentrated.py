"""How concentrated revenue is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import Cell, Column, card, table
from layouts.parts.attributes import HIDDEN
from services.core.language.messages import _, plural

_POINTS = (1, 10, 20, 50)
_TALL = 60  # of the curve, where it is 100 wide


def concentrated(
    customers: int,
    revenue: float,
    half: int,
    counts: Sequence[int],
    shares: Sequence[float],
    href: str,
    *,
    matched: bool,
) -> Component:
    """Return how few customers bring how much.

    Parameters
    ----------
    customers, half : int
        All of them, and the fewest who bring half of the revenue.
    revenue : float
    counts, shares : sequence, length 101
        Customers in each hundredth, largest first, and their part of the revenue.
    href : str
        The list of the half; empty where others spent as much as its last.
    matched : bool
        Whether returns were taken off.
    """
    rows: list[list[Cell]] = [
        [_("Largest {point} %", point=point), _customers(counts[point]), words.share(shares[point], 1)]
        for point in _POINTS
        if counts[point] < customers
    ]
    rows.append([_("Fewest who bring half"), _customers(half), words.share(0.5, 1)])
    finding = plural(
        "{n} customer, {share} of all, brings half of the revenue of {revenue}.",
        "{n} customers, {share} of all, bring half of the revenue of {revenue}.",
        half,
        n=words.number(half),
        share=words.share(half / customers),
        revenue=words.money_short(revenue),
    )
    lead = plural("Open these {n}", "Open these {n}", half, n=words.number(half))
    open_them = [dcc.Link(lead, href=href, className="sd-btn sd-btn-sm")]
    largest_first = _("Customers by spend, largest first.")
    return card(
        _("How concentrated revenue is"),
        finding,
        [
            _curve(shares, half / customers),
            table(
                [_("Customers"), Column(_("How many"), numeric=True), Column(_("Of revenue"), numeric=True)],
                rows,
                _("Revenue of the largest customers"),
            ),
        ],
        tools=open_them if href else (),
        note=f"{largest_first} {words.revenue_name(after_returns=matched)}.",
        width=5,
    )


def _customers(number: int) -> str:
    return plural("{n} customer", "{n} customers", number, n=words.number(number))


def _curve(shares: Sequence[float], half: float) -> Component:
    """Draw the part of the revenue by the part of the customers, largest first; the table says the same.

    Parameters
    ----------
    shares : sequence of float, length 101
        Of revenue, 0–1, by hundredths of the customers.
    half : float
        The part of the customers who bring half, 0–1.
    """
    points = "L".join(f"{place} {_TALL * (1 - share):.2f}" for place, share in enumerate(shares))
    ticks = [
        html.Span(words.share(share), className="sd-cohorts-up", style={"bottom": f"{100 * share:g}%"})
        for share in (0.25, 0.5, 0.75, 1.0)
    ]
    across = [
        html.Span(words.share(share), className="sd-cohorts-across", style={"left": f"{100 * share:g}%"})
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    at = {"left": f"{100 * half:.1f}%"}
    drawn = [
        html.Span(className="sd-cohorts-even", style={"--mask": _mask(f"M0 {_TALL}L100 0", "0.3")}),
        html.Span(className="sd-cohorts-path", style={"--mask": _mask(f"M{points}", "0.5")}),
        html.Span(className="sd-cohorts-half", style=at),
        html.Span(_("half of the revenue"), className="sd-cohorts-half-name", style=at),
    ]
    return html.Div(
        [
            html.P(_("share of revenue"), className="sd-cohorts-title"),
            html.Div([*ticks, *across, *drawn], className="sd-cohorts-curve"),
            html.P(_("customers, largest first"), className="sd-cohorts-title sd-cohorts-below"),
        ],
        **HIDDEN,
    )


def _mask(path: str, width: str) -> str:
    picture = (
        f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 {_TALL}'%3E"
        f"%3Cpath d='{path}' fill='none' stroke='black' stroke-width='{width}'/%3E%3C/svg%3E"
    )
    return f'url("data:image/svg+xml,{picture}")'
