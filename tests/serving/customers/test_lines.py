"""Orders opened to their lines, and returns with what they took, as the shop's file has them."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.core.refusals import NotFound, Refusal
from services.serving.customers.lines import lines_of, taken_by_return
from services.serving.customers.orders import numbered, one_order, orders
from tests.serving.shops import purchases, returning_shop, shop, table_shop


def test_every_order_opens_to_the_lines_that_the_file_has():
    release = shop()
    for customer, invoice, moment, bought in purchases():
        row = release.row_of(customer)
        lines = lines_of(release, row, invoice)
        assert {(each.product, each.quantity, each.price) for each in lines} == set(bought)
        assert all(each.description == f"Thing {each.product}" for each in lines)
        assert [each.amount for each in lines] == sorted((each.amount for each in lines), reverse=True)
        order = one_order(release, row, invoice)
        assert sum(each.amount for each in lines) == pytest.approx(order.amount)
        assert order.bought_at == moment


def test_what_was_sent_back_stands_first_and_the_return_says_what_it_was():
    release = returning_shop()
    row = release.row_of("12006")
    (taken,) = taken_by_return(release, row)["R2"]
    lines = lines_of(release, row, taken.invoice)
    first, order = lines[0], one_order(release, row, taken.invoice)
    assert (taken.products, taken.pieces) == ([first.description], first.returned)
    assert (first.quantity, first.returned_at) == (1, datetime(2024, 12, 31, 9))
    assert not any(each.returned for each in lines[1:])
    assert sum(each.amount for each in lines) == pytest.approx(order.amount)
    # what was never bought takes nothing back
    assert "R3" not in taken_by_return(release, row)


def test_where_returns_are_ignored_lines_are_as_they_were_bought():
    release = returning_shop("ignore")
    row = release.row_of("12005")
    (order,) = orders(release, row)
    assert taken_by_return(release, row) == {}
    assert all(each.quantity and not each.returned for each in lines_of(release, row, order.invoice))


def test_an_order_of_somebody_else_is_none_of_this_customer():
    release = shop()
    other = next(invoice for customer, invoice, *_ in purchases() if customer == "12031")
    for invoice in (other, "", "x" * 10_000, "\0"):
        with pytest.raises(NotFound, match="not among this customer’s orders"):
            lines_of(release, release.row_of("12030"), invoice)


def test_a_file_without_products_has_lines_that_say_so():
    release = shop(products=False)
    row = release.row_of("12030")
    order = orders(release, row)[0]
    (line,) = lines_of(release, row, order.invoice)
    assert (line.product, line.description, line.quantity) == ("", "No product named", None)
    assert line.amount == pytest.approx(order.amount)


def test_a_release_from_before_lines_were_kept_says_so(monkeypatch):
    monkeypatch.setattr("services.serving.customers.lines.tables", lambda _release: {"orders"})
    release = shop()
    row = release.row_of("12030")
    assert taken_by_return(release, row) == {}
    with pytest.raises(Refusal, match="made by an earlier version"):
        lines_of(release, row, orders(release, row)[0].invoice)


def test_a_number_finds_the_order_or_the_return_and_its_customer():
    release = returning_shop()
    invoice = next(invoice for customer, invoice, *_ in purchases() if customer == "12030")
    assert numbered(release, f" {invoice} ") == [(release.row_of("12030"), invoice)]
    assert numbered(release, "r2") == [(release.row_of("12006"), "R2")]
    for unknown in ("", "999999", "x" * 10_000, "\ud800", "%", "R_"):
        assert numbered(release, unknown) == []
    assert numbered(table_shop(), "1") == []
