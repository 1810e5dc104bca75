"""What the steps over lines share is exact, whatever the engine thinks of large numbers."""

from decimal import Decimal
from statistics import median

import duckdb
import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.lines.frames import WHOLE, distinct, medians, to_pandas, with_quotient

PRICES = st.decimals("-99999999", "99999999", places=2, allow_nan=False)
QUOTIENTS = st.tuples(st.integers(1, 10**19), st.integers(0, 10**18), st.integers(0, 10**19))


def frame(types, rows):
    engine = duckdb.connect(config={"threads": 1})
    engine.execute(f"CREATE TABLE given ({types})")
    engine.executemany(f"INSERT INTO given VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return nw.from_native(engine.table("given"))


def test_missing_values_are_a_value_once():
    found = distinct(
        frame("a VARCHAR, b VARCHAR, c INT", [("x", None, 1), ("x", None, 2), (None, "y", 3)]), "a", "b"
    )
    assert sorted(
        found.collect("pandas").to_native().astype(object).fillna("-").itertuples(index=False, name=None)
    ) == [
        ("-", "y"),
        ("x", "-"),
    ]


@given(st.lists(PRICES, min_size=1, max_size=9))
@settings(max_examples=25, deadline=None)
def test_a_median_is_the_middle_or_between_the_two_in_the_middle(prices):
    rows = [("x", price) for price in prices] + [("x", None), ("none", None)]
    found = to_pandas(medians(frame("item VARCHAR, price DECIMAL(18, 4)", rows), "item", "price"))
    assert found.itertuples(index=False, name=None).__next__() == ("x", median(map(float, prices)))
    assert len(found) == 1


@given(QUOTIENTS)
@settings(max_examples=50, deadline=None)
def test_a_quotient_is_exact_far_beyond_what_a_float_holds(drawn):
    divisor, quotient, rest = drawn
    dividend = divisor * quotient + rest % divisor
    found = _divided(dividend, divisor)
    assert found == quotient


@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_a_quotient_just_beside_a_whole_number_is_not_rounded_to_it(beside):
    divisor = 2 * 10**19 + 1
    for times in (1, 3, 7, 10**17 + 3):
        assert _divided(divisor * times + beside, divisor) == (divisor * times + beside) // divisor


def _divided(dividend, divisor):
    given = frame("a DECIMAL(38, 0), b DECIMAL(38, 0)", [(Decimal(dividend), Decimal(divisor))])
    found = with_quotient(given, "q", nw.col("a"), nw.col("b"))
    assert found.collect_schema() == {"a": WHOLE, "b": WHOLE, "q": WHOLE}
    return int(found.with_columns(q=nw.col("q").cast(nw.String)).collect("pandas")["q"][0])
