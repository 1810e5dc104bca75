"""A backup holds the files of the ledger, and restoring brings them back as they were."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest

from services.core.refusals import Refusal
from services.site.backup import NoBackup, backup, restore
from services.site.ledger import Ledger
from services.site.ledger import store as storing
from services.site.state import State
from tests.site.ledger.test_ledger import FIRST, SECOND, add, contents, ledger, shorten

__all__ = ["ledger"]


@pytest.fixture
def sites(tmp_path):
    states = State(tmp_path / "a"), State(tmp_path / "b")
    yield states
    for state in states:
        state.close()


def test_files_come_back_as_they_were_with_what_is_known_of_them(ledger, sites, tmp_path, monkeypatch):
    monkeypatch.setattr("services.site.ledger.saving.BLOCK", 100)
    add(ledger, SECOND)
    shorten(ledger)
    assert backup(sites[0], tmp_path / "file", ledger).files == 2
    other = Ledger(tmp_path / "b")
    assert restore(sites[1], tmp_path / "file", "ana", ledger=other).files == 2
    assert other.entries() == ledger.entries()
    assert contents(other) == contents(ledger)
    assert [path.name for path in other.folder.glob(".*")] == [".lock"]


def test_files_that_are_there_are_replaced_only_when_that_is_said(ledger, sites, tmp_path):
    backup(sites[0], tmp_path / "file", ledger)
    other = Ledger(tmp_path / "b")
    add(other, SECOND)
    with pytest.raises(Refusal, match="add --replace"):
        restore(sites[1], tmp_path / "file", "ana", ledger=other)
    assert contents(other) == {SECOND}
    restore(sites[1], tmp_path / "file", "ana", replace=True, ledger=other)
    assert contents(other) == {FIRST}


def test_a_backup_from_before_there_was_a_ledger_leaves_the_files(ledger, sites, tmp_path):
    backup(sites[0], tmp_path / "file")
    restore(sites[1], tmp_path / "file", "ana", replace=True, ledger=ledger)
    assert contents(ledger) == {FIRST}


def _changed(path, change):
    """Change the lines of a backup, and digest them anew."""
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    *lines, end = change(lines)
    written = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    end["sha256"] = hashlib.sha256(written).hexdigest()
    path.write_bytes(gzip.compress(written + json.dumps(end).encode() + b"\n"))


def _without_the_file(lines):
    return [line for line in lines if not (isinstance(line, dict) and "piece" in line)]


def _without_the_entry(lines):
    return [line for line in lines if not (isinstance(line, dict) and "ledger" in line)]


def _twice(lines):
    *rest, end = lines
    return [
        *rest,
        *(line for line in rest if isinstance(line, dict) and {"ledger", "piece"} & set(line)),
        end,
    ]


def _elsewhere(lines):
    for line in lines:
        if isinstance(line, dict) and "ledger" in line:
            line["ledger"]["name"] = "../../x"
    return lines


def _of_another(lines):
    for line in lines:
        if isinstance(line, dict) and "ledger" in line:
            line["ledger"]["id"] = "0" * 16
    return lines


@pytest.mark.parametrize("change", [_without_the_file, _without_the_entry, _twice, _elsewhere, _of_another])
def test_a_crafted_backup_changes_nothing(ledger, sites, tmp_path, change):
    path = tmp_path / "file"
    backup(sites[0], path, ledger)
    _changed(path, change)
    other = Ledger(tmp_path / "b")
    add(other, SECOND)
    with pytest.raises(NoBackup):
        restore(sites[1], path, "ana", replace=True, ledger=other)
    assert contents(other) == {SECOND}


def test_a_piece_that_unpacks_to_too_much_is_refused(ledger, sites, tmp_path, monkeypatch):
    backup(sites[0], tmp_path / "file", ledger)
    monkeypatch.setattr("services.site.ledger.saving.BLOCK", len(FIRST) - 1)
    with pytest.raises(NoBackup):
        restore(sites[1], tmp_path / "file", "ana", ledger=Ledger(tmp_path / "b"))
    assert storing.BLOCK == 1 << 20
