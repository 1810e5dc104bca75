"""The card "What to offer": every state in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from layouts.customers import offers as view
from services.core.recommending import METHODS, NEW_METHODS

RECORD = {
    "days": 60,
    "at": 10,
    "customers": 1701,
    "repeat_customers": 1630,
    "new": {
        "linear-items": {"found": 0.89, "found_low": 0.84, "found_high": 0.95},
        "recent-popularity": {"found": 0.59, "found_low": 0.55, "found_high": 0.64},
    },
    "repeat": {},
}
CUP = SimpleNamespace(
    product="B",
    description="CUP",
    price=2.0,
    reason="bought with A TIN, by 41 customers in the same cluster",
    companion=("A", "TIN"),
)


def offered(*products, method="linear-items", note=""):
    return SimpleNamespace(method=method, note=note, products=list(products))


def words_of(part) -> str:
    """Join what a component says."""
    if isinstance(part, str | list):
        return part if isinstance(part, str) else "".join(words_of(each) for each in part)
    return words_of(part.children or "")


def test_the_track_record_stands_beside_that_of_the_best_selling_products():
    assert view.track_record(RECORD, "linear-items", again=False) == (
        "Tested on the last 60 days, which were kept back: of ten such products, the 1,701 customers who "
        "bought anything new bought 0.89 on average (95 % interval 0.84 to 0.95); of the ten "
        "best sellers, 0.59."
    )
    assert "best sellers" not in view.track_record(RECORD, "recent-popularity", again=False)


def test_what_is_bought_again_is_held_against_the_best_sellers_bought_before():
    both = {**RECORD, "repeat": RECORD["new"] | {"personal-frequency": RECORD["new"]["linear-items"]}}
    said = view.track_record(both, "personal-frequency", again=True)
    assert "1,630 customers who bought anything again" in said
    assert said.endswith("of the ten best sellers among those bought before, 0.59.")


def test_what_was_not_tried_out_has_no_track_record():
    assert view.track_record(None, "linear-items", again=False) == ""
    assert view.track_record(RECORD, "personal-frequency", again=True) == ""


def test_a_product_has_its_price_and_its_reason_by_names_without_codes():
    shown = view.shown(offered(CUP), RECORD, again=False)
    assert shown["offers_finding"] == (
        "One product not bought before, but bought by others along with what they have."
    )
    assert words_of(shown["offers"]) == "1CUP£2.00Bought with TIN, by 41 customers in the same cluster"
    assert shown["offers_hidden"] is False


def test_a_product_without_price_and_names_is_shown_by_its_code():
    bare = SimpleNamespace(
        product="B", description="", price=None, reason="bought with A, by 2 customers", companion=("A", "")
    )
    assert words_of(view.shown(offered(bare), None, again=False)["offers"]) == (
        "1BBought with A, by 2 customers"
    )


def test_a_reason_that_names_no_product_is_a_sentence():
    cup = SimpleNamespace(
        product="B", description="CUP", price=2.0, reason="in 2 orders of this customer", companion=None
    )
    shown = view.shown(offered(cup, method="personal-frequency"), None, again=True)
    assert words_of(shown["offers"]) == "1CUP£2.00In 2 orders of this customer"
    assert shown["offers_finding"].startswith("One product bought before and still on sale")


@pytest.mark.parametrize(
    ("again", "sentence"), [(True, "still on sale"), (False, "This method finds no product")]
)
def test_nothing_to_offer_is_said_and_another_list_may_be_chosen(again, sentence):
    shown = view.shown(offered(), RECORD, again=again)
    assert sentence in shown["offers_finding"]
    assert (shown["offers"], shown["offers_record"], shown["offers_hidden"]) == ("", "", False)


def test_why_another_method_stands_in_is_the_finding():
    shown = view.shown(offered(CUP, note="Nothing says what goes with it."), RECORD, again=False)
    assert shown["offers_finding"] == "Nothing says what goes with it."


def test_every_method_can_be_chosen_and_says_where_its_list_is_from():
    assert set(view.METHODS) == {"best", *NEW_METHODS}
    for method in METHODS:
        assert view.shown(offered(CUP, method=method), None, again=False)["offers_finding"]
