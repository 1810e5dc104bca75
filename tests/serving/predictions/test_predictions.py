"""The form's answer is the stored one, and the pickles' own; typed values are read by one rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH
from services.core.vocabulary import AXES
from services.releases import open_release, read_current
from services.serving.predictions.predict import HIGHEST, lowest, nearest, predict, predict_many, typed_value
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release

CUSTOMERS = 40
NEAR_TIE = 1e-9
GOOD = {"recency": 30, "frequency": 2, "monetary": 100.0}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    models = tmp_path_factory.mktemp("tiny")
    make_tiny_release(models, CUSTOMERS)
    return models


@pytest.fixture(scope="module")
def release(folder):
    return Loaded(folder, read_current(folder))


@pytest.fixture(scope="module")
def pickles(folder):
    return open_release(folder, read_current(folder))


def values_of(release, row):
    return {axis: release.customers[axis][row].item() for axis in AXES}


def mismatches(release):
    found = []
    for row in range(release.count):
        answer = predict(release, values_of(release, row))
        stored = release.customers["cluster"][row], release.customers["segment"][row]
        segment = release.segments.index(answer.segment) if answer.segment else -1
        if (release.clusters.index(answer.cluster), segment) != stored:
            found.append(release.id_of(row))
    return found


def test_b9_every_stored_customer_is_predicted_where_it_is_stored(release):
    assert release.count == CUSTOMERS
    assert mismatches(release) == []


def test_a_customers_values_written_into_the_form_are_the_same_values(release):
    for row in range(release.count):
        values = values_of(release, row)
        assert {axis: typed_value(axis, BRITISH.write(values[axis])) for axis in AXES} == values


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.floats(0, 1e9))
def test_b10_plain_parameters_and_the_pickles_agree_on_distances(
    release, pickles, recency, frequency, monetary
):
    raw = np.array([[recency, frequency, monetary]])
    answer = predict(release, dict(zip(AXES, raw[0].tolist(), strict=True)))
    assume(answer.margin > NEAR_TIE)
    points = pickles.scaler.transform(raw)
    assert release.clusters.index(answer.cluster) == pickles.kmeans.predict(points)[0]
    assert answer.distances == pytest.approx(pickles.kmeans.transform(points)[0])


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize(
    "typed", ["", "abc", "NaN", "Infinity", "1e400", "-1", "12,5", "1 234", None, True, [75], {"a": 75}]
)
def test_what_is_no_number_is_refused_beside_its_field(axis, typed):
    with pytest.raises(Refusal, match="number") as refused:
        typed_value(axis, typed)
    assert refused.value.field == axis


@pytest.mark.parametrize(
    ("axis", "typed", "words"),
    [
        ("frequency", "0", "at least one order"),
        ("frequency", "2.5", "whole number from 1 up"),
        ("recency", "12.5", "whole number from 0 up"),
        ("recency", "9" * 5_000, "That is too large"),
        ("monetary", "1,000,000,000,001", "That is too large"),
    ],
)
def test_a_number_no_customer_can_have_is_refused_with_what_is_allowed(axis, typed, words):
    with pytest.raises(Refusal, match=words):
        typed_value(axis, typed)


@pytest.mark.parametrize("axis", AXES)
def test_the_ends_of_what_is_allowed_are_answered(release, axis):
    for end in (lowest(axis), HIGHEST):
        assert predict(release, GOOD | {axis: end}).values[axis] == end


def test_b7_values_beyond_the_data_are_told_apart_from_those_inside(release):
    answer = predict(release, GOOD | {"recency": 100_000})
    assert answer.in_range == {"recency": False, "frequency": True, "monetary": True}


def test_the_customer_asked_from_comes_first_among_equals(release):
    row = 7
    values = values_of(release, row)
    alike = [other for other in range(release.count) if values_of(release, other) == values]
    found = nearest(release, values, first=row)
    assert found[0].row == row
    assert [each.distance for each in found] == sorted(each.distance for each in found)
    assert {each.row for each in found if each.distance == 0} == set(alike)


def test_a_customer_with_other_values_is_not_put_first(release):
    far = int(np.argmax(release.customers["monetary"]))
    near = int(np.argmin(release.customers["monetary"]))
    assert nearest(release, values_of(release, near), count=2, first=far)[0].row != far


def test_the_nearest_are_the_nearest_of_all(release):
    raw = np.stack([np.asarray(release.customers[axis], float) for axis in AXES], axis=1)
    gaps = np.linalg.norm(release.transform(raw) - release.transform([[30, 2, 100.0]]), axis=1)
    found = [each.distance for each in nearest(release, GOOD)]
    assert found == pytest.approx(np.sort(gaps)[:6])


def test_b9_many_at_once_are_placed_to_the_last_bit_as_each_alone(release):
    rows = [values_of(release, row) for row in range(release.count)]
    assert predict_many(release, rows) == [predict(release, values) for values in rows]
    assert predict_many(release, []) == []


def test_among_many_the_first_value_that_no_customer_has_is_named_by_its_place(release):
    with pytest.raises(Refusal, match="from 1 up") as refusal:
        predict_many(release, [GOOD, GOOD | {"frequency": 0}, GOOD | {"recency": -1}])
    assert refusal.value.field == "[1].frequency"
