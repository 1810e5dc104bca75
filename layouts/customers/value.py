"""The card "Expected spend" of the tab Customers: between what it lies, and what such figures were worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from layouts import words
from layouts.customers import figures
from layouts.customers.sign import sign
from layouts.ids import Customers
from layouts.parts import card, expecting
from layouts.parts.charts import graph
from services.core.language.again import again
from services.core.language.messages import _, later, sense

if TYPE_CHECKING:
    from services.serving.release.expected import Interval, OwnValue, Total

SPANS = (90, 365)
"""Days for which spend is expected."""
_FEW_TRIED = 30


def value_card() -> html.Section:
    """Make the card, empty until a customer is shown."""
    return card(
        later("Expected spend"),
        html.Span(id=Customers.VALUE_FINDING),
        graph(Customers.VALUE, _("Expected spend in 90 and in 365 days"), 150),
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
        return {"value": figures.NOTHING, "value_finding": again(missing), "value_note": "", "parts": {}}
    stated = [(words.days(span), each) for span, each in zip(SPANS, found.spend, strict=True)]
    rows = [[span, each.expected, each.low, each.high] for span, each in stated]
    kinds = [
        (_("Spend in"), "text"),
        (_("Expected"), "moneySum"),
        (sense("range", "From"), "moneySum"),
        (sense("range", "To"), "moneySum"),
    ]
    columns = [{"name": name, "kind": kind, "optional": False} for name, kind in kinds]
    return {
        "value": figures.value(
            [(span, *_ends(each)) for span, each in stated],
            sign(),
        ),
        "value_finding": finding(found),
        "value_note": note(found, total),
        "parts": {
            Customers.VALUE_TABLE: {"table": _("Expected spend"), "columns": columns, "rows": rows},
        },
    }


def finding(found: OwnValue) -> str:
    """Say between what the spend in 90 days lies, and what it is on average."""
    spend, day = found.spend[0], words.date_short(found.seen)
    if spend.high <= 0:
        return _(
            "At least nine in ten such customers spend nothing in the 90 days after {day}; the average is "
            "{average}.",
            day=day,
            average=words.money_sum(spend.expected),
        )
    return _(
        "Expected spend in the 90 days after {day}: {low} to {high}, {average} on average.",
        day=day,
        low=words.money_sum(spend.low),
        high=words.money_sum(spend.high),
        average=words.money_sum(spend.expected),
    )


def note(found: OwnValue, total: Total) -> str:
    """Say the orders expected, how often such intervals held, and how far totals were off."""
    soon, in_a_year = (words.number(each.expected, 1) for each in found.orders)
    said = [
        _(
            "Bars: where the spend of {n} of 100 such customers lies; the line is the average. Days with an "
            "order expected: {soon} in 90 days, {in_a_year} in 365.",
            n=words.number(found.level),
            soon=soon,
            in_a_year=in_a_year,
        )
    ]
    if found.intervals >= _FEW_TRIED:
        share = words.number(100 * found.held / found.intervals)
        said.append(
            _(
                "{share} of 100 such intervals for 90 days held ({tested} tested on earlier days).",
                share=share,
                tested=words.number(found.intervals),
            )
        )
    said.append(_("For all customers together, {off}.", off=expecting.off(total.off)))
    return " ".join(said)


def _ends(stated: Interval) -> tuple[float, float, float]:
    return stated.low, stated.expected, stated.high
