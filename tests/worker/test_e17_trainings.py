"""Real trainings of a small shop by a worker that is started as ``make run`` starts it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from services.core.presets import load
from services.releases import list_releases, read_current
from services.releases.folders import releases_root
from services.releases.manifest import read_manifest
from services.site.jobs.asking import asked_for
from services.site.jobs.job import Stage as JobStage
from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.settings import Settings
from services.site.state.tables import jobs
from services.training.options import TrainOptions
from services.training.sample import write_sample
from services.worker.child import Child
from services.worker.loop import TRAINING
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT
from tests.site.ledger.keeping import keep
from tests.worker.stage import ORPHANS_GONE, runs, until

pytestmark = pytest.mark.slow


def recipe() -> str:
    """The line of the Makefile that serves the site, with a program that does nothing in gunicorn's place."""
    line = re.search(r"^\t@(.*services worker.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]
    line = line.replace("$(PYTHON)", shlex.quote(sys.executable)).replace("$$", "$")
    beside, site = line.split(" & exec ")
    assert "-m gunicorn 'app:create_server()'" in site
    return f"{beside} & exec sleep 60"


def test_e2_e17_a_worker_ends_with_the_site_and_the_next_one_trains_without_activating(stage, tmp_path):
    stage.settings = replace(stage.settings, training_memory_mb=Settings().training_memory_mb)
    settings, models = stage.settings, stage.settings.models_dir
    (models / "CURRENT").unlink()
    active = make_tiny_release(models)
    file = tmp_path / "sales.csv"
    write_sample(file, customers=300)
    asked = {
        "files": [str(file)],
        "preset": load("standard").model_dump(mode="json"),
        "options": TrainOptions(k=3).recorded(),
    }
    made = stage.jobs.ask("ana", asked)

    folders = {"MODELS_DIR": str(models), "STATE_DIR": str(settings.state_dir)}
    site = subprocess.Popen(["sh", "-c", recipe()], cwd=ROOT, env=os.environ | folders)
    until(lambda: stage.jobs.find(made).step != "", 300)
    with stage.state.reading() as connection:
        worker = int(connection.execute(jobs.select()).one().worker.split(":")[1])
    (training,) = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
    assert os.getpriority(os.PRIO_PROCESS, int(training)) >= 10
    assert b"OMP_NUM_THREADS=1\0" in Path(f"/proc/{training}/environ").read_bytes()
    assert os.getpgid(int(training)) == int(training)
    site.send_signal(signal.SIGKILL)
    site.wait()
    until(lambda: not runs(worker) and not runs(int(training)), ORPHANS_GONE)
    assert stage.jobs.find(made).state is JobStage.WAITING

    stage.worker(TRAINING)
    until(lambda: stage.jobs.find(made).ended, 300)
    job = stage.jobs.find(made)
    assert job.state is JobStage.DONE, job
    assert read_current(models) == active
    (release,) = (each for each in list_releases(models) if each.id == job.release)
    assert (release.usable, release.active, release.k) == (True, False, 3)
    (entry,) = Audit(stage.state).listed(what="training")
    assert (entry.who, entry.subject, entry.release, entry.result) == (
        "ana",
        "sales.csv",
        job.release,
        "not activated",
    )
    assert {path.name for path in (settings.state_dir / "work").iterdir()} == {".lock"}


def test_e9_a_training_that_cannot_write_its_release_says_which_place_it_is(stage):
    models = stage.settings.models_dir / "CURRENT" / "models"  # below a file
    order = {
        "asked": {"files": [__file__], "preset": load("standard").model_dump(mode="json"), "options": {}},
        "models_dir": str(models),
        "state_dir": str(stage.settings.state_dir),
        "database_url": None,
        "memory_mb": 4_000,
        "engine_memory_mb": 750,
    }
    child = Child(TRAINING, order)
    said = child.listen(300)
    child.close()
    (refused,) = said
    assert refused["refused"]["message"].startswith(f"“{models}” cannot be read or written: ")


def test_a_training_on_the_ledger_takes_what_it_has_then_and_the_release_names_the_files(stage, tmp_path):
    settings, models = stage.settings, stage.settings.models_dir
    (models / "CURRENT").unlink()
    active = make_tiny_release(models)
    ledger, text = Ledger(settings.state_dir), "customer;order;date;product;quantity;price\n"
    sales = {
        month: text
        + "".join(f"K{n % 9};{month}{n};2024-{month:02}-{n:02};P{n % 3};1;{n},50\n" for n in range(1, 29))
        for month in (4, 5, 6)
    }
    for month in (4, 5):
        keep(ledger, f"{month}.csv", sales[month], month)
    asked = asked_for(load("standard"), TrainOptions(k=3).recorded(), None)
    made = stage.jobs.ask("ana", asked)
    keep(ledger, "6.csv", sales[6], 6)
    child = Child(TRAINING, stage.order(stage.jobs.find(made), ledger_months=None))
    said = child.listen(600)
    child.close()
    assert [each["step"] for each in said if "step" in each][:2] == ["read", "clean"]
    release = said[-1]["release"]
    source = read_manifest(releases_root(models) / release, release).source
    assert [file.name for file in source.files] == ["4.csv", "5.csv", "6.csv"]
    assert sum(file.rows for file in source.files) == 3 * 28
    assert read_current(models) == active
    assert {path.name for path in (settings.state_dir / "work").iterdir()} == {".lock"}

    child = Child(TRAINING, stage.order(stage.jobs.find(made), ledger_months=12))  # all are over a year old
    (refused,) = child.listen(600)
    child.close()
    assert refused["refused"]["message"].startswith("The ledger has no files.")
    logged = [(each.who, each.subject, each.result) for each in Audit(stage.state).listed(what="ledger")]
    assert sorted(logged) == [("ana", f"{month}.csv", "expired") for month in (4, 5, 6)]
