"""Orders opened to their lines, and returns with what they took, as the shop's file has them."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest

from services.core.refusals import NotFound, Refusal
from services.releases.lookup import COLUMNS, created, indexed
from services.serving.customers.lines import lines_of, taken_by_return
from services.serving.customers.orders import MOST_FOUND, numbered, one_order, orders
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
    assert numbered(release, f" {invoice} ").found == [(release.row_of("12030"), invoice, False)]
    assert numbered(release, "r2").found == [(release.row_of("12006"), "R2", True)]
    for unknown in ("", "999999", "x" * 10_000, "\ud800", "%", "R_", "2"):
        assert numbered(release, unknown).found == []
    assert numbered(table_shop(), "1").found == []


class Reused:
    """A release in which numbers came back: as much of it as is asked for numbers."""

    def __init__(self, orders, returns=(), *, index=True):
        self._base = sqlite3.connect(":memory:")
        self._base.row_factory = sqlite3.Row
        self.asked = []
        for table, rows in (("orders", orders), ("returns", returns)):
            self._base.execute(created(table))
            marks = ", ".join("?" * len(COLUMNS[table]))
            for row, invoice in rows:
                given = {"customer": row, "invoice": invoice}
                values = [given.get(name, 0) for name in COLUMNS[table]]
                self._base.execute(f"INSERT INTO {table} VALUES ({marks})", values)
            if index:
                self._base.execute(indexed(table))
        self._base.set_trace_callback(self.asked.append)

    def lookup(self):
        return self._base


@pytest.mark.parametrize("index", [False, True])
def test_a_number_that_came_back_finds_all_that_have_it_in_any_case(index):
    orders = [(0, "C7 of 2011-12-09"), (0, "c7 of 2011-12-10"), (3, "C70"), (4, "C7 off"), (5, "Ü1")]
    release = Reused([*orders, (1, "C7")], [(1, "C7"), (2, "C7")], index=index)
    for typed in ("C7", " c7"):
        shared = numbered(release, typed)
        assert shared.found == [
            (0, "C7 of 2011-12-09", False),
            (0, "c7 of 2011-12-10", False),
            (1, "C7", False),
            (2, "C7", True),
        ]
        assert (shared.customers, shared.cut) == (3, False)
    assert numbered(release, "c7 of 2011-12-09").found == [(0, "C7 of 2011-12-09", False)]
    assert numbered(release, "ü1").found == [(5, "Ü1", False)]


def test_more_than_can_be_listed_are_said_to_be_more_and_no_customer_is_hidden_by_another():
    many = [(0, f"7 of 2011-{month:02}-{day:02}") for month in range(1, 13) for day in range(1, 26)]
    shared = numbered(Reused([*many, (9, "7 of 2012-01-01")]), "7")
    assert (len(shared.found), shared.customers, shared.cut) == (MOST_FOUND, 2, True)
    shared = numbered(Reused([(row, "7") for row in range(99)]), "7")
    assert (len(shared.found), shared.customers, shared.cut) == (MOST_FOUND, MOST_FOUND + 1, True)
    shared = numbered(Reused([(row, "7") for row in range(MOST_FOUND)]), "7")
    assert (len(shared.found), shared.customers, shared.cut) == (MOST_FOUND, MOST_FOUND, False)


@pytest.mark.parametrize("typed", ["7", "ü7"])
def test_numbers_are_looked_for_in_the_index(typed):
    release = Reused([(row, typed) for row in range(60)], [(60, typed)])
    assert numbered(release, typed).cut
    asked = [each for each in release.asked if "invoice" in each and each.startswith("SELECT")]
    assert len(asked) == 2
    given = {f"typed{place}": typed for place in range(3)}
    for each in asked:
        plan = [row["detail"] for row in release.lookup().execute(f"EXPLAIN QUERY PLAN {each}", given)]
        read = [line for line in plan if line.split()[1] in ("orders", "returns")]
        assert len(read) >= 4
        assert all(line.startswith("SEARCH") and "_by_invoice (invoice" in line for line in read), plan
