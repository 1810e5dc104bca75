"""A column that holds nothing plays no role where another one fits, and 0 in every row is no money."""

import random
from decimal import Decimal

import pytest

from tests.training.written import column

SQUARE = (
    "Date,Time,Time Zone,Item,Qty,SKU,Gross Sales,Net Sales,Transaction ID,Payment ID,Event Type,"
    "Customer ID\n"
)
SALES = [
    "2024-01-04,10:15:00,UTC,Latte,3.0,{},$12.00,$12.00,T1,P1,Payment,CU2",
    "2024-01-05,10:15:00,UTC,Latte,-1.0,{},-$4.00,-$4.00,T1,P2,Refund,CU2",
    "2024-01-06,10:15:00,UTC,Bagel,1.0,{},$3.00,$3.00,T3,P3,Payment,CU1",
]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_blank_column_of_a_layout_gives_way_to_the_next_that_it_names(read, engine, seed):
    rows = random.Random(seed).sample(SALES, 3)
    report = read(SQUARE + "\n".join(rows).format("", "", ""))
    assert (report.layout, report.detected.columns["product"]) == ("square", "Item")
    assert sorted(column(engine, "product")) == ["Bagel", "Latte", "Latte"]


def test_a_product_without_a_code_has_its_name_where_others_have_codes(read, engine):
    report = read(SQUARE + "\n".join(SALES).format("", "", "B-1"))
    assert report.detected.columns["product"] == "SKU, else Item"
    assert sorted(column(engine, "product")) == ["B-1", "Latte", "Latte"]
    assert read(SQUARE + "\n".join(SALES).format("L", "L", "B-1")).detected.columns["product"] == "SKU"


def test_a_blank_column_wins_no_role_where_another_fits(read, engine):
    report = read("Order ID,Date,Customer ID,Email,Amount\n1,2024-01-04,,a@x.example,5\n2,2024-01-05, ,b,7\n")
    assert report.detected.columns["customer"] == "Email"
    assert sorted(column(engine, "customer_id")) == ["a@x.example", "b"]


def test_a_blank_column_stays_where_no_other_fits_and_where_it_was_named(read):
    text = "Customer ID,Email,Order ID,Date,Amount\n,a@x.example,,2024-01-04,5\n,b@x.example,,2024-01-05,7\n"
    assert read(text).detected.columns["invoice"] == "Order ID"
    report = read(text, columns={"customer": "Order ID"})
    assert report.detected.columns["customer"] == "Order ID"


def test_money_that_is_0_in_every_row_is_passed_over_and_it_is_said(read, engine):
    report = read("Email,Date,Total,Subtotal\na@x.example,2024-01-04,0.00,5\nb@x.example,2024-01-05,€0,7\n")
    assert sum(column(engine, "amount")) == Decimal(12)
    assert report.warnings[0] == (
        "The column “Total” is 0 in every row, so “Subtotal” is the money. If the first is meant, add "
        "--columns amount=Total."
    )
