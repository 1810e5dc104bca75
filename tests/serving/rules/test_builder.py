"""A bundle is told from 240 orders that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded
from services.serving.rules.address import view_at
from services.serving.rules.builder import in_rules, tell
from services.serving.rules.builder_address import BuiltBundle
from services.serving.rules.offered import counted, offered
from tests.releases.tiny import make_tiny_release
from tests.serving.rules.rulebook import BASKETS, PRICES, release_of_baskets

CUP, PLATE, POT, STAND, BUNTING = map(str, range(5))
TEA = BuiltBundle((CUP, PLATE, POT))


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def test_orders_are_counted_with_all_products_and_with_all_but_one(release):
    wanted = {"TEA CUP", "TEA PLATE", "TEA POT"}
    together = sum(wanted <= basket for basket in BASKETS)
    short = [sum(basket & wanted == wanted - {name} for basket in BASKETS) for name in sorted(wanted)]
    found = counted(release, TEA.products)
    assert (found.together, found.short) == (together, short) == (48, [0, 0, 96])
    assert found.each == [sum(name in basket for basket in BASKETS) for name in sorted(wanted)]
    assert offered(release).orders == len(BASKETS)


def test_a_bundle_without_terms_has_a_usual_price_and_a_past(release):
    told = tell(release, TEA)
    assert (told.together, told.short, told.orders) == (48, 96, 240)
    assert (told.take_up.share, told.usual) == (pytest.approx(48 / 144), pytest.approx(sum(PRICES[:3])))
    assert [member.take_up.of for member in told.members] == [48, 48, 144]
    assert (told.terms, told.in_sales, told.profit, told.in_profit) == (None, None, None, None)


def test_a_discount_is_paid_for_by_orders_that_lacked_one_product(release):
    told = tell(release, replace(TEA, discount=0.1))
    assert told.terms.price == 13.9  # 13.905, in whole pennies
    saved = sum(PRICES[:3]) - 13.9
    assert (told.in_sales.given, told.in_sales.gained) == (
        pytest.approx(48 * saved),
        pytest.approx(PRICES[2] - saved),
    )
    assert told.in_sales.needed == 9  # 74.40 by 8.40 each
    assert told.in_sales.share == pytest.approx(57 / 144)


def test_profit_needs_the_margin_of_every_product(release):
    some = replace(TEA, price=14.0, margins=((CUP, 0.5), (PLATE, 0.4)))
    assert (tell(release, some).profit, tell(release, some).in_profit) == (None, None)
    told = tell(release, some.with_margin(POT, 0.2))
    usual = 2.5 * 0.5 + 3 * 0.4 + 9.95 * 0.2
    assert told.usual_profit == pytest.approx(usual)
    assert told.profit == pytest.approx(usual - 1.45)
    assert told.in_profit.gained == pytest.approx(9.95 * 0.2 - 1.45)


def test_without_a_price_of_each_product_there_is_none_together(release):
    told = tell(release, BuiltBundle((STAND, BUNTING), discount=0.1))
    assert (told.usual, told.terms, told.in_sales, told.together) == (None, None, None, 96)


@pytest.mark.parametrize(
    ("built", "why"),
    [
        (BuiltBundle(), "Add another product"),
        (BuiltBundle((CUP,)), "Add another product"),
        (BuiltBundle((CUP, BUNTING)), "No order holds both of these products"),
        (BuiltBundle((CUP, PLATE, BUNTING)), "No order holds all 3 of these products"),
        (replace(TEA, price=15.5), "more than its products do one by one"),
    ],
)
def test_what_is_no_bundle_is_refused_by_a_sentence_that_says_what_to_do(release, built, why):
    with pytest.raises(Refusal, match=why):
        tell(release, built)


def test_the_usual_price_itself_is_a_price(release):
    told = tell(release, replace(TEA, price=15.45))
    assert (told.terms.saved, told.in_sales.needed) == (pytest.approx(0), 0)


def test_the_address_holds_the_bundle_and_is_read_again(release):
    built = replace(TEA, price=14.0, margins=((CUP, 0.5), (POT, -0.25)))
    asked = replace(view_at(release, "?min_lift=1.2"), bundle=built)
    again = view_at(release, asked.to_query())
    assert (again.bundle, again.notes, again.filters) == (built, (), asked.filters)
    assert built.without(POT) == BuiltBundle((CUP, PLATE), margins=((CUP, 0.5),))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("bundle=0&bundle=99", "No order of this release holds the product “99”"),
        ("bundle=0&bundle=0", "the same product twice"),
        ("&".join(f"bundle={place}" for place in (0, 1, 2, 3, 4, 5)), "“5”"),
        ("bundle=0&bundle_price=-1", "A bundle costs more than 0."),
        ("bundle=0&bundle_price=lots", "A bundle costs more than 0."),
        ("bundle=0&bundle_discount=1", "A discount is from 0 to under 100"),
        ("bundle=0&bundle_price=2&bundle_discount=0.1", "a price or a discount"),
        ("bundle=0&bundle_margin=1:0.5", "It names no product of the bundle."),
        ("bundle=0&bundle_margin=0:2", "A margin is the share of the price"),
    ],
)
def test_what_an_address_cannot_ask_of_a_bundle_is_left_out_and_noted(release, query, why):
    asked = view_at(release, f"?{query}")
    assert any(why in note for note in asked.notes), asked.notes
    assert asked.bundle.products[:1] == ("0",)


def test_an_audience_of_a_rule_has_three_products_on_a_side_that_rules_name(release):
    assert in_rules(release, (CUP, PLATE, POT))
    assert not in_rules(release, ("99", CUP))


def test_a_release_made_before_says_so(tmp_path):
    without = Loaded(tmp_path, make_tiny_release(tmp_path, products=False))
    assert view_at(without, "?bundle=22423").notes == (
        f"The bundle was left out. {without.overview.baskets_missing}",
    )
    earlier = release_of_baskets()
    earlier.lookup = lambda made=earlier.lookup: _without_table(made())
    assert "Train again to build bundles." in view_at(earlier, "?bundle=0").notes[0]
    with pytest.raises(Refusal, match="made by an earlier version"):
        tell(earlier, TEA)


def _without_table(base):
    base.execute("DROP TABLE held_in")
    return base
