from datetime import datetime

import pytest

from services.core.refusals import Refusal
from services.training.lines.cleaning import (
    DEFAULT_RULES,
    RULES,
    clean,
    count_repeats,
    count_rules,
    rules_for,
)
from tests.training.lines.ledgers import read_lines, row


def rules_of(rows, *args, **kwargs):
    named = clean(read_lines(rows), *args, **kwargs).sort("line").select("rule").collect("pandas")
    return [rule if isinstance(rule, str) else None for rule in named["rule"]]


def test_a16_a17_a23_each_rule_takes_its_line_and_the_rest_is_kept():
    rows = [
        row(unreadable="no date", bought_at=None),
        row(customer_id=None),
        row(day="2011-12-02"),
        row(),
        row(),
        row(invoice="C2", quantity=-1),
        row(invoice="c3", quantity=-1),
        row(invoice="4", quantity=-1),
        row(invoice="5", quantity=0),
        row(invoice="6", price="0"),
    ]
    as_of = datetime(2011, 12, 1)
    rows.insert(7, row(invoice="7", price="-1"))
    rows.append(row(overlap=True))
    expected = [
        "unreadable",
        "no_customer",
        "future",
        None,
        "duplicate",
        "cancellation",
        "cancellation",
        "refund",
        "quantity",
        "quantity",
    ]
    assert rules_of(rows, RULES, as_of) == [*expected, "price", "overlap"]
    assert rules_of(rows, as_of=as_of) == [*expected, None, None]


def test_the_first_rule_in_the_contract_takes_a_line_that_several_would_take():
    worst = {"customer_id": None, "invoice": "C1", "quantity": -1, "price": "-1", "day": "2012-01-01"}
    as_of = datetime(2011, 12, 1)
    rows = [row(**worst, unreadable="x"), row(**worst), row(**(worst | {"customer_id": "a"}))]
    assert rules_of(rows, RULES, as_of) == ["unreadable", "no_customer", "future"]
    cancelled = worst | {"customer_id": "a", "day": "2011-01-01"}
    assert rules_of([row(**cancelled)] * 2, RULES, as_of) == ["cancellation", "duplicate"]
    assert rules_of([row(**(cancelled | {"invoice": "1", "quantity": 1}))], RULES, as_of) == ["refund"]
    assert rules_of([row(**(cancelled | {"invoice": "1"}))], RULES, as_of) == ["quantity"]


def test_a24_of_equal_rows_exactly_one_is_kept():
    assert rules_of([row(), row(invoice="2"), row(), row()]) == [None, None, "duplicate", "duplicate"]
    assert rules_of([row(), row()], ["quantity"]) == [None, None]


# Any one of invoice, product and description was enough before: but a till that writes no quantity writes a
# row for each piece, and without an order number two visits with the same basket are equal.
@pytest.mark.parametrize("lacking", ["invoice", "quantity"])
def test_equal_rows_are_copies_only_where_there_are_an_order_number_and_a_quantity(lacking):
    whole = dict.fromkeys(("customer", "date", "invoice", "product", "quantity", "price"), True)
    assert rules_for(whole, price=False) == DEFAULT_RULES
    assert rules_for(whole, price=False, some=("overlap",)) == ("overlap", *DEFAULT_RULES)
    assert rules_for(whole | {lacking: False}, price=False) == ("cancellation", "refund", "quantity")
    assert rules_for(whole | {lacking: False}, price=True) == ("cancellation", "refund", "quantity", "price")


def test_repeats_are_the_kept_lines_beyond_the_first_of_equal_ones():
    bare = {"invoice": None, "product": None, "quantity": None, "price": None}
    rows = [row(**bare, amount=amount) for amount in (5, 5, 5, 7, -5, -5)] + [row(customer_id=None)] * 2
    assert count_repeats(clean(read_lines(rows), ("refund",))) == 2
    assert count_repeats(clean(read_lines(rows))) == 0


def test_equal_rows_that_an_earlier_rule_took_are_not_duplicates():
    assert rules_of([row(customer_id=None)] * 2) == ["no_customer", "no_customer"]


def test_a_line_at_the_reference_moment_is_not_in_the_future():
    rows = [row(day="2011-12-01 00:00"), row(day="2011-12-01 00:01")]
    assert rules_of(rows, as_of=datetime(2011, 12, 1)) == [None, "future"]
    assert rules_of(rows) == [None, None]


def test_a_ledger_of_amounts_only_loses_its_refunds_and_free_lines_by_price():
    # a negative amount without a quantity fell under `quantity` before there was `refund`
    bare = {"invoice": None, "product": None, "quantity": None, "price": None}
    rows = [row(**bare, amount=amount) for amount in (5, -5, 0)]
    assert rules_of(rows) == [None, "refund", None]
    assert rules_of(rows, RULES) == [None, "refund", "price"]
    assert rules_of(rows, ["price"]) == [None, "price", "price"]


def test_the_counts_name_every_rule_and_add_up_to_the_lines_read():
    counts = count_rules(clean(read_lines([row(), row(), row(customer_id=None)])))
    assert list(counts) == [*RULES, "kept"]
    assert counts == dict.fromkeys(RULES, 0) | {"duplicate": 1, "no_customer": 1, "kept": 1}


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(Refusal, match=r"no cleaning rule “prices”.*unreadable, no_customer"):
        clean(read_lines([row()]), ["prices"])
