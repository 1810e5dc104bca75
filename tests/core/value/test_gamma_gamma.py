"""Gamma–Gamma on the published sample, its intervals, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.core.value.counts import counts
from services.core.value.gamma_gamma import (
    ALIKE,
    FEW,
    FEWEST,
    UNTOLD,
    WITHOUT_MEAN,
    GammaGamma,
    fit_gamma_gamma,
)
from services.core.value.nbd import Nbd


def test_the_published_parameters_and_likelihood_come_out(cdnow_base):
    found = fit_gamma_gamma(cdnow_base.x, cdnow_base.spend)
    assert [found.p, found.q, found.gamma] == pytest.approx([6.2496, 3.7442, 15.4435], rel=2e-5)
    assert found.log_likelihood == pytest.approx(-4055.918, abs=5e-4)
    assert (found.customers, found.left_out) == (946, 0)


def test_a_customers_mean_is_drawn_towards_that_of_the_base():
    law = GammaGamma(6.0, 4.0, 15.0, 0.0, 100, 0)
    new, once, often = law.mean([0, 1, 400], [0, 100, 100])
    assert new == pytest.approx(30)  # p gamma / (q − 1)
    assert new < once < often < 100
    assert often == pytest.approx(100, rel=0.01)


def test_who_spent_nothing_on_repeat_orders_is_left_out_and_counted():
    draw = np.random.default_rng(3)
    spend = draw.gamma(5, 10 / draw.gamma(4, 1, 300))
    found = fit_gamma_gamma(np.r_[np.full(300, 4), 3, 0], np.r_[spend, 0, 0])
    assert (found.customers, found.left_out) == (300, 1)
    # what they are expected to spend is what a new customer is
    assert found.mean(3, 0) == found.mean(0, 0)


def test_a_quantile_of_spend_is_met_by_as_many_draws():
    law, spend = Nbd(1.0, 10.0, 0.0), GammaGamma(3.0, 4.0, 20.0, 0.0, 100, 0)
    ahead = counts(law, [4, 0], [30, 0], [40, 40], 50)
    draw = np.random.default_rng(5)
    n = draw.poisson(draw.gamma(5, 1 / 50, 100_000) * 50)
    rate = draw.gamma(4 + 3 * 4, 1 / (20 + 4 * 25), 100_000)
    drawn = draw.gamma(np.maximum(3 * n, 1e-9), 1 / rate)
    for share in (0.1, 0.5, 0.9):
        many, none = spend.quantile(share, ahead, [4, 0], [25, 0])
        assert (drawn <= many).mean() == pytest.approx(share, abs=0.006)
        assert none < many
    assert spend.quantile(0.1, ahead, [4, 0], [25, 0])[1] == 0  # more than a tenth order nothing


DRAW = np.random.default_rng(9)
X = np.tile(np.arange(1, 9), 50)
#: Means that differ as orders of one law do, and a little less.
BY_CHANCE = 1 + np.where(np.arange(400) % 16 < 8, 0.5, -0.5) / X**0.6


@pytest.mark.parametrize(
    ("x", "spend", "sentence"),
    [
        (np.full(19, 2), np.arange(1, 20), FEW),
        (np.zeros(100), np.zeros(100), FEW),
        (np.full(100, 2), np.full(100, 9.99), ALIKE),
        (np.tile([1, 3, 5, 9], 50), np.repeat(np.arange(1.0, 51), 4), UNTOLD),
        (X, BY_CHANCE, UNTOLD),
        (X, DRAW.gamma(3.0 * X) / X / DRAW.gamma(0.6, 1, 400), WITHOUT_MEAN),
    ],
)
def test_what_gives_no_law_of_spend_is_refused_in_a_sentence(x, spend, sentence):
    with pytest.raises(Refusal) as refused:
        fit_gamma_gamma(x, spend)
    assert str(refused.value) == sentence
    assert f" {FEWEST} customers" in FEW
