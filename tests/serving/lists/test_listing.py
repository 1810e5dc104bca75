"""The list of a view's customers: its order, its portions, the text that ids must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.releases import read_current
from services.serving.lists.filters import Filters
from services.serving.lists.listing import SORTABLE, listed, read_sort, rows_of, sort_at
from services.serving.release.loaded import Loaded
from tests.releases.tiny import IDS, make_tiny_release

sorts = st.sampled_from([f"{name}:{way}" for name in SORTABLE for way in ("asc", "desc")])
some_filters = st.sampled_from(
    [Filters(), Filters(segment=("recent",)), Filters(country=("France",), f_min=2), Filters(r_min=10_000)]
)


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("list")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


@given(sort=sorts, filters=some_filters, size=st.integers(1, 12))
def test_portions_laid_end_to_end_are_the_sorted_whole_without_overlap(release, sort, filters, size):
    rows = rows_of(release, filters, sort)
    portions = [listed(release, rows[start : start + size]) for start in range(0, len(rows), size)]
    shown = [customer["customer_id"] for portion in portions for customer in portion]
    assert shown == [customer["customer_id"] for customer in listed(release, rows)]
    assert sorted(shown) == sorted(
        release.id_of(row) for row in np.flatnonzero(filters.mask(release)).tolist()
    )


@given(sort=sorts, filters=some_filters)
def test_rows_follow_the_column_and_equal_values_the_id(release, sort, filters):
    name, way = sort.split(":")
    rows = rows_of(release, filters, sort)
    r, f, m = (release.customers[score].astype(int) for score in "rfm")
    of = {"rfm": 100 * r + 10 * f + m, "rhythm": release.customers["overdue_days"]}
    of["expected_spend"] = release.customers["expected_spend_quarter"][:, 0]
    values = of.get(name, release.customers.get(name))
    pairs = list(zip(values[rows].tolist(), rows.tolist(), strict=True))
    assert pairs == sorted(pairs, reverse=way == "desc")


@pytest.mark.parametrize(
    "text", ["nonsense", "monetary", "monetary:up", "customer_id;drop:asc", "margin:desc"]
)
def test_an_unknown_order_is_refused_and_a_page_says_that_it_keeps_the_usual_one(text):
    with pytest.raises(Refusal, match="write a column and a direction, such as monetary:desc"):
        read_sort(text)
    order, (note,) = sort_at({"sort": [text]})
    assert order == read_sort("")
    assert note.endswith("The list keeps its usual order.")


@given(text=st.sampled_from(["", "0", "c00", "é", "=1", "A-001", "zzz", "x" * 100]))
def test_ids_are_found_by_any_part_of_them(release, text):
    found = {customer["customer_id"] for customer in listed(release, rows_of(release, Filters(), "", text))}
    everybody = {release.id_of(row) for row in range(release.count)}
    assert found == {each for each in everybody if text in each}


def test_a_customer_is_listed_with_what_the_release_holds(release):
    rows = rows_of(release, Filters(), "customer_id:asc")
    customers = listed(release, rows)
    assert {customer["customer_id"] for customer in customers} >= set(IDS)
    for row, customer in zip(rows.tolist(), customers, strict=True):
        columns = {name: values[row] for name, values in release.customers.items()}
        assert customer["recency"] == columns["recency"]
        assert customer["overdue_days"] == columns["overdue_days"]
        assert customer["rhythm"] == release.overview.rhythms[columns["rhythm"]].name.lower()
        assert customer["monetary"] == columns["monetary"]
        assert customer["segment"] == release.segments[columns["segment"]].id
        assert customer["cluster"] == release.clusters[columns["cluster"]].id
        assert customer["rfm"] == f"{columns['r']}{columns['f']}{columns['m']}"
        assert customer["last_purchase"] == str(columns["last_purchase"])[:10]
        country = columns["country"]
        assert customer["country"] == (None if country < 0 else release.overview.countries[country].name)
