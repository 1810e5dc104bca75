"""Rows that cannot be read: their lines and reasons, and when they are too many."""

import re
from dataclasses import replace

import openpyxl
import pytest

from services.core.refusals import Refusal
from services.training.reading import refuse_unreadable
from tests.training.written import column

GOOD = "".join(f"a,2011-01-{day:02},{day}\n" for day in range(1, 20))
HEAD = "Customer,Day,Total\n"
ROLES = {"date": "Day"}


def lines(report):
    return [(each.line, each.reason, each.cell) for each in report.examples]


def test_a_reason_names_the_role_and_the_column_and_the_cell_is_kept(read):
    report = read(HEAD + GOOD + "a,soon,5\na,2011-02-31,5\na,2011-02-01,five\n", columns=ROLES)
    assert lines(report) == [
        (21, "not a date (in column “Day”)", "soon"),
        (22, "impossible date (in column “Day”)", "2011-02-31"),
        (23, "amount is not a number (in column “Total”)", "five"),
    ]


def test_one_row_in_twenty_is_forgiven_and_more_are_refused_with_reason_example_and_option(read):
    refuse_unreadable(read(HEAD + GOOD + "a,2011-02-01,five\n", columns=ROLES), accepted=False)
    report = read(HEAD + GOOD.partition("\n")[2] + "a,2011-02-01,five\n", columns=ROLES)
    with pytest.raises(Refusal) as refused:
        refuse_unreadable(report, accepted=False)
    assert str(refused.value).startswith(
        "1 of the 19 rows (5.26 %) cannot be read. 1 row has this fault: amount is not a number (in column "
        "“Total”). An example is “five” in line 20. Correct them, or leave them out with --accept-unreadable."
    )
    assert (refused.value.field, refused.value.option) == ("accept_unreadable", "--accept-unreadable")
    refuse_unreadable(report, accepted=True)


def test_the_three_commonest_reasons_are_told_with_two_examples_each(read):
    bad = ["a,2011-02-01,x\n"] * 5 + ["a,soon,1\n"] * 3 + ["a,2011-02-01,1,2\n"] * 2 + ["a,2011-02-01,\n"]
    with pytest.raises(Refusal) as refused:
        refuse_unreadable(read(HEAD + GOOD + "".join(bad), columns=ROLES), accepted=False)
    said = str(refused.value)
    assert "5 rows have this fault: amount is not a number (in column “Total”). Examples are “x” in" in said
    assert "“x” in line 21 and “x” in line 22. 3 rows have this fault: not a date" in said
    assert "2 rows have this fault: 4 fields instead of 3. Examples are line 29 and line 30." in said
    assert "no amount" not in said
    assert "A date is written such as 2023-01-31" in said


def test_a_file_of_which_no_row_can_be_read_names_the_column_and_what_a_date_is_like(read):
    with pytest.raises(
        Refusal,
        match=r"Look at line 2: not a date but a number \(in column “Day”\): “3”\. A date is written",
    ):
        read(HEAD + "a,3,1\nb,17,2\n", columns=ROLES)


def test_the_lines_of_a_workbook_are_rows(read, tmp_path):
    book = openpyxl.Workbook()
    for cells in [["Customer", "Day", "Total"], ["a", "2011-02-01", 5], [], ["b", "2011-02-01", "five"]]:
        book.active.append(cells)
    book.save(tmp_path / "w")
    report = read((tmp_path / "w").read_bytes(), columns=ROLES)
    assert lines(report) == [(4, "amount is not a number (in column “Total”)", "five")]
    with pytest.raises(Refusal, match="“five” in row 4"):
        refuse_unreadable(report, accepted=False)


def test_a12_a13_cells_left_out_at_the_end_and_separators_behind_it_are_no_fault(read, engine):
    head = "customer,date,amount,coupon,note\n"
    report = read(head + "a,2011-01-02,1\na,2011-01-02,2,X\na,2011-01-02,3,,,\na,2011-01-02,4,,, \n")
    assert report.unreadable == 0
    assert [float(amount) for amount in column(engine, "amount")] == [1, 2, 3, 4]


def test_a_row_that_leaves_out_a_needed_cell_says_which(read, engine):
    # the last row has a date, since one without date and figures is a note below the data
    read("customer,date,amount\na\na,2011-01-02,1\na,2011-01-02\n")
    assert column(engine, "unreadable") == ["no date", None, "no amount"]


def test_a_row_of_blanks_is_none_and_the_lines_go_on(read, engine):
    report = read("customer,date,amount\n,,\na,2011-01-02,1\n , ,\n,,,,\nb,2011-01-02,1\n")
    assert (report.rows, column(engine, "line")) == (2, [3, 6])


@pytest.mark.parametrize("cell", ["x" * 140_000, '"' + "x " * 70_000 + '"', "1" * 140_000])
def test_a32_a_cell_longer_than_the_reader_of_csv_takes_costs_its_row(read, engine, cell):
    report = read(
        "customer,date,amount,note\na,2011-01-02,1,\na,2011-01-02,1," + cell + "\nb,2011-01-02,1,\n"
    )
    assert column(engine, "line") == [2, 3, 4]
    assert lines(report) == [(3, "a field is longer than 10,000 characters", None)]


def test_a_header_that_long_is_refused_with_its_line(read):
    with pytest.raises(Refusal, match="Line 1: a field is longer than 10,000 characters"):
        read("customer,date,amount," + "x" * 140_000 + "\na,2011-01-02,1,\n")


@pytest.mark.parametrize(
    ("lost", "rows", "said"), [(3, 50, "6 %"), (5_001, 100_000, "5.001 %"), (52, 1_000, "5.2 %")]
)
def test_a_share_that_is_just_too_large_does_not_look_like_the_bound(read, lost, rows, said):
    report = replace(
        read("customer,date,amount\na,2011-01-02,1\na,2011-01-02,x\n"), unreadable=lost, rows=rows
    )
    with pytest.raises(Refusal, match=re.escape(f"({said}) cannot be read")):
        refuse_unreadable(report, accepted=False)
