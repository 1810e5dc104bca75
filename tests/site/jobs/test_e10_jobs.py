"""The table of jobs: one training at a time, each job claimed once, and what becomes of those left alone."""

from __future__ import annotations

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.customers.forgotten import Forgotten
from services.site.jobs.job import Stage
from services.site.jobs.leases import Failure, Leases, Told
from services.site.jobs.queue import KEPT, Jobs
from services.site.jobs.workers import LEASE_SECONDS
from services.site.people.audit import Audit
from tests.site.jobs.claiming import ASKED, JOBS, add_waiting, claimed_by_each


@pytest.fixture
def jobs(state, clock):
    return Jobs(state, clock)


@pytest.fixture
def worker(state, clock):
    return Leases(state, "worker", clock)


def logged(state):
    return [(entry.who, entry.what, entry.subject, entry.result) for entry in Audit(state).listed()]


def test_e10_each_of_fifty_jobs_is_claimed_by_one_of_eight_processes(state, tmp_path):
    made = add_waiting(state, JOBS)
    claimed = claimed_by_each(tmp_path)
    assert sorted(job for each in claimed for job in each) == made


def test_e10_a_second_training_is_refused_with_whose_it_is_since_when_and_how_far(jobs, worker, clock):
    first = jobs.ask("ana", ASKED)
    with pytest.raises(Refusal, match=r"^ana .* on 2026-12-01 at 00:00 UTC, and it has not started"):
        jobs.ask("ben", ASKED)
    clock.now += 60
    worker.claim()
    worker.beat(first, {"clusters": 0.0}, 0.375, 20, "")
    with pytest.raises(Refusal, match=r"and it has been running since 00:01 UTC: 38% done\. Wait"):
        jobs.ask("ben", ASKED)
    worker.finish(jobs.find(first), "r1", "")
    assert jobs.ask("ben", ASKED) > first


def test_a_claimed_job_shows_what_was_asked_and_how_far_it_is_until_it_is_done(jobs, worker, state):
    made = jobs.ask("ana", ASKED)
    assert worker.waiting()
    job = worker.claim()
    assert (job.id, job.asked, job.who, job.state) == (made, ASKED, "ana", Stage.RUNNING)
    assert worker.claim() is None
    assert worker.beat(made, {"rules": 0.0}, 0.625, 7, "a line") is Told.GO_ON
    shown = jobs.find(made)
    assert (shown.step, shown.progress, shown.seconds_left, shown.log) == ("rules", 0.625, 7, "a line")
    worker.finish(job, "20261121T224500Z-3fa9c1", "a line")
    done = jobs.find(made)
    assert (done.state, done.progress, done.seconds_left, done.release) == (
        Stage.DONE,
        1.0,
        None,
        "20261121T224500Z-3fa9c1",
    )
    assert logged(state) == [
        ("ana", "training", "sales.csv", "not activated"),
        ("ana", "job", f"{made}: sales.csv", "asked for"),
    ]


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_by_its_worker(jobs, worker, state):
    waits = jobs.ask("ana", ASKED)
    assert jobs.cancel(waits, "ben").state is Stage.CANCELLED
    assert not worker.waiting()
    runs = jobs.ask("ana", ASKED)
    worker.claim()
    assert worker.beat(runs, {"read": 0.0}, 0.0, None, "") is Told.GO_ON
    assert jobs.cancel(runs, "ben").state is Stage.RUNNING
    assert jobs.cancel(runs, "eve").cancelled_by == "ben"
    assert worker.beat(runs, {"read": 0.0}, 0.0, None, "") is Told.CANCELLED
    worker.stopped(runs, "last")
    ended = jobs.find(runs)
    assert (ended.state, ended.cancelled_by, ended.log) == (Stage.CANCELLED, "ben", "last")
    with pytest.raises(Refusal, match=r"has ended already \(cancelled\)"):
        jobs.cancel(runs, "ben")
    with pytest.raises(NotFound, match="no job 99"):
        jobs.cancel(99, "ben")
    cancelled = [entry for entry in logged(state) if entry[3] == "cancelled"]
    assert cancelled == [("ben", "job", f"{job}: sales.csv", "cancelled") for job in (runs, waits)]


def test_e10_a_job_whose_lease_ran_out_is_taken_up_once_more_and_then_failed(jobs, worker, state, clock):
    made = jobs.ask("ana", ASKED)
    worker.claim()
    worker.beat(made, {"rules": 0.0}, 0.6, 9, "")
    clock.now += LEASE_SECONDS
    other = Leases(state, "other", clock)
    assert not other.waiting()  # its last second counts
    clock.now += 1
    assert other.claim().id == made
    assert worker.beat(made, {"rules": 0.0}, 0.7, 8, "") is Told.LOST
    worker.finish(jobs.find(made), "late", "")
    assert (jobs.find(made).state, jobs.find(made).step) == (Stage.RUNNING, "")
    clock.now += LEASE_SECONDS + 1
    assert worker.waiting()
    assert worker.claim() is None
    failed = jobs.find(made)
    assert (failed.state, failed.release) == (Stage.FAILED, None)
    assert failed.reason.startswith("The training was cut short twice")


