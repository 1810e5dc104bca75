"""Audiences are kept as they were saved: all of one or nothing, and their members never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.core.refusals import NotFound
from services.site.customers.audiences import Audiences, Draft, Member
from services.site.people.audit import Audit
from services.site.state import State, StateUnusable

DRAFT = Draft(
    name="Win back",
    seed="win back",
    owner="Ana",
    playbook="A call and a voucher",
    source="movement",
    query="from=2011-10-31&to=2011-12-10",
    described="12 customers left Champions.",
    release="20111210T125000Z-3fa9c1",
    as_of="2011-12-10T12:50:00",
    starts_on=date(2011, 12, 11),
    ends_on=date(2012, 1, 9),
    holdout_share=0.2,
)
MEMBERS = [Member("12347", False), Member("=1+1", True), Member("é/7", False), Member("00123", False)]


@pytest.fixture
def kept(tmp_path):
    state = State(tmp_path)
    yield Audiences(state)
    state.close()


def log_of(kept):
    return [
        (each.who, each.what, each.subject, each.release, each.rows, each.result)
        for each in Audit(kept._state).listed()
    ]


def test_an_audience_comes_back_as_it_was_saved(kept):
    number = kept.add(DRAFT, MEMBERS)
    found = kept.one(number)
    assert found.draft == DRAFT
    assert (found.treated, found.holdout) == (3, 1)
    assert kept.members(number) == [MEMBERS[3], MEMBERS[0], MEMBERS[1], MEMBERS[2]]


def test_the_latest_stands_first_and_each_has_its_own_members(kept):
    first = kept.add(DRAFT, MEMBERS[:1])
    second = kept.add(replace(DRAFT, name="Another"), MEMBERS[1:])
    assert [(each.id, each.draft.name) for each in kept.listed()] == [
        (second, "Another"),
        (first, "Win back"),
    ]
    assert [each.treated + each.holdout for each in kept.listed()] == [3, 1]
    assert kept.members(first) == MEMBERS[:1]


def test_an_audience_that_cannot_be_kept_whole_is_not_kept(kept):
    with pytest.raises(StateUnusable):
        kept.add(DRAFT, [MEMBERS[0], MEMBERS[0]])
    assert kept.listed() == []
    assert log_of(kept) == []


def test_g6_who_saved_an_audience_is_logged_by_its_number_with_release_and_customers(tmp_path):
    kept = Audiences(State(tmp_path), "ana")
    number = kept.add(DRAFT, MEMBERS)
    assert log_of(kept) == [("ana", "audience", str(number), DRAFT.release, 4, "saved")]


def test_an_audience_that_is_not_there_is_said(kept):
    assert kept.listed() == []
    with pytest.raises(NotFound, match="no audience 7"):
        kept.one(7)
