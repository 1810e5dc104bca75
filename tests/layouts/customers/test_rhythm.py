"""What the customer page says of a customer's rhythm and next order."""

from __future__ import annotations

import pytest

from layouts.customers import words as customers_words
from tests.layouts.customers.test_customers import rhythm, said, standing

HELD = "79 of 100 such intervals held (1,638 tested on earlier days)."


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (
            rhythm(),
            "In rhythm. Overdue from 11 Feb 2012 without another order. Next order expected between "
            f"14 Dec 2011 and 2 Feb 2012; {HELD}",
        ),
        (
            rhythm("overdue", "Overdue", overdue_days=12),
            f"Overdue by 12 days. Next order expected between 14 Dec 2011 and 2 Feb 2012; {HELD}",
        ),
        (
            rhythm("silent", "Silent", overdue_days=1, expected=None),
            "Silent, overdue by 1 day. No dates can be named: of 100 such customers, 30 ordered within "
            "90 days.",
        ),
    ],
)
def test_the_next_order_is_an_interval_with_its_record_or_a_share_with_its_own(shown, sentence):
    assert said(customers_words.expected(standing(rhythm=shown))) == sentence


def test_a_state_that_was_hardly_tried_has_no_share():
    few = rhythm("silent", "Silent", overdue_days=1, expected=None)
    few.state.tried = 3
    assert said(customers_words.expected(standing(rhythm=few))).endswith(
        "An order within 90 days is too uncertain to name dates."
    )
