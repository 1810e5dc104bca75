"""``/export/contacts.csv``: who of an audience is in a tool's file, and what is said of all others."""

from __future__ import annotations

import pytest
from flask import Flask, g

from callbacks.audiences.tools import files_for_tools, reachable_in
from services.campaigns.tool_files import left_out, reached
from services.core.contacts.contact import Contact
from services.desk import load_services
from services.site.customers.audiences import Audiences, Member
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.settings import Settings
from services.web.exports import contacts as contact_exports
from tests.callbacks.segments.test_segments import text_of
from tests.releases.tiny import make_tiny_release
from tests.site.customers.test_audiences import DRAFT


@pytest.fixture
def services(tmp_path):
    make_tiny_release(tmp_path / "models", 30)
    return load_services(Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "state"))


def mail(number, **more):
    return Contact(f"c{number:04}", email=f"{number}@example.org", email_consent=True, **more)


@pytest.fixture
def audience(services):
    """Ten customers and nobody: one held out, one opted out, one unknown, one who did not say yes."""
    members = [Member(f"c{number:04}", number == 7) for number in range(7, 17)] + [Member("nobody", False)]
    given = [mail(number, phone=f"+44794600{number:04}") for number in (7, 8, 10, 11, 12, 13)]
    given += [
        Contact("c0014", email="14@example.org"),
        Contact("c0015", email="7@example.org", email_consent=True),
    ]
    given += [Contact("c0016", phone="+447946000016", phone_consent=True)]
    Contacts(services.state).keep(given, who="ana", subject="c.csv")
    OptOuts(services.state).add(["c0008"], "ana", "c0008")
    return Audiences(services.state).add(DRAFT, members)


@pytest.fixture
def client(services):
    server = Flask("test")
    contact_exports.install(server, services)
    taken = []
    server.after_request(lambda answer: taken.append(g.get("taken")) or answer)
    client = server.test_client()
    client.taken = taken
    return client


def card(services, audience):
    release = services.releases.current()
    return files_for_tools(release, audience, reachable_in(services, release, audience.id))


def mails(client, audience, tool="klaviyo"):
    answer = client.get(f"/export/contacts.csv?audience={audience}&tool={tool}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [line.split(",")[0] for line in answer.get_data(as_text=True).splitlines()[1:]]


def test_only_who_agreed_and_is_treated_is_in_the_file_and_the_log_says_who_is_not(client, audience):
    assert mails(client, audience) == [
        "10@example.org",
        "11@example.org",
        "12@example.org",
        "13@example.org",
        "",
    ]
    _release, rows, asked = client.taken[-1]
    assert rows == 5
    for said in (
        "1+held+out",
        "1+opted+out",
        "1+not+in+the+release",
        "1+not+in+the+contacts",
        "1+without+consent",
    ):
        assert said in asked
    assert "1+sharing+an+address" in asked
    assert mails(client, audience, "mailchimp") == [
        "10@example.org",
        "11@example.org",
        "12@example.org",
        "13@example.org",
    ]
    assert "1+without+an+address+that+the+tool+takes" in client.taken[-1][2]


def test_everybody_of_the_audience_is_in_the_file_or_counted(services, audience):
    release, members = services.releases.current(), Audiences(services.state).members(audience)
    found = reached(release, members, OptOuts(services.state), Contacts(services.state))
    assert len(found.contacts) + sum(left_out(found).values()) == len(members)
    assert all(each.phone is None for each in found.contacts if each.email)  # nobody agreed to the phone


def test_who_opts_out_or_is_erased_leaves_the_next_file(services, client, audience):
    OptOuts(services.state).add(["c0010"], "ana", "c0010")
    forgotten = Forgotten(services.state)
    forgotten.erase("c0011", forgotten.add("c0011"), "ana", "done")
    assert mails(client, audience) == ["12@example.org", "13@example.org", ""]


def test_an_address_of_somebody_who_opted_out_is_nobody_elses(services, client, audience):
    Contacts(services.state).keep([Contact("c0012", email="8@example.org")], who="ana", subject="d.csv")
    assert "8@example.org" not in mails(client, audience)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("audience=1&tool=fax", 400),
        ("audience=x&tool=meta", 400),
        ("audience=99&tool=meta", 404),
        ("tool=meta", 400),
        ("audience=1&tool=meta&column=segment", 400),
    ],
)
def test_what_there_is_no_file_of_is_refused(client, audience, query, status):
    assert client.get(f"/export/contacts.csv?{query}").status_code == status


def test_the_page_says_how_many_and_why_not(services, audience):
    store = Audiences(services.state)
    shown = text_of(card(services, store.one(audience)))
    assert "5 customers of the audience can be reached." in shown
    assert "1 held out" in shown
    assert "Google Customer Match" in shown


def test_without_contacts_the_page_leads_to_bringing_some(services):
    store = Audiences(services.state)
    number = store.add(DRAFT, [Member("c0007", False)])
    shown = text_of(card(services, store.one(number)))
    assert "There are no contacts yet" in shown
