"""The worker renews what is due: once, whoever asks, and the worker that is told to end ends."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

import pytest

from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.sources import Sources, configured, failing
from services.site.sources.folder import Files
from services.worker import sources as renewals
from services.worker.ending import Ending
from services.worker.sources import Renewals
from tests.site.sources.shops import sqlite_shop
from tests.worker.stage import until

HEAD = ["customer", "order", "date", "product", "quantity", "price"]
MAY = [(f"K{n % 4}", str(n), f"2024-05-{n:02}", f"P{n % 3}", 1, n + 0.5) for n in range(1, 29)]


def saying(*lines, end: str = "") -> tuple[str, ...]:
    """A child that says lines of JSON, then does something."""
    said = "".join(f"print({json.dumps(json.dumps(line))}, flush=True)\n" for line in lines)
    return (sys.executable, "-S", "-c", f"import os, sys, time\nsys.stdin.readline()\n{said}{end}")


@pytest.fixture
def watched(stage, tmp_path):
    """A folder with one file, and a function that makes a worker's part with another child."""
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "may.csv").write_text("a")
    stage.settings = replace(stage.settings, source_folder=folder)
    assert Files(stage.state).look(folder) == []
    with stage.state.writing() as connection:  # it has lain there for some time
        connection.exec_driver_sql("UPDATE source_files SET seen_at = 0")

    def tick(command, ending=None):
        own = Renewals(stage.settings, stage.state, "worker", ending or Ending(), lambda: None, command)
        own.tick()
        return Sources(stage.state).standing(configured(stage.settings))[0]

    return tick


def test_what_the_child_says_is_how_the_source_stands(stage, watched):
    assert watched(saying({"refused": "The disk is full."})).failure == "The disk is full."
    with stage.state.writing() as connection:
        connection.exec_driver_sql("UPDATE sources SET next_at = 0")
    standing = watched(saying({"file": 0}, {"changed": True, "held": None}))
    assert (standing.failure, standing.changed_at) == (None, standing.tried_at)


def test_a_file_whose_reading_breaks_off_is_blamed_and_the_source_goes_on(stage, watched):
    standing = watched(saying({"file": 0}, end="os.kill(os.getpid(), 9)"))
    assert standing.failure is None
    (found,) = failing(stage.settings, stage.state)
    assert (found.file, found.sentence) == (
        "may.csv",
        "“may.csv” was not added. Reading it was ended from outside, perhaps for lack of memory.",
    )


def test_a_child_that_takes_too_long_or_too_much_is_ended(stage, watched, monkeypatch):
    monkeypatch.setattr(renewals, "LONGEST_SECONDS", 0)
    assert watched(saying(end="time.sleep(60)")).failure.endswith("took longer than 0 minutes.")


def test_a_worker_that_is_told_to_end_leaves_the_source_to_the_next(stage, watched):
    class Soon(Ending):
        asked = 0

        def wanted(self):
            self.asked += 1
            return self.asked > 2

    assert watched(saying(end="time.sleep(60)"), Soon()).tried_at is None
    (source,) = configured(stage.settings)
    assert Sources(stage.state).claim(source, "next", 20)


def test_a_folder_that_is_missing_is_said(stage, watched):
    missing = stage.settings.source_folder / "none"
    stage.settings = replace(stage.settings, source_folder=missing)
    assert watched(saying()).failure.startswith(f"There is no folder “{missing}”. Make it, or set")


@pytest.mark.slow
def test_two_workers_renew_a_database_once_and_ask_for_one_training(stage, tmp_path, monkeypatch):
    url = sqlite_shop(tmp_path / "shop.sqlite", HEAD, MAY)
    given = {"source_url": url, "source_query": "sales", "source_train": True}
    stage.settings = replace(stage.settings, training_memory_mb=4_000, **given)
    for name, value in given.items():
        monkeypatch.setenv(name.upper(), "1" if value is True else value)
    monkeypatch.setenv("MODELS_DIR", str(stage.settings.models_dir))
    monkeypatch.setenv("STATE_DIR", str(stage.settings.state_dir))
    monkeypatch.setattr(renewals, "LOOK_SECONDS", 0.05)
    workers = [stage.worker(), stage.worker()]
    until(lambda: stage.jobs.listed(), 300)
    job = stage.ended(stage.jobs.listed()[0].id)
    assert (job.who, job.asked["ledger"]) == ("source", True)
    for worker in workers:
        assert os.WEXITSTATUS(stage.stop(worker)) == 0
    assert [(entry.name, entry.rows) for entry in Ledger(stage.settings.state_dir).entries()] == [
        ("sales.csv", 28)
    ]
    assert len(Audit(stage.state).listed(what="ledger")) == 1
    assert len(stage.jobs.listed()) == 1
    assert failing(stage.settings, stage.state) == []
