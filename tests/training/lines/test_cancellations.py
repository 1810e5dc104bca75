"""Which invoices are cancellations: those of a prefix whose lines take back, none that looks like it."""

import random

import pytest

from services.training.lines.cancellations import cancellation_prefixes, count_prefix
from services.training.lines.cleaning import clean
from tests.training.lines.ledgers import read_lines, row


def cancelled(rows, prefix=None):
    """The invoices that the rule takes."""
    named = clean(read_lines(rows), cancel_prefix=prefix).select("invoice", "rule").collect("pandas")
    found = named.to_native()
    return sorted(found.loc[found["rule"] == "cancellation", "invoice"])


@pytest.mark.parametrize(
    "invoices",
    [
        ("CA-2017-100", "US-2017-101", "CA-2017-102"),
        ("c24eec29", "99a233e6", "c392ac38"),
        ("ch_1", "ch_2"),
        ("CUST-1", "CUST-2"),
    ],
)
def test_invoices_that_begin_with_c_and_sell_are_sales(invoices):
    rows = [row(invoice=invoice, product=f"P{place}") for place, invoice in enumerate(invoices)]
    assert cancelled(rows) == []


def test_a_line_without_an_invoice_is_never_cancelled_whoever_the_customer_is():
    assert cancelled([row("C1", None, quantity=-1), row("C1", None)]) == []
    assert cancelled([row("C1", None)], "C") == []


@pytest.mark.parametrize(("selling", "taken"), [(1, 20), (2, 0)])
def test_a_prefix_means_a_cancellation_where_19_of_20_of_its_lines_take_back(selling, taken):
    rows = [row(invoice=f"C{number}", quantity=-1) for number in range(19)]
    rows += [row(invoice=f"C9{number}") for number in range(selling)] + [row(invoice="1")]
    assert len(cancelled(rows)) == taken
    assert cancelled(random.Random(3).sample(rows, len(rows))) == cancelled(rows)


def test_capital_and_small_letters_are_judged_apart_and_lines_without_a_customer_bear_witness():
    rows = [row(invoice="C1", quantity=-1), row(None, "C2", quantity=-1), row(invoice="c1"), row()]
    assert cancellation_prefixes(read_lines(rows)) == ("C",)
    assert cancelled(rows) == ["C1"]
    rows += [row(None, "C3")]
    assert cancelled(rows) == []


def test_a_negative_amount_takes_back_where_there_is_no_quantity():
    bare = {"quantity": None, "price": None}
    assert cancelled([row(invoice="C1", **bare, amount=-2), row(**bare, amount=2)]) == ["C1"]


def test_what_cannot_be_read_bears_no_witness():
    rows = [row(invoice="C1", quantity=-1), row(invoice="C2", unreadable="no date")]
    assert cancellation_prefixes(read_lines(rows)) == ("C",)


@pytest.mark.parametrize(
    ("prefix", "taken"),
    [("GS", ["GS-1", "gs-2"]), ("gs-", ["GS-1", "gs-2"]), ("none", []), ("None", []), ("C", ["C3"])],
)
def test_a_prefix_that_is_given_overrules(prefix, taken):
    rows = [row(invoice=invoice) for invoice in ("GS-1", "gs-2", "1")] + [row(invoice="C3", quantity=-1)]
    assert cancelled(rows, prefix) == taken


def test_lines_that_begin_with_a_prefix_are_counted():
    lines = read_lines([row(invoice="GS-1"), row(invoice="gs2"), row(invoice=None), row()])
    assert [count_prefix(lines, prefix) for prefix in ("GS", "RE")] == [2, 0]
