"""Causes of a move: each mover has one, and it follows from scoring again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from services.core import presets
from services.core.features import Transform
from services.core.rfm.movement import CAUSES, causes, cut_points, with_cut_points
from services.core.rfm.scoring import Scale
from services.core.rfm.segments import Segmentation

NAMES = (None, *CAUSES)
LABELS = arrays.arrays(np.int16, 30, elements=st.integers(-1, 4))


def labels(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int16)


def named(found: np.ndarray) -> list[str | None]:
    return [NAMES[place + 1] for place in found]


def test_the_first_that_alone_would_have_moved_a_customer_is_the_cause():
    found = causes(
        then=labels(0, 0, 0, 0, 0, 0),
        now=labels(0, 1, 1, 1, 1, 1),
        held=labels(2, 1, 2, 0, 0, 1),
        ordered=np.array([True, True, False, True, False, True]),
        refitted=labels(0, 0, 0, 1, 0, 0),
        corrected=labels(0, 0, 0, 0, 0, 3),
    )
    assert named(found) == [None, "ordered", "stayed-away", "cut-offs", "model", "data"]


def test_within_a_release_neither_model_nor_data_can_be_the_cause():
    found = causes(labels(0, 0, 0), labels(1, 1, 1), labels(0, 1, 2), np.array([True, False, True]))
    assert named(found) == ["cut-offs", "stayed-away", "ordered"]


@given(LABELS, LABELS, LABELS, LABELS, LABELS, arrays.arrays(np.bool_, 30))
def test_every_mover_has_one_cause_and_nobody_else_has_any(then, now, held, refitted, corrected, ordered):
    found = causes(then, now, held, ordered, refitted=refitted, corrected=corrected)
    assert np.array_equal(found >= 0, then != now)
    assert found.max(initial=-1) < len(CAUSES)


@pytest.mark.parametrize("preset", ["standard", "quartile", "four-group"])
def test_cut_points_stored_and_read_back_give_the_same_segments(preset):
    drawn = np.random.default_rng(3)
    rfm = np.column_stack([drawn.integers(0, 400, 500), drawn.integers(1, 40, 500), drawn.gamma(1, 500, 500)])

    def fitted(values: np.ndarray) -> Segmentation:
        chosen = presets.load(preset)
        scale = None
        if chosen.scoring:
            shares = np.arange(1, chosen.scoring.classes) / chosen.scoring.classes
            edges = zip(
                ("recency", "frequency", "monetary"), np.quantile(values, shares, axis=0).T, strict=True
            )
            scale = Scale(chosen.scoring.classes, chosen.scoring.best, {axis: tuple(e) for axis, e in edges})
        transform = Transform(np.array([False, True, True]), values.mean(axis=0), values.std(axis=0))
        return Segmentation(chosen.segments, scale, transform, np.zeros((2, 3)))

    earlier, later = fitted(rfm[:200]), fitted(rfm)
    restored = with_cut_points(later, cut_points(earlier))
    assert np.array_equal(restored.segment(rfm), earlier.segment(rfm))
    assert not np.array_equal(later.segment(rfm), earlier.segment(rfm))


def test_clusters_that_are_segments_have_no_cut_points_of_a_moment():
    chosen = presets.load("ten-cluster")
    own = Segmentation(
        chosen.segments, None, Transform(np.zeros(3, bool), np.zeros(3), np.ones(3)), np.eye(3)
    )
    assert cut_points(own) is None
    assert with_cut_points(own, None) is own
