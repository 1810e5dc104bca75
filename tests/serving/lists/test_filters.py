"""Filters: read from an address, written back, applied; against a look at one customer after the other."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.releases import read_current
from services.serving.lists.filters import Filters, options, read_filters
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release

AXES = {"r": "recency", "f": "frequency", "m": "monetary"}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("filters")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


def some_of(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


bound = st.none() | st.integers(-5, 600).map(float) | st.floats(0, 1e12)
any_filters = st.builds(
    Filters,
    segment=some_of("recent", "distant"),
    cluster=some_of("c1", "c2"),
    country=some_of("United Kingdom", "France"),
    **{f"{letter}_{end}": bound for letter in AXES for end in ("min", "max")},
)


@given(filters=any_filters)
def test_what_an_address_carries_is_what_was_written_into_it(release, filters):
    assert read_filters(parse_qs(filters.to_query()), release).filters == filters


@given(filters=any_filters)
def test_a_customer_fits_when_every_filter_takes_it_looked_at_alone(release, filters):
    customers, known = release.customers, options(release)

    def fits(row: int) -> bool:
        for name in ("segment", "cluster", "country"):
            index = int(customers[name][row])
            chosen = filters.chosen(name)
            if chosen and (index < 0 or known[name][index] not in chosen):
                return False
        for letter, axis in AXES.items():
            low, high = filters.bound(f"{letter}_min"), filters.bound(f"{letter}_max")
            if (low is not None and customers[axis][row] < low) or (
                high is not None and customers[axis][row] > high
            ):
                return False
        return True

    assert filters.mask(release).tolist() == [fits(row) for row in range(release.count)]


@given(filters=any_filters, name=st.sampled_from(["segment", "country", "r_min", "m_max"]))
def test_dropping_a_filter_never_loses_a_customer(release, filters, name):
    wider = filters.without(name)
    assert name not in wider.active
    assert not (filters.mask(release) & ~wider.mask(release)).any()


def test_customers_without_a_country_fit_no_country(release):
    somewhere = Filters(country=("United Kingdom", "France")).mask(release)
    assert somewhere.tolist() == (release.customers["country"] >= 0).tolist()
    assert not somewhere.all()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("segment=champion", "There is no segment “champion”"),
        ("cluster=c9", "There is no cluster “c9”"),
        ("country=Atlantis", "There is no country “Atlantis”"),
        ("r_min=soon", "“soon” is not a number (days)"),
        ("m_max=inf", "“inf” is not a number (spend)"),
        ("f_max=nan", "“nan” is not a number (orders)"),
        ("m_min=1e999", "“1e999” is not a number (spend)"),
        ("m_min=1e3", "“1e3” is not a number (spend)"),
        ("m_min=1_000", "“1_000” is not a number (spend)"),
        ("m_min=12,5", "“12,5” is not a number (spend)"),
        ("m_min=1.797,24", "“1.797,24” is not a number (spend)"),
        ("m_min=\u0661\u0662", "“\u0661\u0662” is not a number (spend)"),
        ("m_min=\uff11\uff12", "“\uff11\uff12” is not a number (spend)"),
    ],
)
def test_what_the_release_does_not_know_is_left_out_and_said(release, query, told):
    read = read_filters(parse_qs(query), release)
    assert read.filters == Filters()
    assert [told in note for note in read.notes] == [True]


def test_a_number_that_cannot_be_read_is_told_how_an_address_writes_it(release):
    (note,) = read_filters({"m_min": ["12,5"]}, release).notes
    assert note == (
        "“12,5” is not a number (spend), so it was left out. In an address, write a number in digits only, "
        "with a point before any decimals, such as 1234.5."
    )


def test_a_known_value_beside_an_unknown_one_is_kept(release):
    read = read_filters(parse_qs("country=Atlantis&country=France&country=France"), release)
    assert read.filters == Filters(country=("France",))
    assert len(read.notes) == 1


def test_bounds_in_the_wrong_order_fit_nobody_and_are_said(release):
    read = read_filters(parse_qs("r_min=30&r_max=10"), release)
    assert not read.filters.mask(release).any()
    assert "runs from 30 down to 10" in read.notes[0]


def test_a_very_long_value_is_cut_in_the_note(release):
    note = read_filters({"segment": ["x" * 5_000]}, release).notes[0]
    assert len(note) < 150
