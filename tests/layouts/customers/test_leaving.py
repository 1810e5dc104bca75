"""What the customer page says of the chance that a customer does not order."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from layouts.customers.leaving import leaving
from services.core.churn.reasons import REASONS
from tests.layouts.customers.test_customers import said, standing


def told(shown):
    return said(leaving(shown)).replace("\xa0", " ")


def moved(id, weight, fact):
    return SimpleNamespace(reason=SimpleNamespace(id=id), weight=weight, fact=fact)


def churn(**changed):
    rest = {
        "chance": 0.31,
        "low": 0.27,
        "high": 0.35,
        "horizon": 90,
        "seen": date(2011, 12, 9),
        "band": SimpleNamespace(begin=30, end=40, customers=1_216, left=474),
        "reasons": [moved("silence", 0.6, 173.0), moved("orders", -0.4, 6.0), moved("lines", -0.1, 12.5)],
        "usual": 513.0,
        "loss": 157.0,
    }
    return standing(churn=SimpleNamespace(**rest | changed))


def test_a_chance_stands_beside_its_interval_its_record_its_reasons_and_the_loss():
    assert told(churn()) == (
        "31 % in the 90 days after 9 Dec 2011, 27 % to 35 %. Of 1,216 customers scored 30–40 % on earlier "
        "days, 39 % did not come back. Raised by 173 days since the last order. Lowered by 6 days with an "
        "order and 12.5 lines on a day with an order. Expected loss: £157.00 of £513.00 usual spend in "
        "90 days."
    )


def test_a_band_that_nobody_was_in_and_reasons_that_are_none_are_not_spoken_of():
    band = SimpleNamespace(begin=90, end=100, customers=0, left=0)
    assert told(churn(chance=0.999, high=0.9999, band=band, reasons=[])) == (
        "over 99 % in the 90 days after 9 Dec 2011, 27 % to over 99 %. Expected loss: £157.00 of £513.00 "
        "usual spend in 90 days."
    )


def test_hardly_any_chance_is_not_called_none():
    assert told(churn(chance=0.00003)).startswith("under 1 % in the 90 days")


def test_where_no_chance_is_given_the_sentence_says_why():
    assert told(standing(no_churn="The orders span too few days.")) == "The orders span too few days."


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_words(reason):
    assert "Raised by 1" in told(churn(reasons=[moved(reason, 0.2, 1.0)])).replace("£", "")
