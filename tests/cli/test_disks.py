"""E8, E9: commands on a disk that takes no change say so in one line, and what there was serves on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.prepare import start
from services.core import presets
from services.releases import list_releases
from services.site.people.audit import Audit
from services.site.state import State
from tests.releases.tiny import make_tiny_release
from tests.site.state.disks import other_folder, read_only
from tests.training.test_run import ledger, write


@pytest.fixture
def folder():
    presets.load("standard")  # nobody may not enter root's Python: what is needed is loaded before
    with other_folder() as made:
        write(made / "ledger.csv", ledger(12))
        (made / "models").mkdir()
        yield made


def test_e9_training_is_refused_in_one_line_and_leaves_nothing(folder):
    words = ["train", str(folder / "ledger.csv"), "--models", str(folder / "models")]
    with read_only(folder):
        done = CliRunner().invoke(main, words, env={"STATE_DIR": str(folder)})
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].endswith("Check the disk, then try again.")
    assert "models/.training.lock” cannot be read or written: permission denied." in done.stderr
    assert list((folder / "models").iterdir()) == []


def test_e9_a_start_serves_the_release_that_is_there_and_without_one_it_ends(folder, monkeypatch, capfd):
    for name, value in (("DATA", "ledger.csv"), ("MODELS_DIR", "models"), ("STATE_DIR", "var")):
        monkeypatch.setenv(name, str(folder / value))
    monkeypatch.setenv("PORT", "0")
    with read_only(folder):
        assert start() == 2
    made = make_tiny_release(folder / "models")
    with read_only(folder):
        assert start() == 0
    assert "the site uses the release that is there" in capfd.readouterr().err.splitlines()[-1]
    assert [each.id for each in list_releases(folder / "models")] == [made]


def test_a_training_is_logged_with_its_release(folder, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(folder / "var"))
    words = ["train", str(folder / "ledger.csv"), "--models", str(folder / "models"), "--no-activate"]
    assert CliRunner().invoke(main, words).exit_code == 0
    state = State(folder / "var")
    entry = Audit(state).listed()[0]
    state.close()
    release = list_releases(folder / "models")[0].id
    expected = ("training", "ledger.csv", release, "not activated")
    assert (entry.what, entry.subject, entry.release, entry.result) == expected
