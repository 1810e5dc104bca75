"""Measures of drift on values whose drift is known."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.drift import of_groups, of_values


@pytest.fixture
def values():
    return np.random.default_rng(1).lognormal(3, 1, 5_000)


def test_a_base_against_itself_has_not_drifted(values):
    found = of_values(values, values)
    assert found.psi == 0
    assert found.ks == 0
    assert found.shift == "none"


def test_two_samples_of_one_source_have_not_drifted():
    rng = np.random.default_rng(2)
    for size in (30, 100, 5_000):
        pairs = [(rng.lognormal(3, 1, size), rng.lognormal(3, 1, size)) for _ in range(200)]
        drifted = sum(of_values(*pair).shift != "none" for pair in pairs)
        assert drifted <= 6, size  # one in a hundred, and chance


def test_a_tenth_that_moves_is_drift(values):
    moved = np.where(values <= np.quantile(values, 0.1), values.max(), values)
    found = of_values(values, moved)
    assert found.shift == "large"
    assert found.ks == pytest.approx(0.1, abs=0.001)


def test_values_that_mostly_tie_have_fewer_parts():
    before, today = np.repeat([1.0, 2.0, 9.0], [800, 100, 100]), np.repeat([1.0, 2.0, 9.0], [500, 400, 100])
    found = of_values(before, today)
    p, q = np.array([0.8, 0.1, 0.1]), np.array([0.5, 0.4, 0.1])
    assert found.psi == pytest.approx(((q - p) * np.log(q / p)).sum(), rel=0.01)
    assert found.shift == "large"


def test_one_value_alone_stays_or_goes_whole():
    assert of_values(np.ones(50), np.ones(50)).shift == "none"
    gone = of_values(np.ones(50), np.full(50, 2.0))
    assert (gone.ks, gone.shift) == (1, "large")


def test_groups_are_compared_by_their_shares():
    assert of_groups(np.array([50, 50, 0]), np.array([500, 500, 0])).psi == pytest.approx(0, abs=0.001)
    found = of_groups(np.array([800, 200, 0]), np.array([500, 300, 200]))
    assert found.ks is None
    assert found.shift == "large"
