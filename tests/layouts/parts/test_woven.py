"""layouts/parts/woven.py: components in a sentence, wherever its language has them."""

from __future__ import annotations

from layouts.parts.woven import gap, woven

PLACES = {"day": gap("day"), "segment": gap("segment")}


def test_components_stand_where_the_sentence_has_its_gaps():
    assert woven("Until {day}, in {segment}.".format(**PLACES), day=1, segment=2) == [
        "Until ",
        1,
        ", in ",
        2,
        ".",
    ]


def test_a_language_may_turn_them_round():
    assert woven("{segment}, {day}".format(**PLACES), day=1, segment=2) == [2, ", ", 1]


def test_a_list_stands_as_its_parts():
    assert woven("Of {day}.".format(**PLACES), day=["a", ", ", "b"]) == ["Of ", "a", ", ", "b", "."]
