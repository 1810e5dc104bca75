"""What a killed training leaves holds customers' rows: the next start, training or erasure removes it."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import WORK, clear_left_over, working_folder
from services.releases.folders import PARTIAL
from tests.cli.commands import start
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT, serve
from tests.training.test_run import ledger, write

WORKS = (
    "import sys; from pathlib import Path; from services.releases import working_folder\n"
    "with working_folder(Path(sys.argv[1])) as folder:\n"
    "    (folder / 'rows').write_text('12346'); print(folder, flush=True); sys.stdin.read()"
)
LATER = "20991121T224500Z-3fa9c1"
SECONDS = 60


@contextmanager
def working(root):
    """Let another process work below ``root`` until it is killed at the end of the block."""
    command = [sys.executable, "-c", WORKS, str(root)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as other:
        try:
            yield root / other.stdout.readline().strip().rpartition("/")[2]
        finally:
            other.kill()


def folders(root):
    return sorted(path for path in root.iterdir() if path.is_dir())


def test_a_folder_is_there_as_long_as_who_works_in_it_and_only_for_them(tmp_path):
    root = tmp_path / "state" / WORK
    with working(root) as theirs:
        clear_left_over(tmp_path / "models", root)
        with working_folder(root) as own:
            assert folders(root) == sorted([theirs, own])
            assert {stat.S_IMODE(path.stat().st_mode) for path in (root, own, theirs)} == {0o700}
        assert folders(root) == [theirs]
        assert (theirs / "rows").read_text() == "12346"
    clear_left_over(tmp_path / "models", root)
    assert folders(root) == []


def test_the_next_to_work_removes_what_a_killed_one_left(tmp_path):
    with working(tmp_path) as theirs:
        pass
    assert theirs.is_dir()
    with working_folder(tmp_path) as own:
        assert folders(tmp_path) == [own]


@pytest.fixture
def left(tmp_path, monkeypatch):
    """Kill a training while it works; gives the two folders in which something may be left."""
    (tmp_path / "tmp").mkdir()
    file = write(tmp_path / "ledger.csv", ledger(400))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    make_tiny_release(tmp_path / "models")
    work = tmp_path / "state" / WORK
    training = start(tmp_path, "train", file)
    end = time.monotonic() + SECONDS
    while not (work.is_dir() and folders(work)):
        assert training.is_alive()
        assert time.monotonic() < end
        time.sleep(0.001)
    training.kill()
    training.join()
    partial = tmp_path / "models" / "releases" / (LATER + PARTIAL)
    partial.mkdir()
    assert folders(work)
    assert list((tmp_path / "tmp").iterdir()) == []
    return work, partial


def gone(work, partial):
    return folders(work) == [] and not partial.exists()


def test_a_start_of_the_site_removes_what_a_killed_training_left(left, tmp_path):
    with serve(tmp_path / "models", tmp_path):
        assert gone(*left)


def test_a_training_that_is_refused_removes_it_too(left, tmp_path):
    (tmp_path / "empty.csv").write_text("customer,date\n")
    assert CliRunner().invoke(main, ["train", str(tmp_path / "empty.csv")]).exit_code == 2
    assert gone(*left)


@pytest.mark.parametrize("known", [True, False])
def test_an_erasure_removes_it_too_whoever_is_erased(left, known):
    done = CliRunner().invoke(main, ["forget", "A-001" if known else "nobody"])
    assert done.exit_code == (0 if known else 1), done.output
    assert gone(*left)
