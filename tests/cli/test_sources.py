"""The commands of sources: how each stands, and one renewed by hand; no password is ever said."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.settings import Settings
from services.site.sources import Sources, configured
from services.site.state import State
from tests.cli.test_ledger import HEAD, MAY, OPEN


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))

    def run(*words, **environment):
        done = CliRunner().invoke(main, [*map(str, words)], env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


def test_without_a_source_the_settings_are_named(desk):
    assert desk("sources").stdout == (
        "No sources are set: SOURCE_FOLDER names a folder, SOURCE_URL and SOURCE_QUERY a database.\n"
    )
    assert json.loads(desk("sources", "--json").stdout) == []
    done = desk("sources", "renew", "database")
    assert (done.exit_code, done.stderr) == (2, "There is no such source: set SOURCE_URL and SOURCE_QUERY.\n")


def test_a_folder_renewed_by_hand_says_what_was_added_and_what_was_not(desk, tmp_path):
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "may.csv").write_text(MAY)
    (folder / "open.csv").write_text(OPEN)
    named = {"SOURCE_FOLDER": str(folder)}
    renewed = json.loads(desk("sources", "renew", "folder", "--json", **named).stdout)
    assert ([entry["name"] for entry in renewed["added"]], renewed["changed"]) == (["may.csv"], True)
    (refused,) = renewed["refused"]
    assert refused["reason"].startswith("“open.csv” was not added. ")
    (listed,) = json.loads(desk("sources", "--json", **named).stdout)
    assert (listed["name"], listed["where"], listed["every"]) == ("folder", str(folder), 60)
    assert listed["changed_at"] == listed["tried_at"] is not None
    assert (listed["failing_since"], listed["failure"], listed["files"]) == (None, None, [refused])
    assert "open.csv: “open.csv” was not added" in desk("sources", **named).stdout
    (folder / "open.csv").write_text(HEAD)
    again = desk("sources", "renew", "folder", **named)
    assert (again.exit_code, "was not added" in again.stdout) == (0, True)
    (folder / "open.csv").unlink()
    assert desk("sources", "renew", "folder", **named).stdout == "Nothing has changed.\n"


def test_a_database_that_is_away_is_said_without_its_password(desk, tmp_path):
    named = {"SOURCE_URL": "postgresql://ana:hidden@127.0.0.1:1/shop", "SOURCE_QUERY": "orders"}
    done = desk("sources", "renew", "database", "--json", **named)
    assert done.exit_code == 2
    assert "PostgreSQL shop on 127.0.0.1:1 cannot be read: " in done.stderr
    listed = desk("sources", "--json", **named)
    (found,) = json.loads(listed.stdout)
    assert (found["failure"], found["changed_at"]) == (done.stderr.strip(), None)
    shown = desk("check-config", **named)
    assert "SOURCE_URL       set, not shown" in shown.stdout
    assert "hidden" not in done.output + listed.output + shown.output + desk("sources", **named).output


def test_a_source_that_the_worker_renews_is_left_to_it(desk, tmp_path):
    state = State(tmp_path / "state")
    (source,) = configured(Settings(source_folder=tmp_path))
    assert Sources(state).claim(source, "worker", 60)
    done = desk("sources", "renew", "folder", SOURCE_FOLDER=str(tmp_path))
    assert (done.exit_code, done.stderr[:10]) == (2, "The worker")
    state.close()
