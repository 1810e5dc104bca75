"""Digests go out as people asked: once, to whom they should, and whatever happens meanwhile."""

from __future__ import annotations

import json
from email.utils import getaddresses

import pytest

from callbacks.digests import written
from callbacks.digests.sending import Sender
from services.site.digests.due import standings
from services.site.digests.sendings import LEASE_SECONDS, Sendings
from services.site.people.audit import Audit
from services.watching.mail import Mail
from services.watching.webhook import SIGNATURE, Unsent, signature
from tests.site.digests.asking import DUE
from tests.watching.mailbox import mail_server
from tests.watching.receiver import receiver

SECRET = "0123456789abcdef" * 4
WEEK = 7 * 24 * 3_600


@pytest.fixture
def server(stage):
    with mail_server() as running:
        stage.set(smtp_port=running.port)
        yield running


@pytest.fixture
def told(stage):
    with receiver() as running:
        stage.set(digest_hosts=(f"127.0.0.1:{running.server_port}",), digest_secret=SECRET)
        yield running


def test_a_mail_goes_out_when_it_is_due_and_not_before_or_again(stage, server):
    stage.ask()
    assert stage.sent(DUE - 1) == []
    assert stage.sent() == [("sent", None)]
    assert stage.sent() == []
    ((to, mail),) = server.mails
    assert (to, getaddresses([mail["To"]])[0][1]) == ("ana@example.org", "ana@example.org")
    assert mail["Subject"] == "Your weekly digest: data to 30 November 2011"
    assert mail["Content-Language"] == "en-GB"
    assert mail["List-Unsubscribe"] == "<https://desk.example.com/digest>"
    plain, html = (part.get_content() for part in mail.iter_parts())
    for part in (plain, html):
        assert "£280 from 2 customers at risk." in part
        assert f"https://desk.example.com/data?release={stage.release}" in part


def test_each_of_several_gets_their_own_with_links_to_the_site_as_they_know_it(stage, server):
    stage.ask()
    stage.ask(name="ben", address="ben@example.org", link="https://other.example.com")
    assert stage.sent() == [("sent", None)] * 2
    found = {to: mail.get_body(("plain",)).get_content() for to, mail in server.mails}
    assert "https://other.example.com/digest" in found["ben@example.org"]
    assert "other.example.com" not in found["ana@example.org"]


def test_two_workers_that_look_at_the_same_moment_send_one(stage, server, monkeypatch):
    stage.ask()
    stage.clock.now = DUE
    one, other = stage.sender(), stage.sender()
    claim = Sendings.claim

    def late(self, *given):
        monkeypatch.setattr(Sendings, "claim", claim)
        assert [done.state.value for done in other.send()] == ["sent"]  # it is faster
        return claim(self, *given)

    monkeypatch.setattr(Sendings, "claim", late)
    assert list(one.send()) == []
    assert len(server.mails) == 1


def test_a_worker_that_is_killed_while_it_sends_leaves_one_mail_at_most(stage, server, monkeypatch, caplog):
    stage.ask()
    stage.clock.now = DUE
    send = Mail.send

    def killed(self, mail):
        send(self, mail)
        raise SystemExit

    monkeypatch.setattr(Mail, "send", killed)
    with pytest.raises(SystemExit):
        list(stage.sender().send())
    monkeypatch.undo()
    assert stage.sent(DUE + 60) == stage.sent(DUE + LEASE_SECONDS + 1) == []
    assert "not known whether a digest arrived" in caplog.messages
    (standing,) = standings(stage.settings, stage.state)
    assert (standing.latest.state.value, standing.latest.reason) == (
        "unknown",
        "The worker that sent it ended before it could say so.",
    )
    assert len(server.mails) == 1
    assert stage.sent(DUE + WEEK) == [("sent", None)]


def test_what_the_mail_server_does_not_take_is_tried_again_and_what_it_may_have_taken_is_not(stage, server):
    stage.ask()
    server.answers["RCPT"] = "451 later"
    assert stage.sent() == [("waiting", "the mail server answered 451")]
    assert stage.sent(DUE + 59) == []
    server.answers = {"END": ""}
    broke = "the connection to the mail server broke while it took the mail"
    assert stage.sent(DUE + 60) == [("unknown", broke)]
    assert stage.sent(DUE + 3_600) == []
    assert len(server.mails) == 1
    results = [each.result for each in Audit(stage.state).listed(what="digest")]
    assert results == ["unknown", "subscribed ana"]


