"""Answers of the tab Customers: every state, every kind of release, nothing left of the customer before."""

from __future__ import annotations

from urllib.parse import quote

import orjson
import pytest

from callbacks.customers import places
from callbacks.customers import view as tab
from callbacks.shared.address import ids_in, one_or_none
from layouts.customers.figures import NOTHING
from layouts.ids import Customers
from services.serving.customers.rhythm import own_rhythm
from tests.serving.shops import AWKWARD, shop, table_shop

PRESETS = ("standard", "quartile", "ten-segment", "four-group", "ten-cluster")
MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def release():
    return shop()


def written(shown):
    """Write an answer as Dash would: plain values only, so at once."""
    return orjson.dumps(shown, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode()


def complete(shown, outputs):
    """Whether an answer has a value for every output, also for those by axis."""
    by_axis = [name for name, output in outputs.items() if isinstance(output, dict)]
    return shown.keys() == outputs.keys() and all(
        shown[name].keys() == outputs[name].keys() for name in by_axis
    )


def test_before_a_look_up_the_best_customer_is_offered(release):
    shown = tab.show(release, [])
    best = release.id_of(int(release.customers["order_monetary"][-1]))
    assert (shown["finder"], shown["page"]) == (False, True)
    assert f"/customers?id={quote(best, safe='')}" in written(shown["answer"])


def test_one_of_those_at_risk_is_offered_where_there_is_one(release):
    offered = tab.examples(release)
    spent = [each.values["monetary"] for each in offered]
    assert spent == sorted(spent, reverse=True)
    risky = [segment.id for segment in release.segments if segment.at_risk and segment.customers]
    assert len(offered) == 2
    assert offered[1].segment.id in risky


def both(release, customer):
    return tab.show(release, [customer]), tab.cards(release, one_or_none(release, [customer]))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_customer_of_every_preset_has_a_page(preset):
    release = shop(preset)
    for row in range(release.count):
        customer = release.id_of(row)
        head, cards = both(release, customer)
        assert (head["id"], head["finder"], head["page"]) == (customer, True, False)
        assert complete(head, places.STATE | places.HEAD)
        assert complete(cards, places.CARDS)
        assert set(cards["parts"]["parts"]) <= set(places.PLACES)
        assert len(written(head)) + len(written(cards)) < MOST_BYTES


MEAGRE = {
    "no products": lambda: shop(products=False),
    "one customer": lambda: shop(customers=1),
    "four customers": lambda: shop(customers=4),
    "a table of customers": table_shop,
}


@pytest.mark.parametrize("made", MEAGRE.values(), ids=MEAGRE.keys())
def test_every_customer_of_a_meagre_release_has_a_page(made):
    release = made()
    for row in range(release.count):
        head, cards = both(release, release.id_of(row))
        assert head["id"] == release.id_of(row)
        assert written(head)
        assert written(cards)


def test_a_table_of_customers_says_that_there_are_no_orders():
    release = table_shop()
    head, cards = both(release, release.id_of(0))
    assert "table of customers" in head["missing"]
    assert "rhythms are not known" in written(head["expected"])
    assert (cards["orders"], cards["months"], cards["gaps_hidden"]) == ([], NOTHING, True)


def test_a_file_without_countries_and_products_says_so():
    release = shop(products=False)
    head, cards = both(release, "12030")
    assert (head["country"], head["missing"]) == ("unknown", "")
    assert "name no products" in cards["favourites_finding"]
    assert Customers.FAVOURITES not in cards["parts"]["parts"]
    assert cards["orders"]


def test_one_order_has_a_value_but_no_gap(release):
    once = next(release.id_of(row) for row in range(release.count) if release.customers["orders"][row] == 1)
    head, cards = both(release, once)
    state = own_rhythm(release, release.row_of(once)).state
    assert f"{state.name}, overdue by" in written(head["expected"])
    assert cards["gaps_hidden"] is True
    assert "No gap yet" in written(cards["gaps_none"])
    assert cards["values_finding"].startswith("One order of £")
    assert cards["orders_finding"].startswith("One order, ")


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["99999"],
        ["12030", "99999"],
        ["12030", "12031"],
        [",".join(map(str, range(201)))],
        ["1" * 65],
        ["1," * 500_000],
    ],
    ids=["none", "unknown", "known and unknown", "two", "too many", "too long an id", "too long"],
)
def test_c1_c5_nothing_of_the_customer_before_is_left(release, asked):
    head, cards = tab.show(release, asked), tab.cards(release, one_or_none(release, asked))
    assert complete(head, places.STATE | places.HEAD)
    assert complete(cards, places.CARDS)
    assert (head["finder"], head["page"]) == (False, True)
    left = {name: value for name, value in head.items() if name not in ("finder", "page", "answer")}
    assert {str(part) for value in left.values() for part in _leaves(value)} <= {"", "{}"}
    assert cards["parts"] is None
    assert (cards["orders"], cards["months"], cards["gaps"], cards["values"]) == (
        [],
        NOTHING,
        NOTHING,
        NOTHING,
    )
    assert not any(cards[name] for name in places.FINDINGS)


def _leaves(value):
    return value.values() if isinstance(value, dict) else [value]


def test_an_unknown_id_is_named_with_ids_close_by(release):
    answer = written(tab.show(release, ["12039.5"])["answer"])
    assert "No customer 12039.5 in this release" in answer
    assert "/customers?id=12039" in answer


def test_of_several_the_found_are_listed_and_the_unknown_named(release):
    answer = written(tab.show(release, ["12030", "12031", "none such"])["answer"])
    assert "2 customers, £" in answer
    assert "1 ID is not in this release." in answer
    assert "none such" in answer


def test_an_id_that_is_too_long_is_refused_in_the_place_of_the_answer(release):
    answer = written(tab.show(release, ["12030" * 13])["answer"])
    assert "An ID has at most 64 characters." in answer
    assert "No customer" not in answer


def test_too_many_ids_are_refused_in_the_place_of_the_answer(release):
    answer = written(tab.show(release, [",".join(map(str, range(201)))])["answer"])
    assert "200 can be looked up at once" in answer


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "\x00",
        "../../etc/passwd",
        "\u202e50021",
        "\ud800",
        "%00",
    ],
)
def test_what_no_shop_calls_a_customer_is_shown_as_text(release, hostile):
    shown = tab.show(release, [hostile])
    assert shown["page"] is True
    text = shown["answer"]["props"]["children"][1]["props"]["children"]
    assert text.startswith("No customer ")
    assert written(shown)
    assert tab.cards(release, one_or_none(release, [hostile]))["parts"] is None


@pytest.mark.parametrize("customer", AWKWARD.values())
def test_an_awkward_id_survives_the_address(release, customer):
    asked = ids_in(f"?id={quote(customer, safe='')}&release=x")
    assert asked == [customer]
    assert tab.show(release, asked)["id"] == customer


def test_an_address_without_an_id_asks_for_nobody():
    assert ids_in(None) == ids_in("") == ids_in("?id=&id=%20") == ids_in("?segment=x") == []
    assert ids_in("?id=a&id=b") == ["a", "b"]
    assert ids_in("?id=%ED%A0%80") != []
