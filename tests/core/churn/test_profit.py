"""What contacting brings: by hand on three customers, and as another library has it."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.churn.costs import FIGURES, Costs
from services.core.churn.profit import (
    PERCENTS,
    Best,
    best,
    expected_maximum,
    integral,
    least_success,
    percents,
    sums,
)
from services.core.refusals import Refusal

CHANCE = np.array([0.2, 0.5, 0.8])
VALUE = np.array([1000.0, 200.0, 100.0])
COSTS = Costs(contact=1, offer=5, success=0.5, margin=0.4)


def profit_of(chance, value, costs):
    gain, cost = sums(percents(chance), chance, value, costs)
    return costs.success * gain - cost


def test_the_profit_of_three_customers_by_hand():
    # .8: .8 * .5 * (40 - 5) - .2 * 5 - 1 = 12; .5: .5 * .5 * (80 - 5) - .5 * 5 - 1 = 15.25
    # .2: .2 * .5 * (400 - 5) - .8 * 5 - 1 = 34.5
    profit = profit_of(CHANCE, VALUE, COSTS)
    assert profit[[0, 20, 21, 50, 51, 80, 81, 100]] == pytest.approx(
        [61.75, 61.75, 27.25, 27.25, 12, 12, 0, 0]
    )
    assert best(profit) == Best(20, pytest.approx(61.75))


def test_of_equal_profits_the_fewest_are_contacted_and_none_at_a_loss():
    assert best(np.array([0.0, 3, 3, 1] + [0.0] * 97)) == Best(2, 3.0)
    dear = Costs(contact=1, offer=500, success=0.5, margin=0.4)
    assert best(profit_of(CHANCE, VALUE, dear)) == Best(None, 0.0)
    nobody = np.array([])
    assert best(profit_of(nobody, nobody, COSTS)) == Best(None, 0.0)


def test_a_chance_counts_as_its_per_cent_in_every_precision():
    for hundredth in range(PERCENTS):
        chances = [np.float32(hundredth / 100), np.float64(hundredth / 100)]
        assert percents(chances).tolist() == [hundredth, hundredth]
    assert percents([0.3594, 0.3596, 0.3694, 1.0]).tolist() == [35, 36, 36, 100]


def test_from_the_least_success_on_contacting_pays():
    gain, cost = sums(percents(CHANCE), CHANCE, VALUE, COSTS)
    # of all: gain 79 + 37.5 + 28 = 144.5, cost 5 + 3.5 + 2 = 10.5; of .8 alone 2 / 28
    assert least_success(gain, cost) == pytest.approx(2 / 28)
    assert best((2 / 28 - 0.001) * gain - cost).percent is None
    assert best((2 / 28 + 0.001) * gain - cost).percent == 80
    assert least_success(-gain, cost) is None
    assert least_success(gain, cost * 100) is None


def test_a_rate_that_is_certain_or_never_wrong_has_the_profit_itself():
    gain, cost = sums(percents(CHANCE), CHANCE, VALUE, COSTS)
    assert expected_maximum(gain, cost, 1.0) == pytest.approx((gain - cost).max())
    assert expected_maximum(gain, cost, 0.0) == 0.0
    # at every likely rate everybody is contacted, so the mean rate decides
    assert expected_maximum(gain, cost, 0.5) == pytest.approx(61.75)
    # an uncertain rate is worth more where nobody need be contacted at a bad one
    assert expected_maximum(gain, cost, 2 / 28) > 0.0


def test_the_integral_is_what_a_fine_grid_of_rates_finds():
    rng = np.random.default_rng(7)
    chance, value = rng.beta(2, 3, 300), rng.gamma(2, 60, 300)
    gain, cost = sums(percents(chance), chance, value, Costs(1, 8, 0.3, 0.5))
    rates = (np.arange(20_000) + 0.5) / 20_000
    weight = rates**5 * (1 - rates) ** 13
    most = np.maximum((rates[:, None] * gain - cost).max(axis=1), 0)
    assert integral(gain, cost, 6, 14) == pytest.approx((most * weight).sum() / weight.sum(), rel=1e-6)


@pytest.mark.long  # to import it takes seven seconds; the grid of rates above is the same question
def test_another_library_finds_the_same_expected_maximum_profit():
    metrics = pytest.importorskip("empulse.metrics", reason="empulse is not installed")
    rng = np.random.default_rng(3)
    score = rng.integers(0, PERCENTS, 500) / 100
    left = (rng.random(500) < score).astype(float)
    gain, cost = sums(percents(score), left, np.full(500, 200.0), Costs(1, 10, 0.3, 1.0))
    for alpha, beta in ((6, 14), (2, 30)):
        theirs = metrics.empc_score(
            left, score, alpha=alpha, beta=beta, clv=200, incentive_cost=10, contact_cost=1
        )
        assert integral(gain, cost, alpha, beta) / 500 == pytest.approx(theirs, rel=1e-9)


def test_a_figure_is_a_number_in_its_range():
    by_name = {each.name: each for each in FIGURES}
    assert by_name["contact"].read("0.8") == 0.8
    assert by_name["success"].read("1") == 1.0
    for name, text, limit in (
        ("success", "12", "1"),
        ("contact", "-1", "1000000"),
        ("offer", "five", "1000000"),
    ):
        with pytest.raises(Refusal, match=f"“{text}” cannot be the .*: it is a number from 0 to {limit}$"):
            by_name[name].read(text)
