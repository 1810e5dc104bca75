"""The Baskets tab as functions: every state, from an address to components."""

from __future__ import annotations

import base64
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from dash import no_update

from callbacks.baskets import cards as baskets_cards
from callbacks.baskets import filter_lists as baskets_choices
from callbacks.baskets import filters as baskets_filters
from callbacks.baskets import steps as baskets
from callbacks.baskets.cards import show_group
from callbacks.baskets.outputs import SHOWN
from callbacks.baskets.view import missing, point
from layouts import words
from layouts.ids import Baskets
from layouts.plain import plain
from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.index import rule_index
from tests.callbacks.baskets.shown import answered, show, show_following
from tests.releases.tiny import make_tiny_release
from tests.serving.rules.rulebook import release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def text(part) -> str:
    """All words of some components, drawn or plain."""
    if part is None or part is no_update:
        return ""
    if isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return "".join(text(each) for each in part)
    if isinstance(part, dict):
        return text(part["props"].get("children"))
    return text(getattr(part, "children", None))


def test_bundles_of_a_period_say_that_clusters_are_those_of_all_time():
    release = release_of_baskets()
    scopes = release.overview.rule_scopes
    scopes[1] = scopes[1].model_copy(update={"id": "period:3-months"})
    note = show_following(release, RuleFilters("period:3-months"))["bundles_note"]
    assert note.endswith("Where it sells best is based on the whole file, not the period.")


def test_every_output_has_a_value_in_every_state(release):
    for search in ("", "?min_lift=99", "?segment=new"):
        assert set(show(release, search)) == set(SHOWN)
    assert set(missing("There are none.")) == set(SHOWN)
    for scope in ("all", "cluster:c1", "segment:new", "segment:gone"):
        assert set(show_group(release, scope)) == set(baskets_cards.OF_GROUP)
    for filters in (RuleFilters(), RuleFilters(min_lift=99.0), RuleFilters("segment:new")):
        assert set(show_following(release, filters)) == set(baskets_cards.FOLLOWING)


def test_the_head_says_what_a_basket_is_and_the_bar_how_many_rules_there_are(release):
    shown = show(release, "", None)
    assert shown["sub"].startswith("240 invoices, 5 products. A basket is an invoice")
    assert text(shown["found"]).startswith(f"{len(find(release, RuleFilters()))} rules from ")
    assert shown["scope"] == "all"
    assert show(release, "?min_lift=2", "all")["scope"] is no_update


def test_the_picture_is_a_figure_that_plotly_accepts_and_small(release):
    figure = show(release, "?unpruned=1", None)["figure"]
    drawn = go.Figure(figure)
    x, y = (
        np.frombuffer(base64.b64decode(axis["bdata"]), axis["dtype"])
        for axis in (drawn.data[0].x, drawn.data[0].y)
    )
    found = find(release, RuleFilters(unpruned=True))
    assert sorted(x) == sorted(release.rules["count"][found])
    assert sorted(y / 10_000) == pytest.approx(sorted(release.rules["confidence"][found]), abs=1e-4)
    assert len(json.dumps(figure)) < 4_000


def test_the_point_under_the_pointer_is_said_with_its_counts(release):
    best = find(release, RuleFilters())[0]
    drawn = go.Figure(show(release, "", None)["figure"])
    x = np.frombuffer(base64.b64decode(drawn.data[0].x["bdata"]), drawn.data[0].x["dtype"])
    said = [
        text(point(release, "", {"points": [{"pointNumber": place, "x": int(count)}]}))
        for place, count in enumerate(x)
    ]
    counts = f"({release.rules['count'][best]} of {release.rules['antecedent_count'][best]} invoices)"
    assert any(counts in each for each in said)
    assert point(release, "", {"points": [{"pointNumber": 0, "x": 0}]}) == ""
    assert show(release, "?min_lift=2", "all")["point"] == []


def test_without_products_the_page_says_what_the_ledger_lacks_and_nothing_else(tmp_path):
    shown = answered(Loaded(tmp_path, make_tiny_release(tmp_path, products=False)), "")["shown"]
    assert shown["cards_hidden"]
    assert "The file has no column for products." in text(shown["notes"])