def test_a_webhook_gets_json_that_is_signed(stage, told):
    stage.ask(channel="webhook", address=told.url)
    assert stage.sent() == [("sent", None)]
    ((path, body, signed),) = told.got
    assert path == "/alerts?key=secret"
    assert signed == signature(SECRET, int(DUE), body)
    said = json.loads(body)
    assert set(said) == {
        "kind", "language", "subject", "release", "data_to", "opening", "sections", "closing", "page",
    }  # fmt: skip
    assert (said["kind"], said["release"], said["data_to"]) == ("digest", stage.release, "2011-11-30")
    assert said["language"] == "en-GB"
    assert said["page"] == "https://desk.example.com/digest"
    headings = [each["heading"] for each in said["sections"]]
    assert headings == ["What changed", "At risk and overdue", "Expected loss", "Campaigns", "Data"]
    urls = [link["url"] for each in said["sections"] for link in each["links"]]
    assert all(url.startswith("https://desk.example.com/") for url in urls)
    assert all(url.endswith(f"release={stage.release}") for url in urls)


def test_slack_gets_its_own_format_and_no_signature(stage, told):
    stage.ask(channel="slack", address=told.url)
    assert stage.sent() == [("sent", None)]
    ((_, body, signed),) = told.got
    assert signed is None
    said = json.loads(body)
    assert said["text"] == said["blocks"][0]["text"]["text"] == "Your weekly digest: data to 30 November 2011"
    assert {each["type"] for each in said["blocks"]} == {"header", "section", "context"}
    links = said["blocks"][2]["text"]["text"]
    assert links == f"<https://desk.example.com/?release={stage.release}|See all segments>"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, "waiting"),
        (429, "waiting"),
        (302, "waiting"),
        (503, "waiting"),
        (500, "unknown"),
        (502, "unknown"),
    ],
)
def test_a_webhook_that_says_no_is_tried_again_and_one_that_broke_is_not(stage, told, status, state):
    stage.ask(channel="webhook", address=told.url)
    told.status = status
    assert stage.sent() == [(state, f"status {status}")]
    assert [path for path, *_ in told.got] == ["/alerts?key=secret"]


def test_a_host_that_the_settings_no_longer_name_gets_nothing(stage, told):
    stage.ask(channel="webhook", address=told.url)
    stage.set(digest_hosts=("hooks.slack.com",))
    assert stage.sent() == []
    assert told.got == []


def test_without_a_release_a_digest_says_so(stage, server, tmp_path):
    stage.ask()
    stage.set(models_dir=tmp_path / "none")
    assert stage.sent() == [("sent", None)]
    ((_, mail),) = server.mails
    assert mail["Subject"] == "Your weekly digest: no release yet"
    plain = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert plain == (
        "DATA\n- Release: There is no release yet. Train one from a file of transactions.\n\n"
        "This digest comes every Monday at 08:00 (Europe/London).\n"
        "To end it, or to ask for another, open https://desk.example.com/digest\n"
    )


def test_a_digest_that_cannot_be_written_is_not_taken_and_comes_later(stage, server, monkeypatch):
    stage.ask()
    stage.clock.now = DUE
    monkeypatch.setattr("callbacks.digests.written.html", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(stage.sender().send())
    monkeypatch.undo()
    assert stage.sent() == [("sent", None)]


def test_one_that_breaks_off_holds_up_no_other(stage, server, monkeypatch, caplog):
    stage.ask(link="https://broken.example.com")
    stage.ask(name="ben", address="ben@example.org")
    page = written.html

    def broken(told, site):
        return page(told, site) if "broken" not in site else 1 / 0

    monkeypatch.setattr(written, "html", broken)
    stage.clock.now = DUE
    done = []
    with pytest.raises(ZeroDivisionError):
        done.extend(each.state.value for each in stage.sender().send())
    assert done == ["sent"]
    assert [to for to, _ in server.mails] == ["ben@example.org"]
    assert "a digest broke off" in caplog.messages


def test_an_unsent_digest_says_nothing_of_the_address(stage, told, caplog):
    stage.ask(channel="webhook", address=told.url)
    told.status = 404
    stage.sent()
    (standing,) = standings(stage.settings, stage.state)
    assert "key=secret" not in f"{standing.latest.reason} {standing.subscription.receiver} {caplog.text}"
    assert Unsent("status 404").why == standing.latest.reason
    assert SIGNATURE not in caplog.text


def test_only_the_digest_that_is_asked_for_is_sent(stage, server):
    first, second = stage.ask(), stage.ask(address="more@example.org")
    stage.clock.now = DUE
    sender = Sender(stage.settings, stage.state, stage.clock)
    assert [done.due.standing.subscription.id for done in sender.send(second.id)] == [second.id]
    assert [to for to, _ in server.mails] == ["more@example.org"]
    assert [done.due.standing.subscription.id for done in stage.sender().send()] == [first.id]
