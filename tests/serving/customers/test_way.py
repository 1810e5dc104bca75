"""Who stands before and after a customer in the list that one came from."""

from __future__ import annotations

import pytest

from layouts.customers.way import actions
from services.serving.churn.people import answer, rows_by_loss
from services.serving.customers.way import way_through
from services.serving.lists.filters import Filters
from services.serving.lists.listing import rows_of
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release
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


def test_the_list_of_churn_is_gone_through_by_what_may_be_lost(tmp_path):
    release = Loaded(tmp_path, make_tiny_release(tmp_path, 30))
    rows = rows_by_loss(release, answer(release, {})).tolist()
    assert 1 < len(rows) < release.count
    for place, row in enumerate(rows):
        way = way_through(release, row, "/churn")
        assert (way.page, way.place, way.of) == ("/churn", place + 1, len(rows))
        assert way.after == (release.id_of(rows[place + 1]) if place + 1 < len(rows) else None)
    out = next(row for row in range(release.count) if row not in rows)
    assert way_through(release, out, "/churn") is None


def test_what_narrows_a_list_is_told_without_what_says_something_to_the_page_of_audiences():
    release = shop()
    other = "&sort=recency:asc&save=rule&audience=1&state=done&release=x"
    way = way_through(release, 0, f"/?f_min=1&country=France&country=None%20%26+such{other}")
    assert way.narrowed == [("f_min", "1"), ("country", "France"), ("country", "None & such")]
    (link, *_) = actions(None, way)
    assert link.href == "/audiences?save=segments&f_min=1&country=France&country=None+%26+such"
    assert actions(None, way_through(release, 0, "/?sort=recency:asc"))[0].href == "/audiences?save=segments"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/movement",
        "//evil.example/?x",
        "/?f_min=1000000",
        "/?containing=nobody",
        "javascript:alert(1)",
        "/?" + "x" * 3_000,
        "/#",
    ],
)
def test_who_is_in_no_such_list_has_nobody_beside_them(address):
    assert way_through(shop(), 0, address) is None


def test_a_segment_that_there_is_not_narrows_nothing_as_on_the_page():
    assert way_through(shop(), 0, "/?segment=nobody").of == shop().count
