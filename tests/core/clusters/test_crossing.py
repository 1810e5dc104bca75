"""The smallest change across a cluster's border: by a closed form, held against counting every unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.crossing import BETTER, PER_UNIT, crossings
from services.core.clusters.kmeans import assign
from services.core.features import Transform
from services.core.vocabulary import AXES

PLAIN = Transform(np.array([False] * 3), np.zeros(3), np.ones(3))
RANGES = {"recency": (0.0, 60.0), "frequency": (1.0, 12.0), "monetary": (0.0, 9.0)}
#: One after the other along the orders, so every border is halfway.
IN_A_ROW = np.array([[10.0, 1, 5], [10.0, 4, 5], [10.0, 9, 5]])


def nearest(transform, centres, values):
    return int(assign(transform(np.array([[values[axis] for axis in AXES]])), centres).nearest[0])


def counted(transform, centres, values, ranges):
    """All smallest changes, found by trying one unit after the other."""
    here, found = nearest(transform, centres, values), {}
    for axis in AXES:
        for way in (-1, 1):
            low, high = ranges[axis]
            for units in range(1, 1 + round((high - low + 1) * PER_UNIT[axis])):
                value = round(values[axis] + way * units / PER_UNIT[axis], 6)
                if low <= value <= high and nearest(transform, centres, values | {axis: value}) != here:
                    changed = values | {axis: value}
                    found[axis, way * units] = value, nearest(transform, centres, changed)
                    break
    return found


def test_one_more_order_than_halfway_leads_to_the_next_cluster():
    first, *others = crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 1, "monetary": 5.0}, RANGES)
    assert (first.axis, first.units, first.value, first.cluster) == ("frequency", 2, 3.0, 1)
    assert first.better
    assert first.length == 2
    assert others == []  # days and spend are the same in all three


def test_from_the_middle_the_better_change_is_named_before_the_shorter_worse_one():
    found = crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 3, "monetary": 5.0}, RANGES)
    assert [(each.units, each.cluster, each.better) for each in found] == [(4, 2, True), (-1, 0, False)]


def test_where_only_a_worse_value_would_do_that_is_what_is_found():
    found = crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 11, "monetary": 5.0}, RANGES)
    assert [(each.units, each.better) for each in found] == [(-5, False)]


def test_a_border_beyond_what_training_saw_is_not_offered():
    narrow = RANGES | {"frequency": (1.0, 2.0)}
    assert crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 1, "monetary": 5.0}, narrow) == []
    reaching = RANGES | {"frequency": (1.0, 3.0)}
    assert len(crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 1, "monetary": 5.0}, reaching)) == 1


def test_one_cluster_or_equal_centres_have_no_border():
    values = {"recency": 10, "frequency": 1, "monetary": 5.0}
    assert crossings(PLAIN, IN_A_ROW[:1], values, RANGES) == []
    assert crossings(PLAIN, np.repeat(IN_A_ROW[:1], 3, axis=0), values, RANGES) == []


def test_a_value_nobody_had_is_led_back_into_the_range():
    found = crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 400, "monetary": 5.0}, RANGES)
    assert [(each.units, each.value, each.cluster) for each in found] == [(-394, 6.0, 1)]
    narrow = RANGES | {"frequency": (1.0, 2.0)}
    found = crossings(PLAIN, IN_A_ROW, {"recency": 10, "frequency": 400, "monetary": 5.0}, narrow)
    assert [(each.units, each.value, each.cluster) for each in found] == [(-398, 2.0, 0)]


def test_pence_stay_pence():
    centres = np.array([[0.0, 1, 1.11], [0.0, 1, 3.36]])
    (found,) = crossings(PLAIN, centres, {"recency": 0, "frequency": 1, "monetary": 1.1}, RANGES)
    assert (found.units, found.value) == (114, 2.24)


@pytest.mark.filterwarnings("error")
@given(st.integers(0, 100_000))
def test_counting_every_unit_finds_the_same(seed):
    drawn = np.random.default_rng(seed)
    transform = Transform(
        drawn.integers(0, 2, 3).astype(bool), drawn.normal(0, 2, 3), drawn.uniform(0.3, 9, 3)
    )
    raw = np.column_stack(
        [drawn.integers(0, 61, 5), drawn.integers(1, 13, 5), drawn.integers(0, 901, 5) / 100]
    )
    centres, values = transform(raw[1:]), dict(zip(AXES, raw[0].tolist(), strict=True))
    found = crossings(transform, centres, values, RANGES)
    assert {(each.axis, each.units): (each.value, each.cluster) for each in found} == counted(
        transform, centres, values, RANGES
    )
    point = transform([list(values.values())])
    for each in found:
        moved = transform([list((values | {each.axis: each.value}).values())])
        assert each.length == pytest.approx(np.linalg.norm(moved - point))
        assert each.better == ((each.units > 0) == (BETTER[each.axis] > 0))
    assert found == sorted(found, key=lambda each: (not each.better, each.length))
