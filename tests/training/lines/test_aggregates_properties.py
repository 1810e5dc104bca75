from collections import defaultdict
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.lines import aggregates
from services.training.lines.baskets import baskets
from services.training.lines.cleaning import RULES, clean, count_rules
from services.training.lines.glance import glance
from tests.drawn import drawn
from tests.training.lines.ledgers import cleaned_and_kept, read_lines, row

LINES = st.builds(
    row,
    customer_id=st.sampled_from(["a", "b", "é", None]),
    invoice=st.sampled_from(["1", "2", "C3", None]),
    product=st.sampled_from(["P1", "P2", "POST", None]),
    day=st.sampled_from(["2011-01-31 23:59", "2011-02-01", "2011-02-01 10:00", "2011-04-02 10:00"]),
    quantity=st.sampled_from([-1, 0, 1, 1, 3]),
    price=st.sampled_from(["0", "0.1", "0.0001", "77183.6"]),
    description=st.sampled_from(["Lamp", "Blue lamp", None]),
    country=st.sampled_from(["France", "Norway", None]),
)
A_PURCHASE = row("a", "1", "P1")
LEDGERS = st.lists(LINES, max_size=25).map(lambda rows: [A_PURCHASE, *rows])
FEW = drawn(5)  # each example is some twenty queries


def purchases(rows):
    """The kept lines, counted without an engine."""
    # C means a cancellation only where its lines take back; it always did before
    back = [each["quantity"] < 0 for each in rows if each["invoice"] == "C3"]
    cancelled = 100 * sum(back) >= 95 * len(back)
    distinct = [dict(key) for key in dict.fromkeys(tuple(each.items()) for each in rows)]
    return [
        each
        for each in distinct
        if each["customer_id"] is not None
        and not (cancelled and each["invoice"] == "C3")
        and each["quantity"] > 0
    ]


def order_of(rows):
    """Give what tells orders apart; before, a number was one order of a customer for good."""
    uses = defaultdict(list)
    for each in rows:
        uses[each["invoice"]].append((each["customer_id"], each["bought_at"].date()))
    uses.pop(None, None)
    back = set()
    for number, used in uses.items():
        customers, days = zip(*used, strict=True)
        if len(set(customers)) > 1 or (max(days) - min(days)).days > 60:
            back.add(number)
    by_day = uses.keys() if 10 * len(back) >= len(uses) and back else back

    def order(each):
        number = each["invoice"] or each["bought_at"]
        return (number, each["bought_at"].date()) if number in by_day else number

    return order


@given(LEDGERS)
@FEW
def test_sums_equal_those_of_plain_python(rows):
    spent, orders, last = defaultdict(Decimal), defaultdict(set), {}
    order = order_of(purchases(rows))
    for each in purchases(rows):
        customer = each["customer_id"]
        spent[customer] += each["amount"]
        orders[customer].add(order(each))
        last[customer] = max(each["bought_at"], last.get(customer, each["bought_at"]))
    cleaned, lines = cleaned_and_kept(rows)
    table = aggregates.customers(lines).set_index("customer_id")
    assert list(table.index) == sorted(spent, key=str.encode)
    assert table["monetary"].to_dict() == {customer: float(amount) for customer, amount in spent.items()}
    assert table["orders"].to_dict() == {customer: len(invoices) for customer, invoices in orders.items()}
    assert table["last_purchase"].to_dict() == last
    assert count_rules(cleaned)["kept"] == table["lines"].sum()


@given(LEDGERS, st.sets(st.sampled_from(RULES)))
@FEW
def test_kept_and_rejected_lines_are_the_lines_read(rows, rules):
    assert sum(count_rules(clean(read_lines(rows), rules)).values()) == len(rows)


@pytest.mark.slow
@given(LEDGERS, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_the_rows_changes_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    (tables, others), (tables_again, others_again) = everything(rows), everything(shuffled)
    for table, again in zip(tables, tables_again, strict=True):
        pd.testing.assert_frame_equal(table, again, check_exact=True)
    assert others == others_again


def everything(rows):
    cleaned, lines = cleaned_and_kept(rows)
    tables = [
        aggregates.customers(lines),
        aggregates.orders(lines),
        aggregates.favourites(lines, most=2),
        aggregates.products(lines),
    ]
    found = baskets(lines)
    shown = (found.matrix.toarray().tolist(), found.items, found.customers.tolist(), found.invoices.tolist())
    return tables, (count_rules(cleaned), glance(cleaned, lines), shown)
