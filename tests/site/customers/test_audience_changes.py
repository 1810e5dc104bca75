"""A saved audience is started, renamed, archived and deleted as it was seen, and never half."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.audience_changes import Changes
from services.site.customers.audiences import Audiences
from services.site.people.audit import Audit
from services.site.state import State
from tests.site.customers.test_audiences import DRAFT, MEMBERS

DAYS = date(2011, 12, 20), date(2012, 1, 18)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def kept(state):
    return Audiences(state)


@pytest.fixture
def changes(state):
    return Changes(state, "ben")


def log_of(state):
    return [(each.who, each.subject, each.result) for each in Audit(state).listed()]


def test_a_draft_is_started_once_on_the_days_that_are_given(kept, changes, state):
    number = kept.add(DRAFT, MEMBERS, started=False)
    assert not kept.one(number).started
    changes.start(number, DRAFT.name, *DAYS)
    found = kept.one(number)
    assert (found.started, found.draft.starts_on, found.draft.ends_on) == (True, *DAYS)
    with pytest.raises(Refusal, match="already started"):
        changes.start(number, DRAFT.name, *DAYS)
    told = [("ben", str(number), "started"), ("local", str(number), "saved as a draft")]
    assert log_of(state) == told


def test_another_name_changes_neither_groups_nor_what_they_were_drawn_by(kept, changes):
    number = kept.add(DRAFT, MEMBERS)
    before = kept.members(number)
    changes.rename(number, DRAFT.name, "Christmas")
    assert kept.one(number).draft == replace(DRAFT, name="Christmas")
    assert kept.members(number) == before


def test_what_is_archived_is_kept_whole_and_can_be_brought_back(kept, changes):
    number = kept.add(DRAFT, MEMBERS)
    changes.archive(number, DRAFT.name, archived=True)
    assert kept.one(number).archived
    assert len(kept.members(number)) == 4
    changes.archive(number, DRAFT.name, archived=False)
    assert not kept.one(number).archived


def test_what_is_deleted_is_gone_with_its_customers_and_its_number_is_given_to_no_other(kept, changes, state):
    number = kept.add(DRAFT, MEMBERS)
    assert changes.delete(number, DRAFT.name) == 4
    assert kept.listed() == kept.members(number) == []
    with pytest.raises(NotFound, match="may have been deleted"):
        kept.one(number)
    assert kept.add(DRAFT, MEMBERS) != number
    assert ("ben", str(number), "deleted") in log_of(state)


@pytest.mark.parametrize("what", ["rename", "archive", "delete", "start"])
def test_who_saw_another_name_or_one_that_is_gone_changes_nothing(kept, changes, state, what):
    more = {"rename": ("New",), "start": DAYS}.get(what, ())
    named = {"archived": True} if what == "archive" else {}
    number = kept.add(DRAFT, MEMBERS, started=False)
    changes.rename(number, DRAFT.name, "Theirs")
    with pytest.raises(Refusal, match="renamed this campaign to “Theirs”"):
        getattr(changes, what)(number, DRAFT.name, *more, **named)
    assert (kept.one(number).draft.name, len(kept.members(number))) == ("Theirs", 4)
    changes.delete(number, "Theirs")
    with pytest.raises(NotFound, match="somebody deleted it"):
        getattr(changes, what)(number, "Theirs", *more, **named)
    assert [result for _, _, result in log_of(state)] == ["deleted", "renamed", "saved as a draft"]
