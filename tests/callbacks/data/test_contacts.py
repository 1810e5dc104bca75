"""The card "Contacts" of the tab Data: what was sent is kept by the command, and the upload goes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from callbacks.data import contacts as card
from services.core.contacts.contact import Contact
from services.core.refusals import Refusal
from services.site.customers.contacts import Contacts
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from services.site.uploads import Uploads
from services.web.access.asking import Asking
from tests.callbacks.segments.test_segments import text_of

ANA = Asking("ana", Role.ANALYST)
TOLD = {
    "file": "c.csv", "rows": 3, "kept": 2, "added": 2, "changed": 0, "unchanged": 0, "removed": 0,
    "opted_out": 1, "first": [{"line": 4, "rule": "no_id", "reason": "The row has no customer ID."}],
    "warnings": ["Take care."],
}  # fmt: skip


@pytest.fixture
def services(tmp_path):
    state = State(tmp_path)
    yield SimpleNamespace(settings=Settings(state_dir=tmp_path), state=state)
    state.close()


@pytest.fixture
def upload(services):
    return Uploads(services.settings.state_dir).receive("c.csv", iter([b"x"]), "ana")


def test_the_command_is_asked_as_chosen_and_its_answer_said(services, upload, monkeypatch):
    asked = []
    monkeypatch.setattr(card, "ask", lambda _folder, sent, words: asked.append((sent.id, words)) or TOLD)
    shown = card.keep(services, upload.id, ["replace", "nonsense"], ANA)
    assert asked == [(upload.id, ["contacts", "--json", "--by=ana", "--replace"])]
    said = text_of(shown["result"])
    for each in (
        "c.csv",
        "3 rows: 2 kept, 1 rejected.",
        "2 contacts are new, 0 changed, 0 stayed the same, 0 removed.",
        "Line 4: The row has no customer ID.",
        "Take care.",
    ):
        assert each in said
    assert not Uploads(services.settings.state_dir).path(upload).exists()


def test_a_refusal_is_said_and_the_file_goes_all_the_same(services, upload, monkeypatch):
    def refuse(*_asked):
        raise Refusal("The file has no e-mails.", "file")

    monkeypatch.setattr(card, "ask", refuse)
    assert "no e-mails" in text_of(card.keep(services, upload.id, [], ANA)["result"])
    assert not Uploads(services.settings.state_dir).path(upload).exists()


def test_nobody_keeps_what_somebody_else_sent(services, upload):
    shown = card.keep(services, upload.id, [], Asking("ben", Role.ANALYST))
    assert "ana" not in text_of(shown["result"])
    assert Uploads(services.settings.state_dir).path(upload).exists()


def test_the_card_says_how_many_there_are(services):
    assert card.finding(services) == "No contacts yet."
    Contacts(services.state).keep([Contact("1", "a@x.org", email_consent=True)], who="ana", subject="c")
    assert card.finding(services).startswith("1 contact, last changed on ")
    assert "1 agreed to e-mails, 0 to messages by phone." in card.finding(services)
