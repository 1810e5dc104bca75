"""Numbers as shops write them: signs of money and of taking back, thousands, decimals, and what is none."""

from decimal import Decimal

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from tests.drawn import drawn
from tests.training.written import column


def amounts(read, engine, cells, **options):
    rows = "".join(f"a\t2011-01-02\t{cell}\n" for cell in cells)
    report = read("customer\tdate\tamount\n" + rows, **options)
    return report, column(engine, "amount")


@pytest.mark.parametrize(
    ("sign", "cells"),
    [
        (
            ".",
            {
                "$1,234.50": "1234.5", "-$20.00": "-20", "- $20": "-20", "$-20": "-20", "($20.00)": "-20",
                "(20.00)": "-20", "20.00-": "-20", "\u221220": "-20", "\u201320": "-20", "USD 18.00": "18",
                "$.50": "0.5", "18.00USD": "18", "US$ 5": "5", "USD $20": "20", "+5": "5",
                "1,23,456.00": "123456", "12,05,000": "1205000", "1'234.50": "1234.5",
                "1\u2019234.50": "1234.5", "1\u00a0234": "1234",
                "1\u2009234": "1234", "1\u202f234": "1234", "20.--": "20", "'-20.00": "-20", "1.5E+3": "1500",
                "<20.00>": "-20", "\u25b37": "-7", "\u25b21,234": "-1234", "20.50/-": "20.5",
                "\uff11\uff12\uff0e\uff15": "12.5", "\u0663\u0664": "34", "\u200e7": "7",
            },
        ),
        (
            ",",
            {
                "1.234,50 €": "1234.5", "-1.234,50 €": "-1234.5", "1.234,50- €": "-1234.5",
                "EUR 1.234,50": "1234.5",
                "€ 20,-": "20", "1.234,-": "1234", "1 234,50": "1234.5", "0,123": "0.123", "1,5e3": "1500",
                "1.234.567": "1234567", "(20,00 €)": "-20", "1'234,50": "1234.5", "\u0661\u0662,5": "12.5",
                "12€50": "12.5", "-3€05": "-3.05", "1 234€50": "1234.5",
            },
        ),
    ],
)  # fmt: skip
def test_a_number_is_read_in_each_spelling(read, engine, sign, cells):
    report, found = amounts(read, engine, cells)
    assert dict(zip(cells, found, strict=True)) == {cell: Decimal(value) for cell, value in cells.items()}
    assert report.detected.decimal == sign


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("15%", "amount is a percentage"),
        ("% 15", "amount is a percentage"),
        ("#N/A", "amount is a spreadsheet's error"),
        ("#VALUE!", "amount is a spreadsheet's error"),
        ("####", "amount is a spreadsheet's error"),
        ("1e15", "amount is too large"),
        ("100000000000000", "amount is too large"),
        ("9" * 60, "amount is too large"),
        ("9" * 100, "amount is not a number"),
        ("1.2.3", "amount is not a number"),
        ("12,34.5", "amount is not a number"),
        ("0,123.5", "amount is not a number"),
        ("--5", "amount is not a number"),
        ("(-5)", "amount is not a number"),
        ("(5", "amount is not a number"),
        ("5 pieces", "amount is not a number"),
        ("$5 €", "amount is not a number"),
        ("5-6", "amount is not a number"),
        ("12€5", "amount is not a number"),
        ("12¥50", "amount is not a number"),
        ("1.234€50", "amount is not a number"),
        ("20.00 CR", "amount is not a number"),
        ("2 1/2", "amount is not a number"),
        ("½", "amount is not a number"),
        ("1_0", "amount is not a number"),
        ("nan", "amount is not a number"),
    ],
)
def test_what_is_no_number_says_why(read, engine, cell, reason):
    amounts(read, engine, ["1.50", cell])
    assert column(engine, "unreadable") == [None, reason]


def test_a8_numbers_that_contradict_each_other_are_a_question(read, engine):
    cells = ["2,50", "3,75", "1.5"]
    with pytest.raises(Refusal, match=r"1 has a point .*“1.5”, and 2 have a comma .*“2,50”") as refused:
        amounts(read, engine, cells)
    assert (refused.value.option, refused.value.choices) == ("--decimal", (".", ","))
    assert amounts(read, engine, cells, decimal=",")[1] == [Decimal("2.5"), Decimal("3.75"), None]


def test_a_price_is_not_rounded_before_it_is_multiplied(read, engine):
    rows = ["10000,0.00325", "3,0.00325", "0.00125,1000", "2,1.25"]
    read("customer,date,quantity,price\n" + "".join(f"a,2011-01-02,{row}\n" for row in rows))
    assert column(engine, "amount") == [Decimal(each) for each in ("32.5", "0.0098", "1.25", "2.5")]


