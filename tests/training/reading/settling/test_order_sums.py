"""Discounts on lines and on whole orders are taken off where the sums show that the lines are in full."""

import random
from decimal import Decimal

import pytest

from services.core.refusals import Refusal
from services.training.reading.columns.addresses import parse_columns
from tests.training.written import column

SHOPIFY = (
    "Name,Email,Financial Status,Subtotal,Shipping,Total,Discount Amount,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Lineitem discount\n"
)
OFF = [
    "#1,a@x.example,paid,23.33,0,23.33,10.00,2024-01-13 10:00:00 +0000,1,Mug,11.11,MUG,0",
    "#1,a@x.example,,,,,,2024-01-13 10:00:00 +0000,1,Bowl,11.11,BOWL,0",
    "#1,a@x.example,,,,,,2024-01-13 10:00:00 +0000,1,Cup,11.11,CUP,0",
    "#2,b@x.example,paid,30.00,0.00,30.00,4.90,2024-01-14 10:00:00 +0000,1,Dish,30.00,DISH,0",
    "#3,c@x.example,paid,27.00,5.00,32.00,3.00,2024-01-15 10:00:00 +0000,1,Dish,30.00,DISH,3.00",
]


def total(engine):
    return engine.execute("SELECT sum(amount) FROM read_lines WHERE unreadable IS NULL").fetchone()[0]


def test_what_is_off_an_order_is_spread_over_its_lines_to_the_cent_in_any_order_of_rows(read, engine):
    found = []
    for rows in (OFF, [OFF[0], *random.Random(3).sample(OFF[1:], 4)], OFF[::-1]):
        report = read(SHOPIFY + "\n".join(rows))
        found.append(sorted(column(engine, "invoice", "product", "amount")))
        assert total(engine) == Decimal("80.33")
        assert report.warnings[-1].startswith(
            "The discounts on whole orders (“Discount Amount”), 10.00 in 1 order, were taken off their lines"
        )
    assert found[0] == found[1] == found[2]
    # a code for the postage, and one that is on the line already, are off no line again
    assert sorted(column(engine, "amount"))[:3] == [Decimal("7.77"), Decimal("7.78"), Decimal("7.78")]
    read(SHOPIFY + "\n".join(OFF), columns={"order_discount": "-"})
    assert total(engine) == Decimal("90.33")


ORDERS = "Order No,Customer No,Date,SKU,Quantity,Price,Order Subtotal,Order Discount,Order Total\n"


def test_subtotals_before_the_discount_show_that_it_is_off_no_line(read, engine):
    rows = [
        "1,U1,2024-01-05,A1,1,10.00,40.00,4.00,36.00",
        "1,U1,2024-01-05,B2,2,15.00,40.00,4.00,36.00",
        "2,U2,2024-01-06,A1,2,10.00,20.00,0,25.00",
    ]
    report = read(ORDERS + "\n".join(rows))
    assert column(engine, "amount") == [Decimal(9), Decimal(27), Decimal(20)]
    assert len(report.warnings) == 1


def test_subtotals_and_totals_that_disagree_are_said_with_both_sums_and_change_nothing(read, engine):
    head = "Order No,Customer No,Date,SKU,Quantity,Price,Subtotal,Order Total\n"
    rows = ["1,U1,2024-01-05,A1,5,10.00,40.00,45.00", "2,U2,2024-01-06,A1,3,10.00,30.00,30.00"]
    report = read(head + "\n".join(rows), columns={"amount": "-"})
    assert total(engine) == Decimal(80)
    assert report.warnings[0] == (
        "The orders' subtotals (“Subtotal”) add up to 70.00, their lines to 80.00: they differ in 1 of 2 "
        "orders, such as 1. Whatever is off a whole order is not taken off the lines."
    )
    report = read((head + "\n".join(rows)).replace("Subtotal", "Remark"))
    assert (
        "75.00, their lines to 80.00: the total is lower than the lines in 1 of 2 orders"
        in report.warnings[0]
    )
    report = read((head + "\n".join(rows)).replace("Subtotal", "Remark").replace("45.00", "55.00"))
    assert report.warnings == []


