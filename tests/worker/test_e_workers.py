"""Section E where the worker is concerned: killed at any moment, told to stop, cancelled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from services.site.jobs.job import Stage as JobStage
from services.site.state.tables import contacts
from services.site.uploads import Uploads
from tests.running import ROOT
from tests.worker.stage import MEMORY_MB, ORPHANS_GONE, RELEASE, runs, until

BUSY_IN_C = """
from services.worker.training import end_with_the_worker
import re
end_with_the_worker()
print(".", flush=True)
re.match("(a+)+$", "a" * 60 + "b")
"""
#: Every third in the gate, all of them in the long ring.
MOMENTS = [
    pytest.param(number * 0.03, marks=[pytest.mark.long] if number % 3 else []) for number in range(10)
]
STEPS = 10  # of 20 ms each


@pytest.mark.parametrize("moment", MOMENTS)
def test_e11_a_job_whose_worker_is_killed_is_done_by_the_next_and_leaves_nothing(stage, moment):
    made = stage.ask(steps=STEPS)
    worker = stage.worker()
    pids = stage.pids()
    time.sleep(moment)
    assert os.WTERMSIG(stage.stop(worker, signal.SIGKILL)) == signal.SIGKILL
    until(lambda: not any(runs(pid) for pid in pids), ORPHANS_GONE)
    stage.let_leases_run_out()
    stage.worker()
    job = stage.ended(made)
    assert (job.state, job.release) == (JobStage.DONE, RELEASE)
    assert stage.left_over() == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_e11_a_killed_training_fails_with_a_sentence_and_leaves_nothing(stage, moment):
    made = stage.ask(steps=STEPS)
    stage.worker()
    pids = stage.pids()
    time.sleep(moment)
    if runs(pids[0]):
        os.kill(pids[0], signal.SIGKILL)
    job = stage.ended(made)
    if job.state is not JobStage.DONE:  # it may have been over before
        assert job.state is JobStage.FAILED
        assert job.reason.startswith("The training was killed from outside")
    assert stage.left_over() == []
    until(lambda: not any(runs(pid) for pid in pids))
    later = stage.ask()
    assert stage.ended(later).state is JobStage.DONE


def test_e11_a_training_that_is_busy_in_a_library_ends_with_its_worker_too(tmp_path):
    file = tmp_path / "pid"
    if not (worker := os.fork()):
        command = [sys.executable, "-S", "-c", BUSY_IN_C]
        child = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
        child.stdout.read(1)
        file.write_text(f"{child.pid} ")
        time.sleep(60)
    until(lambda: file.is_file() and file.read_text().endswith(" "))
    time.sleep(0.1)  # busy by now
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    until(lambda: not runs(int(file.read_text())), ORPHANS_GONE)


def test_e11_a_job_whose_worker_is_killed_twice_fails_with_a_sentence(stage):
    made = stage.ask(hang=True)
    for _ in range(2):
        (stage.settings.models_dir / "pids").unlink(missing_ok=True)
        worker = stage.worker()
        pids = stage.pids()
        stage.stop(worker, signal.SIGKILL)
        until(lambda: not any(runs(pid) for pid in pids), ORPHANS_GONE)  # noqa: B023
        stage.let_leases_run_out()
    stage.worker()
    assert stage.ended(made).reason.startswith("The training was cut short twice")
    until(lambda: stage.left_over() == [])


def test_e3_a_worker_that_is_told_to_stop_ends_its_training_and_leaves_the_job_to_the_next(stage):
    made = stage.ask(hang=True)
    worker = stage.worker()
    pids = stage.pids()
    assert stage.stop(worker) == 0
    assert not any(runs(pid) for pid in pids)
    assert stage.jobs.find(made).state is JobStage.WAITING
    assert stage.left_over() == []


def test_a_cancelled_training_is_gone_within_two_seconds_with_all_that_it_left(stage):
    made = stage.ask(hang=True)
    stage.worker()
    pids = stage.pids()
    until(lambda: stage.jobs.find(made).step == "rules")
    stage.jobs.cancel(made, "ben")
    until(lambda: stage.jobs.find(made).ended, 2)
    assert not any(runs(pid) for pid in pids)
    assert stage.jobs.find(made).state is JobStage.CANCELLED
    assert stage.left_over() == []


def test_a_training_that_declines_fails_with_its_sentence_and_option(stage):
    made = stage.ask(refuse=True)
    stage.worker()
    job = stage.ended(made)
    assert (job.state, job.reason) == (JobStage.FAILED, "Say how dates are written.")
    assert (job.field, job.option) == ("date_order", "--date-order")


def test_a_training_that_breaks_off_fails_with_a_sentence_and_its_last_lines(stage):
    made = stage.ask(crash="in the middle")
    stage.worker()
    job = stage.ended(made)
    assert job.reason.startswith("The training stopped because of an error in the program (exit code 1).")
    assert job.log.endswith("ZeroDivisionError: in the middle")
    assert len(job.log.splitlines()) <= 40
    assert stage.left_over() == []


def test_e15_a_training_that_takes_more_memory_than_it_may_is_ended_and_fails_with_a_sentence(stage):
    made = stage.ask(tens_of_megabytes=MEMORY_MB // 10 + 5, hang=True)
    stage.worker()
    pids = stage.pids()
    job = stage.ended(made)
    assert job.reason.startswith(
        "The training needed more memory than it is allowed, 500 MB. Set TRAINING_MEM"
    )
    assert not any(runs(pid) for pid in pids)
    assert stage.left_over() == []


def test_e15_a_training_that_is_refused_memory_says_so(stage):
    made = stage.ask(crash="MemoryError")
    stage.worker()
    assert stage.ended(made).reason.startswith("The training needed more memory than it is allowed, 500 MB.")


def test_e15_what_asks_for_far_too_much_memory_at_once_is_refused_it_by_the_system():
    asks = "from services.worker.training import limit_memory; limit_memory(100); bytearray(200 << 20)"
    ran = subprocess.run([sys.executable, "-S", "-c", asks], cwd=ROOT, capture_output=True, check=False)
    assert ran.stderr.splitlines()[-1] == b"MemoryError"


def test_a_job_waits_while_a_training_by_command_runs(stage):
    stage.worker()  # forked before the lock is taken, which it would hold, too
    with stage.training_by_command():
        made = stage.ask()
        time.sleep(0.3)
        assert stage.jobs.find(made).state is JobStage.WAITING
    assert stage.ended(made).state is JobStage.DONE


def test_a_training_whose_job_is_gone_from_the_records_is_ended(stage):
    stage.ask(hang=True)
    stage.worker()
    pids = stage.pids()
    stage.remove_jobs()
    until(lambda: not any(runs(pid) for pid in pids))
    until(lambda: stage.left_over() == [])


def test_an_upload_that_nobody_kept_goes_after_a_day_from_a_site_that_nobody_asks(stage):
    uploads = Uploads(stage.settings.state_dir)
    old, new = (uploads.receive("contacts.csv", [b"a@example.org"], "ana") for _ in range(2))
    os.utime(uploads.path(old).parents[1], (1, 1))
    stage.worker()
    until(lambda: not uploads.path(old).exists())
    assert uploads.path(new).exists()


def test_contacts_that_a_killed_process_left_half_kept_go_from_a_site_that_nobody_asks(stage):
    half = {"customer_id": "1", "kept": 1, "attributes": "{}", "changed_at": 1}
    with stage.state.writing() as connection:
        connection.execute(contacts.insert().values(**half))
    stage.worker()

    def there():
        with stage.state.reading() as connection:
            return connection.execute(contacts.select()).first()

    until(lambda: there() is None)
