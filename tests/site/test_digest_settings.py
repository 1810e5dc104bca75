"""Settings of digests: who takes mail, which hosts webhooks may go to, and what is refused."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.settings import Settings

read = Settings.from_environment


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SMTP_PORT", "0", "whole number from 1 to 65535"),
        ("SMTP_TLS", "ssl", "give starttls or tls or none"),
        ("SMTP_FROM", "desk", "such as desk@example.org"),
        ("SMTP_FROM", "Desk <desk@example.org>", "such as desk@example.org"),
        ("SMTP_FROM", "desk@exämple.org", "such as desk@example.org"),
        ("SMTP_USER", "dësk", "has a letter such as ä or é"),
        ("SMTP_PASSWORD", "hiddén", "has a letter such as ä or é"),
        ("DIGEST_HOSTS", "https://hooks.slack.com", "such as hooks.slack.com, without https://"),
        ("DIGEST_HOSTS", "hooks.slack.com, a b", "such as hooks.slack.com"),
        ("DIGEST_SECRET", "changeme", "too easy to guess"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_advice(name, value, advice):
    with pytest.raises(Refusal, match=advice) as refused:
        read({name: value})
    assert (refused.value.field, str(refused.value).startswith(name)) == (name, True)


def test_mail_needs_a_sender_and_a_password_goes_nowhere_in_the_clear():
    mail = {"SMTP_HOST": "mail.example.org", "SMTP_FROM": "desk@example.org"}
    settings = read(mail)
    assert (settings.smtp_port, settings.smtp_tls) == (587, "starttls")
    signed = {"SMTP_USER": "desk", "SMTP_PASSWORD": "hidden"}
    assert "hidden" not in repr(read({**mail, **signed}))
    for given, name in (
        ({"SMTP_HOST": "mail.example.org"}, "SMTP_FROM"),
        ({**mail, "SMTP_USER": "desk"}, "SMTP_PASSWORD"),
        ({**mail, "SMTP_PASSWORD": "hidden"}, "SMTP_USER"),
        ({**mail, **signed, "SMTP_TLS": "none"}, "SMTP_TLS"),
    ):
        with pytest.raises(Refusal) as refused:
            read(given)
        assert refused.value.field == name
        assert "hidden" not in str(refused.value)


def test_hosts_of_digests_are_names_in_small_letters_with_a_port_where_it_is_another():
    assert read({}).digest_hosts == ()
    given = "Hooks.Slack.com, chat.example.org:8065,[::1]:9000"
    assert read({"DIGEST_HOSTS": given}).digest_hosts == (
        "hooks.slack.com",
        "chat.example.org:8065",
        "[::1]:9000",
    )
