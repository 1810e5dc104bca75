"""What to offer a customer: the card's two choices, with every kind of release."""

from __future__ import annotations

import orjson
import pytest

from callbacks.customers import view as tab
from callbacks.customers.offers import offers
from callbacks.shared.address import one_or_none
from services.core.recommending import METHODS, NEW_METHODS
from services.serving.customers import recommendations
from tests.serving.shops import shop, table_shop

CUSTOMER = "12030"


@pytest.fixture(scope="module")
def release():
    return shop()


def written(shown):
    """Write an answer as Dash would: plain values only."""
    return orjson.dumps(shown).decode()


def names(release, row, *, again):
    offered = recommendations.recommend(release, row, 5, replenish=again)
    return [each.description for each in offered.products]


@pytest.mark.parametrize("kind", ["new", "again"])
@pytest.mark.parametrize("method", ["best", *NEW_METHODS])
def test_every_customer_has_a_card_by_every_choice(release, kind, method):
    for row in range(release.count):
        shown = offers(release, row, kind, method)
        assert shown["offers_finding"]
        assert shown["offers_hidden"] is False
        assert written(shown)


def test_bought_again_are_the_products_of_the_customer(release):
    row = release.row_of(CUSTOMER)
    listed = names(release, row, again=True)
    assert listed
    shown = written(offers(release, row, "again", "best"))
    assert [name for name in listed if name not in shown] == []
    assert "orders of this customer" in shown


def test_the_other_cards_bring_the_list_of_the_choice_made_before(release):
    row = release.row_of(CUSTOMER)
    cards = tab.cards(release, one_or_none(release, [CUSTOMER]), "again", "best")
    assert {name: cards[name] for name in tab.customers_offers.OUTPUTS} == offers(
        release, row, "again", "best"
    )


@pytest.mark.parametrize("asked", [[], ["99999"], [CUSTOMER, "12031"]], ids=["none", "unknown", "two"])
def test_nobody_or_several_leave_no_offers(release, asked):
    cards = tab.cards(release, one_or_none(release, asked))
    assert (cards["offers"], cards["offers_finding"], cards["offers_record"]) == ("", "", "")
    assert cards["offers_hidden"] is True


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: shop(products=False), "has no product codes"),
        (lambda: shop(customers=1), "at least two customers"),
        (table_shop, "has no product codes"),
    ],
    ids=["no products", "one customer", "a table"],
)
def test_a_release_without_recommendations_says_why_and_offers_no_choice(made, sentence):
    shown = offers(made(), 0, "new", "best")
    assert sentence in shown["offers_finding"]
    assert (shown["offers"], shown["offers_record"], shown["offers_hidden"]) == ("", "", True)


def test_a_release_made_before_there_were_recommendations_says_to_train_again(release, monkeypatch):
    kept = f"{recommendations.__name__}.report_of"
    monkeypatch.setitem(vars(release), kept, {"missing": recommendations.OLDER.text})
    shown = offers(release, 0, "new", "best")
    assert "Train again" in shown["offers_finding"]
    assert shown["offers_hidden"] is True


def test_a_method_that_nobody_knows_is_refused_in_the_card(release):
    shown = offers(release, 0, "new", "magic")
    assert "There is no method “magic”" in shown["offers_finding"]
    assert all(method in shown["offers_finding"] for method in METHODS)