def test_no_rule_names_the_filter_to_drop_and_what_that_would_give(release):
    shown = show(release, "?min_lift=99&item=tea", None)
    tea = len(find(release, RuleFilters(items=("tea",))))
    assert shown["rules_hidden"]
    assert shown["scatter_hidden"]
    assert "No rule fits both filters" in text(shown["instead"])
    assert f"Without “Lift at least 99” there would be {tea}." in text(shown["instead"])


def test_a_group_with_too_few_baskets_says_so(release):
    shown = show(release, "?segment=new", None)
    assert "Too few baskets for rules: 1; at least 100 are needed." in text(shown["instead"])


def test_a_basket_says_what_to_offer_and_on_what_counts(release):
    shown = show(release, "?basket=0", None)
    assert "144 of 144 such invoices" in text(shown["offers"])
    assert "Offer TEA PLATE: 100" in text(shown["offer"])
    assert "TEA CUP" in text(shown["basket"])


def test_names_of_products_are_shown_as_text_whatever_they_hold(release):
    figure = show(release, "?item=bunting", None)["figure"]
    labels = [label["text"] for label in figure["layout"]["annotations"]]
    assert any("&lt;b&gt;" in label for label in labels)
    assert not any("<b>" in label for label in labels)


def test_a_portion_is_sorted_cut_and_leads_to_the_same_file(release):
    asked = {"startRow": 2, "endRow": 4, "sortModel": [{"colId": "count", "sort": "desc"}]}
    answer = baskets.rows(release, asked, "?min_lift=1.2")
    found = find(release, RuleFilters(min_lift=1.2))
    assert answer["rows"]["rowCount"] == rule_index(release).count_sets(found) < len(found)
    assert len(answer["rows"]["rowData"]) == 2
    assert answer["export"].startswith("/export/rules.csv?min_lift=1.2&sort=-count&release=")


def test_a_column_that_is_none_is_not_sorted_by(release):
    asked = {"startRow": 0, "endRow": 5, "sortModel": [{"colId": "__class__", "sort": "desc"}, 7]}
    assert baskets.rows(release, asked, "")["rows"]["rowCount"] > 0


@pytest.mark.parametrize(
    ("name", "typed", "query"),
    [
        ("min_support", "5", "?min_support=0.05"),
        # "5,5 %" was 5.5 % before, and "1,000" a lift of 1: a comma parts thousands where the site is British
        ("min_support", " 5.5 % ", "?min_support=0.055"),
        ("min_lift", "1,000", "?min_lift=1000"),
        ("min_lift", "1.5", "?min_lift=1.5"),
        ("item", "TEA CUP", "?item=0"),
        ("item", "tea", "?item=tea"),
    ],
)
def test_a_field_writes_the_address_and_is_emptied(release, name, typed, query):
    answer = baskets_filters.narrow(release, "", name, typed)
    assert answer["address"] == query
    assert answer["values"][name] == ""


