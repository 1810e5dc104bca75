"""A long queue is filled and emptied in small changes, and nobody sees it before it is whole."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from services.core.refusals import NotFound, Refusal
from services.site.audience_changes import Changes
from services.site.customers.forgotten import Forgotten
from services.site.people.audit import Audit
from services.site.pushes import queue as filling
from services.site.pushes.push import Stage
from services.site.pushes.queue import Queue
from services.site.pushes.sending import Sending
from services.site.state import State
from services.site.state.portions import LEFT_SECONDS, PORTION
from services.site.state.tables import push_members, pushes
from tests.postgresql import postgresql
from tests.site.customers.test_audience_keeping import forget, longest_of
from tests.site.customers.test_audiences import DRAFT
from tests.site.pushing import audience_of, queued

MANY = 2 * PORTION + 300
LONG = [f"c{place:06}" for place in range(MANY)]


def rows(state):
    """Return how many pushes there are, seen or not, and how many customers wait in all."""
    with state.reading() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (pushes, push_members)
        )


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something done before a small change of a filling, by the change's number from 1."""

    def arrange(number, do):
        real, turns = filling.small_change, []

        @contextmanager
        def small_change(state):
            turns.append(1)
            if len(turns) == number:
                do()
            with real(state) as connection:
                yield connection

        monkeypatch.setattr(filling, "small_change", small_change)

    return arrange


def test_until_it_is_whole_nobody_sees_or_takes_it(state, clock, sending, audience, meanwhile):
    seen = []

    def look():
        assert rows(state) == (1, 2 * PORTION)
        seen.append((Queue(state).listed(), sending.due(), sending.claim()))

    meanwhile(4, look)
    asked = queued(state, clock, audience, LONG, size=1_000)
    assert seen == [([], False, None)]
    assert (asked.state, asked.queued, asked.batches) == (Stage.WAITING, MANY, 5)
    assert sending.ids(sending.claim()) == LONG[:1_000]


def test_who_is_erased_while_it_is_filled_is_in_no_queue(state, clock, audience, meanwhile):
    meanwhile(3, lambda: [forget(state, LONG[place]) for place in (1, MANY - 1)])
    queued(state, clock, audience, LONG, size=1_000)
    assert rows(state) == (1, MANY - 2)
    assert Forgotten(state).held(LONG[-1]).pushes == 0


def test_a_campaign_that_is_deleted_while_it_is_filled_is_not_sent(state, clock, audience, meanwhile):
    meanwhile(3, lambda: Changes(state, "ben").delete(audience, DRAFT.name))
    with pytest.raises(NotFound):
        queued(state, clock, audience, LONG, size=1_000)
    assert rows(state) == (0, 0)
    assert Audit(state).listed(what="push") == []


def test_of_two_that_are_filled_at_once_one_is_sent(state, clock, audience, meanwhile):
    meanwhile(3, lambda: queued(state, clock, audience))
    with pytest.raises(Refusal, match="being sent to Brevo already"):
        queued(state, clock, audience, LONG, size=1_000)
    assert rows(state) == (1, 5)


def test_a_filling_that_is_killed_shows_nothing_and_is_removed_an_hour_later(
    state, clock, audience, meanwhile, monkeypatch
):
    def end():
        monkeypatch.setattr(filling.ending, "drop", lambda *_given: None)
        raise KeyboardInterrupt

    meanwhile(3, end)
    with pytest.raises(KeyboardInterrupt):
        queued(state, clock, audience, LONG, size=1_000)
    monkeypatch.undo()
    Queue(state, clock).clear()  # it may be at work still
    assert rows(state) == (1, PORTION)
    assert Queue(state).listed() == []
    clock.now += LEFT_SECONDS + 1
    Queue(state, clock).clear()
    assert rows(state) == (0, 0)


def test_what_a_worker_that_is_killed_leaves_of_an_ended_push_is_removed_by_another(
    state, clock, sending, audience, monkeypatch
):
    queued(state, clock, audience, LONG, size=1_000)
    with monkeypatch.context() as killed:
        killed.setattr(Sending, "_emptied", lambda _self, push: push)
        assert sending.stop(sending.claim(), "status 401").refused == MANY
    assert rows(state) == (1, MANY)
    assert Sending(state, clock).claim() is None
    Queue(state, clock).clear()
    assert rows(state) == (1, 0)
    assert Queue(state).listed(audience)[0].refused == MANY


def test_deleting_a_campaign_empties_its_queue(state, clock, audience):
    queued(state, clock, audience, LONG, size=1_000)
    Changes(state, "ben").delete(audience, DRAFT.name)
    assert rows(state) == (1, 0)
    assert Queue(state).listed(audience)[0].refused == MANY


@pytest.mark.slow
def test_a_queue_of_200_000_is_filled_and_emptied_in_short_changes(state, clock, monkeypatch):
    filled_and_emptied(state, clock, monkeypatch)


@pytest.mark.slow
def test_a_queue_of_200_000_is_filled_and_emptied_in_short_changes_in_postgresql(
    tmp_path, clock, monkeypatch
):
    with postgresql() as database:
        state = State(tmp_path, database.url)
        filled_and_emptied(state, clock, monkeypatch)
        state.close()


def filled_and_emptied(state, clock, monkeypatch):
    audience, noted = audience_of(state), longest_of(state, monkeypatch)
    queued(state, clock, audience, [f"c{place:06}" for place in range(200_000)], size=1_000)
    assert rows(state) == (1, 200_000)
    assert len(noted) > 100
    del noted[:]
    Sending(state, clock).stop(Sending(state, clock).claim(), "status 401")
    assert rows(state) == (1, 0)
    assert len(noted) > 100
