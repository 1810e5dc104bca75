"""Columns that somebody added to an export whose own columns are all known."""

from __future__ import annotations

import pytest

from services.training.lines.aggregates import kept_sum
from services.training.lines.cleaning import clean
from services.training.lines.engine import table
from tests.training.written import column

RETAIL = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
RETAIL_2 = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country"
ROWS = (
    "1,A1,MUG,2,2024-01-02,5.00,17850,UK",
    "1,A2,CUP,1,2024-01-02,7.00,17850,UK",
    "2,A1,MUG,1,2024-01-03,5.00,17851,UK",
)


def added(header, name, *cells):
    return "\n".join(
        [f"{header},{name}", *(f"{row},{cell}" for row, cell in zip(ROWS, cells, strict=True)), ""]
    )


@pytest.mark.parametrize(
    ("name", "cells", "role", "sold"),
    [
        ("Discount", ("1.50", "", ""), "discount", "20.50"),
        ("LineTotal", ("9.00", "7.00", "4.00"), "amount", "20.00"),
        ("Amount", ("10.00", "7.00", "5.00"), "amount", "22.00"),
        ("InvoiceTime", ("10:15", "10:15", "18:00"), "time", "22.00"),
        ("Order Discount", ("", "", ""), None, "22.00"),
    ],
)
@pytest.mark.parametrize("header", [RETAIL, RETAIL_2])
def test_what_was_added_to_a_known_export_plays_its_role(read, engine, header, name, cells, role, sold):
    text = added(header, name, *cells)
    known, plain = read(text), read(text, layout="none")
    found = read(text)
    assert found.layout in ("online-retail", "online-retail-2")
    assert kept_sum(clean(table(engine, "read_lines")), "amount") == sold
    assert known.detected.columns.get(role) == plain.detected.columns.get(role) == (name if role else None)
    assert known.warnings == plain.warnings


def test_blank_lines_go_on_with_the_order_above_in_a_known_export_too(read, engine):
    report = read(f"{RETAIL}\n{ROWS[0]}\n,A2,CUP,1,,7.00,,\n{ROWS[2]}\n")
    assert report.layout == "online-retail"
    assert column(engine, "customer_id", "invoice") == [("17850", "1"), ("17850", "1"), ("17851", "2")]
    assert report.warnings[0].startswith("1 row was read as a further line of the order above")
