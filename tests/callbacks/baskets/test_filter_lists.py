"""Which baskets are looked at, which rules held up, and what the cards say of it."""

from __future__ import annotations

import pytest
from dash import no_update

from callbacks.baskets import filter_lists as choices
from callbacks.baskets.cards import show_group
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.table import ordered, page
from tests.callbacks.baskets.shown import show, show_following
from tests.callbacks.baskets.test_baskets import text
from tests.serving.rules.rulebook import held_back, release_of_baskets


@pytest.fixture(scope="module")
def release():
    """Everybody's invoices, a cluster's, and as if mined of customers: everybody's; then a period."""
    made = release_of_baskets()
    held_back(made)
    everybody, cluster, segment = made.overview.rule_scopes
    everything = {"id": "all@customers", "name": "All customers", "baskets_of": "customers"}
    days = {"first_day": "2011-09-10", "last_day": "2011-12-09"}
    made.overview.rule_scopes[:] = [
        everybody,
        cluster.model_copy(update=everything),
        segment.model_copy(update={"id": "period:3-months", "name": "Last 3 months", **days}),
    ]
    return made


def test_a_period_replaces_a_group_and_what_a_basket_is_stays_where_it_was_mined(release):
    assert choices.choose_period(release, "", "period:3-months") == "?period=3-months"
    assert choices.choose_period(release, "?period=3-months", "all") == ""
    assert choices.choose_period(release, "?baskets=customers", "period:3-months") == "?period=3-months"
    assert choices.choose_group(release, "?period=3-months", "all") is no_update
    assert choices.choose_baskets(release, "?min_lift=1.5", "customers") == "?baskets=customers&min_lift=1.5"
    assert choices.choose_baskets(release, "?baskets=customers", "all") == ""
    assert choices.choose_baskets(release, "", "all") is no_update
    assert choices.choose_period(release, "", "period:none") is no_update


def test_the_list_of_what_held_up_writes_the_address_once(release):
    assert choices.choose_held_up(release, "?min_lift=1.5", "yes") == "?min_lift=1.5&held_up=yes"
    assert choices.choose_held_up(release, "?held_up=yes", "all") == ""
    assert choices.choose_held_up(release, "?held_up=yes", "yes") is no_update
    assert choices.choose_held_up(release, "", "perhaps") is no_update
    assert show(release, "?held_up=yes")["held_up"] == "yes"
    assert show(release, "")["held_up"] == "all"


def test_the_page_says_what_a_basket_is_and_from_when(release):
    of_customers = show(release, "?baskets=customers", None)
    assert "A basket is everything a customer bought" in of_customers["sub"]
    assert "of its customers" in text(of_customers["rules_finding"])
    assert of_customers["figure"]["layout"]["xaxis"]["title"]["text"] == "support, share of customers"
    assert "from 10 September 2011 to 9 December 2011" in show(release, "?period=3-months", None)["sub"]


def test_lists_offer_what_the_release_has_and_chips_undo_one_choice_each(release):
    group = show_group(release, "all@customers")
    assert (group["group"], group["period"], group["baskets_of"]) == ("all", "all", "customers")
    assert [option["value"] for option in group["periods"]] == ["all", "period:3-months"]
    assert not any(group[name] for name in ("no_periods", "no_baskets", "not_held"))
    assert show_group(release, "period:3-months")["no_baskets"]
    chips = show(release, "?baskets=customers&held_up=no", None)["chips"]
    leads = {text(chip): chip["props"]["data-search"] for chip in chips}
    assert leads["Basket everything a customer bought, remove"] == "?held_up=no"
    assert leads["Held up no, remove"] == "?baskets=customers"


def test_columns_are_explained_and_what_an_older_release_lacks_is_said(release):
    note = show_group(release, "all")["rules_note"]
    assert "before 10 October 2011" in note
    assert "the lift is not clearly beyond the lift by chance" in note
    assert "those who bought all products" in show_group(release, "all@customers")["rules_note"]
    older = release_of_baskets()
    for name in ("held_up", "q_value", "finding"):
        older.rules.pop(name, None)
    group = show_group(older, "all")
    assert "Train again" in group["rules_note"]
    assert (group["not_held"], group["tests"]) == (
        True,
        {"tested": False, "held": False, "judged": False, "release": older.id},
    )
    short = release_of_baskets()
    held_back(short)
    short.overview = short.overview.model_copy(update={"rules_later": None})
    assert "too short to set later baskets aside" in show_group(short, "all")["rules_note"]


def test_rows_carry_counts_beside_ratios_and_sort_by_what_held_up(release):
    found = find(release, RuleFilters())
    rows = page(release, ordered(release, found, (("held_up", True),)))
    held = [row["held_up"] for row in rows]
    assert held == sorted(held, reverse=True)
    for row in rows:
        assert row["confidence"] == pytest.approx(row["count"] / row["antecedent_count"], abs=1e-6)
        unseen = row["later_antecedent_count"] == 0
        assert row["later_confidence"] == (None if unseen else 0.775)
        assert len(row["items"]) == len(row["antecedents"]) + len(row["consequents"])


def test_cards_follow_all_filters_and_say_so_when_nothing_is_left(release):
    filters = RuleFilters(items=("TEA POT",))
    shown = show_following(release, filters)
    assert all("2" in dict(each["products"]) for each in shown["data"]["sets"])
    assert shown["export"].startswith("/export/bundles.csv?item=TEA+POT&release=")
    assert "at usual prices" in text(show_following(release, RuleFilters())["bundles_finding"])
    assert "not of the period" not in show_following(release, RuleFilters())["bundles_note"]
    nothing = show_following(release, RuleFilters(min_lift=99.0))
    assert all(nothing["data"]["nothing"].values())
    assert text(nothing["bundles_finding"]) == "No products are sold together in these rules."
