"""The address of the Baskets tab: read, written, and what is left out of it."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.serving.rules.address import best_to_drop, read_view, widened
from services.serving.rules.find import SIDES, RuleFilters, find
from tests.serving.rules.rulebook import held_back, release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def read(release, address: str):
    return read_view(release, parse_qs(address.removeprefix("?"), keep_blank_values=True))


@given(
    scope=st.sampled_from(["all", "cluster:c1", "segment:new"]),
    items=st.lists(st.text(min_size=1, max_size=20).map(str.strip).filter(bool), max_size=4, unique=True),
    support=st.one_of(st.none(), st.floats(0.06, 1)),
    lift=st.one_of(st.none(), st.floats(0, 100)),
    basket=st.lists(st.sampled_from("01234"), max_size=3, unique=True),
    unpruned=st.booleans(),
)
def test_what_is_written_into_an_address_is_read_back(release, scope, items, support, lift, basket, unpruned):
    filters = RuleFilters(scope, tuple(items), None, None, None, unpruned)
    view = read(release, "")
    asked = RuleFilters(scope, tuple(items), support, None, lift, unpruned, basket=tuple(basket))
    written = type(view)(asked, (), "r")
    back = read(release, written.to_query())
    assert (back.filters.scope, back.filters.items, back.filters.unpruned) == (
        filters.scope,
        filters.items,
        filters.unpruned,
    )
    assert back.filters.min_support == (None if support is None else pytest.approx(support, rel=1e-14))
    assert back.filters.min_lift == (None if lift is None else pytest.approx(lift, rel=1e-14))
    assert (back.filters.basket, back.release, back.notes) == (tuple(basket), "r", ())


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("?cluster=c9", "no rules for a cluster “c9”"),
        ("?cluster=c1&segment=new", "one group at a time"),
        ("?min_support=0.001", "mined at a support of 4.17 %"),
        ("?min_support=nan", "a share of baskets from 0 to 1: write 0.05 for 5 %"),
        (
            "?min_confidence=50",
            "“50” was left out. The confidence is a share from 0 to 1: write 0.5 for 50 %.",
        ),
        ("?min_lift=lots", "from 0 up"),
        ("?min_lift=1_000", "from 0 up"),
        ("?min_lift=1,5", "from 0 up"),
        ("?min_lift=1e1", "from 0 up"),
        ("?min_lift=\u0663", "from 0 up"),
        ("?basket=99", "“99”"),
        ("?held_up=yes", "has no later baskets"),
        ("?cluster=c1&baskets=customers", "Tea drinkers"),
        ("?period=next", "no rules for a period “next”"),
        ("?baskets=shelves", "“shelves”"),
        ("?unpruned=yes", "“yes”"),
        ("?min_lfit=2", "no parameter “min_lfit”"),
        ("?cluster=", "cluster has no value"),
        ("?min_lift=0&min_lift=0", "min_lift is given 2 times, so the last one counts"),
        ("?sort=foo", "cannot be sorted by “foo”"),
        ("?" + "&".join(f"item=a{n}" for n in range(20)), "first 12"),
    ],
)
def test_what_cannot_be_answered_is_left_out_with_a_note(release, address, word):
    view = read(release, address)
    assert any(word in note for note in view.notes)
    find(release, view.filters)


def test_the_filter_to_drop_is_the_one_that_gives_most(release):
    filters = RuleFilters(items=("bunting",), min_lift=1.0, min_confidence=1.1 - 0.1)
    none = RuleFilters(items=("nothing has this name",), min_lift=1.0)
    assert best_to_drop(release, none) == ("items", len(find(release, RuleFilters(min_lift=1.0))))
    assert best_to_drop(release, RuleFilters()) is None
    name, count = best_to_drop(release, filters)
    assert count == max(len(find(release, filters.without(each))) for each in filters.active)
    assert count == len(find(release, filters.without(name)))


@pytest.mark.parametrize(
    ("basket", "some"), [(("0",), True), (("0", "1"), False), (("3", "2"), True), (tuple("01234"), False)]
)
def test_the_rules_of_a_basket_start_from_its_products_alone_and_lead_out_of_it(release, basket, some):
    rules = release.rules
    sides = [[{p for p in row if p >= 0} for row in rules[side].tolist()] for side in SIDES]
    inside = {int(code) for code in basket}
    everything = find(release, RuleFilters(unpruned=True)).tolist()
    expected = [row for row in everything if sides[0][row] <= inside and not sides[1][row] & inside]
    assert find(release, RuleFilters(unpruned=True, basket=basket)).tolist() == expected
    assert bool(expected) == some


def test_a_basket_that_no_rule_starts_from_can_be_emptied(release):
    filters = RuleFilters(basket=("0", "1", "2", "3", "4"))
    assert best_to_drop(release, filters) == ("basket", len(find(release, RuleFilters())))


def test_a_group_without_rules_can_be_left_even_where_the_support_asked_for_was_its_own(release):
    cluster = RuleFilters("segment:new", min_support=0.02)
    assert widened(release, cluster, "scope") == RuleFilters()


def test_a_group_is_left_without_leaving_what_a_basket_is():
    assert RuleFilters("cluster:c1@customers", min_lift=2).without("scope") == RuleFilters(
        "all@customers", min_lift=2
    )
    assert RuleFilters("all@customers").without("scope") == RuleFilters()


def test_rules_that_held_up_later_can_be_asked_for_by_address():
    release = release_of_baskets()
    held_back(release)
    everything = find(release, RuleFilters())
    for word, value in (("yes", 1), ("no", 0), ("unknown", -1)):
        view = read(release, f"?held_up={word}")
        assert (view.to_query(), view.notes) == (f"?held_up={word}", ())
        fitting = [row for row in everything if release.rules["held_up"][row] == value]
        assert find(release, view.filters).tolist() == fitting
    assert "yes, no or unknown" in read(release, "?held_up=1").notes[0]


def test_a_basket_can_be_all_that_a_customer_bought():
    release = release_of_baskets()
    scopes = release.overview.rule_scopes
    scopes[1] = scopes[1].model_copy(update={"id": "all@customers"})
    view = read(release, "?baskets=customers")
    assert (view.filters.scope, view.to_query()) == ("all@customers", "?baskets=customers")
    assert find(release, view.filters)[0] >= find(release, RuleFilters())[-1]
