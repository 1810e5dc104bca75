"""Lines of orders are numbered, priced and packed, and come out as they went in."""

from __future__ import annotations

import json

import pandas as pd

from services.releases.lines import TakenBack, unpack, unpack_rows
from services.training.customers.lines import line_tables
from services.training.lines.held import Held
from services.training.lines.taken import BY_ITEM

ROW = pd.Series([0, 1], index=["a", "b"])
ORDERS = pd.DataFrame({"customer_id": ["a", "a", "b"], "invoice": ["1", "2", "1"]})


def made(lines, names, back=()):
    frame = pd.DataFrame(lines, columns=["order", "item", "quantity", "amount"], dtype=float)
    frame = frame.astype({"order": int, "item": int}).sort_values(["order", "item"], ignore_index=True)
    found = line_tables(Held(frame, names), pd.DataFrame(list(back), columns=list(BY_ITEM)), ORDERS, ROW)
    return found["lines"], found["line_items"], found["bought"]


def read(lines, items):
    """Customer, invoice, name, price and quantity of each line."""
    names, prices = items["name"].tolist(), [json.loads(each) for each in items["prices"]]
    return [
        (customer, invoice, names[item], prices[item][price], quantity)
        for customer, held in lines.itertuples(index=False, name=None)
        for invoice, order in unpack(held).orders.items()
        for item, price, quantity in zip(*order, strict=True)
    ]


def test_each_line_comes_back_with_its_price_under_its_customer_and_invoice():
    lines, items, bought = made(
        [(0, 0, 6, 17.7), (0, 1, 1, 9), (1, 1, 2, 18), (2, 1, 3, 12), (2, -1, None, 4.5)], ["lamp", "pot"]
    )
    assert read(lines, items) == [
        (0, "1", "pot", 9.0, 1),
        (0, "1", "lamp", 2.95, 6),
        (0, "2", "pot", 9.0, 2),
        (1, "1", "pot", 4.0, 3),
        (1, "1", None, 4.5, None),
    ]
    # the most often bought is 0, and its usual price comes first
    assert items["name"].tolist() == ["pot", "lamp", None]
    assert json.loads(items["prices"][0]) == [9.0, 4.0]
    assert [(item, unpack_rows(rows)) for item, rows in bought.itertuples(index=False)] == [
        (0, [0, 1]),
        (1, [0]),
    ]


def test_what_was_returned_whole_still_has_a_name():
    at = pd.Timestamp("2011-03-03 10:00")
    lines, items, _ = made(
        [(0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 2)], ["lamp"], [("a", at, "C3", "2", "vase", 2.0, 7.0)]
    )
    number = items["name"].tolist().index("vase")
    assert unpack(lines["held"][0]).taken == [TakenBack("2011-03-03T10:00:00", "C3", "2", number, 2.0, 7.0)]
    assert items["prices"][number] == "[]"
    assert unpack(lines["held"][1]).taken == []


def test_who_has_no_order_left_has_no_lines_and_a_ledger_without_lines_has_none():
    gone = [("c", pd.Timestamp("2011-03-03"), "C3", "2", "vase", 2.0, 7.0)]
    _, items, _ = made([(0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 2)], ["lamp"], gone)
    assert items["name"].tolist() == ["lamp"]
    nobody = pd.DataFrame(columns=["customer_id", "invoice"])
    empty = line_tables(Held(), pd.DataFrame(columns=list(BY_ITEM)), nobody, ROW)
    assert [len(each) for each in empty.values()] == [0, 0, 0]
