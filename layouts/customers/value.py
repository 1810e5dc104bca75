"""The card "Expected spend" of the tab Customers: between what it lies, and what such figures were worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from layouts import words
from layouts.customers import figures
from layouts.ids import Customers
from layouts.parts import card, expecting
from layouts.parts.charts import graph

if TYPE_CHECKING:
    from services.serving.release.expected import Interval, OwnValue, Total

SPANS = ("90 days", "365 days")
_FEW_TRIED = 30


def value_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    return card(
        "Expected spend",
        html.Span(id=Customers.VALUE_FINDING),
        graph(Customers.VALUE, "Expected spend in 90 and in 365 days", 150),
        table=html.Div(id=Customers.VALUE_TABLE),
        note=html.Span(id=Customers.VALUE_NOTE),
        width=5,
        id=Customers.card("value"),
        term="expected-spend",
    )


def shown(found: OwnValue | None, total: Total | None, missing: str) -> dict[str, Any]:
    """Return the card's outputs by the names that ``callbacks.customers.wiring`` wires.

    Parameters
    ----------
    found : OwnValue or None
    total : Total or None
        Of all customers: how far such totals were off.
    missing : str
        Why nothing is expected, where that is so.
    """
    if found is None or total is None:
        return {"value": figures.NOTHING, "value_finding": missing, "value_note": "", "parts": {}}
    rows = [
        [what, stated.expected, stated.low, stated.high]
        for what, stated in zip(SPANS, found.spend, strict=True)
    ]
    kinds = [("Spend in", "text"), ("Expected", "moneySum"), ("From", "moneySum"), ("To", "moneySum")]
    columns = [{"name": name, "kind": kind, "optional": False} for name, kind in kinds]
    return {
        "value": figures.value(
            [(span, *_ends(stated)) for span, stated in zip(SPANS, found.spend, strict=True)],
            words.currency_symbol(),
        ),
        "value_finding": finding(found),
        "value_note": note(found, total),
        "parts": {
            Customers.VALUE_TABLE: {"table": "Expected spend", "columns": columns, "rows": rows},
        },
    }


def finding(found: OwnValue) -> str:
    """Say between what the spend in 90 days lies, and what it is on average."""
    spend, day = found.spend[0], words.date_short(found.seen)
    if spend.high <= 0:
        return (
            f"At least nine in ten such customers spend nothing in the 90 days after {day}; the average is "
            f"{words.money_sum(spend.expected)}."
        )
    return (
        f"Expected spend in the 90 days after {day}: {words.money_sum(spend.low)} to "
        f"{words.money_sum(spend.high)}, {words.money_sum(spend.expected)} on average."
    )


def note(found: OwnValue, total: Total) -> str:
    """Say the orders expected, how often such intervals held, and how far totals were off."""
    orders, later = (words.number(each.expected, 1) for each in found.orders)
    said = [
        f"Bars: where the spend of {words.number(found.level)} of 100 such customers lies; the line is the "
        f"average. Days with an order expected: {orders} in 90 days, {later} in 365."
    ]
    if found.intervals >= _FEW_TRIED:
        share = words.number(100 * found.held / found.intervals)
        said.append(
            f"{share} of 100 such intervals for 90 days held ({words.number(found.intervals)} tested on "
            "earlier days)."
        )
    said.append(f"For all customers together, {expecting.off(total.off)}.")
    return " ".join(said)


def _ends(stated: Interval) -> tuple[float, float, float]:
    return stated.low, stated.expected, stated.high
