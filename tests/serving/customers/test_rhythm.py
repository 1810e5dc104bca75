"""A customer's rhythm as pages, the command and the API give it, and releases that have none."""

from __future__ import annotations

from datetime import date

import pytest

from services.releases import read_current
from services.serving.customers import profile as customers
from services.serving.customers.rhythm import own_rhythm, why_none
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 8)
    return Loaded(models, read_current(models))


def test_dates_are_counted_from_the_last_day_that_is_known(release):
    found = own_rhythm(release, 0)
    assert (found.state.id, found.overdue_days) == ("in-rhythm", 0)
    assert found.overdue_from == date(2012, 1, 19)
    assert (found.expected.low, found.expected.high) == (date(2011, 12, 14), date(2012, 1, 8))
    assert found.expected.record.level == 80


def test_who_is_overdue_since_when(release):
    found = own_rhythm(release, 2)
    assert (found.state.id, found.overdue_days, found.overdue_from) == ("overdue", 3, date(2011, 12, 7))


def test_the_contract_says_state_days_interval_and_record(release):
    answer = customers.as_contract(release, customers.at(release, 1))["rhythm"]
    assert answer == {
        "state": "due",
        "overdue_days": 0,
        "next": {"low": "2011-12-10", "high": "2012-02-07", "level": 0.5},
        "record": {"intervals": 4401, "held": 2214},
    }
    silent = customers.as_contract(release, customers.at(release, 3))["rhythm"]
    assert silent == {"state": "silent", "overdue_days": 60, "next": None, "record": None}


def test_a_release_without_rhythms_says_why(release, monkeypatch):
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"rhythm": None}))
    assert customers.as_contract(release, customers.at(release, 0))["rhythm"] is None
    assert "did not measure rhythms" in why_none(release)
