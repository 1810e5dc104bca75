"""Orders opened on the tab Customers, and looked for by their number."""

from __future__ import annotations

from urllib.parse import quote

import orjson
import pytest

from callbacks.customers import view as tab
from callbacks.customers.asked import asked_in
from callbacks.customers.orders import order
from callbacks.shared.address import one_or_none
from layouts.customers import orders as view
from services.serving.customers.bought import Product
from services.serving.customers.lines import Line
from services.serving.customers.orders import Numbered, WithNumber
from tests.serving.shops import purchases, returning_shop, shop, table_shop

CUSTOMER = "12030"
INVOICES = [invoice for customer, invoice, *_ in purchases() if customer == CUSTOMER]


def asked(release, search):
    found = asked_in(release, search)
    return tab.cards(release, one_or_none(release, found.ids), order=found.order)["order"]


def test_an_address_opens_an_order_of_its_customer_and_without_one_none_is_open():
    release = shop()
    shown = asked(release, f"?id={CUSTOMER}&order={INVOICES[0]}")
    assert shown["heading"] == f"Order {INVOICES[0]}"
    assert shown["finding"].count("3 lines, £") == 1
    assert [each["name"] for each in shown["columns"]] == ["Product", "Code", "Quantity", "Price", "Value"]
    assert len(shown["rows"]) == 3
    assert orjson.dumps(shown)
    assert asked(release, f"?id={CUSTOMER}") is None
    assert asked(release, "?id=99999&order=1") is None


def test_the_number_of_an_order_stands_for_its_customer_and_opens_it():
    release = shop()
    for typed in (INVOICES[-1], f" {INVOICES[-1]} "):
        found = asked_in(release, f"?id={quote(typed)}")
        assert (found.ids, found.order) == ([CUSTOMER], INVOICES[-1])
    # an id is never taken for a number, nor are several
    assert asked_in(release, f"?id={CUSTOMER}").order == ""
    assert asked_in(release, f"?id={INVOICES[0]}&id=12031").ids == [INVOICES[0], "12031"]
    assert asked_in(release, "?id=none such").ids == ["none such"]


def test_the_number_of_a_return_says_what_came_back():
    release = returning_shop()
    shown = asked(release, "?id=R2")
    assert shown["heading"] == "Return R2"
    assert shown["finding"].startswith("31 Dec 2024, 09:00: £")
    assert "Thing P" in shown["finding"]
    assert asked(release, "?id=r3")["finding"].endswith("came back: no purchase in the file.")


MAY = "7 of 2024-05-01"


def numbers(*found, customers=None, cut=False):
    """What is found for a number: rows, numbers, and whether it is a return."""
    rows = [WithNumber(*each) for each in found]
    return Numbered(rows, customers or len({each.row for each in rows}), cut=cut)


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (numbers((0, "7", False), (1, MAY, False)), "2 orders have that number, from 2 customers."),
        (numbers((0, "7", False), (0, MAY, False)), "2 orders have that number, from 1 customer."),
        (numbers((0, "7", True), (0, MAY, False)), "1 order and 1 return have that number, from 1 customer."),
        (numbers((0, "7", True), (1, MAY, True)), "2 returns have that number, from 2 customers."),
        (
            numbers(*[(0, MAY, False)] * 50, customers=2, cut=True),
            "More than 50 orders or returns have that number, from 2 customers. 50 are listed.",
        ),
        (
            numbers(*[(row % 40, MAY, False) for row in range(50)], customers=51, cut=True),
            "More than 50 orders or returns have that number, from more than 50 customers. 50 are listed.",
        ),
    ],
)
def test_a_number_that_several_orders_have_lists_them_and_opens_none(monkeypatch, shared, said):
    release = shop()
    monkeypatch.setattr("callbacks.customers.asked.numbered", lambda *_: shared)
    found = asked_in(release, "?id=7")
    assert (found.sharing, found.order, found.looked_up) == (shared, "", [])
    shown = orjson.dumps(tab.answer(release, found)["answer"]).decode()
    assert said in shown
    assert shown.count("&order=7%20of%202024-05-01") == sum(each.invoice == MAY for each in shared.found)
    assert ("Return 7" in shown) is all(each.returned for each in shared.found)
    assert one_or_none(release, found.ids) is None


def test_several_ids_typed_with_blanks_are_ids_and_no_product(monkeypatch):
    release = shop()
    product = Product(0, "P1", "12030 12031 99999 CANDLES, 12030 pieces")
    monkeypatch.setattr("callbacks.customers.asked.products_like", lambda *_: [product])
    for typed in ("12030 12031", "12030, 12031", "12030;99999", " 99999 12031 "):
        found = asked_in(release, f"?id={quote(typed)}")
        assert (found.ids, found.products, found.looked_up) == ([typed], (), [typed])
    for typed in ("99999 88888", "12030 pieces", "candles", ", ;"):
        found = asked_in(release, f"?id={quote(typed)}")
        assert (found.products, found.looked_up) == ([product], [])


def test_an_order_says_whose_it_is():
    release = shop()
    assert asked(release, f"?id={CUSTOMER}&order={INVOICES[0]}")["customer"] == CUSTOMER
    assert asked(release, f"?id={CUSTOMER}&order=none")["customer"] == CUSTOMER
    assert asked(returning_shop(), "?id=R2")["customer"] == "12006"


def test_what_cannot_be_opened_is_said_in_its_place():
    release = shop()
    row = release.row_of(CUSTOMER)
    assert "is not among this customer’s orders" in order(release, row, "<b>")["finding"]
    assert len(order(release, row, "x" * 10_000)["heading"]) < 100
    empty = table_shop()
    assert "not among" in order(empty, 0, "1")["finding"]


def test_returned_pieces_have_a_column_and_a_line_that_went_back_whole_no_price():
    release = returning_shop()
    row = release.row_of("12006")
    shown = asked(release, "?id=12006&order=" + view_of(release, row))
    assert "Returned" in [each["name"] for each in shown["columns"]]
    assert shown["rows"][0][4].endswith(" on 31 Dec 2024")
    gone = Line("P1", "Lamp", 0, 0.0, 0.0, 2, None)
    assert view.opened("1", None, [gone])["rows"][0][3] is None
    assert "All of it was returned" in view.opened("1", None, [gone])["finding"]


def view_of(release, row):
    listed = tab.cards(release, one_or_none(release, ["12006"]))
    return [each["invoice"] for each in listed["orders"]][-1]


@pytest.mark.parametrize("many", [view.MOST_LINES, view.MOST_LINES + 1])
def test_an_order_of_very_many_lines_says_how_many_are_shown(many):
    release = shop()
    row = release.row_of(CUSTOMER)
    one = tab.habits(release, tab.customers.at(release, row)).orders[0]
    lines = [Line("P1", "Lamp", 1, 1.0, 1.0, 0.0, None)] * many
    shown = view.opened("1", one, lines)
    assert len(shown["rows"]) == view.MOST_LINES
    assert (f"The first 500 of {many} lines are shown" in shown["finding"]) is (many > view.MOST_LINES)
