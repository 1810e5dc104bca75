"""A customer's chance of no order as pages, the command and the API give it, and releases that give none."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.releases import read_current
from services.releases.overview.churn import Churn
from services.serving.customers import churn
from services.serving.customers import profile as customers
from services.serving.release.loaded import Loaded
from services.web.api.answers import Customer
from tests.releases.tiny import make_tiny_release

BANDS = [
    {"from": low, "to": low + 10, "customers": 20, "left": 4, "predicted": 0.3, "low": 0.1, "high": 0.4}
    for low in range(0, 100, 10)
]
TOLD = {
    "missing": None,
    "horizon": 90,
    "seen": "2011-12-09",
    "level": 80,
    "served": "logistic",
    "season": None,
    "bands": BANDS,
    "reasons": [
        {"id": "silence", "name": "Days since the last order", "unit": "days"},
        {"id": "orders", "name": "Days with an order", "unit": "count"},
    ],
    **{name: [] for name in ("cuts", "models", "thresholds")},
}


@pytest.fixture
def release(tmp_path, monkeypatch) -> Loaded:
    """A release of eight customers, all with the same chance."""
    make_tiny_release(tmp_path, 8)
    loaded = Loaded(tmp_path, read_current(tmp_path))
    told = Churn.model_validate(TOLD)
    monkeypatch.setattr(loaded, "overview", loaded.overview.model_copy(update={"churn": told}))
    same = {
        "churn": np.full(8, 0.25, "f4"),
        "churn_low": np.full(8, 0.125, "f4"),
        "churn_high": np.full(8, 0.5, "f4"),
        "churn_reason": np.tile(np.array([1, 0, -1, -1], "i1"), (8, 1)),
        "churn_weight": np.tile(np.array([-0.5, 0.25, 0, 0], "f4"), (8, 1)),
        "churn_fact": np.tile(np.array([3, 40, 0, 0], "f4"), (8, 1)),
    }
    monkeypatch.setattr(loaded, "customers", dict(loaded.customers) | same)
    return loaded


def test_a_chance_comes_with_the_record_of_its_band_its_reasons_and_the_loss(release):
    found = churn.own_churn(release, 0)
    assert (found.chance, found.low, found.high, found.seen) == (0.25, 0.125, 0.5, date(2011, 12, 9))
    assert (found.band.begin, found.band.end) == (20, 30)
    assert [(each.reason.id, each.weight, each.fact) for each in found.reasons] == [
        ("orders", -0.5, 3),
        ("silence", 0.25, 40),
    ]
    first = release.customers["first_purchase"][0].astype("datetime64[D]").item()
    days = max((date(2011, 12, 9) - first).days + 1, 90)
    assert found.usual == pytest.approx(release.customers["monetary"][0] * 90 / days)
    assert found.loss == pytest.approx(found.usual / 4)


def test_the_contract_says_the_same_of_the_command_and_the_api(release):
    answer = customers.as_contract(release, customers.at(release, 0))
    told = answer["churn"]
    assert told["band"] == {"from": 0.2, "to": 0.3, "customers": 20, "came_back": 16}
    assert told["reasons"][0] == {
        "id": "orders",
        "name": "Days with an order",
        "value": 3,
        "unit": "count",
        "log_odds": -0.5,
    }
    assert Customer.model_validate(answer).churn.probability == 0.25


@pytest.mark.parametrize(
    ("told", "sentence"), [(None, "by an earlier version"), ("The orders span too few days.", "too few days")]
)
def test_a_release_that_gives_none_says_why(release, monkeypatch, told, sentence):
    missing = told and Churn.model_validate(TOLD | {"missing": told})
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"churn": missing}))
    assert customers.as_contract(release, customers.at(release, 0))["churn"] is None
    with pytest.raises(Refusal, match=sentence):
        churn.or_refuse(release, 0)
