"""The tab Playbooks as functions: every state, from an address to components, saving and suggesting."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from dash import no_update

from callbacks.playbooks.saving import ask, go_back, save, untouched
from callbacks.playbooks.view import show
from layouts.plain import plain
from services.core.playbooks import strategies
from services.desk import load_services
from services.site.people.roles import Role
from services.site.settings import Settings
from services.web.access.asking import Asking
from tests.callbacks.asked import asked_of_a_site
from tests.releases.tiny import make_tiny_release
from tests.site.model_server import TEXTS, serve_model
from tests.training.test_run import ledger, train_on

LOCAL, VIEWER, ANALYST = Asking(None, Role.ADMIN), Asking("vic", Role.VIEWER), Asking("ana", Role.ANALYST)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("playbooks")
    train_on(folder, ledger(60), k=3)
    return folder / "models"


@pytest.fixture
def services(models, tmp_path):
    loaded = load_services(Settings(models_dir=models, state_dir=tmp_path))
    with asked_of_a_site(loaded.cache):
        yield loaded
    loaded.state.close()


@pytest.fixture
def segment(services):
    """The largest segment."""
    return max(services.releases.current().segments, key=lambda each: each.customers)


def text(part) -> str:
    return json.dumps(plain(part), ensure_ascii=False)


def page_of(kind, wanted, seen=0):
    return {"base": {"kind": kind, "id": wanted, "seen": seen}, "release_id": None}


def test_the_list_has_a_card_for_each_segment_and_leads_to_its_page(services):
    shown = show(services, None, "", LOCAL)
    segments = services.releases.current().segments
    assert len(shown["cards"]) == len(segments)
    for each, card in zip(segments, shown["cards"], strict=True):
        assert each.name in text(card)
        assert f"/playbooks?segment={each.id}" in text(card)
    assert (shown["form_hidden"], shown["base"], shown["versions"]) == (True, None, [])


def test_the_list_of_clusters_is_an_address_of_its_own(services):
    shown = show(services, None, "?group=cluster", LOCAL)
    assert len(shown["cards"]) == len(services.releases.current().clusters) == 3
    assert "3 clusters" in shown["sub"]


def test_one_groups_page_has_its_texts_in_the_fields(services, segment):
    shown = show(services, None, f"?segment={segment.id}", LOCAL)
    assert shown["goal"] in text(shown["cards"])
    assert shown["goal"] in {each.goal for each in strategies().values()}
    assert shown["base"] == {"kind": "segment", "id": segment.id, "seen": 0}
    assert (shown["form_hidden"], shown["fields_hidden"], shown["author_hidden"]) == (False, False, False)


def test_who_may_not_edit_reads_why_and_has_no_fields(services, segment):
    shown = show(services, None, f"?segment={segment.id}", VIEWER)
    assert shown["fields_hidden"]
    assert "role marketer or analyst" in shown["signed"]
    assert show(services, None, f"?segment={segment.id}", ANALYST)["author_hidden"]


def test_a_group_that_is_not_there_is_said_above_the_list(services):
    shown = show(services, None, "?segment=nope", LOCAL)
    assert "no segment “nope”" in text(shown["notes"])
    assert len(shown["cards"]) == len(services.releases.current().segments)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?group=colour", "not by “colour”, so they are grouped by segment."),
        ("?segmnt=lost", "There is no parameter “segmnt” here"),
        ("?segment=", "segment has no value"),
    ],
)
def test_nothing_of_the_address_is_dropped_without_a_word(services, search, said):
    shown = show(services, None, search, LOCAL)
    assert said in text(shown["notes"])
    assert len(shown["cards"]) == len(services.releases.current().segments)


def test_without_a_release_the_page_says_so(tmp_path):
    shown = show(load_services(Settings(models_dir=tmp_path, state_dir=tmp_path)), None, "", LOCAL)
    assert "No playbooks yet" in text(shown["cards"])


def test_a_release_made_before_shows_plans(tmp_path):
    make_tiny_release(tmp_path, 20)
    older = load_services(Settings(models_dir=tmp_path, state_dir=tmp_path))
    with asked_of_a_site(older.cache):
        shown = show(older, None, "", LOCAL)
    assert "Train again" in text(shown["cards"])


def test_the_page_says_when_something_is_told(services):
    assert "with 30 customers or more behind it" in show(services, None, "", LOCAL)["caveat"]


def test_what_is_saved_is_seen_by_everybody_at_once(services, segment):
    before = show(services, None, "", LOCAL)["cards"]
    kept = save(services, page_of("segment", segment.id), TEXTS, "Ana")
    assert "Version 1 is saved" in text(kept["saved"])
    assert kept["revision"] == f"segment:{segment.id}@1"
    after = show(services, None, "", LOCAL)["cards"]
    assert TEXTS["goal"] not in text(before)
    assert TEXTS["goal"] in text(after)
    one = show(services, None, f"?segment={segment.id}", LOCAL)
    assert (one["goal"], one["base"]["seen"]) == (TEXTS["goal"], 1)
    assert "Ana" in text(one["versions"])


def test_of_two_who_edit_at_once_the_second_sees_the_firsts_text_and_loses_nothing(services, segment):
    both = page_of("segment", segment.id)
    save(services, both, TEXTS, "Ana")
    late = save(services, both, TEXTS | {"goal": "Another goal."}, "Ben")
    assert "Ana saved version 1" in text(late["refused"])
    assert "nothing is lost" in text(late["refused"])
    assert TEXTS["goal"] in text(late["saved"])
    assert late["revision"] is no_update  # so the fields are not filled anew
    again = save(services, both | {"base": late["base"]}, TEXTS | {"goal": "Another goal."}, "Ben")
    assert "Version 2 is saved" in text(again["saved"])


def test_a_refusal_stands_beside_its_field(services, segment):
    refused = save(services, page_of("segment", segment.id), TEXTS | {"offer": " "}, "Ana")
    assert "Write a sentence" in text(refused["errors"]["offer"])
    assert refused["errors"]["goal"] == refused["refused"] == []
    nameless = save(services, page_of("segment", segment.id), TEXTS, "")
    assert "Type your name" in text(nameless["errors"]["author"])


def test_going_back_is_one_click(services, segment):
    save(services, page_of("segment", segment.id), TEXTS, "Ana")
    save(services, page_of("segment", segment.id, 1), TEXTS | {"goal": "Other."}, "Ana")
    back = go_back(services, page_of("segment", segment.id, 2), 1, "Ben")
    assert "Version 3 is saved" in text(back["saved"])
    assert show(services, None, f"?segment={segment.id}", LOCAL)["goal"] == TEXTS["goal"]
    late = go_back(services, page_of("segment", segment.id, 2), 1, "Ben")
    assert "Reload the page" in text(late["refused"])


def test_buttons_that_appear_change_nothing(services, segment):
    saved = save(services, page_of("segment", segment.id), TEXTS, "Ana")
    assert untouched().keys() == saved.keys()
    assert set(untouched()["errors"].values()) == {no_update}


@pytest.mark.parametrize(
    "base", [None, {}, {"kind": "audience", "id": "x"}, {"kind": "segment", "id": "nope"}]
)
def test_a_forged_page_saves_nothing(services, base):
    assert save(services, {"base": base, "release_id": None}, TEXTS, "Ana")["refused"] != []


@pytest.fixture
def served():
    with serve_model() as model:
        yield model


@pytest.fixture
def asking_services(services, served):
    return replace(services, settings=replace(services.settings, llm_base_url=served.url, llm_model="m"))


def test_without_a_language_model_nothing_is_offered_or_asked(services, segment):
    assert show(services, None, f"?segment={segment.id}", LOCAL)["suggest_hidden"]
    assert ask(services, page_of("segment", segment.id), 1) == {
        "refused": [],
        "suggested": [],
        "texts": None,
    }


def test_a_suggestion_is_marked_as_one_and_saved_by_nobody(asking_services, segment, served):
    query = f"?segment={segment.id}"
    assert not show(asking_services, None, query, LOCAL)["suggest_hidden"]
    answer = ask(asking_services, page_of("segment", segment.id), 1)
    assert answer["texts"] == TEXTS
    assert "Suggested text" in text(answer["suggested"])
    assert TEXTS["goal"] in text(answer["suggested"])
    assert len(served.asked) == 1
    assert show(asking_services, None, query, LOCAL)["versions"] in ([], None)


def test_a_failure_is_said_beside_the_button(asking_services, segment, served):
    served.status = 500
    answer = ask(asking_services, page_of("segment", segment.id), 1)
    assert "status 500" in text(answer["refused"])
    assert (answer["suggested"], answer["texts"]) == ([], None)
