"""A digest is in the language of whoever gets it: its subject, sentences, numbers and dates."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from callbacks.digests.telling import Teller
from layouts import words
from services.core.language.messages import ENGLISH, language
from services.serving.release.active import Releases
from tests.languages.small import german
from tests.site.digests.asking import DUE, MONDAY
from tests.watching.mailbox import mail_server

GERMAN = {
    "Your weekly digest: data to {day}": "Ihre Wochenübersicht: Daten bis {day}",
    "What changed": "Was sich geändert hat",
    ("{money} from {n} customer at risk.", "{money} from {n} customers at risk."): (
        "{money} von {n} Kunde gefährdet.",
        "{money} von {n} Kunden gefährdet.",
    ),
    "See all segments": "Alle Segmente ansehen",
    "This digest comes {when}.": "Diese Übersicht kommt {when}.",
    "every Monday at {hour} ({zone})": "jeden Montag um {hour} ({zone})",
    "To end it, or to ask for another, open {address}": "Unter {address} können Sie sie beenden.",
}
SUBJECTS = {
    "en": "Your weekly digest: data to 30 November 2011",
    "de": "Ihre Wochenübersicht: Daten bis 30 November 2011",
}


@pytest.fixture(scope="module", autouse=True)
def _german(tmp_path_factory):
    with german(tmp_path_factory.mktemp("po"), GERMAN):
        yield


@pytest.fixture
def server(stage):
    with mail_server() as running:
        stage.set(smtp_port=running.port)
        yield running


@pytest.fixture
def teller(stage):
    stage.clock.now = DUE
    return Teller(stage.settings, stage.state, stage.clock)


def test_two_people_with_two_languages_get_two_different_mails(stage, server):
    stage.ask(language="de")
    stage.ask(name="ben", address="ben@example.org", language="en")
    stage.ask(name="cem", address="cem@example.org")
    assert stage.sent() == [("sent", None)] * 3
    mails = {to.partition("@")[0]: mail for to, mail in server.mails}
    parts = {
        who: [part.get_content() for part in mail.iter_parts() if part.get_content_maintype() == "text"]
        for who, mail in mails.items()
    }
    assert (mails["ana"]["Subject"], mails["ana"]["Content-Language"]) == (SUBJECTS["de"], "de")
    for part in parts["ana"]:
        assert "280\u00a0£ von 2 Kunden gefährdet." in part
        assert "Diese Übersicht kommt jeden Montag um 08:00 (Europe/London)." in part
        assert "Alle Segmente ansehen" in part
        assert "5.486" in part
    plain, page = parts["ana"]
    assert "WAS SICH GEÄNDERT HAT" in plain
    assert plain.rstrip().endswith("Unter https://desk.example.com/digest können Sie sie beenden.")
    assert '<html lang="de">' in page
    assert f"<title>{SUBJECTS['de']}</title>" in page
    assert "https://desk.example.com/digest</a> können Sie sie beenden." in page
    for who in ("ben", "cem"):
        assert (mails[who]["Subject"], mails[who]["Content-Language"]) == (SUBJECTS["en"], "en-GB")
        assert '<html lang="en-GB">' in parts[who][1]
        for part in parts[who]:
            assert "£280 from 2 customers at risk." in part
            assert "5,486" in part
            assert "This digest comes every Monday at 08:00 (Europe/London)." in part


def test_without_a_language_a_digest_is_in_that_of_the_site_and_english_writes_as_the_english(stage):
    stage.clock.now = DUE
    stage.set(locale="de_AT")
    teller = Teller(stage.settings, stage.state, stage.clock)
    for chosen, subject, tag in ((None, SUBJECTS["de"], "de"), ("en", SUBJECTS["en"], "en-GB")):
        told = teller.told(MONDAY, None, chosen)
        assert (told.subject, told.language) == (subject, tag)
    assert teller.told(MONDAY, None, "fr") == teller.told(MONDAY, None)


def test_nobody_else_hears_of_the_language(teller, monkeypatch):
    told = [teller.told(MONDAY, None, each) for each in ("de", None, "de", "en")]
    assert told[0] == told[2] != told[1] == told[3]
    assert (language(), words.manner()) == (ENGLISH, words.Manner())
    monkeypatch.setattr(Releases, "current", lambda _self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        teller.told(MONDAY, None, "de")
    assert (language(), words.manner()) == (ENGLISH, words.Manner())


def test_two_threads_that_tell_at_the_same_time_tell_each_in_its_language(stage, monkeypatch):
    stage.clock.now = DUE
    both, current = Barrier(2, timeout=30), Releases.current

    def at_the_same_time(self):
        both.wait()  # now both have chosen their language
        return current(self)

    monkeypatch.setattr(Releases, "current", at_the_same_time)

    def subject(chosen):
        return Teller(stage.settings, stage.state, stage.clock).told(MONDAY, None, chosen).subject

    with ThreadPoolExecutor(2) as threads:
        assert dict(zip(SUBJECTS, threads.map(subject, SUBJECTS), strict=True)) == SUBJECTS
