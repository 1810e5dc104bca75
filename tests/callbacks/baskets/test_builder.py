"""The card that builds a bundle: what is typed and pressed, what it says, what it refuses."""

from __future__ import annotations

import pytest
from dash import no_update

from callbacks.baskets.builder import BUILDER, ERRORS, TYPED
from callbacks.baskets.steps import details
from layouts.ids import Baskets
from services.serving.rules.find import RuleFilters, find
from tests.callbacks.baskets.shown import answered
from tests.callbacks.baskets.test_baskets import text
from tests.serving.rules.rulebook import release_of_baskets

TEA = "?bundle=0&bundle=1&bundle=2"


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def card(release, search, pressed=None, **typed):
    """The card, and the address that it leads to."""
    shown = answered(release, search, pressed, builder=typed)
    return shown["builder"], shown["address"]


def test_an_empty_card_says_how_to_begin_and_every_output_has_a_value(release):
    for search in ("", "?bundle=0", TEA, "?bundle=0&bundle=4"):
        shown, _ = card(release, search)
        assert (set(shown), set(shown["errors"]), set(shown["typed"])) == (
            set(BUILDER),
            set(ERRORS),
            set(TYPED),
        )
    shown, _ = card(release, "")
    assert "Pick 2 to 5 products" in text(shown["finding"])
    assert shown["export_hidden"]
    assert shown["terms_hidden"]


def test_products_are_typed_one_by_one(release):
    shown, address = card(release, "", Baskets.BUILDER_ADD, product="tea cup")
    assert (address, shown["typed"]["product"]) == ("?bundle=0", "")
    shown, address = card(release, address, Baskets.BUILDER_INPUT, product="1")
    assert address == "?bundle=0&bundle=1"
    assert "144 orders in the past held TEA CUP and TEA PLATE together." in text(shown["finding"])
    assert not shown["export_hidden"]


@pytest.mark.parametrize(
    ("search", "typed", "why"),
    [
        ("", "", "Choose a product from the list, or give its code."),
        ("", "tea", "“tea” fits more than one product."),
        ("", "spoon", "No order holds a product “spoon”."),
        (TEA, "tea pot", "TEA POT is in the bundle already. Choose another product."),
        ("&".join(["?bundle=0", *(f"bundle={place}" for place in range(1, 5))]), "", "Choose a product"),
    ],
)
def test_a_product_that_cannot_be_taken_is_refused_beside_its_field(release, search, typed, why):
    shown, address = card(release, search, Baskets.BUILDER_ADD, product=typed)
    assert why in text(shown["errors"]["product"])
    assert address is no_update


def test_the_basket_and_the_products_of_a_rule_can_be_the_bundle(release):
    shown, _ = card(release, "?basket=0&basket=1")
    assert "?basket=0&basket=1&bundle=0&bundle=1" in str(shown["start"][0])
    assert card(release, "?basket=0")[0]["start"] == []
    row = str(find(release, RuleFilters())[0])
    assert "Build a bundle of these" in text(details(release, "", {"row": row, "press": 1}))


def test_a_price_or_a_discount_is_told_with_what_pays_for_it(release):
    shown, address = card(release, TEA, Baskets.BUILDER_SET, kind="discount", value="10")
    assert address == f"{TEA}&bundle_discount=0.1"
    said = text(shown["result"])
    assert "Of the 144 orders with all products or all but one, 33.3" in said
    assert "it does not promise what a bundle will sell" in said
    assert "the bundle price takes £74.40 off the 48 orders that held all products anyway." in said
    assert (
        "9 of 96 such orders must take it, so the take-up must rise from 33.3\u00a0% to 39.6\u00a0%." in said
    )
    assert "the margins of TEA CUP, TEA PLATE and TEA POT are not known" in said
    _, address = card(release, address, Baskets.BUILDER_VALUE, kind="price", value="£14")
    assert address == f"{TEA}&bundle_price=14"
    assert card(release, address)[0]["typed"] == {
        "product": no_update,
        "kind": "price",
        "value": "14",
        "margin": "",
    }
    assert card(release, address, Baskets.BUILDER_SET, kind="price", value="")[1] == TEA


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("price", "15.46", "Give a price that is not above their usual prices together."),
        ("price", "-3", "A bundle costs more than 0."),
        ("price", "cheap", "Type the price as an amount"),
        ("discount", "100", "A discount is from 0 to under 100"),
        ("discount", "-5", "A discount is from 0 to under 100"),
        ("discount", "x", "Type the discount as a percentage"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_the_old_result_goes(release, kind, value, why):
    shown, address = card(release, TEA, Baskets.BUILDER_SET, kind=kind, value=value)
    assert why in text(shown["errors"]["value"])
    assert (address, shown["result"], shown["export_hidden"]) == (no_update, [], True)


def test_a_discount_is_said_as_it_was_asked_where_rounding_makes_it_another(release):
    assert "£1.55 less, 10.0\u00a0% off" in text(card(release, f"{TEA}&bundle_discount=0.1")[0]["result"])
    said = text(card(release, f"{TEA}&bundle_discount=0.0004")[0]["result"])
    assert "£0.01 less, 0.1\u00a0% off (under 0.1\u00a0% before rounding to 0.01)" in said
    assert "before rounding to 0.01" not in text(card(release, f"{TEA}&bundle_price=14")[0]["result"])


def test_what_was_refused_in_one_field_stays_while_another_is_used(release):
    shown, _ = card(release, TEA, Baskets.BUILDER_ADD, product="spoon")
    assert (shown["errors"]["value"], shown["errors"]["margin"]) == (no_update, no_update)
    shown, address = card(release, TEA, Baskets.BUILDER_SET, kind="discount", value="10")
    assert shown["errors"] == {"product": no_update, "value": [], "margin": no_update}
    shown, _ = card(release, address, Baskets.BUILDER_SET_MARGIN, of="0", margin="40")
    assert shown["errors"] == {"product": no_update, "value": no_update, "margin": []}
    assert card(release, address)[0]["errors"] == {"product": [], "value": [], "margin": []}


def test_margins_are_typed_and_only_all_of_them_give_a_profit(release):
    address = f"{TEA}&bundle_price=14"
    for code in ("0", "1", "2"):
        shown, address = card(release, address, Baskets.BUILDER_SET_MARGIN, of=code, margin="40")
    assert address.endswith("bundle_margin=0%3A0.4&bundle_margin=1%3A0.4&bundle_margin=2%3A0.4")
    said = text(shown["result"])
    assert "At the margins given, a bundle earns £4.73; at usual prices its products earn £6.18." in said
    assert "In profit, at the margins given:" in said
    shown, address = card(release, address, Baskets.BUILDER_MARGIN, of="1", margin="")
    assert "the margin of TEA PLATE is not known" in text(shown["result"])
    assert "earns" not in text(shown["result"])
    shown, _ = card(release, address, Baskets.BUILDER_MARGIN, of="9", margin="1")
    assert "Choose a product of the bundle first." in text(shown["errors"]["margin"])
    shown, _ = card(release, address, Baskets.BUILDER_MARGIN, of="1", margin="101")
    assert "A margin is the share of the price" in text(shown["errors"]["margin"])


def test_products_that_no_order_holds_together_are_refused_in_the_result(release):
    shown, _ = card(release, "?bundle=0&bundle=4")
    assert "No order holds both of these products" in text(shown["result"])
    assert shown["export_hidden"]


def test_who_bought_the_others_can_be_saved_where_rules_name_the_products(release):
    assert "save=rule&antecedent=0&antecedent=1&consequent=2&buyers=not-yet" in str(
        card(release, TEA)[0]["result"]
    )
