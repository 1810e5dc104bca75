"""Contacts are kept with the site: merged or replaced whole, and a no in a file counts everywhere."""

from __future__ import annotations

import pytest

from services.core.contacts.contact import Contact
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.state import State

ANN = Contact("1", email="ann@example.org", first_name="Ann", email_consent=True, attributes={"Tier": "é"})
BOB = Contact("00123", phone="+442079460000", phone_consent=True)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def keep(state, *given, **how):
    return Contacts(state).keep(given, who="ana", subject="c.csv", **how)


def test_they_come_back_as_they_were_kept(state):
    kept = keep(state, ANN, BOB)
    assert (kept.added, kept.changed, kept.removed, kept.by_email, kept.by_phone) == (2, 0, 0, 1, 1)
    assert Contacts(state).of("00123") == BOB
    assert Contacts(state).among(["1", "nobody"]) == {"1": ANN}
    assert Contacts(state).of("123") is None
    assert Contacts(state).standing().contacts == 2


def test_a_newer_file_says_more_and_leaves_what_it_leaves_open(state):
    keep(state, ANN, BOB)
    kept = keep(state, Contact("1", phone="+447911123456", email_consent=False, attributes={"Size": "M"}))
    assert (kept.added, kept.changed, kept.removed) == (0, 1, 0)
    one = Contacts(state).of("1")
    assert (one.email, one.phone, one.email_consent) == ("ann@example.org", "+447911123456", False)
    assert one.attributes == {"Tier": "é", "Size": "M"}
    assert Contacts(state).of("00123") == BOB


@pytest.mark.parametrize("replace", [False, True])
def test_the_same_file_again_changes_nothing(state, replace, monkeypatch):
    keep(state, ANN, BOB)
    before = Contacts(state).standing()
    monkeypatch.setattr("time.time", lambda: before.at.timestamp() + 90)
    kept = keep(state, ANN, BOB, replace=replace)
    assert (kept.added, kept.changed, kept.unchanged, kept.removed) == (0, 0, 2, 0)
    assert Contacts(state).standing() == before


def test_replacing_whole_takes_from_a_contact_what_the_new_file_leaves_open(state):
    keep(state, ANN, BOB)
    kept = keep(state, Contact("1", email="ann@example.org"), BOB, replace=True)
    assert (kept.added, kept.changed, kept.unchanged, kept.removed) == (0, 1, 1, 0)
    assert Contacts(state).of("1") == Contact("1", email="ann@example.org")


def test_replacing_removes_all_others_and_nobody_from_the_opt_out_list(state):
    keep(state, ANN, Contact("9", email_consent=False))
    kept = keep(state, BOB, replace=True)
    assert (kept.added, kept.unchanged, kept.removed) == (1, 0, 2)
    assert Contacts(state).of("1") is None
    assert OptOuts(state).ids() == {"9"}


def test_who_said_no_somewhere_and_yes_nowhere_is_opted_out_and_logged(state):
    assert (
        keep(state, ANN, Contact("2", email_consent=False), Contact("3", False, phone_consent=True)).opted_out
        == 1
    )
    assert OptOuts(state).ids() == {"2"}
    assert [(each.what, each.subject, each.rows, each.result) for each in Audit(state).listed()] == [
        ("contacts", "c.csv", 3, "merged"),
        ("opt-out", "c.csv", 1, "added"),
    ]


def test_who_is_erased_leaves_them_and_nothing_of_it_stays(state, tmp_path):
    keep(state, ANN, BOB)
    forgotten = Forgotten(state)
    assert forgotten.held("1").any
    removed = forgotten.erase("1", forgotten.add("1"), "ana", "done")
    assert removed.contacts == 1
    assert Contacts(state).of("1") is None
    assert Contacts(state).of("00123") == BOB
    assert b"ann@example.org" not in b"".join(each.read_bytes() for each in tmp_path.glob("*-wal"))
