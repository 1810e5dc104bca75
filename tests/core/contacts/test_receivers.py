"""What three receivers are sent, byte for byte as their makers document it."""

from __future__ import annotations

import pytest

from services.core.contacts.contact import Contact
from services.core.contacts.receivers import RECEIVERS, Batch, marking, receivers

MARY = Contact("c1", "mary@example.org", "+16505551212", "Mary", "Smith", "US", "94035")
ZOE = Contact("c2", email="zoe@example.org", first_name=" Zoë ", last_name='O’Neil "Z"')
BARE = Contact("c3", phone="+4930901820")
SECOND = Batch(audience=3, name="Win back", number=2, of=5, key="0a1b-2")

GENERIC = (
    '{"kind":"audience","audience":3,"name":"Win back","batch":2,"of":5,"key":"0a1b-2","contacts":['
    '{"customer_id":"c1","email":"mary@example.org","phone":"+16505551212","first_name":"Mary",'
    '"last_name":"Smith"},'
    '{"customer_id":"c2","email":"zoe@example.org","first_name":"Zoë","last_name":"O’Neil \\"Z\\""},'
    '{"customer_id":"c3","phone":"+4930901820"}]}'
)
BREVO = (
    '{"updateExistingContacts":true,"emptyContactsAttributes":false,"disableNotification":true,"listIds":[12],'
    '"jsonBody":[{"email":"mary@example.org","attributes":{"FIRSTNAME":"Mary","LASTNAME":"Smith",'
    '"SMS":"+16505551212"}},'
    '{"email":"zoe@example.org","attributes":{"FIRSTNAME":"Zoë","LASTNAME":"O’Neil \\"Z\\""}}]}'
)
HUBSPOT = (
    '{"inputs":[{"id":"mary@example.org","idProperty":"email","properties":{"email":"mary@example.org",'
    '"firstname":"Mary","lastname":"Smith","phone":"+16505551212","audience":"audience-3"}},'
    '{"id":"zoe@example.org","idProperty":"email","properties":{"email":"zoe@example.org","firstname":"Zoë",'
    '"lastname":"O’Neil \\"Z\\"","audience":"audience-3"}}]}'
)


def test_a_webhook_of_ones_own_is_told_what_it_gets_and_who_can_be_reached_by_phone_alone():
    assert receivers()["generic"].written([MARY, ZOE, BARE], SECOND) == GENERIC


def test_brevo_is_sent_an_import_onto_a_list():
    assert receivers()["brevo"].written([MARY, ZOE], SECOND, number=12) == BREVO


def test_hubspot_is_sent_contacts_by_e_mail_with_the_audience_as_a_property():
    assert receivers()["hubspot"].written([MARY, ZOE], SECOND, mark="audience") == HUBSPOT


def test_brevo_can_be_told_the_audience_in_an_attribute_as_well():
    body = receivers()["brevo"].written([ZOE], SECOND, number=12, mark="AUDIENCE")
    assert body.endswith('"LASTNAME":"O’Neil \\"Z\\"","AUDIENCE":"audience-3"}}]}')


@pytest.mark.parametrize(("name", "taken"), [("generic", True), ("brevo", False), ("hubspot", False)])
def test_who_has_a_phone_alone_is_for_those_that_know_people_by_it(name, taken):
    receiver = receivers()[name]
    assert receiver.usable(BARE) is taken
    assert receiver.usable(ZOE)
    assert not receiver.usable(Contact("c4"))


def test_keys_go_where_the_makers_want_them():
    assert receivers()["brevo"].header("k3y") == ("api-key", "k3y")
    assert receivers()["hubspot"].header("k3y") == ("Authorization", "Bearer k3y")
    assert receivers()["generic"].key is None


def test_a_hubspot_request_has_a_hundred_contacts_and_the_largest_brevo_one_stays_under_its_limit():
    assert {name: receivers()[name].most for name in RECEIVERS} == {
        "generic": 1000,
        "brevo": 1000,
        "hubspot": 100,
    }
    longest = Contact("c" * 64, f"{'e' * 64}@{'d' * 180}.example", "+123456789012345", "ä" * 255, "ö" * 255)
    body = receivers()["brevo"].written([longest] * 1000, SECOND, number=1)
    assert len(body.encode()) < 8_000_000


def test_the_mark_of_an_audience_outlives_its_name():
    assert marking(3) == "audience-3"
