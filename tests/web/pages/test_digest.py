"""One's own digests as a page: asked for by a press, shown, ended by whose they are."""

from __future__ import annotations

import re
from datetime import date

import pytest

from services.site.digests.sendings import Sendings
from services.site.digests.subscriptions import Subscriptions
from services.site.people.roles import Role
from services.site.settings import Settings
from tests.languages.small import german
from tests.releases.tiny import make_tiny_release
from tests.web.joined import entered, joined
from tests.web.people import HTML, guarded

MAIL = {"smtp_host": "127.0.0.1", "smtp_from": "desk@example.org", "digest_hosts": ("hooks.slack.com",)}
ASKED = {
    "change": "add",
    "channel": "mail",
    "address": "Ana@Example.org",
    "days": "weekly-1",
    "hour": "8",
    "zone": "Europe/London",
}


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"), **MAIL)


@pytest.fixture
def name(site):
    return joined(site, Role.VIEWER)


@pytest.fixture
def client(site, name):
    return entered(site, name)[0]


def ask(client, **changed):
    return client.post("/digest", data=ASKED | changed)


def own(site, name):
    return Subscriptions(site.state).listed(name)


def test_a_digest_is_asked_for_shown_and_ended(site, name, client):
    answer = ask(client)
    assert "You get a digest every Monday at 08:00 (Europe/London). The first one comes on " in answer.text
    (made,) = own(site, name)
    assert (made.address, made.link) == ("ana@example.org", "http://localhost")
    assert "Mail: ana@example.org" in answer.text
    assert "none yet" in answer.text
    entry = site.audit.listed(what="digest")[0]
    assert (entry.who, entry.subject) == (name, "mail ana@example.org")
    ended = client.post("/digest", data={"change": "remove", "id": made.id})
    assert "The digest has ended." in ended.text
    assert own(site, name) == []


@pytest.mark.parametrize("chosen", ["de", "en", None])
def test_a_digest_is_asked_for_in_the_language_in_which_the_page_is_read(
    site, name, client, tmp_path, chosen
):
    with german(
        tmp_path, {"Get a digest": "Eine Übersicht bekommen", "every Monday at {hour} ({zone})": "montags"}
    ):
        if chosen:
            client.set_cookie("language", chosen)
        assert ("Eine Übersicht bekommen" in client.get("/digest").text) == (chosen == "de")
        shown = ask(client).text
    (made,) = own(site, name)
    assert made.language == (chosen or "en")
    assert ("<td>montags</td><td>Deutsch</td>" in shown) == (chosen == "de")
    assert ("<td>English</td>" in shown) == (chosen != "de")
    assert "<td>English</td>" not in client.get("/digest").text  # there is no other one any more


def test_why_a_digest_did_not_arrive_is_said_in_the_language_of_the_page(site, name, client, tmp_path):
    ask(client)
    (made,) = own(site, name)
    kept = Sendings(site.state)
    taken = kept.claim(made.id, date(2099, 12, 7), None, "", None)
    kept.refused(taken, made, "the mail server answered 451")
    said = "That of 2099-12-07 was not accepted yet and is tried again"
    assert f"{said}: the mail server answered 451" in client.get("/digest").text
    with german(tmp_path, {"the mail server answered {n}": "Antwort {n} des Mailservers"}):
        client.set_cookie("language", "de")
        assert f"{said}: Antwort 451 des Mailservers" in client.get("/digest").text


def test_the_menu_leads_there(client):
    assert '"Your digests"' in client.get("/_dash-layout").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "ana"}, "“ana” is not an e-mail address that every server accepts"),
        ({"channel": "slack", "address": "https://evil.example/<b>"}, "sends no digest to evil.example"),
        ({"days": "weekly-9"}, "Give a day of the week, 1 for Monday to 7."),
        ({"days": "x"}, "A digest comes weekly or monthly."),
        ({"hour": "99"}, "Give an hour from 0 to 23."),
        ({"hour": ""}, "Give an hour from 0 to 23."),
        ({"zone": "Mars/Base"}, "“Mars/Base” is not a time zone"),
        ({"channel": ""}, "A digest goes by mail, webhook or slack."),
    ],
)
def test_what_cannot_be_sent_is_refused_and_the_form_keeps_what_was_typed(site, name, client, changed, said):
    answer = ask(client, **changed)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert own(site, name) == []
    if "address" in changed:
        assert re.search(r'name="address"[^>]*value="(ana|https://evil\.example/&lt;b&gt;)"', answer.text)


def test_a_form_without_a_change_and_a_foreign_one_are_refused(site, name, client):
    assert client.post("/digest", data={"change": "conjure"}).status_code == 400
    foreign = {"Origin": "https://evil.example"}
    assert client.post("/digest", data=ASKED, headers=foreign).status_code == 403
    assert client.post("/digest", data=ASKED | {"address": "x" * 20_000}).status_code == 413
    assert own(site, name) == []


def test_nobody_sees_or_ends_that_of_another(site, name, client):
    ask(client, channel="slack", address="https://hooks.slack.com/services/secret")
    (made,) = own(site, name)
    other = entered(site, joined(site, Role.ADMIN))[0]
    assert "hooks.slack.com" not in other.get("/digest").text
    answer = other.post("/digest", data={"change": "remove", "id": made.id})
    assert (answer.status_code, f"There is no digest {made.id}" in answer.text) == (404, True)
    assert own(site, name) == [made]
    shown = client.get("/digest").text
    assert "Slack: https://hooks.slack.com/…" in shown
    assert "secret" not in shown


def test_without_a_session_the_page_leads_to_the_sign_in(site):
    assert site.visitor().get("/digest", headers=HTML).location == "/sign-in?next=/digest"
    assert site.visitor().post("/digest", data=ASKED).status_code == 401


def test_a_site_that_sends_nothing_says_who_can_change_that(models, tmp_path):
    bare = guarded(models, tmp_path)
    text = bare.signed_in(Role.VIEWER).get("/digest").text
    assert "This site sends no digests yet. Ask the person who runs it to set SMTP_HOST" in text
    assert "<form" not in text
    assert Settings().digest_hosts == ()
