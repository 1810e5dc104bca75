"""Attributes as rows: they come, change and go with the contact, and every change has another stamp."""

from __future__ import annotations

import pytest

from services.core.contacts.contact import Contact
from services.site.backup import backup, restore
from services.site.customers.attributes import Attributes
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.state import FILE, State, engines
from services.site.state.schema import migrate

ANN = Contact("1", email_consent=True, attributes={"Tier": "Gold", "Shop: size": "M"})
BOB = Contact("00123", phone_consent=True, attributes={"Tier": "🎁 عضو"})
ZOE = Contact("é/7", email_consent=False, phone_consent=True)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


def keep(state, *given, **how):
    Contacts(state).keep(given, who="ana", subject="c.csv", **how)


def said(state, column):
    return {pair[1]: pair[0] for part in Attributes(state).values(column) for pair in part}


def agreed(state, channel):
    return {each for part in Attributes(state).agreed(channel) for each in part}


def test_without_contacts_nothing_is_said(state):
    of = Attributes(state)
    assert (of.columns(), of.known(), said(state, "Tier"), agreed(state, "email")) == ([], False, {}, set())


def test_columns_values_and_who_agreed(state):
    keep(state, ANN, BOB, ZOE)
    assert Attributes(state).columns() == ["Shop: size", "Tier"]
    assert Attributes(state).known()
    assert said(state, "Tier") == {"1": "Gold", "00123": "🎁 عضو"}
    assert (agreed(state, "email"), agreed(state, "phone")) == ({"1"}, {"00123", "é/7"})


def test_thirty_columns_come_in_the_order_of_their_letters(state):
    named = {f"{'ab'[place % 2]}{place:02}".title(): "x" for place in range(30)}
    keep(state, Contact("1", attributes=named))
    assert Attributes(state).columns() == sorted(named)


def test_a_newer_file_changes_a_value_and_keeps_what_it_leaves_open(state):
    keep(state, ANN, BOB)
    keep(state, Contact("1", attributes={"Tier": "Silver"}))
    assert said(state, "Tier") == {"1": "Silver", "00123": "🎁 عضو"}
    assert said(state, "Shop: size") == {"1": "M"}


def test_replacing_whole_removes_columns_that_are_gone(state):
    keep(state, ANN, BOB)
    keep(state, Contact("1", attributes={"Size": "L"}), replace=True)
    assert Attributes(state).columns() == ["Size"]
    assert Contacts(state).of("1").attributes == {"Size": "L"}


def test_who_is_erased_leaves_them_and_nothing_of_it_stays(state, tmp_path):
    keep(state, ANN, BOB)
    forgotten = Forgotten(state)
    forgotten.erase("00123", forgotten.add("00123"), "ana", "done")
    assert said(state, "Tier") == {"1": "Gold"}
    left = b"".join(each.read_bytes() for each in (tmp_path / "state").glob(f"{FILE}*"))
    assert "🎁 عضو".encode() not in left


def test_every_change_of_contacts_has_another_stamp(state, tmp_path):
    of, stamps = Attributes(state), []

    def changed(change, *given, **how):
        change(*given, **how)
        stamps.append(of.stamp())

    stamps.append(of.stamp())
    changed(keep, state, ANN, BOB)
    assert of.stamp() == stamps[-1]
    backup(state, tmp_path / "file")
    changed(keep, state, Contact("9"), replace=True)
    forgotten = Forgotten(state)
    changed(forgotten.erase, "9", forgotten.add("9"), "ana", "done")
    changed(restore, state, tmp_path / "file", "ana", replace=True)
    assert len(set(stamps)) == len(stamps)
    assert said(state, "Tier") == {"1": "Gold", "00123": "🎁 عضو"}


def test_names_and_values_are_read_as_they_were_written(state):
    odd = {'Size "UK"': "1\\2", "a\\b": '"', "Tab\there": "é\n🎁", "Tier": "7", "True": "null"}
    keep(state, Contact("1", attributes=odd))
    assert Attributes(state).columns() == sorted(odd, key=str.casefold)
    assert {name: said(state, name).get("1") for name in odd} == odd
    assert said(state, "Size") == {}


def test_contacts_of_before_bring_their_attributes(tmp_path):
    engine = engines.sqlite(tmp_path / FILE)
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, "0013")
        rows = [("1", '{"Tier": "Gold", "Shop: size": "M"}'), ("2", '{"Tier": ""}'), ("3", "{}")]
        rows += [(f"many{number:04}", '{"Tier": "\\u00e9"}') for number in range(1_200)]
        for row in rows:
            connection.exec_driver_sql(
                "INSERT INTO contacts (customer_id, attributes, changed_at) VALUES (?, ?, 1)", row
            )
    engine.dispose()
    state = State(tmp_path)
    assert Contacts(state).standing().contacts == 1_203
    assert said(state, "Shop: size") == {"1": "M"}
    assert len(said(state, "Tier")) == 1_201
    assert said(state, "Tier")["many1199"] == "é"
    keep(state, Contact("1", attributes={"Tier": "Silver"}))
    assert Contacts(state).of("1").attributes == {"Tier": "Silver", "Shop: size": "M"}
    state.close()
