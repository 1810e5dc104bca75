"""Versions of playbooks: each save is one, nothing is lost between two people, and there is a way back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.core.playbooks import strategies
from services.core.refusals import NotFound, Refusal
from services.site.people.audit import Audit
from services.site.state import State
from services.site.versions.numbered import Overtaken
from services.site.versions.playbooks import LONGEST, SavedPlaybooks, Subject

AT_RISK = Subject("standard", "segment", "at-risk")
TEXTS = {"goal": "Win back.", "message": "What is new.", "offer": "A voucher."}


@pytest.fixture
def saved(tmp_path):
    state = State(tmp_path)
    yield SavedPlaybooks(state)
    state.close()


def test_a_version_is_read_as_it_was_saved(saved):
    kept = saved.save(AT_RISK, TEXTS, "Ana", 0)
    assert saved.versions(AT_RISK) == [kept]
    assert (kept.version, kept.goal, kept.author, kept.origin) == (1, "Win back.", "Ana", None)
    assert saved.latest("standard", "segment") == {"at-risk": kept}


def test_groups_presets_and_kinds_do_not_mix(saved):
    saved.save(AT_RISK, TEXTS, "Ana", 0)
    for other in (
        Subject("quartile", "segment", "at-risk"),
        Subject("standard", "cluster", "at-risk"),
        Subject("standard", "segment", "lost"),
    ):
        assert saved.versions(other) == []
        assert saved.save(other, TEXTS, "Ben", 0).version == 1
    assert set(saved.latest("standard", "segment")) == {"at-risk", "lost"}


def test_going_back_makes_a_new_version_and_keeps_those_between(saved):
    saved.save(AT_RISK, TEXTS, "Ana", 0)
    saved.save(AT_RISK, TEXTS | {"goal": "Other."}, "Ben", 1)
    back = saved.go_back(AT_RISK, 1, "Ana", 2)
    assert (back.version, back.goal, back.origin) == (3, "Win back.", 1)
    assert [each.goal for each in saved.versions(AT_RISK)] == ["Win back.", "Other.", "Win back."]
    with pytest.raises(NotFound, match="no version 9"):
        saved.go_back(AT_RISK, 9, "Ana", 3)


def test_who_has_not_seen_the_latest_is_told_and_nothing_is_kept(saved):
    saved.save(AT_RISK, TEXTS, "Ana", 0)
    with pytest.raises(Overtaken, match="Ana saved version 1") as overtaken:
        saved.save(AT_RISK, TEXTS, "Ben", 0)
    assert overtaken.value.latest.author == "Ana"
    assert len(saved.versions(AT_RISK)) == 1
    assert saved.save(AT_RISK, TEXTS, "Ben", 1).version == 2


def test_of_many_who_save_at_once_one_is_first_and_the_others_are_told(saved):
    def save(number):
        try:
            return saved.save(AT_RISK, TEXTS | {"goal": f"Goal {number}."}, f"P{number}", 0).version
        except Overtaken as overtaken:
            return overtaken

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(save, range(8)))
    assert [each for each in found if each == 1] == [1]
    assert sum(isinstance(each, Overtaken) for each in found) == 7
    assert len(saved.versions(AT_RISK)) == 1


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("text", ["", "  \n ", None, 7, "x" * (LONGEST + 1)])
def test_a_text_that_is_missing_or_too_long_is_refused_beside_its_field(saved, name, text):
    with pytest.raises(Refusal) as refused:
        saved.save(AT_RISK, TEXTS | {name: text}, "Ana", 0)
    assert refused.value.field == name
    assert saved.versions(AT_RISK) == []


@pytest.mark.parametrize("author", ["", None, "x" * 65])
def test_who_saves_has_to_say_who_they_are(saved, author):
    with pytest.raises(Refusal) as refused:
        saved.save(AT_RISK, TEXTS, author, 0)
    assert refused.value.field == "author"


def test_texts_are_kept_on_one_line_without_control_characters(saved):
    kept = saved.save(AT_RISK, TEXTS | {"goal": " Win\n\tback\x00\u202e now. "}, "Ana", 0)
    assert kept.goal == "Win back now."


def test_every_strategy_can_be_saved_as_it_is(saved):
    for strategy in strategies().values():
        texts = {name: getattr(strategy, name) for name in TEXTS}
        kept = saved.save(Subject("standard", "segment", strategy.id), texts, "Ana", 0)
        assert {name: getattr(kept, name) for name in TEXTS} == texts


def test_g6_who_saved_a_version_or_went_back_is_logged_and_a_refused_one_is_not(tmp_path):
    state = State(tmp_path)
    SavedPlaybooks(state, "ana").save(AT_RISK, TEXTS, "Ana", 0)
    ben = SavedPlaybooks(state, "ben")
    ben.go_back(AT_RISK, 1, "Ben", 1)
    with pytest.raises(Overtaken):
        ben.save(AT_RISK, TEXTS, "Ben", 1)
    assert [(each.who, each.what, each.subject, each.result) for each in Audit(state).listed()] == [
        ("ben", "playbook", "standard/segment/at-risk@2", "back to version 1"),
        ("ana", "playbook", "standard/segment/at-risk@1", "saved"),
    ]
    state.close()
