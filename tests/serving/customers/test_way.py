"""Who stands before and after a customer in the list that one came from."""

from __future__ import annotations

import pytest

from services.serving.customers.way import way_through
from services.serving.lists.filters import Filters
from services.serving.lists.listing import rows_of
from tests.serving.shops import shop


def walked(release, address):
    """Go through a list by the customers after each."""
    rows = rows_of(release, Filters(), "recency:asc")
    way = way_through(release, int(rows[0]), address)
    assert (way.place, way.before) == (1, None)
    seen = [release.id_of(int(rows[0]))]
    while way.after is not None:
        assert way.of == release.count
        seen.append(way.after)
        way = way_through(release, release.row_of(way.after), address)
        assert way.before == seen[-2]
    return seen, rows


def test_all_of_a_list_is_gone_through_in_its_order():
    release = shop()
    seen, rows = walked(release, "/?sort=recency:asc")
    assert seen == [release.id_of(int(row)) for row in rows]


def test_a_list_is_narrowed_as_its_address_says():
    release = shop()
    segment = release.segments[int(release.customers["segment"][0])]
    way = way_through(release, 0, f"/?segment={segment.id}")
    assert way.of == segment.customers
    part = release.id_of(0)
    assert way_through(release, 0, f"/?containing={part}").of < release.count
    assert way_through(release, 0, "/churn") is None or way_through(release, 0, "/churn").page == "/churn"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/movement",
        "//evil.example/?x",
        "/?segment=nobody",
        "javascript:alert(1)",
        "/?" + "x" * 3_000,
        "/#",
    ],
)
def test_who_is_in_no_such_list_has_nobody_beside_them(address):
    release = shop()
    found = way_through(release, 0, address)
    assert found is None or found.of == release.count
