"""What is kept of a view when it is saved, and what is too much."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from services.campaigns.saving import Typed, first_day, planned, save, seed_of
from services.campaigns.selection import selected
from services.core.campaigns.detecting import smallest_rate_effect
from services.core.campaigns.holdout import held_out
from services.core.refusals import Refusal
from services.site.customers.audiences import Audiences
from services.site.state import State
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import shop

EVERYBODY = {"save": ["segments"]}


def typed(**changed: str) -> Typed:
    day = first_day(shop()).isoformat()
    return replace(Typed("Spring", "Ana", "", day, day, "20"), **changed)


@pytest.fixture
def store(tmp_path):
    state = State(tmp_path)
    yield Audiences(state)
    state.close()


def test_the_holdout_is_drawn_by_the_name_whatever_the_view():
    release = shop()
    plan = planned(release, selected(release, EVERYBODY, NOBODY_OUT), typed())
    ids = [bytes(each) for each in release.customers["customer_id"]]
    assert np.array_equal(plan.held_out, held_out(ids, "spring", 0.2))
    half = selected(release, EVERYBODY | {"f_min": ["4"]}, NOBODY_OUT)
    assert 0 < len(half.rows) < release.count
    assert np.array_equal(planned(release, half, typed()).held_out, plan.held_out[half.rows])


def test_the_smallest_effect_is_that_of_the_base_and_the_sizes():
    release = shop()
    plan = planned(release, selected(release, EVERYBODY, NOBODY_OUT), typed(share="50 %"))
    sizes = (plan.treated, plan.holdout)
    assert sum(sizes) == release.count
    assert plan.rate_effect == smallest_rate_effect(plan.base.rate, *sizes)


def test_a_name_is_the_same_however_it_is_spaced_and_written():
    assert seed_of("  Win  BACK ") == seed_of("win back")


def test_what_could_not_be_read_later_is_written_out(store):
    number = save(store, shop(), selected(shop(), EVERYBODY, NOBODY_OUT), typed(), "a\0\u202eb")
    assert store.one(number).draft.described == "a\\x00\\x202eb"


def test_a_view_that_is_too_long_to_be_kept_is_refused_whole(store):
    selection = replace(selected(shop(), EVERYBODY, NOBODY_OUT), query="x" * 2001)
    with pytest.raises(Refusal, match="Use fewer"):
        save(store, shop(), selection, typed(), "All customers")
    assert store.listed() == []
