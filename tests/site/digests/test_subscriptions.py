"""Who gets a digest: kept, refused with a sentence, logged without keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.digests.receivers import CHANNELS, offered, why_not
from services.site.digests.subscriptions import MOST, Subscriptions
from services.site.digests.when import Rhythm
from services.site.people.audit import Audit
from services.site.settings import Settings
from tests.site.digests.asking import LINK, MONDAY, asked, mailing

HOOK = "https://hooks.slack.com/services/T0/B0/secret"


def test_a_digest_is_kept_as_it_was_asked_for_and_the_log_says_who_did(state, clock):
    made = asked(state, clock, mailing(), address=" Ana@Example.org")
    (kept,) = Subscriptions(state).listed()
    assert kept == made
    assert (kept.account, kept.channel, kept.address, kept.rhythm, kept.link) == (
        "ana",
        "mail",
        "ana@example.org",
        MONDAY,
        LINK,
    )
    assert made.language is None
    entry = Audit(state).listed(what="digest")[0]
    assert (entry.who, entry.subject, entry.result) == ("ana", "mail ana@example.org", "subscribed ana")


def test_the_same_digest_in_another_language_is_no_other_one(state, clock):
    asked(state, clock, mailing(), language="de")
    with pytest.raises(Refusal, match="ana has this digest already"):
        asked(state, clock, mailing(), language="en")
    assert [each.language for each in Subscriptions(state).listed()] == ["de"]


def test_a_webhook_is_shown_and_logged_without_its_key(state, clock):
    made = asked(state, clock, mailing(), channel="slack", address=HOOK)
    Subscriptions(state).remove(made.id, "cli:root")
    assert (made.address, made.receiver) == (HOOK, "https://hooks.slack.com/…")
    entries = Audit(state).listed(what="digest")
    assert [(each.who, each.subject, each.result) for each in entries] == [
        ("cli:root", "slack https://hooks.slack.com/…", "removed ana"),
        ("ana", "slack https://hooks.slack.com/…", "subscribed ana"),
    ]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"address": "ana"}, "“ana” is not an e-mail address that every server accepts"),
        ({"address": "ana@example.org\nBcc: eve@example.org"}, "is not an e-mail address"),
        ({"address": "änne@example.org"}, "“änne@example.org” is not an e-mail address that every server"),
        ({"address": "ana@faß.example"}, "is not an e-mail address that every server accepts"),
        ({"address": "=?utf-8?q?eve?=@example.org"}, "is not an e-mail address that every server accepts"),
        ({"address": "ana=?utf-8?q?eve?=@example.org"}, "is not an e-mail address that every server accepts"),
        ({"channel": "pigeon"}, "A digest goes by mail, webhook or slack"),
        ({"channel": "slack", "address": "hooks.slack.com/x"}, "Give an address such as https://"),
        ({"channel": "slack", "address": f"{HOOK}/{'x' * 500}"}, "of 500 characters at most"),
        ({"channel": "slack", "address": "https://hooks.slack.com/ü"}, "in plain letters"),
        ({"channel": "webhook", "address": "http://hooks.slack.com/x"}, "Give an https address"),
        ({"channel": "webhook", "address": "https://169.254.169.254/x"}, "DIGEST_HOSTS does not name it"),
        (
            {"channel": "webhook", "address": "https://hooks.slack.com:8443/x"},
            "no digest to hooks.slack.com:84",
        ),
        ({"channel": "webhook", "address": "http://localhost/x"}, "no digest to localhost: DIGEST_HOSTS"),
        ({"channel": "webhook", "address": "https://me@hooks.slack.com/x"}, "Give an address such as"),
        ({"link": "javascript:alert(1)"}, "is not the address of this site"),
        ({"link": "https://desk.example.com/path"}, "is not the address of this site"),
    ],
)
def test_what_nothing_can_be_sent_to_is_refused(state, clock, how, said):
    with pytest.raises(Refusal) as refused:
        asked(state, clock, mailing(), **how)
    assert said in str(refused.value)
    assert Subscriptions(state).listed() == []


def test_nothing_is_offered_where_the_settings_name_nobody_that_it_may_go_to(state, clock):
    assert offered(Settings()) == ()
    assert offered(mailing(digest_hosts=())) == ("mail",)
    assert set(offered(mailing())) == set(CHANNELS)
    with pytest.raises(Refusal, match="This site sends no mail: SMTP_HOST is not set"):
        asked(state, clock, Settings())
    assert why_not("slack", HOOK, Settings()) == (
        "This site sends no digest to hooks.slack.com: DIGEST_HOSTS does not name it."
    )
    assert why_not("slack", HOOK, mailing()) is None
    assert why_not("webhook", "http://127.0.0.1:99/x", mailing(digest_hosts=("127.0.0.1:99",))) is None


def test_the_same_digest_twice_an_eleventh_and_one_of_nobody_are_refused(state, clock):
    asked(state, clock, mailing())
    with pytest.raises(Refusal, match="ana has this digest already"):
        asked(state, clock, mailing())
    for day in range(2, MOST + 1):
        asked(state, clock, mailing(), rhythm=Rhythm("monthly", day, 8, "Europe/London"))
    with pytest.raises(Refusal, match="ana has 10 digests already: remove one first"):
        asked(state, clock, mailing(), rhythm=replace(MONDAY, hour=9))
    with pytest.raises(NotFound, match="There is no account eve"):
        Subscriptions(state, clock).add("eve", "mail", "eve@example.org", MONDAY, LINK, mailing())
    with pytest.raises(NotFound, match="There is no account local"):
        Subscriptions(state, clock).add("local", "mail", "eve@example.org", MONDAY, LINK, mailing())


def test_where_nobody_signs_in_whoever_uses_the_site_may_have_one(state, clock):
    Subscriptions(state, clock).add("local", "mail", "me@example.org", MONDAY, LINK, mailing())
    assert [each.account for each in Subscriptions(state).listed()] == ["local"]


def test_nobody_removes_that_of_another(state, clock):
    made = asked(state, clock, mailing())
    asked(state, clock, mailing(), "ben", address="ben@example.org")
    with pytest.raises(NotFound, match=f"There is no digest {made.id}; it may have been removed"):
        Subscriptions(state).remove(made.id, "ben", "ben")
    Subscriptions(state).remove(made.id, "ana", "ana")
    with pytest.raises(NotFound):
        Subscriptions(state).remove(made.id, "ana", "ana")
    assert [each.account for each in Subscriptions(state).listed()] == ["ben"]
    assert [each.account for each in Subscriptions(state).listed("ana")] == []
