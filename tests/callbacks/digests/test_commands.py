"""The commands about digests: subscribed, listed, shown, sent, removed; what is refused is one sentence."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.state import operator
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.state import State
from tests.releases.tiny import make_tiny_release
from tests.watching.mailbox import mail_server

NAMES = [
    "id", "account", "channel", "address", "every", "day", "hour", "zone", "link", "language", "made_at",
    "next_at", "last", "hindrance",
]  # fmt: skip
SHOWN = ["id", "account", "channel", "address", "when", "hindrance", "subject", "text", "html", "body"]


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def command(tmp_path, server, monkeypatch):
    """Run a command of a site with a small release, the account ana, and a mail server."""
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": server.port, "SMTP_TLS": "none"}
    settings |= {"SMTP_FROM": "desk@example.org", "DIGEST_HOSTS": "hooks.slack.com"}
    settings |= {"STATE_DIR": tmp_path / "state", "MODELS_DIR": tmp_path / "models"}
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    (tmp_path / "models").mkdir()

    def run(*words, **environment):
        return CliRunner().invoke(main, ["digest", *map(str, words)], env=environment)

    return run


@pytest.fixture
def state(command, tmp_path):
    opened = State(tmp_path / "state")
    Accounts(opened).add("ana", Role.VIEWER, "four words and more")
    yield opened
    opened.close()


def test_a_digest_is_asked_for_listed_and_removed(command, state):
    made = json.loads(command("subscribe", " Ana", "ana@example.org", "--json").output)
    assert list(made) == NAMES
    assert {name: made[name] for name in NAMES[:10]} == {
        "id": made["id"],
        "account": "ana",
        "channel": "mail",
        "address": "ana@example.org",
        "every": "weekly",
        "day": 1,
        "hour": 8,
        "zone": "Europe/London",
        "link": "http://127.0.0.1:8050",
        "language": None,
    }
    assert (made["last"], made["hindrance"]) == (None, None)
    slack = ("--channel", "slack", "--every", "monthly", "--day", 31, "--hour", 17, "--zone", "Asia/Tokyo")
    link = ("--link", "https://desk.example.com/")
    told = command("subscribe", "ana", "https://hooks.slack.com/services/secret", *slack, *link).output
    when = "on the last day of each month at 17:00 (Asia/Tokyo)"
    assert told.startswith(f"   2  ana  slack https://hooks.slack.com/…  {when}  next ")
    assert json.loads(command("list", "--json").output)[0] == made
    assert len(command("list").output.splitlines()) == 2
    assert "secret" not in command("list", "--json").output
    assert command("remove", 1).output == "Digest 1 of ana is removed.\n"
    assert json.loads(command("remove", 2, "--json").output) == {
        "id": 2,
        "account": "ana",
        "change": "removed",
    }
    assert command("list").output == "Nobody gets a digest.\n"
    entries = Audit(state).listed(what="digest")
    assert [(each.who, each.result) for each in entries] == [
        (operator(), f"{what} ana") for what in ("removed", "removed", "subscribed", "subscribed")
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Say what to do: digest list shows who gets a digest"),
        (("--dry-run", "send"), 2, "Put --dry-run after send"),
        (("subscribe", "eve", "eve@example.org"), 1, "There is no account eve."),
        (("subscribe", "ana", "ana"), 2, "“ana” is not an e-mail address"),
        (
            ("subscribe", "ana", "ana@example.org", "--day", "9"),
            2,
            "Give a day of the week, 1 for Monday to 7",
        ),
        (("subscribe", "ana", "ana@example.org", "--zone", "London"), 2, "“London” is not a time zone"),
        (
            ("subscribe", "ana", "https://evil.example/x", "--channel", "slack"),
            2,
            "DIGEST_HOSTS does not name",
        ),
        (("remove", "7"), 1, "There is no digest 7; it may have been removed."),
        (("send", "--id", "7"), 1, "There is no digest 7. “digest list” shows them."),
    ],
)
def test_what_cannot_be_is_one_sentence(command, state, words, code, said):
    refused = command(*words)
    assert refused.exit_code == code
    assert said in refused.output
    assert refused.output.count("\n") == 1


def test_a_hosted_site_has_to_say_where_it_is(command, state):
    hosted = {"ALLOW_OPEN": "0", "SECRET_KEY": "0123456789abcdef" * 4}
    refused = command("subscribe", "ana", "ana@example.org", **hosted)
    assert (refused.exit_code, "with --link" in refused.output) == (2, True)


def test_where_nothing_is_due_nothing_is_sent_and_that_is_said(command, state, server):
    assert command("send").output == "No digest is due.\n"
    command("subscribe", "ana", "ana@example.org")
    assert json.loads(command("send", "--json").output) == []
    assert server.mails == []


@pytest.mark.slow
def test_a_dry_run_shows_what_would_be_said_and_sends_nothing(command, state, server, tmp_path):
    release = make_tiny_release(tmp_path / "models")
    told = command("--dry-run")
    assert told.exit_code == 0, told.output
    assert told.output.startswith(
        "Nobody gets a digest yet. This is what one would say now:\n"
        "Subject: Your weekly digest: data to 30 November 2011\n\nWHAT CHANGED\n"
    )
    assert f"http://127.0.0.1:8050/data?release={release}\n" in told.output
    command("subscribe", "ana", "ana@example.org")
    command("subscribe", "ana", "https://hooks.slack.com/services/secret", "--channel", "slack")
    shown = json.loads(command("send", "--dry-run", "--json").output)
    assert [list(each) for each in shown] == [SHOWN, SHOWN]
    mail, slack = shown
    assert mail["html"].startswith("<!DOCTYPE html>")
    assert (mail["body"], slack["html"]) == (None, None)
    assert json.loads(slack["body"])["text"] == slack["subject"]
    only = command("send", "--dry-run", "--id", 2).output
    assert only.startswith("Digest 2 of ana, slack https://hooks.slack.com/…, every Monday at 08:00")
    assert server.mails == []


@pytest.mark.slow
def test_what_is_due_is_sent_once_and_listed(command, state, server):
    command("subscribe", "ana", "ana@example.org")
    with state.writing() as connection:
        connection.exec_driver_sql("UPDATE digest_sendings SET period = '2000-01-01'")
    assert command("send").output == "Digest 1 of ana, mail ana@example.org: sent\n"
    assert command("send").output == "No digest is due.\n"
    assert [mail["Subject"] for _, mail in server.mails] == ["Your weekly digest: no release yet"]
    (listed,) = json.loads(command("list", "--json").output)
    assert (listed["last"]["state"], listed["last"]["tries"], listed["last"]["release"]) == ("sent", 1, None)
    assert command("list").output.rstrip().endswith(f"that of {listed['last']['period']} sent")
