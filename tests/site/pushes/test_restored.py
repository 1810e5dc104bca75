"""A worker that is at work while a backup is restored does nothing to what is there then."""

from __future__ import annotations

from services.site.people.audit import Audit, What
from services.site.pushes.sending import Begun, Sending
from services.site.state import State
from tests.site.pushing import queued


def test_a_restore_gives_another_stamp_even_with_a_number_and_second_of_before(state, tmp_path, monkeypatch):
    monkeypatch.setattr("services.site.people.audit._now", lambda: 1)
    restored = State(tmp_path / "restored")
    Audit(state).add("ana", What.OPT_OUT)
    Audit(restored).add("ana", What.BACKUP)
    assert Sending(state).stamp() != Sending(restored).stamp()
    restored.close()


def test_after_a_restore_a_worker_says_nothing_of_another_push_with_the_same_number(
    state, clock, sending, audience
):
    queued(state, clock, audience)
    mine = sending.claim()
    with state.writing() as connection:
        connection.exec_driver_sql("UPDATE pushes SET key = 'another'")
    assert sending.begin(mine, 2, sending.stamp()) is Begun.LOST
    assert sending.accepted(mine, 2) is None
