"""The ledger's folder: files come and go whole, whatever is killed; nobody else may read them."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import stat
import time
from datetime import UTC, date, datetime

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.ledger import Entry, Ledger
from services.site.ledger.entries import id_of, plain_name
from tests.releases.test_crashes import _at_each_event, _fork

FIRST, SECOND, SHORTER = b"customer,order\n1,1\n2,2\n" * 50, b"other\n" * 9, b"customer,order\n2,2\n"


def entry_of(content: bytes, name: str = "may.csv") -> Entry:
    digest = hashlib.sha256(content).hexdigest()
    return Entry(
        id=id_of(digest),
        name=name,
        digests=(digest,),
        size=len(content),
        rows=content.count(b"\n"),
        first_day=date(2024, 5, 1),
        last_day=date(2024, 5, 31),
        added_at=datetime(2024, 6, 1, tzinfo=UTC),
        added_by="cli:ana",
        reading={"decimal": ","},
    )


def add(ledger: Ledger, content: bytes) -> Entry:
    entry = entry_of(content)
    with ledger.changing():
        ledger.keep([(ledger.draft_of([content]), entry)])
    return entry


def shorten(ledger: Ledger) -> None:
    path = ledger.folder.parent / "shorter"
    path.write_bytes(SHORTER)
    with ledger.changing():
        ledger.replace(ledger.one(entry_of(FIRST).id), path, 1)


def remove(ledger: Ledger) -> None:
    with ledger.changing():
        ledger.remove(ledger.one(entry_of(FIRST).id))


CHANGES = {
    "add": (lambda ledger: add(ledger, SECOND), {FIRST, SECOND}),
    "shorten": (shorten, {SHORTER}),
    "remove": (remove, set()),
}


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "state")
    add(made, FIRST)
    return made


def contents(ledger: Ledger) -> set[bytes]:
    for entry in ledger.entries():
        assert hashlib.sha256(ledger.path(entry).read_bytes()).hexdigest() == entry.digests[-1]
    return {ledger.path(entry).read_bytes() for entry in ledger.entries()}


@pytest.mark.parametrize("change", CHANGES)
def test_a_kill_at_any_step_leaves_the_ledger_before_or_after_and_nothing_else(ledger, tmp_path, change):
    work, after = CHANGES[change]
    seen = set()
    for last in range(1, 60):
        copy = Ledger(shutil.copytree(ledger.folder.parent, tmp_path / f"{change}-{last}"))

        def killed(copy=copy, last=last):
            def kill(step):
                if step == last:
                    os.kill(os.getpid(), signal.SIGKILL)

            _at_each_event(copy.folder, kill)
            work(copy)

        status = os.waitpid(_fork(killed), 0)[1]
        found = contents(copy)
        seen.add(frozenset(found))
        assert found in ({FIRST}, after)
        copy.clear_left_over()
        assert contents(copy) == found
        files = {path.read_bytes() for path in copy.folder.rglob("*.data")}
        assert files == found
        assert not list(copy.folder.glob(".new-*"))
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert status == 0
    assert seen == {frozenset({FIRST}), frozenset(after)}


def test_nobody_else_may_read_the_files(ledger):
    for path in (ledger.folder, *ledger.folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_training_goes_on_with_the_files_it_began_with(ledger, tmp_path):
    (path,) = ledger.linked(ledger.entries(), tmp_path / "work")
    remove(ledger)
    assert path.name == "may.csv"
    assert path.read_bytes() == FIRST
    assert ledger.entries() == []


def test_a_change_waits_for_the_one_before_it(ledger):
    with ledger.changing():
        draft = ledger.draft_of([SECOND])
        ledger.clear_left_over()
        assert draft.data.read_bytes() == SECOND
    assert not draft.folder.exists()


@pytest.mark.parametrize("spoil", ["entry", "data"])
def test_a_damaged_file_is_said_and_not_left_out(ledger, spoil):
    entry = ledger.one(entry_of(FIRST).id[:6])
    path = ledger.path(entry) if spoil == "data" else ledger.path(entry).with_name("entry.json")
    path.unlink() if spoil == "data" else path.write_text("{}")
    with pytest.raises(Refusal, match=f"folder “{entry.id}” is damaged"):
        ledger.entries()
    ledger.clear_left_over()  # as the site does when it starts
    with ledger.changing():
        ledger.become([(ledger.draft_of([SECOND]), entry_of(SECOND))])
    assert contents(ledger) == {SECOND}


def test_who_lists_the_files_while_they_change_is_told_of_no_damage(ledger, tmp_path):
    def changing():
        while True:
            shorten(ledger)
            remove(ledger)
            add(ledger, FIRST)

    child = _fork(changing)
    try:
        end = time.monotonic() + 1
        while time.monotonic() < end:
            assert len(ledger.entries()) < 2
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_file_is_named_by_its_id_or_the_beginning_of_it(ledger):
    assert ledger.one(entry_of(FIRST).id[:4]).name == "may.csv"
    for unknown in ("", "zz", "../.."):
        with pytest.raises(NotFound):
            ledger.one(unknown)


@pytest.mark.parametrize(
    ("brought", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\sales\\May 2024.csv", "May 2024.csv"),
        ("a\nb\u202ec.csv", "a_x0ab_x202ec.csv"),
        ("..", "file"),
        ("", "file"),
        ("\udc80.csv", "?.csv"),
    ],
)
def test_a33_a_name_is_shown_and_never_a_path(brought, kept):
    assert plain_name(brought) == kept
    assert plain_name(kept) == kept


@pytest.mark.parametrize("long", ["x" * 300 + ".csv", "é" * 300 + ".csv", "😀" * 300 + ".csv"])
def test_a_long_name_keeps_its_end(long):
    kept = plain_name(long)
    assert kept.endswith(".csv")
    assert len(kept) <= 120
    assert len(kept.encode()) <= 240
