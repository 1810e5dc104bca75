"""Returns take back the most recent units still there: as a stack does, whatever the order of rows."""

from collections import defaultdict
from decimal import Decimal

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.lines.aggregates import customers, kept_sum, orders
from services.training.lines.cleaning import count_rules
from services.training.lines.glance import glance
from services.training.lines.kept import kept_lines
from services.training.lines.taken import returns_of
from tests.drawn import drawn
from tests.training.lines.ledgers import cleaned_and_kept, matched_and_left, row

LINES = st.builds(
    row,
    customer_id=st.sampled_from(["a", "a", "b"]),
    invoice=st.sampled_from(["1", "2", "3", None]),
    product=st.sampled_from(["P1", "P1", "P2", None]),
    day=st.sampled_from(["2011-02-01", "2011-02-01 10:00", "2011-02-03", "2011-04-02 10:00"]),
    quantity=st.sampled_from([-4, "-1.5", -1, 1, 2, "2.5", 5]),
    price=st.sampled_from(["0", "0.3333", "2.5", "77183.6", "-1"]),
)
LEDGERS = st.lists(LINES, min_size=1, max_size=25)
FEW = drawn(5)  # each example is some twenty queries


def takes_back(each):
    return each["quantity"] < 0 or each["amount"] < 0


def left_by_a_stack(rows):
    """Units left of each purchase by its line, found with a stack for each customer and product."""
    distinct = {tuple(each.items()): line for line, each in reversed(list(enumerate(rows, 1)))}
    stacks = defaultdict(list)
    for key in sorted(
        distinct,
        key=lambda key: (
            (each := dict(key))["bought_at"],
            takes_back(each),
            each["price"],
            abs(each["quantity"]),
            each["invoice"] or "",
        ),
    ):
        each = dict(key)
        stack = stacks[each["customer_id"], each["product"]]
        if not takes_back(each):
            stack.append([distinct[key], each["quantity"]])
        elif each["product"] is not None:
            wanted = abs(each["quantity"])
            for entry in reversed(stack):
                taken = min(wanted, entry[1])
                entry[1], wanted = entry[1] - taken, wanted - taken
    return {line: left for stack in stacks.values() for line, left in stack}


def purchases(left):
    """Quantity and amount left of each purchase by its line; zero where the rule took it."""
    rule = nw.col("rule").fill_null("")
    exact = (nw.col(name).cast(nw.String) for name in ("quantity", "amount"))
    lines = left.filter(rule.is_in(["", "returned"])).select("line", *exact, gone=rule == "returned")
    return {
        line: (0, 0) if gone else (Decimal(quantity), Decimal(amount))
        for line, quantity, amount, gone in lines.collect("pandas").to_native().itertuples(index=False)
    }


def summed(rows):
    """All that later steps take of what is left, without the place of any row."""
    matched, left = matched_and_left(rows)
    if not count_rules(left)["kept"]:
        return None
    lines = kept_lines(left)
    found = returns_of(left, matched)
    shown = (customers(lines), orders(lines), found.documents, found.taken)
    return (
        count_rules(left),
        kept_sum(left, "amount"),
        glance(left, lines, matched),
        *(each.to_csv() for each in shown),
    )


@given(LEDGERS)
@FEW
def test_what_is_left_is_what_a_stack_leaves(rows):
    _matched, left = matched_and_left(rows)
    found = purchases(left)
    assert {line: quantity for line, (quantity, _) in found.items()} == left_by_a_stack(rows)
    for line, (quantity, amount) in found.items():
        of_line = rows[line - 1]
        exact = of_line["amount"] * quantity / of_line["quantity"]
        assert abs(amount - exact) <= Decimal("0.00005")
    assert sum(count_rules(left).values()) == len(rows)


