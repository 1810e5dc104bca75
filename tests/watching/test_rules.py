"""Each rule, one step before it holds and one step after."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.core.drift import Drift, Drifted
from services.serving.releases.drifting import Newer
from services.site.alerts.served import Recent
from services.site.jobs.job import Stage
from services.site.settings import Settings
from services.site.sources import Failing
from services.watching.facts import Disk, Facts
from services.watching.rules import RULES, findings

HOSTED = Settings(allow_open=False, secret_key="k")
ACTIVE = SimpleNamespace(id="20261121T224500Z-3fa9c1", data_to=datetime(2026, 11, 21, 12, 50))


def facts(**known):
    nothing = {
        "active": ACTIVE,
        "problem": None,
        "today": date(2026, 11, 28),
        "newer": None,
        "recent": Recent(1_000, 0, 0.2),
        "disks": [Disk(Path("models"), 50, 100)],
        "job": None,
        "failing": [],
    }
    return Facts(**{**nothing, **known})


def found(settings=HOSTED, **known):
    return [(each.rule, each.event, each.sentence) for each in findings(facts(**known), settings)]


def newer(shift):
    made = SimpleNamespace(id="20261201T000000Z-3fa9c1", made_at=datetime(2026, 12, 1, tzinfo=UTC))
    return Newer(made, Drifted({"recency": Drift(0.2, 0.1, "none"), "monetary": Drift(0.3, 0.1, shift)}, 0.0))


def test_where_nothing_is_wrong_no_rule_holds():
    assert found() == []
    assert found(active=None) == []


@pytest.mark.parametrize(
    ("recent", "holds"),
    [
        (Recent(100, 4, 0.1), False),  # four per cent
        (Recent(100, 5, 0.1), True),
        (Recent(4, 4, 0.1), False),  # too few to tell
    ],
)
def test_answers_that_fail_count_from_five_and_five_per_cent_on(recent, holds):
    assert bool(found(recent=recent)) == holds


def test_the_share_of_failures_is_said():
    assert found(recent=Recent(1_200, 60, 0.1)) == [
        (
            "errors",
            "",
            "60 of 1,200 answers in the last 15 minutes failed. The log of the site says why.",
        )
    ]


@pytest.mark.parametrize(
    ("recent", "holds"),
    [(Recent(20, 0, 1.99), False), (Recent(20, 0, 2.0), True), (Recent(19, 0, 9.0), False)],
)
def test_slow_answers_count_from_twenty_and_two_seconds_on(recent, holds):
    said = "One answer in twenty took about 2.0 seconds or longer in the last 15 minutes."
    assert found(recent=recent) == ([("slow", "", said)] if holds else [])


def test_data_is_old_after_seven_days_on_a_hosted_site():
    assert found(today=date(2026, 11, 28)) == []
    said = "The data ends on 21 November 2026, 8 days ago. Bring newer sales and train on them."
    assert found(today=date(2026, 11, 29)) == [("stale-data", ACTIVE.id, said)]


def test_data_is_never_old_where_somebody_tries_the_site_unless_they_say_so():
    later = date(2027, 11, 29)
    assert found(Settings(), today=later) == []
    assert found(Settings(allow_open=False, data_max_age_days=0), today=later) == []
    assert [rule for rule, *_ in found(Settings(data_max_age_days=30), today=later)] == ["stale-data"]


@pytest.mark.parametrize(
    ("shift", "retrain_at", "holds"),
    [
        ("none", "some", False),
        ("some", "some", True),
        ("some", "large", False),
        ("large", "large", True),
    ],
)
def test_drift_counts_from_the_shift_that_the_setting_names(shift, retrain_at, holds):
    settings = Settings(retrain_at=retrain_at)
    assert [rule for rule, *_ in found(settings, newer=newer(shift))] == ["drift"] * holds


def test_the_sentence_on_drift_says_what_to_do():
    (only,) = found(Settings(), newer=newer("large"))
    assert only == (
        "drift",
        "20261201T000000Z-3fa9c1",
        "Customers of the newest release, made on 1 December 2026, differ a lot from those of the active "
        "one. Compare the two under /releases, and publish the newer one if its file is complete.",
    )


def test_a_job_that_failed_last_counts_and_one_that_is_done_does_not():
    assert found(job=SimpleNamespace(id=7, state=Stage.DONE)) == []
    said = "Training 7 failed. “python -m services jobs” says why."
    assert found(job=SimpleNamespace(id=7, state=Stage.FAILED)) == [("failed-job", "7", said)]


def test_a_disk_counts_when_less_than_a_twentieth_is_free():
    full = Disk(Path("/srv/models"), 4_900_000_000, 100_000_000_000)
    assert found(disks=[Disk(Path("var"), 5, 100)]) == []
    said = "The disk of “/srv/models” is nearly full: 4.9 of 100.0 GB are free."
    assert found(disks=[Disk(Path("var"), 5, 100), full]) == [("disk", "", said)]


def test_a_source_that_fails_is_named_and_why_stays_on_the_data_tab():
    since = datetime(2026, 11, 28, tzinfo=UTC)
    database = Failing("database", None, since, "A line of customer 12346 cannot be read.")
    said = "The database that sales are read from could not be read. The Data tab says why."
    assert found(failing=[database]) == [("source", "database", said)]
    file = Failing("folder", "may.csv", since, "Customer 12346 …")
    said = "“may.csv” in the watched folder could not be added to the ledger. The Data tab says why."
    assert found(failing=[file, database]) == [("source", "folder may.csv", said)]


def test_a_host_without_contact_to_the_store_is_said_in_its_own_words():
    assert found(store=None) == []
    assert found(store="The store of releases cannot be reached.") == [
        ("store", "", "The store of releases cannot be reached.")
    ]


def test_names_of_rules_fit_into_the_records():
    assert max(map(len, RULES)) <= 16
