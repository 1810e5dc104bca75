"""What smells is said in a sentence with a way out, and what does not is not spoken of."""

import pandas as pd
import pytest

from services.training.lines import quality
from services.training.lines.cleaning import clean
from services.training.lines.kept import Restarts
from services.training.lines.statuses import sort_statuses
from services.training.lines.statuses_said import of_statuses
from tests.training.lines.ledgers import datetime, read_lines, row


def ordered(**counts):
    """Customers with their orders, one a day from 2011-03-01 on."""
    customers = pd.DataFrame({"customer_id": list(counts), "orders": list(counts.values())})
    days = pd.date_range("2011-03-01", periods=sum(counts.values()))
    return customers, pd.DataFrame({"bought_at": days})


def test_one_customer_with_over_a_tenth_of_all_orders_is_named():
    many = {f"k{number}": 1 + number % 2 for number in range(40)}
    (sentence,) = quality.of_orders(*ordered(**many, till=20))
    assert "“till” has 25 % of all orders (20 of 80)" in sentence
    assert '--drop-customer "till"' in sentence
    assert quality.of_orders(*ordered(**many, till=6)) == []
    # a large part, but of few
    assert quality.of_orders(*ordered(a=4, b=2, c=3)) == []


def test_a_share_just_over_a_tenth_does_not_look_like_a_tenth():
    many = {f"k{number}": 1 + number % 2 for number in range(600)}
    (sentence,) = quality.of_orders(*ordered(**many, till=101))
    assert "10.09 %" in quality.of_orders(*ordered(**many, till=101))[0] or "10.1 %" in sentence


def test_a26_equal_frequency_for_everybody_is_said():
    (sentence,) = quality.of_orders(*ordered(**{f"o{number}": 1 for number in range(12)}))
    assert "Each of the 12 customers has exactly 1 order," in sentence
    assert "--columns customer=NAME" in sentence
    (sentence,) = quality.of_orders(*ordered(**{f"o{number}": 2 for number in range(12)}))
    assert "exactly 2 orders," in sentence
    assert quality.of_orders(*ordered(a=1, b=1, c=1)) == []


@pytest.mark.parametrize(("last", "told"), [("2011-06-30", False), ("2011-07-01", True)])
def test_a_last_date_over_sixty_days_after_the_one_before_is_said(last, told):
    customers, _ = ordered(a=2, b=1)
    orders = pd.DataFrame(
        {"bought_at": pd.to_datetime(["2011-04-02 09:00", "2011-05-01 09:00", f"{last} 23:00"])}
    )
    found = quality.of_orders(customers, orders)
    assert bool(found) is told
    if told:
        assert "1 July 2011, is 61 days after" in found[0]
        assert "--as-of 2011-05-01" in found[0]


def test_a_first_date_years_before_the_next_is_said():
    customers, _ = ordered(a=2, b=1)
    orders = pd.DataFrame({"bought_at": pd.to_datetime(["1970-01-01", "2011-05-01", "2011-05-02"])})
    (sentence,) = quality.of_orders(customers, orders)
    assert "1 January 1970, is 15,095 days before the next one, 1 May 2011" in sentence


def test_few_baskets_are_said_and_none_are_not():
    assert "There are 99 baskets" in quality.of_baskets(99)[0]
    assert "There is 1 basket with" in quality.of_baskets(1)[0]
    assert quality.of_baskets(100) == quality.of_baskets(0) == []


def test_statuses_that_took_rows_are_counted_by_value():
    values = {"paid": 9, "cancelled": 2, "void": 1}
    (sentence,) = of_statuses(sort_statuses(values), "Status")
    assert sentence.startswith("3 rows were left out, because the column “Status”")
    assert "“cancelled” 2, “void” 1." in sentence
    assert '--keep-status "cancelled"' in sentence
    assert of_statuses(sort_statuses({"paid": 9, "void": 1}), "S")[0].startswith("1 row was left out")


def test_a_part_taken_back_and_a_status_that_is_not_there_are_said():
    found = of_statuses(sort_statuses({"void": 1, "partially_refunded": 2}, drop=["opne"]), "Status")
    assert found[0] == "No row has the status “opne” that --drop-status names."
    assert found[2].startswith("2 rows were kept in full")
    assert "“partially_refunded” 2" in found[2]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"paid": 9, "open": 2}, "Its values: “paid” 9, “open” 2."),
        ({"VIP": 3, "active": 2}, "are about customers"),
    ],
)
def test_a_column_of_statuses_that_left_out_no_row_is_said(values, words):
    (sentence,) = of_statuses(sort_statuses(values), "Status")
    assert words in sentence
    assert f'--drop-status "{next(iter(values))}"' in sentence


def test_no_column_of_statuses_is_not_spoken_of():
    assert of_statuses(sort_statuses({}), "") == []


def test_numbers_that_come_back_are_said():
    assert quality.of_restarts(Restarts(0, 9, None)) == []
    assert "number “7” is used again" in quality.of_restarts(Restarts(1, 90, "7"))[0]
    assert "Such a number counts as one order per day" in quality.of_restarts(Restarts(1, 90, "7"))[0]
    assert "3 receipt numbers, such as “1”, are used again" in quality.of_restarts(Restarts(3, 3, "1"))[0]


def test_rows_after_today_are_said_with_the_latest_day():
    rows = [row(day="2011-03-01"), row(day="2033-05-04 10:00"), row(day="2012-01-01")]
    today = datetime(2011, 12, 1)
    (sentence,) = quality.of_future(clean(read_lines(rows), as_of=today))
    assert sentence.startswith("2 rows are dated after today, the latest on 4 May 2033: they were left out.")
    assert quality.of_future(clean(read_lines(rows[:1]), as_of=today)) == []
    (sentence,) = quality.of_future(clean(read_lines(rows[:2]), as_of=today))
    assert sentence == (
        "1 row is dated after today, on 4 May 2033: it was left out. "
        "If the date is a slip, correct it in the file."
    )


def test_rows_that_a_status_took_are_counted_by_value():
    rows = [
        row(status="void"),
        row(status="void", invoice="2"),
        row(status="failed"),
        row(customer_id=None, status="void"),
    ]
    assert quality.count_taken(clean(read_lines(rows), statuses=["void", "failed"])) == {
        "void": 2,
        "failed": 1,
    }
