"""A long list of opt-outs is added and taken off in small changes, each of which counts and is logged."""

from __future__ import annotations

import pytest

from services.core.contacts.contact import Contact
from services.site.customers import opt_outs
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.pushes.sending import Sending
from services.site.state import State
from services.site.state.portions import PORTION
from tests.postgresql import postgresql
from tests.site.customers.test_audience_keeping import forget, longest_of

MANY = 2 * PORTION + 300
LONG = [f"c{place:06}" for place in range(MANY)]


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def logged(state):
    return [(each.rows, each.result) for each in Audit(state).listed(what="opt-out")]


def test_a_long_list_is_logged_portion_by_portion_and_counts_whole(state):
    store = OptOuts(state)
    store.add(LONG[:10], "ana", "first.csv")
    assert store.add([*LONG, *LONG[:5]], "ana", "list.csv") == MANY - 10
    assert store.ids() == set(LONG)
    assert store.one(LONG[0]).who == "ana"
    assert store.remove(LONG[1:], "ben", "list.csv") == MANY - 1
    assert store.ids() == {LONG[0]}
    rest = MANY - 2 * PORTION
    assert logged(state) == [
        (rest - 1, "removed"),
        (PORTION, "removed"),
        (PORTION, "removed"),
        (rest - 10, "added"),
        (PORTION, "added"),
        (PORTION, "added"),
        (10, "added"),
    ]


def test_whom_nothing_changes_for_is_logged_once_as_before(state):
    store = OptOuts(state)
    assert store.remove(["c1"], "ana", "c1") == 0
    store.add(["c1"], "ana", "c1")
    assert store.add(["c1"], "ana", "c1") == 0
    assert logged(state) == [(0, "added"), (1, "added"), (0, "removed")]


def test_what_is_cut_off_has_opted_out_whom_it_reached_and_whoever_sends_sees_it(state, monkeypatch):
    before, real, turns = Sending(state).stamp(), opt_outs.small_change, []

    def small_change(own):
        turns.append(1)
        if len(turns) == 2:
            raise KeyboardInterrupt
        return real(own)

    monkeypatch.setattr(opt_outs, "small_change", small_change)
    with pytest.raises(KeyboardInterrupt):
        OptOuts(state).add(LONG, "ana", "list.csv")
    assert OptOuts(state).ids() == set(LONG[:PORTION])
    assert Sending(state).stamp() != before
    monkeypatch.undo()
    assert OptOuts(state).add(LONG, "ana", "list.csv") == MANY - PORTION


def test_who_is_erased_while_a_file_of_contacts_opts_many_out_is_on_no_list(state, monkeypatch):
    real, turns = opt_outs.small_change, []

    def small_change(own):
        turns.append(1)
        if len(turns) == 2:  # one is on the list, the other is not yet
            forget(state, LONG[0])
            forget(state, LONG[-1])
        return real(own)

    monkeypatch.setattr(opt_outs, "small_change", small_change)
    refused = [Contact(each, email_consent=False) for each in LONG]
    assert Contacts(state).keep(refused, who="ana", subject="c.csv").added == MANY - 2
    assert OptOuts(state).ids() == set(LONG[1:-1])
    assert not Forgotten(state).held(LONG[-1]).any


@pytest.mark.slow
def test_200_000_customers_opt_out_and_in_in_short_changes(state, monkeypatch):
    out_and_in(state, monkeypatch)


@pytest.mark.slow
def test_200_000_customers_opt_out_and_in_in_short_changes_in_postgresql(tmp_path, monkeypatch):
    with postgresql() as database:
        state = State(tmp_path, database.url)
        out_and_in(state, monkeypatch)
        state.close()


def out_and_in(state, monkeypatch):
    noted, ids = longest_of(state, monkeypatch), [f"c{place:06}" for place in range(200_000)]
    assert OptOuts(state).add(ids, "ana", "list.csv") == 200_000
    assert len(noted) >= 100
    del noted[:]
    assert OptOuts(state).remove(ids, "ana", "list.csv") == 200_000
    assert len(noted) >= 100
