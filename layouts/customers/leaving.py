"""What is said of a customer's chance of no order: the chance, its record, what moves it, what is lost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dash import html

from layouts import words
from layouts.parts import term
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from layouts.customers.words import Sentence
    from services.serving.customers.churn import OwnChurn


def leaving(standing: Any) -> Sentence:
    """Say how likely no order is, what such chances were worth, and why; or why none is given."""
    found: OwnChurn | None = standing.churn
    if found is None:
        return [again(standing.no_churn)]
    said = _(
        "{chance} in the {days} after {day}, {low} to {high}.",
        chance=gap("chance"),
        days=words.days(found.horizon),
        day=words.date_short(found.seen),
        low=words.share(found.low),
        high=words.share(found.high),
    )
    told = woven(said, chance=html.B(words.share(found.chance)))
    if found.band.customers:
        told.append(f" {_record(found.band)}")
    for raises in (True, False):
        facts = [_fact(each) for each in found.reasons if each.weight and (each.weight > 0) == raises]
        if facts:
            listed = words.listing(facts)
            moved = (
                _("Raised by {facts}.", facts=listed) if raises else _("Lowered by {facts}.", facts=listed)
            )
            told.append(f" {moved}")
    lost = _(
        "{expected_loss}: {loss} of {usual} {usual_spend} in {days}.",
        expected_loss=gap("loss"),
        loss=words.money(found.loss),
        usual=words.money(found.usual),
        usual_spend=gap("spend"),
        days=words.days(found.horizon),
    )
    loss, spend = term("expected-loss"), term("usual-spend", _("usual spend"))
    return [*told, " ", *woven(lost, loss=loss, spend=spend)]


def _record(band: Any) -> str:
    """Say how many of those who were given such a chance on earlier days left."""
    return plural(
        "Of {n} customer scored {low}–{high} on earlier days, {share} did not come back.",
        "Of {n} customers scored {low}–{high} on earlier days, {share} did not come back.",
        band.customers,
        n=words.number(band.customers),
        low=words.number(band.begin),
        high=words.share(band.end / 100),
        share=words.share(band.left / band.customers),
    )


def _fact(moved: Any) -> str:
    match moved.reason.id:
        case "silence":
            return _("{days} since the last order", days=words.days(moved.fact))
        case "orders":
            return _("{days} with an order", days=words.days(moved.fact))
        case "spend":
            return _("{money} on a day with an order", money=words.money(moved.fact))
        case _:
            return plural(
                "{n} line on a day with an order",
                "{n} lines on a day with an order",
                math.ceil(moved.fact),
                n=words.number(moved.fact, int(moved.fact % 1 > 0)),
            )
