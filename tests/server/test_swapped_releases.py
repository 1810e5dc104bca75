"""D9: releases are swapped while people ask; the long version is ``make load``."""

from __future__ import annotations

import json
import urllib.request

import pytest

from benchmarks.load.swaps import EXPORT, LAYOUT, Question, references, release_of, swap_under
from layouts.ids import Customers, Shell
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.web.people import body_of

OPEN: dict[str, str] = {}


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    return models, [make_tiny_release(models, customers=count) for count in (6, 8, 10)]


@pytest.fixture(scope="module")
def site(releases, tmp_path_factory):
    with serve(releases[0], tmp_path_factory.mktemp("swapped"), SECRET_KEY="0123456789abcdef" * 4) as running:
        yield running


def port(site) -> int:
    return int(site.url.rpartition(":")[2])


def head_of(site, customer: str, release: str) -> bytes:
    with urllib.request.urlopen(f"{site.url}/_dash-dependencies") as answer:
        found = next(each for each in json.load(answer) if f"{Customers.ID}.children" in each["output"])
    body = body_of(found["output"], found)
    for each in (*body["inputs"], *body["state"]):
        each["value"] = release if each["id"] == Shell.RELEASE else f"?id={customer}"
    return json.dumps(body).encode()


def test_every_answer_is_that_of_one_release_while_releases_are_swapped(site, releases):
    models, made = releases
    questions = [
        Question(body=head_of(site, "00123", made[0]), recorded_with=made[0]),
        Question("/api/v1/segments"),
        Question(EXPORT),
    ]
    result = swap_under(port(site), [OPEN] * 4, models, made, questions, swaps=20, seconds=0.1)
    assert (result.errors, result.torn) == ([], [])
    assert result.swaps == 20
    assert result.answers > 20
    assert len(result.releases) > 1


def test_an_answer_of_another_release_than_it_names_would_be_noticed(site, releases, monkeypatch):
    models, made = releases
    question = Question("/api/v1/segments")
    known = references(port(site), OPEN, made, [question])
    shifted = {(made[place - 1], question): known[release, question] for place, release in enumerate(made)}
    monkeypatch.setattr("benchmarks.load.swaps.references", lambda *_: shifted)
    result = swap_under(port(site), [OPEN], models, made, [question], swaps=2, seconds=0.1)
    assert result.errors == []
    assert len(result.torn) == result.answers > 0


def test_the_release_that_a_page_shows_is_found_in_its_layout(site, releases):
    with urllib.request.urlopen(f"{site.url}{LAYOUT.path}") as answer:
        assert release_of(json.load(answer)) in releases[1]
    with pytest.raises(ValueError, match="no release"):
        release_of({"props": {"children": [{"props": {"id": "x"}}, "text", None]}})
