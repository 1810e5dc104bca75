"""Strategies: whole, and one for every segment that ships and for every place a group can lie in."""

from __future__ import annotations

from contextvars import copy_context
from gettext import GNUTranslations
from io import BytesIO
from itertools import product
from typing import get_args

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from services.core import presets
from services.core.clusters.positions import Level, levels, located
from services.core.language.messages import Language, use
from services.core.playbooks import REGULAR, assigned, situation, strategies
from services.core.vocabulary import AXES

FIELD = {
    "vip": ("Membership", "before everybody else"),
    "loyal": ("Thank", "reward"),
    "new": ("Welcome offer",),
    "promising": ("Cross-sell",),
    # the field offers points here, which not every shop gives
    "about-to-sleep": ("Remind",),
    "at-risk": ("call", "survey"),
    "cannot-lose": ("personal benefit",),
    "hibernating": ("Low-cost contact",),
}


@pytest.mark.parametrize("name", FIELD)
def test_the_fields_strategies_are_the_starting_content(name):
    strategy = strategies()[name]
    whole = f"{strategy.message} {strategy.offer}"
    assert [part for part in FIELD[name] if part not in whole] == []


def test_texts_are_sentences_for_a_marketer():
    for strategy in strategies().values():
        for text in (strategy.goal, strategy.message, strategy.offer):
            assert text.endswith(".")
            assert "!" not in text
            assert "please" not in text.lower()


def test_every_segment_of_every_preset_that_ships_has_a_strategy_and_no_other_name_stands_in_the_table():
    named = {
        preset.id: {group.id for group in preset.segments.groups}
        for preset in presets.shipped().values()
        if preset.segments.groups
    }
    assert {preset: set(segments) for preset, segments in assigned().items()} == named
    assert {each for segments in assigned().values() for each in segments.values()} <= set(strategies())


def test_segments_at_risk_are_won_back_or_kept_in_person():
    for preset in presets.shipped().values():
        for group in preset.segments.groups:
            if group.at_risk:
                assert assigned()[preset.id][group.id] in ("at-risk", "cannot-lose")


def test_wherever_a_group_lies_there_is_a_strategy():
    found = {
        situation(dict(zip(AXES, where, strict=True)))
        for where in product(
            ("low", "middle", "high", "top"), get_args(Level), ("low", "middle", "high", "top")
        )
    }
    assert found == set(strategies()) - {REGULAR}


@pytest.mark.parametrize(
    ("where", "named"),
    [
        (("low", "top", "top"), "vip"),
        (("low", "high", "low"), "loyal"),
        (("low", "one", "low"), "new"),
        (("low", "low", "middle"), "promising"),
        (("middle", "one", "low"), "about-to-sleep"),
        (("high", "middle", "high"), "at-risk"),
        (("top", "top", "high"), "cannot-lose"),
        (("high", "one", "low"), "hibernating"),
        (("top", "one", "low"), "lost"),
    ],
)
def test_places_and_their_situations(where, named):
    assert situation(dict(zip(AXES, where, strict=True))) == named


def test_a_median_is_located_with_ties_by_half():
    base = {axis: [1.0, 2.0, 2.0, 3.0] for axis in AXES}
    found = located(base, {axis: np.array([one]) for axis, one in zip(AXES, (1.0, 2.0, 4.0), strict=True)})
    assert found.place == {"recency": 0.125, "frequency": 0.5, "monetary": 1.0}
    assert levels(found, frequency_is_orders=True) == {
        "recency": "low",
        "frequency": "middle",
        "monetary": "top",
    }


def test_a_strategy_is_said_in_the_language_that_holds():
    first, *rest = strategies().values()
    assert first.shown() == first
    catalogue = Catalog(locale="de")
    catalogue.add(first.goal, "Die besten Kunden halten.")
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)

    def in_german():
        use(Language("de", GNUTranslations(file)))
        return first.shown(), rest[0].shown()

    said, other = copy_context().run(in_german)
    assert (said.goal, said.name, other) == ("Die besten Kunden halten.", first.name, rest[0])
