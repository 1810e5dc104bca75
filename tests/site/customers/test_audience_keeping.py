"""A large audience is saved and deleted in small changes, all of it or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from services.core.refusals import Refusal
from services.site.audience_changes import Changes
from services.site.backup import backup, restore
from services.site.customers import audience_keeping as keeping
from services.site.customers.audiences import Audiences, Member
from services.site.customers.forgotten import Forgotten
from services.site.people.audit import Audit
from services.site.state import State
from services.site.state.portions import PORTION
from services.site.state.tables import audience_members, audiences
from tests.postgresql import postgresql
from tests.site.customers.test_audiences import DRAFT

MANY = 2 * PORTION + 300
SAVING_FOR_EVER = """
import sys
from pathlib import Path
from services.site.customers.audiences import Audiences
from services.site.state import State
from tests.site.customers.test_audience_keeping import DRAFT, many
Audiences(State(Path(sys.argv[1]))).add(DRAFT, many(200_000))
"""


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def many(number=MANY):
    return [Member(f"c{place:06}", place % 5 == 0) for place in range(number)]


def rows(state):
    """Return how many audiences and members the tables hold, seen or not."""
    with state.reading() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (audiences, audience_members)
        )


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something done before each small change of a saving or a deletion."""

    def arrange(do):
        real = keeping.small_change

        @contextmanager
        def small_change(state):
            do()
            with real(state) as connection:
                yield connection

        monkeypatch.setattr(keeping, "small_change", small_change)

    return arrange


def forget(state, whose):
    forgotten = Forgotten(state)
    forgotten.erase(whose, forgotten.add(whose), "ben", "done")


def test_until_it_is_whole_nobody_sees_it_and_others_write_between_its_portions(tmp_path, state, meanwhile):
    seen = []

    def look():
        Audit(state).add("ben", keeping.What.EXPORT)
        seen.append((Audiences(state).listed(), Audiences(state).members(1)))

    meanwhile(look)
    number = Audiences(state).add(DRAFT, many())
    assert seen == [([], [])] * 4
    found = Audiences(state).one(number)
    assert found.treated + found.holdout == len(Audiences(state).members(number)) == MANY
    assert Audit(state).listed(what="audience")[0].rows == MANY


def test_a_backup_leaves_out_one_that_is_being_written(tmp_path, state, monkeypatch):
    def save(*_given):
        backup(state, tmp_path / "file")
        return set()

    monkeypatch.setattr(Forgotten, "among", save)
    Audiences(state).add(DRAFT, many())
    restore(state, tmp_path / "file", "ana", replace=True)
    assert rows(state) == (0, 0)


def test_whom_somebody_erases_meanwhile_does_not_come_back(state, meanwhile):
    turns = []

    def erase():
        turns.append(1)
        if len(turns) == 3:  # one customer is written, the other is not yet
            forget(state, "c000001")
            forget(state, f"c{MANY - 1:06}")

    meanwhile(erase)
    number = Audiences(state).add(DRAFT, many())
    assert len(Audiences(state).members(number)) == MANY - 2
    assert Audit(state).listed(what="audience")[0].rows == MANY - 2
    assert not Forgotten(state).held("c000001").any


def test_what_fails_leaves_nothing_behind(state):
    with pytest.raises(Refusal):
        Audiences(state).add(DRAFT, [*many(), Member("c000001", False)])
    assert rows(state) == (0, 0)
    assert Audit(state).listed() == []


def test_a_saving_that_was_given_up_as_left_behind_goes_on_nowhere(state, meanwhile, monkeypatch):
    """A machine that slept for hours finds its audience swept, and writes into nobody else's."""
    other = []

    def sweep():
        if rows(state)[1] and not other:
            monkeypatch.undo()
            monkeypatch.setattr(keeping, "LEFT_SECONDS", -1)
            Audiences(state).clear()
            monkeypatch.undo()
            other.append(Audiences(state).add(DRAFT, many(3)))

    meanwhile(sweep)
    with pytest.raises(Refusal, match="Save it again"):
        Audiences(state).add(DRAFT, many())
    assert rows(state) == (1, 3)
    assert len(Audiences(state).members(other[0])) == 3


def test_a_deletion_that_is_cut_off_shows_nothing_and_is_gone_on_with(state, meanwhile):
    number = Audiences(state).add(DRAFT, many())
    turns = []

    def end():
        turns.append(1)
        if len(turns) == 2:
            raise KeyboardInterrupt

    meanwhile(end)
    with pytest.raises(KeyboardInterrupt):
        Changes(state, "ana").delete(number, DRAFT.name)
    assert rows(state) == (1, MANY - PORTION)
    assert Audiences(state).listed() == Audiences(state).members(number) == []
    Audiences(state).clear()
    assert rows(state) == (1, 0)


@pytest.mark.long
def test_a_save_that_is_killed_shows_nothing_and_is_removed(tmp_path, state, monkeypatch):
    for part in (1, 20_000, 120_000):
        saving = subprocess.Popen([sys.executable, "-c", SAVING_FOR_EVER, str(tmp_path)])
        while rows(state)[1] < part and saving.poll() is None:
            time.sleep(0.01)
        os.kill(saving.pid, signal.SIGKILL)
        saving.wait()
        assert rows(state)[1] >= part
        assert Audiences(state).listed() == []
        Audiences(state).clear()  # it may be at work still
        assert rows(state)[0] == 1
        monkeypatch.setattr(keeping, "LEFT_SECONDS", -1)
        Audiences(state).clear()
        monkeypatch.undo()
        assert rows(state) == (0, 0)


def longest_of(state, monkeypatch):
    """Note how long each change is open, until the test ends."""
    noted, real = [], State.writing

    @contextmanager
    def writing(self):
        with real(self) as connection:
            began = time.monotonic()
            yield connection
        noted.append(time.monotonic() - began)

    monkeypatch.setattr(State, "writing", writing)
    return noted


@pytest.mark.slow
def test_200_000_customers_are_saved_and_deleted_in_short_changes(state, monkeypatch):
    whole_way(state, monkeypatch)


@pytest.mark.slow
def test_200_000_customers_are_saved_and_deleted_in_short_changes_in_postgresql(tmp_path, monkeypatch):
    with postgresql() as database:
        state = State(tmp_path, database.url)
        whole_way(state, monkeypatch)
        state.close()


def whole_way(state, monkeypatch):
    noted = longest_of(state, monkeypatch)
    number = Audiences(state).add(DRAFT, many(200_000))
    assert rows(state) == (1, 200_000)
    del noted[:]
    assert Changes(state, "ana").delete(number, DRAFT.name) == 200_000
    assert rows(state) == (1, 0)
    assert len(noted) > 100
