"""Who may not be sent leaves what is queued, up to the moment in which it is handed over."""

from __future__ import annotations

import json

import pytest

from services.campaigns.pushing import asking
from services.campaigns.pushing.composing import reached_now
from services.campaigns.pushing.sending import NO_RELEASE
from services.core.contacts.contact import Contact
from services.core.refusals import NotFound, Refusal
from services.site.customers.audiences import Audiences, Member
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.pushes.queue import Queue
from tests.campaigns.pushing.stage import in_requests_of, mails
from tests.releases.tiny import make_tiny_release
from tests.site.customers.test_audiences import DRAFT


def test_who_opts_out_is_erased_or_takes_consent_back_after_it_was_asked_for_is_not_sent(stage, told):
    stage.ask()
    stage.opt_out(8)
    stage.forget(9)
    no = Contact("c0010", email="10@example.org", email_consent=False)
    Contacts(stage.state).keep([no], who="ana", subject="d.csv")
    assert stage.send() == ["done"]
    assert mails(told) == ["11", "12"]
    assert b"c0009" not in told.got[0][1]
    assert stage.counts() == (2, 0, 0, 2)  # who was erased is counted nowhere


def test_who_is_erased_while_somebody_asks_is_not_queued(stage, monkeypatch):
    def slower(*given):
        found = reached_now(*given)
        stage.forget(9)
        return found

    monkeypatch.setattr(asking, "reached_now", slower)
    with pytest.raises(Refusal, match="at this very moment, so nothing was sent"):
        stage.ask()
    assert Queue(stage.state).listed() == []


def test_who_opts_out_while_requests_are_under_way_is_not_in_a_later_one(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 2)
    stage.ask()

    def once():
        told.then = lambda: None
        stage.opt_out(10)
        stage.forget(12)

    told.then = once
    assert stage.send() == ["done"]
    assert [mails(told, place) for place in range(len(told.got))] == [["8", "9"], ["11"]]
    assert stage.counts() == (3, 0, 0, 1)


def test_who_opts_out_between_writing_and_handing_over_is_not_sent(stage, told, monkeypatch):
    stage.ask()
    sender = stage.sender()
    written = sender._written

    def late(push, contacts):
        monkeypatch.setattr(sender, "_written", written)
        stage.opt_out(8)
        return written(push, contacts)

    monkeypatch.setattr(sender, "_written", late)
    assert [push.state.value for push in sender.send()] == ["done"]
    assert [mails(told, place) for place in range(len(told.got))] == [["9", "10", "11", "12"]]


def test_an_address_of_somebody_held_out_or_opted_out_is_nobody_elses(stage, told):
    stage.keep(7)
    shared = [
        Contact("c0008", email="7@example.org", email_consent=True),
        Contact("c0009", email="12@example.org", email_consent=True),
    ]
    Contacts(stage.state).keep(shared, who="ana", subject="d.csv")
    stage.ask()
    stage.opt_out(12)
    stage.send()
    assert mails(told) == ["10", "11"]


def test_who_opts_out_after_a_lost_answer_is_not_in_the_next_try(stage, told):
    stage.ask()
    told.first = [0]
    stage.send()
    stage.opt_out(8)
    stage.clock.now += 30
    assert stage.send() == ["done"]
    assert mails(told) == ["9", "10", "11", "12"]
    assert stage.counts() == (4, 0, 1, 0)


def test_without_a_release_nothing_is_sent_for_who_opted_out_is_not_known(stage, told, tmp_path):
    stage.ask()
    stage.releases = type(stage.releases)(tmp_path / "none")
    assert stage.send() == ["waiting"]
    assert (stage.push().reason, told.got) == (NO_RELEASE.text, [])


def test_who_the_release_of_the_moment_does_not_have_is_not_sent(stage, told, tmp_path):
    stage.ask()
    make_tiny_release(tmp_path / "newer", 9)  # the last of them is c0009
    stage.releases = type(stage.releases)(tmp_path / "newer")
    assert stage.send() == ["done"]
    assert mails(told) == ["8", "9"]
    assert stage.counts() == (2, 0, 0, 3)


def test_nobody_is_asked_for_who_could_not_be_sent(stage):
    number = Audiences(stage.state).add(DRAFT, [Member("c0020", False), Member("c0007", True)])
    stage.audience = number
    with pytest.raises(Refusal, match=r"Nobody in this audience .*\(1 held out, 1 not in the contacts\)"):
        stage.ask()
    stage.audience = 99
    with pytest.raises(NotFound):
        stage.ask()
    stage.set(push_layout=None)
    with pytest.raises(Refusal, match="PUSH_LAYOUT"):
        stage.ask()
    assert Queue(stage.state).listed() == []


def test_who_has_a_phone_alone_goes_to_ones_own_webhook_and_not_to_brevo(stage, told):
    phone = Contact("c0008", phone="+447946000008", phone_consent=True)
    Contacts(stage.state).keep([phone], who="ana", subject="d.csv", replace=True)
    stage.ask()
    stage.send()
    assert json.loads(told.got[0][1])["contacts"] == [{"customer_id": "c0008", "phone": "+447946000008"}]
    stage.set(push_layout="brevo", push_key="k", push_list=1)
    with pytest.raises(Refusal, match="1 without an address that the tool takes"):
        stage.ask()


def test_who_opts_out_or_is_erased_while_the_audience_or_its_queue_is_written_is_not_sent(
    told, stage, monkeypatch
):
    """Both are asked for at the moment at which all are written and nothing shows."""
    among = Forgotten.among

    def meanwhile(number):
        def erase(own, ids):
            monkeypatch.setattr(Forgotten, "among", among)
            stage.opt_out(number)
            stage.forget(number + 1)
            return among(own, ids)

        monkeypatch.setattr(Forgotten, "among", erase)

    members = [Member(f"c{number:04}", number == 7) for number in range(7, 13)]
    meanwhile(8)
    stage.audience = Audiences(stage.state).add(DRAFT, members)
    meanwhile(10)
    stage.ask()
    assert stage.send() == ["done"]
    assert mails(told) == ["12"]
    assert stage.counts() == (1, 0, 0, 1)