@pytest.mark.parametrize(
    ("name", "typed", "word"),
    [
        ("min_support", "0.1", "mined at a support of 4.17 %"),
        ("min_support", "many", "0 to 100"),
        ("min_confidence", "101", "0 to 100"),
        ("min_lift", "", "from 0 up"),
        ("min_lift", "1,5", "Type the lift as a number from 0 up, such as 1.50."),
        ("min_lift", "150%", "from 0 up"),
        (
            "min_confidence",
            "5,5",
            "Type the confidence as a percentage from 0 to 100, such as 12.50.",
        ),
        ("min_lift", "1_000", "from 0 up"),
        ("min_lift", "nan", "from 0 up"),
        ("min_lift", "1e3", "from 0 up"),
        ("min_lift", "\u0663", "from 0 up"),
        ("item", "no such thing", "No rule contains a product"),
        ("item", None, "name, or its code"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_clears_the_rules(release, name, typed, word):
    answer = baskets_filters.narrow(release, "?min_lift=1.2", name, typed)
    assert word in text(answer["errors"][name])
    assert answer["address"] is no_update
    assert answer["scatter_hidden"]
    assert answer["rules_hidden"]
    assert answer["found"] == []
    assert all(not errors for field, errors in answer["errors"].items() if field != name)


def test_a_german_site_reads_what_is_typed_by_its_own_signs(release):
    before = words.manner()
    words.use(words.Manner("de_DE", "EUR", "Europe/Berlin"))
    try:
        assert baskets_filters.narrow(release, "", "min_support", "5,5 %")["address"] == "?min_support=0.055"
        assert baskets_filters.narrow(release, "", "min_lift", "1.000")["address"] == "?min_lift=1000"
        refused = baskets_filters.narrow(release, "", "min_lift", "1.5")
        assert "such as 1,50." in text(refused["errors"]["min_lift"])
        below = baskets_filters.narrow(release, "", "min_support", "0,1")
        assert "mined at a support of 4,17 % of baskets" in text(below["errors"]["min_support"])
    finally:
        words.use(before)


def test_another_group_leaves_out_a_support_its_rules_do_not_reach(release):
    assert baskets_choices.choose_group(release, "?min_support=0.045", "cluster:c1") == "?cluster=c1"
    assert baskets_choices.choose_group(release, "?cluster=c1&min_support=0.06", "all") == "?min_support=0.06"
    assert baskets_choices.choose_group(release, "?cluster=c1", "cluster:c1") is no_update
    assert baskets_choices.choose_group(release, "", "cluster:gone") is no_update


def test_a_point_asks_for_its_products_and_nonsense_for_nothing(release):
    weakest = min(find(release, RuleFilters()), key=lambda row: release.rules["lift"][row])
    count = int(release.rules["count"][weakest])
    address = baskets_filters.focus(release, "", {"points": [{"pointNumber": 0, "x": count}]})
    assert address.count("item=") >= 2
    for clicked in (
        None,
        {},
        {"points": []},
        {"points": [{"pointNumber": "x", "x": count}]},
        {"points": [{"pointNumber": 10**9, "x": count}]},
        {"points": [{"pointNumber": 0}]},
        {"points": [{"pointNumber": float("inf"), "x": count}]},
    ):
        assert baskets_filters.focus(release, "", clicked) is no_update


def test_products_go_into_the_basket_by_name_or_code_once(release):
    assert baskets_filters.put_in_basket(release, "?basket=1", "tea cup")["address"] == "?basket=1&basket=0"
    assert baskets_filters.put_in_basket(release, "?basket=1", "1")["address"] == "?basket=1"
    refused = baskets_filters.put_in_basket(release, "", "coffee")
    assert "No rule contains a product “coffee”" in text(refused["product"]["error"])
    assert refused["address"] is no_update


def test_a_name_that_two_products_have_means_both_in_the_filter_and_none_in_the_basket():
    release = release_of_baskets()
    items = release.overview.items
    items[1] = items[1].model_copy(update={"description": "TEA CUP"})
    assert baskets_filters.narrow(release, "", "item", "tea cup")["address"] == "?item=tea+cup"
    assert baskets_filters.narrow(release, "", "item", "Tea Cup (1)")["address"] == "?item=1"
    refused = baskets_filters.put_in_basket(release, "", "tea cup")
    assert "“tea cup” fits more than one product" in text(refused["product"]["error"])
    assert refused["address"] is no_update


def test_a_product_without_a_name_is_not_put_into_the_basket_by_an_empty_field():
    release = release_of_baskets()
    items = release.overview.items
    items[1] = items[1].model_copy(update={"description": ""})
    assert baskets_filters.put_in_basket(release, "", " ")["address"] is no_update


def test_more_products_than_an_address_holds_are_refused_and_not_dropped(release):
    full = "?" + "&".join(f"item={part}" for part in range(12))
    answer = baskets_filters.narrow(release, full, "item", "tea")
    assert "12 products" in text(answer["errors"]["item"])
    assert answer["address"] is no_update
    assert baskets_filters.narrow(release, full, "item", "TEA PLATE")["address"] == full


def test_a_group_without_rules_says_why_nothing_is_offered(release):
    assert "Too few baskets for rules" in text(show(release, "?segment=new&basket=0", None)["offers"])


def test_a_failed_callback_empties_the_lists_of_suggestions_and_errors():
    assert Baskets.BASKET_OPTIONS.endswith("-options")
    assert all(Baskets.error(name).endswith("-error") for name in baskets_filters.FIELDS)


def test_an_answer_holds_no_component_for_that_would_be_looked_through_value_by_value(release):
    for search in ("", "?min_lift=99", "?basket=A"):
        shown = show(release, search)
        assert plain(shown) == shown
