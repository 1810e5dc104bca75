"""The sentences of the comparison are true: singular and plural, overlap, gap, nothing new."""

from __future__ import annotations

import pytest

from layouts.imports import placing
from tests.callbacks.imports.found import COMPARED


def test_whom_and_what_the_file_brings():
    assert placing.sentence(COMPARED) == (
        "The file has 5 orders that the ledger does not have, and 1 new customer; 4 of its customers are "
        "known."
    )
    nothing = COMPARED | {"orders": {"new": 0, "known": 6}, "customers": {"new": 0, "known": 5}}
    assert placing.sentence(nothing) == (
        "The ledger has every order of the file already, and the file has no new customer; 5 of its "
        "customers are known."
    )


@pytest.mark.parametrize(
    ("overlap", "gap", "said"),
    [
        (COMPARED["overlap"], 0, "They overlap by 7 days, 25 May 2024 to 31 May 2024."),
        (None, 0, "The two follow on from each other without a gap."),
        (None, 3, "Between them 3 days are missing. Check that no file was left out."),
        (None, 1, "Between them 1 day is missing. Check that no file was left out."),
    ],
)
def test_how_the_days_lie(overlap, gap, said):
    assert placing.days(COMPARED | {"overlap": overlap, "gap_days": gap}).startswith(said)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (9, "9 rows are in both and count once."),
        (1, "1 row is in both and counts once."),
        (0, "No row is in both."),
    ],
)
def test_how_many_rows_stand_in_both(rows, said):
    assert placing.days(COMPARED | {"repeated": rows}).endswith(f"31 May 2024. {said}")


def test_what_adding_and_replacing_give():
    together, alone = placing.hints(COMPARED, {"date_order": ["dmy"]})
    assert together.startswith("1 May 2024 to 30 June 2024, 11 customers.")
    assert alone == "25 May 2024 to 30 June 2024, 5 customers. 2 files in the ledger are removed."


def test_what_goes_for_all_files_is_said():
    for hint in placing.hints(
        COMPARED, {"keep_status": ["open"], "drop_status": ["new"], "only_currency": ["EUR"]}
    ):
        assert hint.endswith(
            "What you said about the statuses of orders and the currency goes for all files in the ledger."
        )


def test_a_price_that_changed_is_shown_and_none_is_not():
    assert "mug" in str(placing.beside(COMPARED))
    same = COMPARED | {"prices": {"changed": 0, "of": 2, "first": []}}
    assert "Prices that changed" not in str(placing.beside(same))
