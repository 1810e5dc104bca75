"""Orders as they were at an earlier moment: a return counts from its own moment on."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from services.training.customers.snapshots import seen_before, timed_orders
from services.training.lines.aggregates import customers, orders
from services.training.lines.cleaning import count_rules
from services.training.lines.kept import kept_lines
from services.training.lines.taken import returns_of
from tests.drawn import drawn
from tests.training.lines.ledgers import matched_and_left, row

DAYS = ["2011-02-01", "2011-02-02", "2011-02-03", "2011-02-04", "2011-02-05"]
LINES = st.builds(
    lambda day, **others: row(invoice=f"{others.pop('number')}-{day}", day=day, **others),
    number=st.integers(1, 2),
    customer_id=st.sampled_from(["a", "b"]),
    product=st.sampled_from(["P1", "P2"]),
    day=st.sampled_from(DAYS),
    quantity=st.sampled_from([-3, -1, 1, 2]),
    price=st.sampled_from(["1", "2.5"]),
)


def bought_by(rows):
    """Orders, lines and money of each customer who has something left of some rows."""
    _matched, left = matched_and_left(rows)
    if not count_rules(left)["kept"]:
        return {}
    found = customers(kept_lines(left)).set_index("customer_id")
    return {who: tuple(each) for who, each in found[["orders", "lines", "monetary"]].iterrows()}


@given(st.lists(LINES, min_size=1, max_size=14))
@drawn(4)
def test_at_every_moment_orders_are_what_a_training_on_the_file_until_then_has(rows):
    matched, left = matched_and_left([*rows, row("z", "z", day=DAYS[0])])
    lines = kept_lines(left)
    known = customers(lines)
    taken = returns_of(left, matched).taken
    timed = timed_orders(known, orders(lines), taken)
    ids = dict(enumerate(known["customer_id"])) | dict(
        zip(timed["customer"], timed["customer_id"], strict=True)
    )
    for day in DAYS[1:]:
        moment = pd.Timestamp(day)
        seen = seen_before(timed, moment)
        until = [each for each in rows if each["bought_at"] < moment] + [row("z", "z", day=DAYS[0])]
        told = {ids[who]: tuple(each) for who, each in seen[["orders", "lines", "monetary"]].iterrows()}
        assert told == bought_by(until)


def test_who_sent_everything_back_later_has_a_place_after_all_others():
    rows = [
        row("a", "1", day="2011-02-01"),
        row("a", "C2", day="2011-02-04", quantity=-1),
        row("b", "3", day="2011-02-02"),
    ]
    matched, left = matched_and_left(rows)
    lines = kept_lines(left)
    taken = returns_of(left, matched).taken
    timed = timed_orders(customers(lines), orders(lines), taken)
    assert seen_before(timed, pd.Timestamp("2011-02-03"))["orders"].to_dict() == {0: 1, 1: 1}
    assert seen_before(timed, pd.Timestamp("2011-02-05"))["orders"].to_dict() == {0: 1}
