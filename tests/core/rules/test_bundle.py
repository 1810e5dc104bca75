"""What a bundle gives away, and what pays for it; counted by hand."""

from __future__ import annotations

import pytest

from services.core.rules.bundle import BreakEven, Terms, break_even, take_up


def test_a_price_is_told_as_a_saving_in_money_and_as_a_share():
    terms = Terms(usual=5.5, price=4.4)
    assert (terms.saved, terms.discount) == (pytest.approx(1.1), pytest.approx(0.2))
    assert Terms(5.5, 5.5).saved == 0


def test_take_up_is_told_with_wilsons_interval():
    found = take_up(41, 59)
    assert (found.share, round(found.low, 3), round(found.high, 3)) == (0.41, 0.319, 0.508)
    assert (take_up(1, 0).share, take_up(1, 0).high) == (1.0, 1.0)


def test_orders_that_are_won_make_up_for_the_discount_of_the_others():
    # 30 orders lose 0.50 each; one that is won brings 2.50 on average, less 0.50
    assert break_even(30, [10, 30], [4.0, 2.0], 0.5) == BreakEven(15.0, 2.0, 8, 40, 38 / 70)


def test_a_whole_number_of_orders_is_not_rounded_up_by_noise():
    assert break_even(30, [10], [0.4], 0.1).needed == 10


@pytest.mark.parametrize(
    ("saved", "needed", "share"), [(0.0, 0, 30 / 40), (2.0, None, None), (3.0, None, None), (1.9, 570, None)]
)
def test_no_discount_needs_nothing_and_too_much_is_never_made_up_for(saved, needed, share):
    found = break_even(30, [4, 6], [2.0, 2.0], saved)
    assert (found.needed, found.share) == (needed, share)
