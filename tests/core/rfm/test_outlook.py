"""What waiting and what an order brings, checked against scoring each day anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core import presets
from services.core.features import fit_transform, parameters
from services.core.rfm.outlook import with_order, without_order
from services.core.rfm.scoring import Scale
from services.core.rfm.segments import Segmentation, segment_of

EDGES = {
    "recency": (13.6, 33.0, 72.0, 179.0),
    "frequency": (1.0, 2.0, 3.0, 6.0),
    "monetary": (249.0, 487, 933, 2055),
}
RAW = np.array([[10, 9, 900.0], [300, 9, 900.0], [300, 1, 10.0], [10, 1, 10.0]])
CENTRES = np.array([[-1.0, 1, 1], [1, -1, -1]])


def segmentation(preset="standard"):
    found = presets.load(preset)
    transform = parameters(fit_transform(RAW, list(found.clusters.features)))
    scoring = found.scoring
    scale = (
        Scale(
            scoring.classes, scoring.best, {axis: cuts[: scoring.classes - 1] for axis, cuts in EDGES.items()}
        )
        if scoring
        else None
    )
    return Segmentation(found.segments, scale, transform, CENTRES)


def name(base, index):
    return base.segments.groups[index].name


def test_a_champion_of_two_days_becomes_loyal_after_33_and_cant_lose_after_72_days():
    base = segmentation()
    falls = without_order(base, {"recency": 2, "frequency": 7, "monetary": 4310.0}, 400)
    assert [(fall.recency, name(base, fall.segment)) for fall in falls] == [(34, "Loyal"), (73, "Can't lose")]


def test_who_has_waited_longest_falls_no_further():
    assert without_order(segmentation(), {"recency": 300, "frequency": 1, "monetary": 10.0}, 400) == []
    assert without_order(segmentation(), {"recency": 500, "frequency": 1, "monetary": 10.0}, 400) == []


def test_an_order_adds_itself_and_brings_recency_to_nothing():
    base = segmentation()
    lost = {"recency": 300, "frequency": 1, "monetary": 200.0}
    assert name(base, base.segment(np.array([[300, 1, 200.0]]))[0]) == "Lost"
    assert name(base, with_order(base, lost, 60.0)) == "Potential loyalists"  # scores 5, 2, 2
    assert name(base, with_order(base, lost, 5_000.0, units=20)) == "Champions"


values = st.fixed_dictionaries(
    {
        "recency": st.integers(0, 400),
        "frequency": st.integers(1, 20),
        "monetary": st.floats(0, 5_000, allow_nan=False),
    }
)


@pytest.mark.parametrize("preset", ["standard", "ten-segment", "quartile", "four-group", "ten-cluster"])
@given(values=values)
def test_every_day_until_the_end_is_in_the_segment_foretold(preset, values):
    base = segmentation(preset)
    now, end = values["recency"], max(values["recency"], 400)
    anew = [
        int(base.segment(np.array([[day, values["frequency"], values["monetary"]]]))[0])
        for day in (now, *range(now + 1, end + 1, 7))
    ]
    falls = without_order(base, values, 400)
    foretold = [
        next((fall.segment for fall in reversed(falls) if fall.recency <= day), anew[0])
        for day in (now, *range(now + 1, end + 1, 7))
    ]
    assert foretold == anew


@given(values=values)
def test_each_turn_is_the_first_day_of_a_new_segment(values):
    base = segmentation()
    for fall in without_order(base, values, 400):
        assert any(fall.recency - 1 <= cut < fall.recency for cut in EDGES["recency"])
        before, after = (scored_anew(base, values, day) for day in (fall.recency - 1, fall.recency))
        assert before != after == fall.segment


def scored_anew(base, values, day):
    """Score by the cut points and look up the map, step by step."""
    raw = values | {"recency": day}
    scores = [base.scale.of(axis, [raw[axis]]) for axis in ("recency", "frequency", "monetary")]
    return int(segment_of(base.segments, *scores)[0])
