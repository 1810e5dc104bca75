"""What a person answered, in a few words that are true."""

from __future__ import annotations

import pytest

from layouts.imports.words import said, without_options


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("columns", "amount=Total", "“Total” is read as “Amount”"),
        ("columns", 'amount="Total, net"', "“Total, net” is read as “Amount”"),
        ("columns", "amount=#3", "Column 3 is read as “Amount”"),
        ("columns", "discount=-", "No column is read as “Discount”"),
        ("date_order", "dmy", "Dates have the day first: 3/4 is 3 April"),
        ("decimal", ",", "The decimal sign is a comma"),
        ("only_currency", "EUR", "Only rows in EUR count"),
        ("accept_unreadable", "1", "Rows that cannot be read are left out"),
        ("sheet", "all", "All sheets are read"),
    ],
)
def test_an_answer_is_said(name, value, told):
    assert said(name, value) == told


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "The date can be read in two ways. Say which with --date-order dmy or --date-order mdy.",
            "The date can be read in two ways.",
        ),
        (
            "“Total” repeats one value, so it may be the order's total: the line amount is then 3.00; add "
            "--columns amount=-. If “Total” is the line amount (9.00), add --columns amount=Total.",
            "“Total” repeats one value, so it may be the order's total: the line amount is then 3.00.",
        ),
        ("Name it: --columns customer=X.", "Name it: --columns customer=X."),  # nothing would be left
    ],
)
def test_what_is_to_be_typed_is_left_out_of_a_question(message, told):
    assert without_options(message) == told
