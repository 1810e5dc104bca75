"""What stands on an order's first line only is filled down, within the order."""

import random

import pytest

from services.core.refusals import Refusal
from tests.training.written import column

HEAD = "Customer,Order No,Date,Status,Item,Qty,Price\n"
ROWS = [
    "K1,11,2023-01-05,paid,Cup,2,10.00",
    ",11,,,Spoon,1,5.00",
    ",11,,,Bowl,1,8.00",
    ",12,2023-01-06,paid,Cup,1,10.00",
    ",12,,,Bowl,1,8.00",
    "K3,13,2023-01-07,open,Bowl,3,8.00",
]


def test_customer_date_and_status_are_the_orders_whatever_the_order_of_rows(read, engine):
    for rows in (ROWS, random.Random(1).sample(ROWS, len(ROWS))):
        report = read(HEAD + "\n".join(rows))
        assert report.unreadable == 0
        found = engine.execute(
            "SELECT invoice, min(customer_id), count(DISTINCT bought_at), min(status), "
            "count(*) "
            "FROM read_lines GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        # the order of a guest stays a guest's
        assert found == [("11", "K1", 1, "paid", 3), ("12", None, 1, "paid", 2), ("13", "K3", 1, "open", 1)]


def test_a_number_that_begins_again_another_day_gives_nobody_its_customer(read, engine):
    read("customer,receipt no,date,amount\nU1,1,2023-01-05,10\n,1,2023-01-06,12\nU2,2,2023-01-06,9\n")
    assert column(engine, "customer_id") == ["U1", None, "U2"]


PRINTED = [
    "K1,11,2023-01-05,paid,Cup,2,10.00",
    ",,,,Spoon,1,5.00",
    ",12,2023-01-06,paid,Cup,1,10.00",
    ",,,,Bowl,1,8.00",
    "K3,13,2023-01-07,open,Bowl,3,8.00",
]


def test_a_printed_list_goes_on_below_the_head_of_its_order_and_it_is_said(read, engine):
    report = read(HEAD + "\n".join(PRINTED))
    assert column(engine, "customer_id", "invoice") == [
        ("K1", "11"),
        ("K1", "11"),
        (None, "12"),
        (None, "12"),
        ("K3", "13"),
    ]
    assert "2 rows were read as further lines of the order above" in " ".join(report.warnings)


@pytest.mark.parametrize("last", [",,,,Total,7,62.00", ",,,,,7,62.00", ",,,,Cup,,"])
def test_a_last_line_of_sums_is_no_further_line(read, engine, last):
    report = read(HEAD + "\n".join([*PRINTED, last]))
    assert report.reasons == {"a total or a note below the rows": 1}


def test_a_file_that_begins_with_a_further_line_leaves_it_unreadable(read, engine):
    report = read(HEAD + "\n".join([",,,,Spoon,1,5.00", *PRINTED]))
    assert (report.rows, report.unreadable) == (6, 1)


def test_a_date_column_is_found_by_what_it_holds_or_asked_for(read, engine):
    rows = "U1,2023-01-05,10\nU2,2023-01-06,12\n"
    report = read("customer,Fetsi,amount\n" + rows)
    assert (report.detected.columns["date"], report.detected.reasons["date"]) == ("Fetsi", "by what it holds")
    with pytest.raises(
        Refusal, match=r"2 columns may be the date.*--columns date=Fetsi or --columns date=Sevka"
    ):
        read("customer,Fetsi,Sevka,amount\nU1,2023-01-05,2023-01-07,10\nU2,2023-01-06,2023-01-09,12\n")
    with pytest.raises(Refusal, match=r"No column was found for date"):
        read("customer,colour,amount\nU1,red,10\n")


NESTED = (
    "Order Reference,Order Date,Customer,Order Lines/Product,Order Lines/Quantity,Order Lines/Delivered "
    "Quantity,Order Lines/Unit Price,Order Lines/Subtotal,Total\n"
    "S1,2024-01-13 10:15:01,Ada,Pen,2.00,1.00,10.00,20.00,48.00\n"
    ",,,Ink,4.00,4.00,5.00,20.00,\n"
    "S2,2024-02-13 10:15:01,Bo,Ink,1.00,1.00,5.00,5.00,6.00\n"
)


def test_lines_below_an_order_are_read_where_a_path_stands_in_front_of_their_names(read, engine):
    report = read(NESTED)
    assert (report.unreadable, report.detected.columns["quantity"]) == (0, "Order Lines/Quantity")
    found = engine.execute(
        "SELECT customer_id, sum(coalesce(amount, quantity * price)) FROM read_lines GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [(who, float(money)) for who, money in found] == [("Ada", 40.0), ("Bo", 5.0)]


def test_lines_below_an_order_of_which_nothing_says_what_was_sold_are_a_question(read, engine):
    content = (
        "customer,order no,date,Zeug,amount\nK1,11,2023-01-05,Cup,2\n,,,Bowl,3\n,,,Spoon,4\n"
        "K2,12,2023-01-06,Cup,2\n"
    )
    with pytest.raises(
        Refusal, match=r"In 2 of 4 rows .*--columns product=Zeug\. .*--columns product=-"
    ) as asked:
        read(content)
    assert asked.value.choices == ("product=Zeug", "product=-")
    assert read(content, columns={"product": "Zeug"}).unreadable == 0
    assert read(content, columns={"product": "-"}).unreadable == 2
