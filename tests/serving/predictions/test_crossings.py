"""The smallest change leads where it is said to, and one unit less does not."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.vocabulary import AXES
from services.releases import read_current
from services.serving.predictions.crossings import far_from_usual, smallest_changes
from services.serving.release.loaded import Loaded
from tests.serving.predictions.borders import untrue
from tests.serving.shops import shop, table_shop


def values_of(release, row):
    return {axis: release.customers[axis][row].item() for axis in AXES}


def test_200_random_customers_of_the_built_in_sample(models):
    release = Loaded(models, read_current(models))
    rows = np.random.default_rng(20_111_209).choice(release.count, 200, replace=False)
    wrong, crossing = untrue(release, rows)
    assert wrong == []
    assert crossing > 190


# Called by the test: a worker that only collects it would wait for trainings.
@pytest.mark.parametrize("preset", ["standard", "quartile", None])
def test_every_customer_of_small_shops_of_several_presets(preset):
    release = shop(preset) if preset else table_shop()
    wrong, crossing = untrue(release, range(release.count))
    assert wrong == []
    assert crossing


def test_one_customer_alone_has_no_border_to_cross():
    release = shop(customers=1)
    assert smallest_changes(release, values_of(release, 0)) == []


@pytest.mark.parametrize("preset", ["standard", "ten-cluster", None])
def test_the_rule_asked_of_stored_values_gives_the_stored_flag(preset):
    release = shop(preset) if preset else table_shop()
    flagged = [bool(far_from_usual(release, values_of(release, row))) for row in range(release.count)]
    assert flagged == release.customers["outlier"].tolist()


def test_the_built_in_samples_flags_too_and_one_axis_is_named(models):
    release = Loaded(models, read_current(models))
    flagged = [bool(far_from_usual(release, values_of(release, row))) for row in range(release.count)]
    assert flagged == release.customers["outlier"].tolist()
    assert any(flagged)
    usual = {axis: release.overview.axes[axis].median for axis in AXES}
    assert far_from_usual(release, usual | {"monetary": 1e9}) == ["monetary"]
