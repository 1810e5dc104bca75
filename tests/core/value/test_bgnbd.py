"""BG/NBD on the published sample, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.core.value.bgnbd import UNIDENTIFIED, fit_bgnbd
from services.core.value.counts import counts
from services.core.value.fitting import histories
from services.core.value.nbd import fit_nbd


def test_the_published_parameters_and_likelihood_come_out(cdnow):
    assert cdnow.customers.sum() == 2_357
    found = fit_bgnbd(cdnow)
    assert [found.r, found.alpha, found.a, found.b] == pytest.approx(
        [0.2425945, 4.4136019, 0.7929199, 2.4258881], rel=2e-5
    )
    assert found.log_likelihood == pytest.approx(-9582.429, abs=5e-4)


def test_those_of_drop_out_from_the_first_purchase_on_come_out(cdnow):
    found = fit_bgnbd(cdnow, from_first=True)
    assert [found.r, found.alpha, found.a, found.b] == pytest.approx([0.525, 6.183, 0.891, 1.614], rel=1e-3)
    assert found.log_likelihood == pytest.approx(-9582.136, abs=5e-4)


def test_the_published_expected_purchases_of_a_new_customer_come_out(cdnow):
    found = fit_bgnbd(cdnow)
    expected = [float(counts(found, [0], [0], [0], weeks).expected[0]) for weeks in (1, 3, 32, 78)]
    # the last one by quadrature of the model's integral over rates and drop-out: 1.857956
    assert expected == pytest.approx([0.0532, 0.1506, 1.0437, 1.8580], abs=5e-5)


def test_the_chance_of_no_order_begins_at_one_and_ends_with_who_dropped_out(cdnow):
    found = fit_bgnbd(cdnow)
    alive = found.alive([0, 26], [0, 30.86], [31, 31])
    assert alive[0] == 1
    assert 0.9 < alive[1] < 1
    silent = 1 - found.at_least(1, 26, 30.86, 31, [0, 1, 1e12])
    assert silent[0] == 1
    assert silent[0] > silent[1] > silent[2] == pytest.approx(1 - alive[1])


def bought(rates, weeks, seed=7):
    """Histories of customers who buy at the given rates a week and never drop out."""
    draw = np.random.default_rng(seed)
    times = [np.sort(draw.uniform(0, weeks, draw.poisson(rate * weeks))) for rate in rates]
    last = [each[-1] if len(each) else 0.0 for each in times]
    return histories([len(each) for each in times], last, np.full(len(rates), float(weeks)))


def test_a_base_without_drop_out_is_refused_in_a_sentence():
    with pytest.raises(Refusal, match="when customers stop buying") as refused:
        fit_bgnbd(bought(np.random.default_rng(1).gamma(2.0, 0.1, 800), 50))
    assert str(refused.value) == UNIDENTIFIED


def test_the_rates_of_a_base_without_drop_out_are_found():
    found = fit_nbd(bought(np.random.default_rng(1).gamma(2.0, 0.1, 4_000), 50))
    assert found.r == pytest.approx(2.0, rel=0.1)
    assert found.r / found.alpha == pytest.approx(0.2, rel=0.03)


def test_equal_rates_and_a_handful_of_customers_do_not_crash():
    equal = fit_nbd(histories(np.full(50, 4), np.full(50, 40.0), np.full(50, 50.0)))
    assert equal.r / equal.alpha == pytest.approx(4 / 50, rel=0.01)
    with pytest.raises(Refusal):
        fit_bgnbd(histories([1], [3.0], [9.0]))


def test_the_order_and_the_unit_of_time_change_nothing(cdnow):
    days = histories(
        np.repeat(cdnow.x, cdnow.customers.astype(int))[::-1],
        np.repeat(cdnow.t_x, cdnow.customers.astype(int))[::-1] * 7,
        np.repeat(cdnow.age, cdnow.customers.astype(int))[::-1] * 7,
    )
    weekly, daily = fit_bgnbd(cdnow), fit_bgnbd(days)
    assert daily.alpha == pytest.approx(weekly.alpha * 7, rel=1e-3)
    chances = [law.at_least([1, 2], 3, 20 * unit, 30 * unit, unit) for law, unit in ((weekly, 1), (daily, 7))]
    assert chances[1] == pytest.approx(chances[0], rel=1e-3)
