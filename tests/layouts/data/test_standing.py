"""What the card Training says of a job, in each of its states."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from layouts.data import jobs as frame
from layouts.data import sentences as said
from layouts.data.standing import shown
from layouts.ids import Training
from layouts.plain import plain
from services.releases.manifest import Rows
from services.site.jobs.job import Job, Stage

ASKED_AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
ASKED = {"files": [], "ledger": True, "preset": {"id": "standard", "name": "Standard"}, "options": {}}
WAITING = Job(
    *(7, "train", Stage.WAITING, ASKED, "Tom", ASKED_AT, None, None, "", {}, 0.0),
    *(None, None, None, None, None, None, ""),
)
STARTED = ASKED_AT + timedelta(seconds=2)
RUNNING = replace(
    WAITING,
    state=Stage.RUNNING,
    started_at=STARTED,
    step="rules",
    steps={"read": 1.0, "clean": 8.0, "customers": 12.0, "clusters": 14.0, "snapshots": 35.0, "rules": 36.0},
    progress=0.625,
    seconds_left=48,
)
ENDED = replace(RUNNING, ended_at=STARTED + timedelta(seconds=75), seconds_left=None)
DONE = replace(ENDED, state=Stage.DONE, release="20261121T224500Z-3fa9c1")
MADE = SimpleNamespace(rows=Rows(read=257, kept=242, rejected={"unreadable": 5, "no_customer": 10}))
FAILED = replace(
    ENDED,
    state=Stage.FAILED,
    reason="Say how dates are written.",
    field="date_order",
    option="--date-order",
    log="last line",
)


def card(job, **known):
    given = {"worker": True, "me": "ana", "may_change": True, "made": MADE, "active": "another", **known}
    return shown(job, **given)


def text(part):
    """All texts of components, in order."""
    part = plain(part)
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        return text(part["props"].get("children", []))
    return " ".join(text(each) for each in part or [])


def state(job, **known):
    return text(card(job, **known)[Training.STATE]["children"])


@pytest.mark.parametrize(
    ("job", "known", "sentence"),
    [
        (None, {}, "No training has been requested here yet."),
        (WAITING, {}, "Tom’s training waits for the worker."),
        (WAITING, {"me": "Tom"}, "Your training waits for the worker."),
        (WAITING, {"worker": False}, "No worker is running: Tom’s training waits until one is started."),
        (replace(WAITING, who="local"), {"me": "local"}, "The training waits for the worker."),
        (replace(RUNNING, step=""), {}, "Tom’s training is starting."),
        (RUNNING, {}, "Find the basket rules, step 7 of 9. About 50 seconds left."),
        (replace(RUNNING, seconds_left=None), {}, "Find the basket rules, step 7 of 9."),
        (replace(RUNNING, step="done"), {}, "Tom’s training is nearly done."),
        (replace(RUNNING, cancelled_by="ana"), {}, "Tom’s training is being stopped."),
        (DONE, {}, "Tom’s training has made a release."),
        (FAILED, {}, "Tom’s training failed. The active release stays as it was."),
        (
            replace(ENDED, state=Stage.CANCELLED, cancelled_by="cli:ben"),
            {},
            "Tom’s training was stopped by ben; nothing was kept.",
        ),
        (
            replace(ENDED, state=Stage.CANCELLED, cancelled_by="ana"),
            {},
            "Tom’s training was stopped by you; nothing was kept.",
        ),
        (
            replace(ENDED, state=Stage.CANCELLED, cancelled_by="local", who="local"),
            {"me": "local"},
            "The training was stopped; nothing was kept.",
        ),
    ],
)
def test_each_state_is_one_sentence(job, known, sentence):
    assert card(job, **known)[Training.FINDING] == {"children": sentence}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(4, " A few seconds left."), (86, " About 90 seconds left."), (125, " About two minutes left.")],
)
def test_what_is_left_is_said_roughly(seconds, told):
    assert said.left(seconds) == told


def test_a_running_training_shows_each_step_with_how_long_it_took_and_who_asked():
    told = state(RUNNING)
    assert "Read the file , done 0:07" in told
    assert "Choose and fit the clusters , done 0:21" in told
    assert "Find the basket rules , at work  " in told
    assert "Write the release , to come  " in told
    assert (
        "Requested by Tom on 1 Dec 2026, 09:00: a release of the ledger with the preset “Standard”." in told
    )
    assert "Stop takes at most two seconds" in told
    assert "One training runs at a time." in told
    assert '"aria-valuenow": "62"' in json.dumps(plain(card(RUNNING)[Training.STATE]["children"]))


def test_a_step_is_read_out_neither_each_time_nor_never():
    steps = [replace(RUNNING, step=name) for name in ("read", "clean", "rules")]
    assert {card(job)[Training.STATUS]["children"] for job in steps} == {"Tom’s training is running."}
    assert card(DONE)[Training.STATUS]["children"] == "Tom’s training has made a release."


@pytest.mark.parametrize(
    ("job", "may_change", "stop_hidden", "form_hidden"),
    [
        (None, True, True, False),
        (RUNNING, True, False, True),
        (RUNNING, False, True, True),
        (DONE, True, True, False),
        (DONE, False, True, True),
    ],
)
def test_who_may_not_change_anything_sees_the_state_alone(job, may_change, stop_hidden, form_hidden):
    props = card(job, may_change=may_change)
    assert props[Training.STOP_BAR] == {"hidden": stop_hidden}
    assert props[Training.FORM] == {"hidden": form_hidden}
    assert props[Training.JOB] == {"data": job.id if job else None}


def test_a_release_that_is_ready_leads_to_the_comparison():
    link = f"/releases?with={DONE.release}"
    assert link in json.dumps(plain(card(DONE)[Training.STATE]["children"]))
    assert "is ready, and not published yet." in state(DONE)
    assert "Compare it with the active one" in state(DONE)
    assert "Look at it and publish it" in state(DONE, active=None)
    assert "is the active release." in state(DONE, active=DONE.release)
    assert "can no longer be used." in state(DONE, made=None)
    assert "It ran for 1 minute 15 seconds." in state(DONE)


def test_the_rows_of_a_release_that_is_ready_add_up():
    assert "242 rows used + 15 left out = 257 read." in state(DONE)
    assert "242 rows used + 15 left out = 257 read." in state(DONE, active=DONE.release)


def test_a_failure_says_why_in_words_and_its_log_is_for_those_who_train():
    told = state(FAILED)
    assert "Say how dates are written." in told
    assert "This is about:  How dates are written  ( --date-order )." in told
    assert "last line" in told
    assert "last line" not in state(FAILED, may_change=False)


def test_that_no_worker_is_there_is_said_in_every_state():
    for job in (None, WAITING, DONE):
        assert "No worker is running. " in state(job, worker=False)
        assert "No worker" not in state(job)


def test_options_are_said_in_words_where_they_say_something():
    options = {
        "k": 5,
        "as_of": "2024-05-31",
        "date_order": "dmy",
        "separator": ";",
        "returns": "ignore",
        "items": "code",
        "all_codes": False,
        "columns": {"customer": "Who"},
        "drop_customer": ["till", "web"],
        "keep_status": [],
    }
    assert said.chosen(options) == [
        ("Recency counted to", "31 May 2024"),
        ("Clusters", "5"),
        ("Columns", "customer: Who"),
        ("How dates are written", "day first"),
        ("Separator", "semicolon"),
        ("IDs that are not customers", "till, web"),
        ("Returns", "not taken off"),
    ]
    assert frame.options({"items": "code"}, {}) == []


def test_a_day_that_does_not_go_on_is_said():
    counted = {"as_of": "2024-05-31", "k": 4}
    assert text(frame.options({"k": 4}, counted)).endswith(
        "The active release counts recency to 31 May 2024. The ledger does not hold the same files, so this "
        "training counts to the day after its newest order."
    )
    assert "newest order" not in text(frame.options(counted, counted))


def test_an_empty_ledger_leads_to_the_page_that_brings_a_file():
    assert frame.BRING in json.dumps(plain(frame.files([])))