LINES = "Order No,Customer No,Date,SKU,Quantity,Price,Discount Amount,Line Total\n"


@pytest.mark.parametrize(("sign", "line", "right"), [("", "40", 46), ("-", "40", 46), ("", "36", 46)])
def test_a_discount_is_taken_off_a_line_total_that_is_before_it(read, engine, sign, line, right):
    report = read(f"{LINES}1,U1,2024-01-05,A1,2,20,{sign}4,{line}\n2,U2,2024-01-06,A1,1,10,0,10\n")
    assert total(engine) == right
    told = "46.00 instead of 50.00. If they are off already, add --columns discount=-."
    assert any(told in each for each in report.warnings) == (line == "40")


def test_a_line_total_that_may_be_before_its_discount_or_after_is_a_question_with_both_sums(read, engine):
    text = f"{LINES}1,U1,2024-01-05,A1,2,20,4,47.60\n2,U2,2024-01-06,A1,1,10,0,11.90\n"
    with pytest.raises(Refusal, match=r"59.50 in all; or not: 55.50") as refused:
        read(text, columns={"amount": "Line Total"})
    for answer, right in zip(refused.value.choices, ("59.50", "55.50"), strict=True):
        read(text, columns={"amount": "Line Total", **parse_columns(answer)})
        assert total(engine) == Decimal(right)


ODOO = "Customer,Order Reference,Order Date,Order Lines/Product,Order Lines/Quantity,"
ITEMS = ("c1,1,2024-01-02,Mug,2,50,60", "c1,1,2024-01-02,Jar,1,10,12", "c2,2,2024-01-03,Cup,1,50,60")


def test_money_of_lines_before_tax_beside_that_after_it_is_said_with_both_sums(read):
    text = "\n".join([ODOO + "Order Lines/Subtotal,Order Lines/Total", *ITEMS, ""])
    (warning,) = read(text).warnings
    assert warning.startswith(
        "“Order Lines/Total” (132.00 in all) was used as the line amount. “Order Lines/Subtotal” (110.00"
    )
    assert warning.endswith('add --columns "amount=Order Lines/Subtotal".')
    assert (
        read(text, columns={"amount": "Order Lines/Subtotal"}).detected.columns["amount"]
        == "Order Lines/Subtotal"
    )


def test_subtotals_and_totals_of_line_items_are_a_question(read):
    text = "\n".join(["customer,order,date,item,qty,line_item_subtotal,line_item_total", *ITEMS, ""])
    with pytest.raises(Refusal, match=r"“line_item_total” adds up to 132\.00"):
        read(text)


def test_promotions_of_amazon_are_asked_about_and_taken_off_when_named(read, engine):
    head = "buyer-email,amazon-order-id,purchase-date,sku,product-name,quantity,currency,item-price,"
    rows = "a@x.org,1,2024-01-02,A1,Mug,2,EUR,50.00,5.00\nb@x.org,2,2024-01-03,A2,Cup,1,EUR,20.00,\n"
    text = f"{head}item-promotion-discount\n{rows}"
    with pytest.raises(Refusal, match=r"70\.00 in all; or not: 65\.00"):
        read(text)
    read(text, columns={"discount": "item-promotion-discount"})
    assert engine.execute("SELECT sum(amount) FROM read_lines").fetchone() == (65,)


def test_columns_of_one_name_are_told_apart_by_what_stands_in_them(read):
    text = "\n".join(["customer,order,date,item,qty,Total,Total", *ITEMS, ""])
    with pytest.raises(
        Refusal,
        match=r"“Total” in column 6, such as 10, adds up to 110\.00\. The column “Total” in column 7",
    ):
        read(text)