def test_a_cancelled_job_whose_worker_is_gone_is_not_taken_up_again(jobs, worker, state, clock):
    made = jobs.ask("ana", ASKED)
    worker.claim()
    jobs.cancel(made, "ana")
    clock.now += LEASE_SECONDS + 1
    assert Leases(state, "other", clock).claim() is None
    assert jobs.find(made).state is Stage.CANCELLED


def test_e3_a_job_given_back_counts_as_if_it_had_not_been_taken_up(jobs, worker):
    made = jobs.ask("ana", ASKED)
    for _ in range(3):
        assert worker.claim().id == made
        worker.give_back(made)
    assert jobs.find(made).state is Stage.WAITING
    worker.claim()
    jobs.cancel(made, "ana")
    worker.give_back(made)
    assert jobs.find(made).state is Stage.CANCELLED


def test_a_failure_keeps_its_sentence_and_the_option_that_answers_it(jobs, worker):
    made = jobs.ask("ana", ASKED)
    worker.claim()
    worker.fail(made, Failure("Say how dates are written.", "date_order", "--date-order"), "log")
    job = jobs.find(made)
    assert (job.state, job.reason, job.field, job.option, job.log) == (
        Stage.FAILED,
        "Say how dates are written.",
        "date_order",
        "--date-order",
        "log",
    )


def test_the_list_keeps_the_last_jobs_and_begins_with_the_newest(jobs, state, worker):
    for _ in range(KEPT + 2):
        jobs.cancel(jobs.ask("ana", ASKED), "ana")
    listed = [job.id for job in jobs.listed(KEPT + 9)]
    assert listed == sorted(listed, reverse=True)
    assert len(listed) == KEPT + 1  # those before the last one was asked for, and itself


@pytest.mark.parametrize(
    ("told", "asked"),
    [("customer 12347 twice", {}), ("", {"drop_customer": ["12347"]})],
)
def test_erasing_a_customer_removes_the_ended_jobs_that_name_them_and_no_other(
    jobs, worker, state, told, asked
):
    for log, options in ((told, asked), ("customer 123470", {"k": 4})):
        made = jobs.ask("ana", ASKED | {"options": options})
        worker.claim()
        worker.fail(made, Failure("It broke off."), log)
    runs = jobs.ask("ana", ASKED | {"options": asked})
    forgotten = Forgotten(state)
    forgotten.erase("12347", forgotten.add("12347"), "cli:ana", "0 releases")
    assert [job.id for job in jobs.listed()] == [runs, made]


def test_each_step_is_shown_with_when_it_began_and_a_job_begun_again_has_none(jobs, worker, clock):
    made = jobs.ask("ana", ASKED)
    worker.claim()
    worker.beat(made, {"read": 0.4, "clean": 7.5}, 0.125, None, "")
    job = jobs.find(made)
    assert (job.step, job.steps) == ("clean", {"read": 0.4, "clean": 7.5})
    clock.now += LEASE_SECONDS + 1
    worker.claim()
    assert (jobs.find(made).step, jobs.find(made).steps) == ("", {})


def test_a_worker_is_there_while_it_is_heard_of_whether_it_waits_or_works(jobs, worker, clock):
    assert (jobs.standing().job, jobs.standing().worker) == (None, False)
    worker.show()
    assert jobs.standing().worker
    clock.now += LEASE_SECONDS + 1
    assert not jobs.standing().worker
    made = jobs.ask("ana", ASKED)
    worker.claim()
    worker.beat(made, {}, 0.0, None, "")
    assert (jobs.standing().job.id, jobs.standing().worker) == (made, True)


def test_jobs_are_counted_with_how_the_last_ones_went(jobs, worker, clock):
    assert (jobs.tally().states, jobs.tally().seconds, jobs.tally().failed_at) == ({}, None, None)
    for seconds in (30, 50):
        job = jobs.find(jobs.ask("ana", ASKED))
        worker.claim()
        clock.now += seconds
        worker.finish(job, "r", "")
    failed = jobs.ask("ana", ASKED)
    worker.claim()
    worker.fail(failed, Failure("It broke off."), "")
    jobs.ask("ana", ASKED)
    tally = jobs.tally()
    assert tally.states == {Stage.DONE: 2, Stage.FAILED: 1, Stage.WAITING: 1}
    assert (tally.seconds, tally.failed_at, tally.worker) == (50, int(clock.now), False)


def test_the_log_says_that_a_job_is_of_the_ledger(jobs, state):
    made = jobs.ask("ana", ASKED | {"files": [], "ledger": True})
    assert logged(state) == [("ana", "job", f"{made}: the ledger", "asked for")]
