"""From a file to its ledger: what is no sale is left out, counted and said, and what smells is said."""

from datetime import date, datetime

import pandas as pd
import pytest

from services.core.refusals import Refusal
from services.training.ledger.nothing_left import refuse_nothing_left


def taken(ledger):
    assert ledger.kept + sum(ledger.rejected.values()) == ledger.report.rows
    return {rule: rows for rule, rows in ledger.rejected.items() if rows}


STATUSES = """order,customer,date,status,amount
1,A,2024-01-03,paid,10
2,A,2024-02-03,Cancelled by customer,500
3,B,2024-02-09,wc-refunded,30
4,B,2024-03-05,Partially refunded,40
5,C,2024-03-11,pending,24
6,C,2024-03-29,,75
"""


def test_orders_that_were_never_paid_are_left_out_and_counted_by_their_status(ledger_of):
    ledger = ledger_of(STATUSES)
    assert taken(ledger) == {"status": 3}
    assert ledger.statuses == {"Cancelled by customer": 1, "pending": 1, "wc-refunded": 1}
    assert ledger.revenue == "125.00"
    warnings = " ".join(ledger.report.warnings)
    assert "3 rows were left out, because the column “status”" in warnings
    assert "“Partially refunded” 1" in warnings


def test_what_the_user_says_of_a_status_counts(ledger_of):
    kept = ledger_of(STATUSES, keep_status=("PENDING",), drop_status=("partially-refunded",))
    assert kept.statuses == {"Cancelled by customer": 1, "Partially refunded": 1, "wc-refunded": 1}


def test_a_file_of_nothing_but_unpaid_orders_asks_for_the_status_that_counts(ledger_of):
    rows = "".join(f"{n},A,2024-01-0{n},pending,5\n" for n in range(1, 4))
    with pytest.raises(Refusal, match="--keep-status") as refused:
        ledger_of("order,customer,date,status,amount\n" + rows)
    assert refused.value.option == "--keep-status"
    with pytest.raises(Refusal, match="no statuses"):
        ledger_of("customer,date,amount\nA,2024-01-01,5\n", keep_status=("pending",))


FUTURE = """customer,date,order,amount
A,2024-05-30 10:00,1,5
B,2024-06-02 23:59,2,5
C,2024-06-03 00:00,3,5
A,2033-05-04 10:00,4,5
"""


def test_a23_rows_after_tomorrow_are_left_out_and_move_no_recency(ledger_of):
    ledger = ledger_of(FUTURE)
    assert taken(ledger) == {"future": 2}
    assert ledger.as_of == pd.Timestamp("2024-06-03 23:59")
    assert any("the latest on 4 May 2033" in warning for warning in ledger.report.warnings)


def test_a_day_to_count_to_includes_its_purchases_and_wins_over_today(ledger_of):
    assert taken(ledger_of(FUTURE, as_of=date(2024, 6, 2))) == {"future": 2}
    assert taken(ledger_of(FUTURE, as_of=datetime(2024, 6, 2))) == {"future": 3}
    assert taken(ledger_of(FUTURE, as_of=date(2033, 12, 31))) == {}


def test_a_file_of_nothing_but_future_days_asks_how_dates_are_written(ledger_of):
    with pytest.raises(Refusal, match="dated after today"):
        ledger_of("customer,date,amount\nA,2033-01-01,5\n")


def test_without_a_quantity_equal_rows_are_pieces_of_one_order(ledger_of):
    row = "A,2024-01-05,101,Tea 1,2.50\n"
    ledger = ledger_of("customer,date,receipt,item,amount\n" + row * 3 + "B,2024-02-05,102,Mug 7,9\n")
    assert taken(ledger) == {}
    assert ledger.customers["orders"].tolist() == [1, 1]
    assert any("2 rows equal an earlier one" in warning for warning in ledger.report.warnings)
    with_quantity = ledger_of(
        "customer,date,receipt,item,quantity,amount\n" + row.replace("2.50", "1,2.50") * 3
    )
    assert taken(with_quantity) == {"duplicate": 2}


def test_what_smells_is_said(ledger_of):
    rows = "".join(f"K{n},2023-01-{1 + n:02},1{n},5\n" for n in range(20)) + "".join(
        f"9999,2023-02-{1 + n:02},{n},5\n" for n in range(5)
    )
    ledger = ledger_of("customer,date,order,amount\n" + rows + "K1,2024-05-01,11,5\n")
    warnings = " ".join(ledger.report.warnings)
    assert "The customer “9999” has 19 %" in warnings
    assert "The receipt number “11” is used again" in warnings
    assert "1 May 2024, is 451 days after the one before it" in warnings


@pytest.mark.parametrize(
    ("rejected", "as_of", "option", "said"),
    [
        (
            {"unreadable": 9, "no_customer": 25, "future": 1_347},
            datetime(2024, 1, 1),
            "--as-of",
            "a later day",
        ),
        ({"unreadable": 9, "future": 1_372}, None, "--as-of", "dated after today"),
        ({"unreadable": 700, "no_customer": 681}, None, "--columns", "cannot be read 700, no customer 681"),
    ],
)
def test_a_rule_that_took_nearly_all_tells_the_way_out(rejected, as_of, option, said):
    with pytest.raises(Refusal, match=said) as refused:
        refuse_nothing_left(1_381, rejected, as_of)
    assert refused.value.option == option
