"""What each order holds, in the order of the orders, and what returns took of it by product."""

from __future__ import annotations

import numpy as np

from services.training.lines.aggregates import order_totals, orders
from services.training.lines.held import held
from services.training.lines.kept import kept_lines
from services.training.lines.taken import BY_ITEM, returns_of
from tests.training.lines.ledgers import kept, matched_and_left, row


def told(rows):
    """Invoice, name, quantity and amount of each line."""
    lines = kept(rows)
    found, listed = held(lines, order_totals(lines)), orders(lines)
    names = [*found.names, None]
    return [
        (listed["invoice"][order], names[item], None if np.isnan(quantity) else quantity, amount)
        for order, item, quantity, amount in found.lines.itertuples(index=False, name=None)
    ]


def test_lines_stand_with_their_orders_which_are_in_the_order_of_time():
    rows = [
        row("a", "9", "P2", "2011-03-01 09:00", 2),
        row("a", "1", "P1", "2011-03-02 10:00", 1),
        row("a", "9", "P1", "2011-03-01 09:00", 3),
        row("b", "5", "P1", "2011-01-01 10:00", 1, price="4.00"),
    ]
    assert told(rows) == [("9", "P1", 3, 7.5), ("9", "P2", 2, 5.0), ("1", "P1", 1, 2.5), ("5", "P1", 1, 4.0)]


def test_a_line_without_a_code_has_its_description_or_no_name_and_need_not_have_a_quantity():
    rows = [
        row(product=None, description="Lamp"),
        row(product=None, description=None, quantity=None, price=None, amount=3),
    ]
    assert told(rows) == [("1", None, None, 3.0), ("1", "Lamp", 1, 2.5)]


def test_what_a_return_took_is_told_by_product_and_what_is_left_by_line():
    rows = [
        row("a", "1", "P1", "2011-03-01", 4, "2.00"),
        row("a", "1", "P2", "2011-03-01", 1, "9.00"),
        row("a", "C3", "P1", "2011-03-03", -3, "2.00"),
        row("a", "C3", "P2", "2011-03-03", -1, "9.00"),
        row("a", "C3", "P7", "2011-03-03", -1, "1.00"),
    ]
    matched, left = matched_and_left(rows)
    back = returns_of(left, matched).by_item
    assert tuple(back.columns) == BY_ITEM
    assert [each[2:] for each in back.itertuples(index=False, name=None)] == [
        ("C3", "1", "P1", 3.0, 6.0),
        ("C3", "1", "P2", 1.0, 9.0),
    ]
    lines = kept_lines(left)
    found = held(lines, order_totals(lines))
    assert (found.names, found.lines[["quantity", "amount"]].to_numpy().tolist()) == (["P1"], [[1.0, 2.0]])
