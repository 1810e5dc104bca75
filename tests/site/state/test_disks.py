"""E8, E9: on a disk that takes no change the records are read on, nothing is saved, and it is said."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.backup import backup
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.state import FILE, State, StateUnusable
from tests.site.state.disks import other_folder, read_only

PASSWORD = "four words and more"
KEY = "0123456789abcdef" * 4


@pytest.fixture
def folder():
    with other_folder() as made:
        yield made


def test_e9_at_the_start_what_there_is_is_read_and_nothing_is_kept(folder):
    state = State(folder)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    state.close()
    with read_only(folder):
        opened = State(folder)
        assert [each.name for each in Accounts(opened).listed()] == ["ana"]
        with pytest.raises(StateUnusable, match="nothing was done"):
            Audit(opened).add("ana", What.LOOK_UP)
        assert not opened.writable
    Audit(opened).add("ana", What.LOOK_UP)  # without a new start
    assert [entry.who for entry in Audit(opened).listed()] == ["ana"]
    opened.close()


def test_e9_changes_that_wait_beside_the_file_of_a_killed_site_are_read_too(folder):
    killed, later = State(folder), State(folder)
    Accounts(killed).add("ana", Role.VIEWER, PASSWORD)
    with read_only(folder):
        Accounts(later).listed()
    Accounts(killed).disable("ana")
    assert (folder / f"{FILE}-wal").stat().st_size
    with read_only(folder):
        assert [each.disabled for each in Accounts(State(folder)).listed()] == [True]
        assert [each.disabled for each in Accounts(later).listed()] == [True]
    killed.close()


def test_e9_where_there_never_was_a_file_there_are_no_records(folder):
    with read_only(folder):
        state = State(folder / "var")
        assert not Accounts(state).any()
        assert Audit(state).listed() == []
        with pytest.raises(StateUnusable):
            Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    assert not (folder / "var").exists()


def test_e9_a_session_lasts_to_its_idle_end_and_nobody_signs_in_anew(folder):
    now = [1_000_000.0]
    state = State(folder)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    made = Sessions(state, KEY, lambda: now[0]).sign_in("ana", PASSWORD, "10.0.0.1")
    state.close()
    with read_only(folder):
        later = State(folder)
        for seconds, lasts in ((600, True), (600, True), (599, True), (1, False)):
            now[0] += seconds
            assert (Sessions(later, KEY, lambda: now[0]).who(made) is not None) == lasts
        with pytest.raises(StateUnusable):
            Sessions(later, KEY).sign_in("ana", PASSWORD, "10.0.0.1")


def test_e9_records_are_backed_up_from_a_read_only_disk_onto_another(folder):
    state = State(folder)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    state.close()
    with read_only(folder), other_folder() as elsewhere:
        assert backup(State(folder), elsewhere / "file").rows["users"] == 1
        with pytest.raises(Refusal, match="cannot be written: "):
            backup(State(folder), folder / "file")
