"""Which release a page shows, and when it hears of another."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from callbacks.shell.wiring import announce, opened, other_currency, too_old
from layouts.shell.frame import shell
from services.core.refusals import ReleaseUnusable
from services.site.settings import Settings

GONE = "20000101T000000Z-000000"


class Releases:
    """Two releases by name; the rest falls back to the active one, as the real ones do."""

    def __init__(self, active: str | None, problem: str | None = None) -> None:
        self.active, self.problem = active, problem

    def current(self):
        return self.at(self.active) if self.active else None

    def at(self, asked):
        if asked == "damaged":
            raise ReleaseUnusable("Release damaged: a file has changed.")
        name = asked if asked in ("old", "new") else self.active
        return SimpleNamespace(id=name, manifest=SimpleNamespace(made_at="2026-11-21T22:45:00+00:00"))


def services(active: str | None = "new"):
    return SimpleNamespace(releases=Releases(active))


def test_the_banner_is_empty_while_the_page_shows_the_active_release():
    assert announce(services(), "new") == []
    assert announce(services(None), None) == []


def test_the_banner_names_the_release_that_became_active():
    assert "The release made on 21 Nov 2026, 22:45 is now active." in str(announce(services(), "old"))


def test_a_page_shows_the_active_release_or_the_one_its_address_names():
    assert opened(services(), None)[0].id == "new"
    assert opened(services(), "old")[0].id == "old"
    assert opened(services(), "old")[1] is None


def test_d1_a_page_says_when_the_activated_release_cannot_be_served():
    stand_in = SimpleNamespace(
        releases=Releases("old", "Release new is damaged. Release old is used instead.")
    )
    assert opened(stand_in, None)[1] == "Release new is damaged. Release old is used instead."
    assert opened(services(), None)[1] is None


@pytest.mark.parametrize(("asked", "word"), [(GONE, "not kept here"), ("damaged", "has changed")])
def test_a_page_that_cannot_show_its_release_says_why(asked, word):
    release, note = opened(services(), asked)
    assert release.id == "new"
    assert word in note


@pytest.mark.parametrize(
    ("of_file", "site", "said"),
    [
        (None, "GBP", None),
        ("GBP", "GBP", None),
        ("EUR", "GBP", "EUR"),
        ("$", "USD", None),
        ("$", "CAD", None),
        ("$", "GBP", "$"),
        ("kr", "SEK", None),
        ("¥", "CNY", None),
        ("¥", "EUR", "¥"),
    ],
)
def test_a_currency_that_cannot_be_the_site_s_is_said(of_file, site, said):
    release = SimpleNamespace(manifest=SimpleNamespace(detected=SimpleNamespace(currency=of_file)))
    assert other_currency(release, site) == said
    assert other_currency(None, site) is None


def test_the_notice_says_which_currency_to_set():
    made = {"release": None, "status": "", "local": False}
    assert "Wrong currency" not in str(shell(**made))
    assert "in EUR, but the site shows them with £" in str(shell(**made, other_currency="EUR"))
    assert "set CURRENCY=EUR and" in str(shell(**made, other_currency="EUR"))
    assert "set CURRENCY to its code" in str(shell(**made, other_currency="$"))


NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
HOSTED = Settings(allow_open=False, secret_key="k")


def release(id_, data_to=datetime(2026, 11, 20, 12, 50)):
    return SimpleNamespace(
        id=id_, manifest=SimpleNamespace(data_to=data_to, as_of=datetime(2026, 11, 21, 12, 50))
    )


def test_data_that_ended_over_a_week_ago_is_said_on_a_hosted_site():
    found = too_old(release("a"), release("a"), HOSTED, NOW, may_train=True)
    said = str(shell(release="a", status="", local=False, old=found))
    assert "The data ends on 20 November 2026, 8 days ago." in said
    assert "All figures are as of 21 November 2026. Bring newer sales and train on them." in said
    assert "Open Data" in said


def test_who_cannot_train_is_told_whom_to_ask():
    found = too_old(release("a"), release("a"), HOSTED, NOW, may_train=False)
    said = str(shell(release="a", status="", local=False, old=found))
    assert "Ask an analyst or admin for newer sales." in said
    assert "Open Data" not in said


@pytest.mark.parametrize(
    ("active", "shown", "settings"),
    [
        (release("a", datetime(2026, 11, 21, 12, 50)), "a", HOSTED),  # seven days
        (release("a"), "b", HOSTED),  # somebody looks at another release
        (release("a"), "a", Settings()),  # somebody tries the site on their own computer
        (None, "a", HOSTED),
    ],
)
def test_nothing_is_said_of_data_that_is_not_too_old(active, shown, settings):
    assert too_old(active, release(shown), settings, NOW, may_train=True) is None
