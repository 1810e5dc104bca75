"""A disk that fills during a training, whatever is being written: one sentence, 2, and the old release."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from services.core.full_disk import says_full
from services.releases import open_release, read_current
from tests.forks import begin
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT
from tests.training.test_run import ledger, write

TO_PARQUET = "COPY (SELECT * FROM '{}') TO '{}' (FORMAT parquet)"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    csv = write(folder / "ledger.csv", ledger(60))
    duckdb.sql(TO_PARQUET.format(csv, folder / "ledger.parquet"))
    return folder


def filled(pipe, step, bytes_left, *words):
    """Run a command whose disk fills from a step on: its code, and what it said, for which no limit holds."""
    os.mkfifo(pipe)
    with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as said:
        command = (step, str(bytes_left), *words)
        process = begin("tests.training.filling", command, os.environ, Path(os.devnull), pipe)
        process.join()
        return process.exitcode, said.read()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "step", "bytes_left"),
    [
        ("csv", "read", 20_000),
        ("csv", "write", 2_000),
        *(
            pytest.param("csv", step, size, marks=pytest.mark.long)
            for step, size in (("read", 0), ("write", 0), ("write", 200), ("write", 20_000))
        ),
    ],
)
def test_e8_a_disk_that_fills_is_one_sentence_and_the_old_release_serves(
    files, kind, step, bytes_left, tmp_path, monkeypatch
):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    models = tmp_path / "models"
    before = make_tiny_release(models)
    words = ["train", str(files / f"ledger.{kind}"), "--models", str(models), "--k", "2"]
    code, said = filled(tmp_path / "said", step, bytes_left, *words)
    assert code == 2, said[-2_000:]
    told = [line for line in said.splitlines() if " % " not in line]
    assert len(told) == 1
    assert told[0].startswith("The disk is full: ")
    assert "Free some space, then " in told[0]
    assert read_current(models) == before
    assert open_release(models, before).id == before
    assert [path.name for path in (models / "releases").iterdir()] == [before]
    assert [path for path in (tmp_path / "state" / "work").iterdir() if path.is_dir()] == []


OUTGROWN = """
import resource, sys
from pathlib import Path
from services.core.full_disk import says_full
from services.training.lines.engine import EngineError, open_engine
engine = open_engine(Path(sys.argv[1]), memory_mb=40)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    engine.execute("CREATE TABLE t AS SELECT md5(range::VARCHAR) AS a, a AS b FROM range(3_000_000)")
except EngineError as error:
    print(says_full(error))
"""


def test_tables_that_outgrow_the_memory_on_a_full_disk_are_told_as_full(tmp_path):
    command = [sys.executable, "-B", "-c", OUTGROWN, str(tmp_path / "engine")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "True\n"), ran.stderr


def test_every_library_is_understood_and_no_other_fault_is_taken_for_it():
    full = [OSError(number, "x") for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)]
    full += [OSError("4096 requested and 1024 written"), sqlite3.OperationalError("database or disk is full")]
    assert all(says_full(error) for error in full)
    others = [OSError(errno.EACCES, "No space left on device"), OSError("bad magic"), ValueError("5 written")]
    assert not any(says_full(error) for error in others)


def test_a_sample_of_which_a_half_could_be_written_is_not_trained_on(tmp_path):
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "import sys; from services.cli.prepare import start; sys.exit(start())"
    )
    settings = {"STATE_DIR": str(tmp_path), "MODELS_DIR": str(tmp_path / "models"), "PORT": "0"}
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-B", "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ran.returncode == 2
    assert not (tmp_path / "sample.csv.gz").exists()