@given(LEDGERS, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_the_rows_changes_nothing_of_what_is_left(rows, random):
    assert summed(rows) == summed(random.sample(rows, len(rows)))


@given(LEDGERS)
@FEW
def test_what_went_off_orders_is_what_they_have_lost(rows):
    matched, left = matched_and_left(rows)
    before, _kept = cleaned_and_kept(rows[:1] + rows)
    lost = Decimal(kept_sum(before, "amount")) - Decimal(kept_sum(left, "amount"))
    found = returns_of(left, matched)
    assert Decimal(str(round(float(found.taken["amount"].sum()), 4))) == lost
    assert found.documents["taken"].sum() == pytest.approx(float(lost))
    assert (found.taken["bought_at"] <= found.taken["returned_at"]).all()
    assert found.taken["lines"].sum() == count_rules(left)["returned"]


def test_a_return_takes_the_most_recent_units_whatever_their_price():
    rows = [
        row(invoice="1", day="2011-03-01", quantity=5, price="2.00"),
        row(invoice="2", day="2011-03-02", quantity=3, price="9.00"),
        row(invoice="3", day="2011-03-04", quantity=2, price="1.00"),
        row(invoice="C4", day="2011-03-03", quantity=-4, price="2.00"),
    ]
    _matched, left = matched_and_left(rows)
    assert purchases(left) == {1: (4, 8), 2: (0, 0), 3: (2, 2)}
    assert count_rules(left)["returned"] == 1
    assert kept_sum(left, "amount") == "10.00"
    assert orders(kept_lines(left))["invoice"].tolist() == ["1", "3"]


def test_what_was_bought_at_the_moment_of_its_return_was_bought_first():
    rows = [
        row(invoice="C1", day="2011-03-02", quantity=-1),
        row(invoice="1", day="2011-03-02", quantity=1),
        row(invoice="2", day="2011-03-03", quantity=1),
    ]
    assert purchases(matched_and_left(rows)[1]) == {2: (0, 0), 3: (1, Decimal("2.50"))}


def test_a16_what_was_never_bought_and_money_alone_match_nothing_and_are_said_with_their_sums():
    rows = [
        row(invoice="1", day="2011-03-01", quantity=2, price="2.00"),
        row(invoice="C0", day="2011-02-01", quantity=-7, price="2.00"),
        row(invoice="C2", day="2011-03-02", quantity=-3, price="3.00"),
        row(invoice="4", day="2011-03-03", quantity=None, price=None, amount=Decimal(-5)),
        row(invoice="5", day="2011-03-03", product=None, quantity=1, price="-6.00"),
        row("b", "6", day="2011-03-03", quantity=1, price="2.00"),
    ]
    matched, left = matched_and_left(rows)
    assert purchases(left) == {1: (0, 0), 6: (1, 2)}
    assert glance(left, kept_lines(left), matched)["returns"] == {
        "lines": 4,
        "amount": 14.0 + 9.0 + 5.0 + 6.0,
        "invoices": 4,
        "matched": {
            "amount": 4.0,
            "pieces": 2.0,
            "unmatched_lines": 4,
            "unmatched_pieces": 7.0 + 1.0 + 1.0,
            "unmatched_amount": 14.0 + 3.0 + 5.0 + 6.0,
        },
    }


def test_another_customer_and_another_product_keep_theirs():
    rows = [
        row("a", "1"),
        row("b", "2"),
        row("a", "3", product="P2"),
        row("a", "C4", day="2011-03-02", quantity=-1),
    ]
    assert purchases(matched_and_left(rows)[1]) == {1: (0, 0), 2: (1, Decimal("2.5")), 3: (1, Decimal("2.5"))}


def test_a_refund_with_a_positive_quantity_and_another_negative_row_take_back_too():
    rows = [
        row(invoice="1", quantity=5),
        row(invoice="2", day="2011-03-02", quantity=1, price="-2.50"),
        row(invoice="3", day="2011-03-03", quantity=-2),
    ]
    assert purchases(matched_and_left(rows)[1]) == {1: (2, 5)}


def test_an_amount_that_is_not_quantity_by_price_is_shared_exactly():
    """A line discount is in the amount, so a returned piece takes its share of that; a third is rounded."""
    rows = [
        row(invoice="1", quantity=3, price="4.00", amount=Decimal(10)),
        row(invoice="C2", day="2011-03-02", quantity=-1, price="4.00"),
        row("b", "1", quantity=999_999_999, price="99999.9999", amount=Decimal("99999999800000.0001")),
        row("b", "C2", day="2011-03-02", quantity=-999_999_998, price="1"),
    ]
    _matched, left = matched_and_left(rows)
    assert purchases(left) == {1: (2, Decimal("6.6667")), 3: (1, Decimal("99999.9999"))}


def test_without_codes_descriptions_tell_products_apart():
    rows = [
        row(product=None, description="Lamp"),
        row(product=None, description="Shade"),
        row(invoice="C2", day="2011-03-02", product=None, description="Lamp", quantity=-1),
    ]
    assert set(purchases(matched_and_left(rows)[1])) == {1, 2}
    assert purchases(matched_and_left(rows, "description")[1])[1] == (0, 0)


def test_when_what_went_off_which_order_by_which_return():
    rows = [
        row(invoice="1", day="2011-03-01", quantity=4, price="2.00"),
        row(invoice="2", day="2011-03-02", quantity=2, price="5.00"),
        row(invoice="C3", day="2011-03-03", quantity=-3, price="5.00"),
        row(invoice="C4", day="2011-03-04", quantity=-9, price="5.00"),
    ]
    matched, left = matched_and_left(rows)
    found = returns_of(left, matched)
    told = found.taken[["invoice", "return", "lines", "pieces", "amount"]]
    assert list(told.itertuples(index=False, name=None)) == [
        ("1", "C3", 0, 1.0, 2.0),
        ("1", "C4", 1, 3.0, 6.0),
        ("2", "C3", 1, 2.0, 10.0),
    ]
    assert found.documents[["invoice", "pieces", "amount", "taken"]].to_numpy().tolist() == [
        ["C3", 3.0, 15.0, 12.0],
        ["C4", 9.0, 45.0, 6.0],
    ]


def test_a_ledger_without_returns_loses_nothing():
    matched, left = matched_and_left([row()])
    found = returns_of(left, matched)
    assert (len(found.documents), len(found.taken)) == (0, 0)
    assert count_rules(left)["kept"] == 1
    assert glance(left, kept_lines(left), matched)["returns"]["matched"] == {
        "amount": 0.0,
        "pieces": 0.0,
        "unmatched_lines": 0,
        "unmatched_pieces": 0.0,
        "unmatched_amount": 0.0,
    }
