"""What is said of a customer's chance of no order: the chance, its record, what moves it, what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from layouts import words
from layouts.parts import term

if TYPE_CHECKING:
    from layouts.customers.words import Sentence
    from services.serving.customers.churn import OwnChurn


def leaving(standing: Any) -> Sentence:
    """Say how likely no order is, what such chances were worth, and why; or why none is given."""
    found: OwnChurn | None = standing.churn
    if found is None:
        return [standing.no_churn]
    between = f"{_share(found.low)} to {_share(found.high)}"
    told: Sentence = [
        html.B(_share(found.chance)),
        f" in the {words.days(found.horizon)} after {words.date_short(found.seen)}, {between}.",
    ]
    band = found.band
    if band.customers:
        who = "customer" if band.customers == 1 else "customers"
        told.append(
            f" Of {words.number(band.customers)} {who} scored {words.number(band.begin)}–"
            f"{words.share(band.end / 100)} on earlier days, {_share(band.left / band.customers)} did not "
            "come back."
        )
    for says, sign in (("Raised", 1), ("Lowered", -1)):
        facts = [_fact(each) for each in found.reasons if each.weight * sign > 0]
        if facts:
            told.append(f" {says} by {words.listing(facts)}.")
    told += [
        " ",
        term("expected-loss"),
        f": {words.money(found.loss)} of {words.money(found.usual)} ",
        term("usual-spend", "usual spend"),
        f" in {words.days(found.horizon)}.",
    ]
    return told


def _fact(moved: Any) -> str:
    told = {
        "silence": f"{words.days(moved.fact)} since the last order",
        "orders": f"{words.days(moved.fact)} with an order",
        "spend": f"{words.money(moved.fact)} on a day with an order",
        "lines": f"{_counted(moved.fact, 'line')} on a day with an order",
    }
    return told[moved.reason.id]


def _counted(number: float, thing: str) -> str:
    shown = words.number(number, int(number % 1 > 0))
    return f"{shown} {thing}" if number == 1 else f"{shown} {thing}s"


def _share(share: float) -> str:
    if 0 < share < 0.005:
        return f"under {words.share(0.01)}"
    return f"over {words.share(0.99)}" if 0.995 <= share < 1 else words.share(share)
