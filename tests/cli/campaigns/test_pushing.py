"""The commands about sending audiences: what would go, what is queued, what became of it, what is refused."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.state import operator
from services.core.contacts.contact import Contact
from services.site.customers.audiences import Audiences, Member
from services.site.customers.contacts import Contacts
from services.site.people.audit import Audit
from services.site.pushes.queue import Queue
from services.site.pushes.sending import Sending
from services.site.state import State
from tests.releases.tiny import make_tiny_release
from tests.site.customers.test_audiences import DRAFT

MEMBERS = ("c0007", "c0008", "c0009")
LISTED = [
    "audience", "who", "id", "receiver", "asked_at", "state", "queued", "accepted", "refused", "unsure",
    "left_out", "ended_at", "reason",
]  # fmt: skip


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Run a command of a site with a release, an audience of three and contacts, which may send to Brevo."""
    make_tiny_release(tmp_path / "models", 30)
    settings = {"STATE_DIR": tmp_path / "state", "MODELS_DIR": tmp_path / "models"}
    settings |= {"PUSH_LAYOUT": "brevo", "PUSH_KEY": "k-1", "PUSH_LIST": "12"}
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))

    def run(*words, **environment):
        return CliRunner().invoke(main, ["audience", *map(str, words)], env=environment)

    return run


@pytest.fixture
def state(command, tmp_path):
    opened = State(tmp_path / "state")
    given = [Contact(each, email=f"{each}@example.org", email_consent=True) for each in MEMBERS[:2]]
    Contacts(opened).keep(given, who="ana", subject="c.csv")
    yield opened
    opened.close()


@pytest.fixture
def audience(state):
    return Audiences(state).add(DRAFT, [Member(each, each == MEMBERS[0]) for each in MEMBERS])


def test_what_would_be_sent_is_said_and_nothing_is(command, state, audience):
    ran = command("push", audience, "--dry-run", "--json")
    assert json.loads(ran.output) == {
        "audience": audience,
        "receiver": "Brevo",
        "contacts": 1,
        "left_out": {"held out": 1, "not in the contacts": 1},
        "push": None,
    }
    assert Queue(state).listed() == []
    assert command("push", audience, "--dry-run").output.splitlines() == [
        f"Audience {audience}: would send 1 contact to Brevo.",
        "  Left out: 1 held out",
        "  Left out: 1 not in the contacts",
    ]


def test_an_audience_is_queued_logged_and_listed(command, state, audience):
    made = json.loads(command("push", audience, "--json").output)
    assert (made["contacts"], made["push"]) == (1, 1)
    (logged,) = Audit(state).listed(what="push")
    assert (logged.who, logged.rows, logged.result) == (operator(), 1, "asked for")
    assert logged.subject == f"audience {audience} to Brevo, without 1 held out, 1 not in the contacts"
    (listed,) = json.loads(command("pushes", "--json").output)
    assert list(listed) == LISTED
    assert (listed["state"], listed["queued"], listed["who"]) == ("waiting", 1, operator())
    again = command("push", audience)
    assert (again.exit_code, "being sent to Brevo already" in again.output) == (2, True)
    sending = Sending(state)
    push = sending.claim()
    sending.begin(push, 1, sending.stamp())
    sending.later(push, 1, "the connection broke", perhaps=True)
    told = command("pushes", audience).output
    assert "0 of 1 accepted: the connection broke" in told
    assert "tried again on" in told


def test_of_none_it_is_said_so(command, state, audience):
    assert command("pushes").output == "No audience was sent.\n"


@pytest.mark.parametrize(
    ("words", "environment", "code", "said"),
    [
        (("push", 99), {}, 1, "There is no audience 99"),
        (("pushes", 99), {}, 1, "There is no audience 99"),
        (("push", "first"), {}, 2, "whole number"),
        (("push", 1), {"PUSH_LAYOUT": "", "PUSH_KEY": "", "PUSH_LIST": ""}, 2, "with PUSH_LAYOUT"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_a_sentence(
    command, state, audience, words, environment, code, said
):
    ran = command(*words, **environment)
    assert ran.exit_code == code
    assert said in ran.output


def test_an_audience_of_whom_nobody_agreed_is_refused_with_the_reasons(command, state):
    number = Audiences(state).add(DRAFT, [Member(MEMBERS[2], False)])
    ran = command("push", number)
    assert ran.exit_code == 2
    assert "Nobody in this audience can be sent to Brevo (1 not in the contacts)." in ran.output
