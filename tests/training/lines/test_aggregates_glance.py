from datetime import datetime

from services.training.lines.glance import BEST_SELLERS, glance
from tests.training.lines.ledgers import cleaned_and_kept, row


def seen(rows):
    return glance(*cleaned_and_kept(rows))


def test_months_without_sales_are_there_with_zeros():
    months = seen([row("a", "1", day="2011-01-31 09:00", quantity=2), row("b", "2", day="2011-03-01")])[
        "months"
    ]
    assert months == [
        {"month": "2011-01", "revenue": 5.0, "orders": 1, "customers": 1, "returns": 0.0},
        {"month": "2011-02", "revenue": 0.0, "orders": 0, "customers": 0, "returns": 0.0},
        {"month": "2011-03", "revenue": 2.5, "orders": 1, "customers": 1, "returns": 0.0},
    ]


def test_returns_are_cancelled_lines_and_negative_amounts_but_neither_twice_nor_without_customer():
    figures = seen(
        [
            row(day="2011-01-05"),
            row(invoice="C1", quantity=-1, day="2011-02-05"),
            row(invoice="C1", quantity=-1, day="2011-02-05"),
            row(invoice="C1", product="P2", quantity=-1, day="2011-02-05"),
            row(invoice="7", quantity=-2, day="2011-02-05"),
            row(invoice="8", quantity=0, day="2011-02-05"),
            row(invoice="9", price="-4.00", day="2011-02-05"),
            row(invoice="10", price="-2.00", day="2011-02-05", amount=2),
            row(None, "C9", quantity=-1, day="2011-02-05"),
        ]
    )
    assert figures["returns"] == {"lines": 5, "amount": 16.0, "invoices": 4, "matched": None}
    assert [month["returns"] for month in figures["months"]] == [0.0, 16.0]
    assert figures["data_from"] == figures["data_to"] == datetime(2011, 1, 5)


def test_a_ledger_without_returns_has_none():
    assert seen([row()])["returns"] == {"lines": 0, "amount": 0.0, "invoices": 0, "matched": None}


def test_orders_are_counted_by_weekday_and_hour_of_their_first_line():
    monday = "2011-03-07 "
    hours = seen(
        [row(day=monday + "10:59"), row(product="P2", day=monday + "11:00"), row("b", day="2011-03-13")]
    )["hours"]
    assert hours[0][10] == 1
    assert hours[6][0] == 1
    assert sum(map(sum, hours)) == 2


def test_a_ledger_of_dates_has_no_hours():
    assert seen([row(day="2011-03-07"), row(day="2011-03-08")])["hours"] is None


def test_the_best_sellers_are_products_by_revenue():
    rows = [row(product=f"P{n}", price=str(n)) for n in range(1, 21)] + [row(product="POST", price="500")]
    best = seen(rows)["products"]
    assert [each["product"] for each in best] == [f"P{n}" for n in range(20, 20 - BEST_SELLERS, -1)]
    assert best[0] == {
        "product": "P20",
        "description": "Item P20",
        "orders": 1,
        "pieces": 1.0,
        "revenue": 20.0,
    }
