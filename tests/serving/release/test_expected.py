"""What is expected of a customer and of groups, as pages, the command and the API give it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from services.releases import read_current
from services.serving.customers import profile as customers
from services.serving.lists.filters import Filters
from services.serving.release.expected import expected_spend, own_value, why_no_value
from services.serving.release.loaded import Loaded
from services.serving.release.receipts import segment_entries
from services.serving.segments.values import expected_by_group
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 8)
    return Loaded(models, read_current(models))


def without(release, monkeypatch, **changed):
    value = release.overview.value.model_copy(update=changed) if changed else None
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"value": value}))


def test_a_customer_has_bounds_and_their_record(release):
    found = own_value(release, 2)
    assert (found.seen, found.level) == (date(2011, 12, 9), 80)
    assert [each.expected for each in found.spend] == [30, 120]
    assert (found.spend[0].low, found.spend[0].high) == (0, 60)
    assert (found.intervals, found.held) == (200, 168)


def test_a_total_is_summed_from_its_customers_and_says_how_far_such_were_off(release):
    everybody = expected_spend(release)
    assert (everybody.spend, everybody.days) == (10 * sum(range(1, 9)), 90)
    assert everybody.off == pytest.approx([-0.1, 0.1])
    assert expected_spend(release, np.array([0, 3])).spend == 50
    assert sum(each["expected_spend"] for each in segment_entries(release)) == everybody.spend


def test_each_group_of_a_view_has_the_sum_of_its_customers(release, monkeypatch):
    segment, cluster = (release.customers[name] for name in ("segment", "cluster"))
    spend = 10 * (np.arange(release.count) + 1)
    everybody = expected_by_group(release, Filters(), "segment")
    assert everybody == [spend[segment == place].sum() for place in range(len(release.segments))]
    few = Filters(f_min=2.0)
    bought = (release.customers["frequency"] >= 2) & (cluster == 0)
    assert expected_by_group(release, few, "cluster")[0] == spend[bought].sum()
    without(release, monkeypatch)
    assert expected_by_group(release, few, "cluster") is None


def test_the_contract_says_chance_bounds_and_record(release):
    told = customers.as_contract(release, customers.at(release, 1))["value"]
    assert (told["seen"], told["chance_of_order"], told["level"]) == ("2011-12-09", 0.25, 0.8)
    assert told["spend"] == [
        {"expected": 20.0, "low": 0.0, "high": 40.0},
        {"expected": 80.0, "low": 0.0, "high": 160.0},
    ]
    assert told["record"] == {"intervals": 200, "held": 168}


def test_where_value_is_refused_the_chance_is_left_and_the_sentence(release, monkeypatch):
    tried = [each.model_copy(update={"orders": None, "spend": None}) for each in release.overview.value.tried]
    without(release, monkeypatch, missing="Nobody is seen to stop.", model="nbd", tried=tried)
    told = customers.as_contract(release, customers.at(release, 1))["value"]
    assert told["chance_of_order"] == 0.25
    assert {name for name, each in told.items() if each is None} == {"orders", "spend", "level", "record"}
    assert (own_value(release, 0), expected_spend(release)) == (None, None)
    assert why_no_value(release) == "Nobody is seen to stop."
    assert {each["expected_spend"] for each in segment_entries(release)} == {None}


def test_a_release_from_before_says_so(release, monkeypatch):
    without(release, monkeypatch)
    assert customers.as_contract(release, customers.at(release, 0))["value"] is None
    assert why_no_value(release).startswith("This release was made by an earlier version")
