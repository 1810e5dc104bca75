"""What each rule took is told with its money and its first rows."""

import pytest

from services.training.lines.cleaning import clean, count_rules
from services.training.lines.left_out import FIRST, LeftOut, Row, left_out
from tests.training.lines.ledgers import cleaned_and_kept, read_lines, row


def report(rows):
    cleaned, _kept = cleaned_and_kept(rows)
    rejected = count_rules(cleaned)
    rejected.pop("kept")
    return left_out(cleaned, rejected, "amount")


def test_each_rule_tells_rows_money_and_first_rows():
    found = report(
        [
            row(),
            row(customer_id=None, invoice="7", price="0.005"),
            row(customer_id=None, invoice="8", price="1.20"),
            row(invoice="9", quantity=-2, price="2.50"),
            row(invoice="10", quantity=1, price="-4.00"),
        ]
    )
    assert found == [
        LeftOut(
            "no_customer",
            2,
            "1.205",
            [Row(2, None, None, "7", "0.005"), Row(3, None, None, "8", "1.20")],
        ),
        LeftOut("refund", 1, "-4.00", [Row(5, None, "a", "10", "-4.00")]),
        LeftOut("quantity", 1, "-5.00", [Row(4, None, "a", "9", "-5.00")]),
    ]


def test_a_row_that_cannot_be_read_tells_why_and_an_unknown_sum_is_none():
    (taken,) = report([row(), row(unreadable="not a date", amount=None)])
    assert taken == LeftOut("unreadable", 1, None, [Row(2, "not a date", "a", "1", None)])


def test_no_more_than_the_first_are_shown_by_line():
    (taken,) = report([row(), *[row(customer_id=None)] * (FIRST + 3)])
    assert taken.rows == FIRST + 3
    assert [each.line for each in taken.first] == list(range(2, FIRST + 2))


def test_of_the_erased_only_the_line_is_told():
    cleaned = clean(read_lines([row(), row(customer_id="b", invoice="2")]), forgotten={"b"})
    (taken,) = left_out(cleaned, {"forgotten": 1}, "amount")
    assert taken == LeftOut("forgotten", 1, "2.50", [Row(2, None, None, None, None)])


@pytest.mark.parametrize("rows", [[row()], [row(), row(invoice="2")]])
def test_a_ledger_of_which_nothing_is_left_out_tells_of_no_rule(rows):
    assert report(rows) == []