@drawn(15, [HealthCheck.function_scoped_fixture])
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30), st.sampled_from(".,"))
def test_a_written_number_is_read_as_it_was(read, engine, numbers, sign):
    other = {".": ",", ",": "."}[sign]
    cells = [f"{number:,.2f}".translate({ord(","): other, ord("."): sign}) for number in numbers]
    assert amounts(read, engine, cells)[1] == numbers


@drawn(25, [HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.sampled_from("019.,'-+()$€eE%# kr"), min_size=1, max_size=8), min_size=1, max_size=30)
)
def test_no_text_breaks_the_reading_of_numbers(read, engine, cells):
    report, _found = amounts(read, engine, ["1", *cells], decimal=".")
    blank = [cell for cell in cells if not cell.strip()]
    assert column(engine, "unreadable").count("no amount") == len(blank)
    assert report.rows == len(cells) + 1


TYPED = [["customer", "date", "quantity", "price"], ["a", "2023-01-05", 1.125, "10,00"],
         ["b", "2023-01-06", 3, "10,00"], ["c", "2023-01-07", 1, "7,25"]]  # fmt: skip


def test_typed_numbers_beside_text_with_a_comma_are_read_as_they_are_in_a_workbook(read, engine, tmp_path):
    book = openpyxl.Workbook()
    for row in [*TYPED, ["d", "2023-01-08", 1, 5.5], ["e", "2023-01-09", 1, 1.234]]:
        book.active.append(row)
    book.save(tmp_path / "typed.xlsx")
    report = read((tmp_path / "typed.xlsx").read_bytes())
    assert column(engine, "amount") == [Decimal(x) for x in ("11.25", "30", "7.25", "5.5", "1.234")]
    assert "each was read as it is written" in " ".join(report.warnings)
    for sign in (",", "."):
        read((tmp_path / "typed.xlsx").read_bytes(), decimal=sign)
        assert column(engine, "amount")[0] == Decimal("11.25")


@pytest.mark.parametrize(
    "cell", ["¥13,550", "13,550円", "₩13,550", "13.550 ₫", "Rp 13.550", "JPY 13,550", "13.550 Ft"]
)
def test_money_without_cents_has_no_thousandths(read, engine, cell):
    assert amounts(read, engine, [cell])[1] == [Decimal(13550)]


@pytest.mark.parametrize("cell", ["$13,550", "13.550 €", "13,550"])
def test_other_money_that_may_have_them_is_a_question_that_names_the_column(read, engine, cell):
    with pytest.raises(Refusal, match=r"In the column “amount” the number .* can be read in two ways"):
        amounts(read, engine, [cell])


@pytest.mark.parametrize("kind", ["DECIMAL(9, 3)", "DOUBLE"])
def test_typed_numbers_beside_text_with_a_comma_are_read_as_they_are_in_parquet(read, engine, tmp_path, kind):
    (head, *rows) = TYPED
    values = ", ".join(f"('{a}', DATE '{b}', {c}::{kind}, '{d}')" for a, b, c, d in rows)
    duckdb.sql(
        f"COPY (SELECT * FROM (VALUES {values}) AS t({', '.join(head)})) TO '{tmp_path / 'typed'}' "
        "(FORMAT parquet)"
    )
    read((tmp_path / "typed").read_bytes())
    assert column(engine, "amount") == [Decimal(x) for x in ("11.25", "30", "7.25")]


def typed(rows, path):
    book = openpyxl.Workbook()
    for row in [["customer", "date", "quantity", "price"], *rows]:
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


def test_a_text_of_two_readings_among_typed_numbers_is_a_question(read, engine, tmp_path):
    rows = [["a", "2024-01-02", 1, "1.234"], ["b", "2024-01-03", 1, 2.5], ["c", "2024-01-04", 1, 1.125]]
    content = typed(rows, tmp_path / "typed.xlsx")
    with pytest.raises(Refusal, match=r"'1\.234' stands as text among typed ones"):
        read(content)
    for sign, price in ((".", "1.234"), (",", "1234")):
        read(content, decimal=sign)
        assert column(engine, "amount") == [Decimal(price), Decimal("2.5"), Decimal("1.125")]
    read(typed([*rows, ["d", "2024-01-05", 1, "7,50"]], tmp_path / "other.xlsx"))
    assert column(engine, "amount") == [Decimal(1234), Decimal("2.5"), Decimal("1.125"), Decimal("7.5")]


def test_a_formula_of_which_no_value_was_saved_is_said(read, engine, tmp_path):
    rows = [["a", "2024-01-02", 1, 5], ["b", "2024-01-03", 1, "=C2*2"], ["=A2", "2024-01-04", 1, 3]]
    read(typed(rows, tmp_path / "typed.xlsx"))
    assert column(engine, "unreadable", "cell")[1] == (
        "price is a spreadsheet's error",
        "#formula without a saved value",
    )
    assert column(engine, "customer_id")[2] is None
