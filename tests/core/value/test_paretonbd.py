"""Pareto/NBD on the published sample, and beside the textbook's hypergeometric functions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import hyp2f1

from services.core.refusals import Refusal
from services.core.value.bgnbd import UNIDENTIFIED
from services.core.value.counts import counts
from services.core.value.fitting import histories
from services.core.value.paretonbd import ParetoNbd, fit_paretonbd


@pytest.fixture(scope="module")
def fitted(cdnow):
    return fit_paretonbd(cdnow)


def test_the_published_parameters_and_likelihood_come_out(fitted):
    assert [fitted.r, fitted.alpha, fitted.s, fitted.beta] == pytest.approx(
        [0.5533, 10.578, 0.6062, 11.669], rel=1e-3
    )
    assert fitted.log_likelihood == pytest.approx(-9594.976, abs=1e-3)


def test_the_published_customer_is_alive_and_buys_as_often(fitted):
    assert float(fitted.alive(26, 30.86, 31)) == pytest.approx(0.99792, abs=5e-6)
    assert counts(fitted, [26], [30.86], [31], 52).expected[0] == pytest.approx(25.456, abs=5e-4)


@pytest.mark.parametrize("law", [(0.5, 3.0, 0.6, 11.0), (2.0, 40.0, 0.3, 2.0), (1.0, 5.0, 1.0, 5.0)])
def test_the_chance_of_being_alive_and_what_is_expected_are_the_textbooks(law):
    r, alpha, s, beta = law
    x, t_x, age, ahead = np.array([0, 1, 4, 12]), np.array([0, 5, 20, 29.0]), 30.0, 26.0
    # Fader and Hardie (2005), with the hypergeometric function of whichever rate is the greater
    largest, gap, second = (alpha, alpha - beta, s + 1) if alpha >= beta else (beta, beta - alpha, r + x)
    shape = r + s + x

    def part(t):
        return hyp2f1(shape, second, shape + 1, gap / (largest + t)) / (largest + t) ** shape

    gone = s / shape * (part(t_x) - part(age))
    there = (alpha + age) ** -(r + x) * (beta + age) ** -s
    model = ParetoNbd(*law, log_likelihood=0.0)
    assert model.alive(x, t_x, age) == pytest.approx(there / (there + gone), rel=1e-6)
    left = (beta + age) / (beta + age + ahead)
    stays = np.log(1 / left) if s == 1 else (1 - left ** (s - 1)) / (s - 1)
    rate = (r + x) * (beta + age) / (alpha + age)
    expected = counts(model, x, t_x, np.full(4, age), ahead).expected
    assert expected == pytest.approx(there / (there + gone) * rate * stays, rel=1e-5)


def test_a_base_in_which_nobody_stops_is_refused_in_a_sentence():
    draw = np.random.default_rng(1)
    times = [np.sort(draw.uniform(0, 50, draw.poisson(rate * 50))) for rate in draw.gamma(2.0, 0.1, 400)]
    last = [each[-1] if len(each) else 0.0 for each in times]
    with pytest.raises(Refusal) as refused:
        fit_paretonbd(histories([len(each) for each in times], last, np.full(400, 50.0)))
    assert str(refused.value) == UNIDENTIFIED
