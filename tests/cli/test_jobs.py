"""The commands about jobs: asked for, listed, cancelled."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.state import operator
from services.site.jobs.leases import Failure, Leases
from services.site.ledger import Ledger
from services.site.state import State
from services.training.options import TrainOptions
from tests.site.ledger.keeping import keep


@pytest.fixture
def command(tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "sales.csv").write_text("x\n1\n")
    monkeypatch.chdir(tmp_path)

    def run(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


@pytest.fixture
def state(command, tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


def test_a_training_is_asked_for_with_the_options_of_train_and_listed(command, state, tmp_path):
    assert command("jobs").output == "No jobs.\n"
    options = ("--k", 5, "--as-of", "2011-12-09", "--columns", "customer=Who", "--drop-customer", "till")
    asked = json.loads(command("jobs", "train", "sales.csv", *options, "--json").output)
    (listed,) = json.loads(command("jobs", "--json").output)
    assert listed == asked
    assert (asked["state"], asked["who"], asked["files"]) == (
        "waiting",
        operator(),
        [str(tmp_path / "sales.csv")],
    )
    job = Leases(state, "worker").claim()
    assert TrainOptions.of(job.asked["preset"], job.asked["options"], activate=False).recorded() == {
        **TrainOptions().recorded(),
        "k": 5,
        "as_of": "2011-12-09",
        "columns": {"customer": "Who"},
        "drop_customer": ["till"],
    }


def test_a_job_is_shown_with_how_far_it_is_and_how_it_ended(command, state):
    command("jobs", "train", "sales.csv")
    worker = Leases(state, "worker")
    job = worker.claim()
    worker.beat(job.id, {"rules": 0.0}, 0.625, 41, "")
    assert command("jobs").output.rstrip().endswith("sales.csv  rules, 62% done, about 41 s left")
    cancelled = command("jobs", "cancel", job.id)
    assert cancelled.output == f"Job {job.id} will be stopped by the worker.\n"
    worker.fail(job.id, Failure("It broke off."), "")
    assert command("jobs").output.rstrip().endswith(f"cancelled by {operator()}  It broke off.")


def test_what_cannot_be_asked_for_or_cancelled_is_one_sentence(command):
    refused = command("jobs", "train", "none.csv")
    assert (refused.exit_code, refused.output) == (2, "There is no file “none.csv”. Check the path.\n")
    assert command("jobs", "train", "sales.csv").exit_code == 0
    refused = command("jobs", "train", "sales.csv")
    assert refused.exit_code == 2
    assert refused.output.startswith(f"{operator()} asked for a training on ")
    assert command("jobs", "cancel", 1).output == "Job 1 is cancelled.\n"
    assert command("jobs", "cancel", 1).exit_code == 2
    assert command("jobs", "cancel", 7).exit_code == 1
    assert command("jobs", "train", "sales.csv", "--rejected", "x.csv").exit_code == 2


def test_a_training_on_the_ledger_is_asked_for_without_a_file(command, state, tmp_path):
    refused = command("jobs", "train", "--ledger")
    assert (refused.exit_code, refused.output[:26]) == (2, "The ledger has no files. A")
    keep(Ledger(tmp_path / "state"), "may.csv", "customer;date\nA;2024-05-01\n")
    for words in ((), ("sales.csv", "--ledger")):
        refused = command("jobs", "train", *words)
        assert (refused.exit_code, refused.output) == (2, "Give either FILE or --ledger.\n")
    refused = command("jobs", "train", "--ledger", "--table")
    assert (refused.exit_code, refused.output[:11]) == (2, "--table is ")
    asked = json.loads(command("jobs", "train", "--ledger", "--k", 5, "--json").output)
    assert (asked["files"], asked["options"]["k"]) == ([], 5)
    assert "  the ledger" in command("jobs").output
    assert Leases(state, "worker").claim().on_ledger
