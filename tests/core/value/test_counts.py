"""How many further purchases: against draws of the model, and small cases by hand."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.value.bgnbd import BgNbd
from services.core.value.counts import counts
from services.core.value.nbd import Nbd
from services.core.value.paretonbd import ParetoNbd


def test_without_drop_out_the_count_follows_the_negative_binomial_by_hand():
    # r + x = 1: geometric, each further purchase with chance 10 / (10 + 10)
    ahead = counts(Nbd(1.0, 5.0, 0.0), [0], [0], [5], 10)
    assert ahead.at_least[:3] == pytest.approx([1 / 2, 1 / 4, 1 / 8])
    assert ahead.exactly[:2] == pytest.approx([1 / 4, 1 / 8])
    assert ahead.expected == pytest.approx([1])
    assert ahead.variance == pytest.approx([2])
    assert ahead.more_than([-1])[0] == 1
    assert ahead.more_than([0])[0] == pytest.approx(1 / 2)
    assert ahead.more_than([10_000])[0] == 0
    assert [int(ahead.quantile(share)[0]) for share in (0.4, 0.6, 0.9)] == [0, 1, 3]


def test_equal_histories_have_equal_laws_whatever_their_order():
    law = BgNbd(0.5, 5.0, 0.8, 2.4, 0.0)
    both = counts(law, [0, 3, 0], [0, 9, 0], [9, 10, 9], 20)
    turned = counts(law, [3, 0, 0], [9, 0, 0], [10, 9, 9], 20)
    assert both.expected[0] == both.expected[2]
    assert both.expected[[1, 0, 2]].tolist() == turned.expected.tolist()


@pytest.mark.parametrize("from_first", [False, True])
def test_a_new_customer_of_the_model_buys_as_often_as_drawn_ones(from_first):
    draw = np.random.default_rng(2)
    size, weeks = 40_000, 30.0
    rate, drop = draw.gamma(0.8, 1 / 4.0, size), draw.beta(0.9, 2.5, size)
    most = draw.geometric(drop) - from_first
    bought = np.minimum(draw.poisson(rate * weeks), most)
    ahead = counts(BgNbd(0.8, 4.0, 0.9, 2.5, 0.0, from_first), [0], [0], [0], weeks)
    assert ahead.expected[0] == pytest.approx(bought.mean(), rel=0.03)
    for n in (0, 1, 3, 8):
        assert ahead.more_than([n])[0] == pytest.approx((bought > n).mean(), abs=0.008)


def test_a_new_customer_who_stops_at_a_moment_buys_as_often_as_drawn_ones():
    draw = np.random.default_rng(4)
    size, weeks = 40_000, 30.0
    rate, stop = draw.gamma(0.8, 1 / 4.0, size), draw.exponential(1 / draw.gamma(0.6, 1 / 9.0, size))
    bought = draw.poisson(rate * np.minimum(stop, weeks))
    ahead = counts(ParetoNbd(0.8, 4.0, 0.6, 9.0, 0.0), [0], [0], [0], weeks)
    for n in (0, 1, 3, 8):
        assert ahead.more_than([n])[0] == pytest.approx((bought > n).mean(), abs=0.008)
