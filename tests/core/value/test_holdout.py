"""What was expected of CDNOW in weeks 40 to 78, held against them; the base and its choices by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from services.core.value.base import Base, Later, Money, base_at, correlation, later
from services.core.value.holdout import hold_against
from services.core.value.models import ENOUGH, FEW, FITS, choose, doubts, fit
from services.core.value.nbd import Nbd


@pytest.fixture(scope="module")
def fits(cdnow_base):
    return {name: fit(name, cdnow_base) for name in FITS}


def test_bg_nbd_counts_where_nothing_is_clearly_more_likely(fits):
    chosen = choose(fits)
    assert (chosen.name, chosen.law_name, chosen.refused) == ("bg_nbd", "bg_nbd", None)
    # more likely, but by less than chance gives, and it predicts worse
    assert 0 < fits["mbg_nbd"].model.log_likelihood - fits["bg_nbd"].model.log_likelihood < 1


def test_the_weeks_that_were_held_out_come_as_expected(fits, cdnow_base, cdnow_bought):
    end = int(cdnow_bought.day.max())
    assert end == 39 * 7
    happened = later(cdnow_base, cdnow_bought, 0, end)
    held = hold_against(choose(fits).law, cdnow_base, happened, end, unit=7)
    assert held.happened == 1_882
    assert held.expected / held.happened == pytest.approx(0.88, abs=0.005)
    assert held.correlation == pytest.approx(0.626, abs=0.002)
    assert held.pit == pytest.approx({"50": 0.50, "80": 0.80, "90": 0.89}, abs=0.005)
    assert [each.days for each in held.bought_within] == [28, 91, 273]
    assert [each.happened for each in held.bought_within] == pytest.approx([0.070, 0.171, 0.290], abs=5e-4)
    assert [each.expected for each in held.bought_within] == pytest.approx([0.068, 0.154, 0.262], abs=1e-3)
    assert held.auc > 0.7


def test_a_base_holds_days_of_orders_and_the_spend_on_repeats_by_hand():
    #                      two orders on a day are one purchase; customer 2 begins later
    bought = Money(np.array([7, 7, 7, 2, 7]), np.array([0, 4, 4, 6, 9]), np.array([50.0, 10, 20, 5, 99]))
    base = base_at(bought, 6)
    assert base.customer.tolist() == [2, 7]
    assert base.x.tolist() == [0, 1]
    assert base.t_x.tolist() == [0, 4]
    assert base.age.tolist() == [0, 6]
    assert base.spend.tolist() == [0, 30]
    found = later(base, bought, 6, 9)
    assert found.purchases.tolist() == [0, 1]
    assert found.wait.tolist() == [np.inf, 3]
    assert found.spent.tolist() == [0, 99]


def test_who_came_later_belongs_to_no_earlier_base():
    bought = Money(np.array([1, 2]), np.array([0, 5]), np.array([1.0, 2.0]))
    assert later(base_at(bought, 3), bought, 3, 9).purchases.tolist() == [0]
    assert len(base_at(bought, -1).customer) == 0


def test_an_interval_holds_as_many_as_it_says_where_the_law_is_true():
    draw = np.random.default_rng(6)
    size = 20_000
    rate = draw.gamma(2.0, 1 / 50.0, size)
    first, then = draw.poisson(rate * 100), draw.poisson(rate * 60)
    base = Base(np.arange(size), first.astype(float), np.zeros(size), np.full(size, 100.0), np.ones(size))
    happened = Later(then, np.where(then > 0, 1.0, np.inf), then * 1.0)
    held = hold_against(Nbd(2.0, 50.0, 0.0), base, happened, 60)
    assert held.pit == pytest.approx({"50": 0.5, "80": 0.8, "90": 0.9}, abs=0.01)
    assert held.expected == pytest.approx(held.happened, rel=0.02)


def test_too_few_repeats_are_refused_in_a_sentence_and_nobody_is_scored():
    few = base_at(Money(np.arange(500), np.arange(500) % 90, np.ones(500)), 100)
    chosen = choose({name: fit(name, few) for name in FITS})
    assert ENOUGH == 30
    assert f" {ENOUGH} customers" in FEW
    assert (chosen.name, chosen.refused, chosen.law) == (None, FEW, None)


def test_what_a_base_does_not_keep_to_is_said():
    draw = np.random.default_rng(8)
    x = draw.integers(1, 9, 300)
    spend = draw.gamma(20, 10 / draw.gamma(8, 1, 300)) / np.sqrt(x)
    base = Base(np.arange(300), x.astype(float), np.zeros(300), np.zeros(300), np.r_[0.0, spend[1:]])
    said = doubts(base, {"gamma_gamma": fit("gamma_gamma", base)})
    assert len(said) == 2
    assert said[0].startswith("1 customer spent nothing")
    assert "spend less on an order (rank correlation −0." in said[1]
    even = replace(base, spend=draw.permutation(spend * np.sqrt(x)))
    assert doubts(even, {"gamma_gamma": fit("gamma_gamma", even)}) == []


def test_a_correlation_with_what_is_the_same_for_everybody_is_none():
    assert correlation([1, 2, 3], [5, 5, 5]) is None
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
