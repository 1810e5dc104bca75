"""A filter that the navigation carries from tab to tab means the same customers on each of them."""

from __future__ import annotations

import pytest

from services.core.filters import PARAMETERS, REPEATED
from services.serving.churn import asked as churn
from services.serving.lists.filters import Filters
from services.serving.movement.address import KEYS, answer, moments
from services.serving.rules.address import ONCE, SEVERAL, view_at
from services.site.tabs import TABS
from tests.serving.shops import shop

SHARED = {tab.key: tab.shared for tab in TABS if tab.shared}


def test_a_tab_is_given_only_parameters_that_it_knows():
    known = {
        "segments": PARAMETERS,
        "movement": KEYS,
        "churn": (*churn.KEYS, *REPEATED),
        "baskets": (*ONCE, *SEVERAL),
    }
    assert set(SHARED) == set(known)
    for key, shared in SHARED.items():
        assert {*shared.parameters.values(), *shared.unless} <= set(known[key])


@pytest.mark.parametrize("preset", ["standard", "quartile", "four-group", "ten-cluster"])
def test_a_segment_is_the_same_customers_on_segments_and_on_movement(preset):
    release = shop(preset)
    for segment in release.segments:
        asked = {SHARED["movement"].parameters["segment"]: [segment.id]}
        there = Filters(segment=(segment.id,)).mask(release)
        assert (answer(release, asked).fits == there).all()


def test_movement_of_an_earlier_day_or_between_clusters_is_not_of_todays_segments():
    release = shop()
    earlier = moments(release)[2].key
    different = [
        segment.id
        for segment in release.segments
        if (
            answer(release, {"to_segment": [segment.id], "to": [earlier]}).fits
            != Filters(segment=(segment.id,)).mask(release)
        ).any()
    ]
    assert different
    assert "to" in SHARED["movement"].unless


def test_a_group_has_the_rules_of_its_own_baskets():
    release = shop()
    scopes = [scope.id for scope in release.overview.rule_scopes if "@" not in scope.id]
    for name, parameter in SHARED["baskets"].parameters.items():
        for scope in scopes:
            kind, _, group = scope.partition(":")
            if kind == name:
                assert view_at(release, f"?{parameter}={group}").filters.scope == scope
