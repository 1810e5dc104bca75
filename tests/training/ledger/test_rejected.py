"""The rows that were left out are written as they stood, each with its rule and its reason."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from services.core import presets
from services.core.refusals import Refusal
from services.training.ledger.cleaned import clean_customers, clean_transactions
from services.training.lines.engine import open_engine
from services.training.options import TrainOptions
from services.training.progress import Progress

LEDGER = """Bill,Customer ID,InvoiceDate,Quantity,UnitPrice,Note
1,17,2024-01-05 10:00,2,"1,250.50",x
2,,2024-01-05 10:00,1,=1+1,x
3,=HYPERLINK("http://x"),2024-01-06 10:00,-2,2.50,x
4,18,soon,1,2.50,x
5,19,2024-01-07,1,2.50,x,y,z
1,17,2024-01-05 10:00,2,"1,250.50",x
6,20,2024-01-07,1,2.5,x
"""
COLUMNS = {"invoice": "Bill"}


def read(tmp_path, text, erased=None, table=False, **chosen):
    path = tmp_path / "file.csv"
    path.write_text(text)
    target = tmp_path / "rejected.csv"
    options = TrainOptions(**{"accept_unreadable": True, "rejected": target} | chosen)
    engine = open_engine(tmp_path / "scratch")
    try:
        if table:
            clean_customers(path, engine, options, tmp_path / "scratch", Progress(), erased)
        else:
            preset = presets.load("standard")
            options = replace(options, reading=replace(options.reading, columns=COLUMNS))
            clean_transactions([path], engine, preset, options, tmp_path / "scratch", Progress(), erased)
    finally:
        engine.close()
    return list(csv.reader(target.read_text("utf-8-sig").splitlines()))


def test_each_row_that_is_left_out_stands_there_with_its_texts(tmp_path):
    head, *rows = read(tmp_path, LEDGER)
    assert head == ["line", "rule", "reason", "customer", "invoice", "quantity", "date", "price", "row"]
    assert rows == [
        ["3", "unreadable", "price is not a number (in column “UnitPrice”)", "", "2", "1", "2024-01-05 10:00",
         "'=1+1", ""],
        ["4", "quantity", "", "'=HYPERLINK(\"http://x\")", "3", "-2", "2024-01-06 10:00", "2.50", ""],
        ["5", "unreadable", "not a date (in column “InvoiceDate”)", "18", "4", "1", "soon", "2.50", ""],
        ["6", "unreadable", "8 fields instead of 6", *[""] * 5, "5|19|2024-01-07|1|2.50|x|y|z"],
        ["7", "duplicate", "", "17", "1", "2", "2024-01-05 10:00", "1,250.50", ""],
    ]  # fmt: skip
    assert [each.name for each in tmp_path.glob("rejected*")] == ["rejected.csv"]


def test_of_an_erased_customer_only_the_line_is_written(tmp_path):
    _head, *rows = read(tmp_path, LEDGER, lambda ids: {"20"})
    assert ["8", "forgotten", *[""] * 7] in rows


def test_a_table_of_customers_has_one_too(tmp_path):
    table = "customer,recency,frequency,monetary\n1,3,1,10.50\n2,,2,20\n3,4,x,5\n"
    head, *rows = read(tmp_path, table, table=True)
    assert head == ["line", "rule", "reason", "customer", "recency", "frequency", "monetary", "row"]
    assert rows == [
        ["3", "empty", "", "2", "", "2", "20", ""],
        ["4", "unreadable", "frequency is not a number", "3", "4", "x", "5", ""],
    ]


def test_a_file_that_is_refused_for_its_unreadable_rows_still_lists_them(tmp_path):
    with pytest.raises(Refusal, match="cannot be read"):
        read(tmp_path, LEDGER, accept_unreadable=False)
    written = (tmp_path / "rejected.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in written[1:]] == [[n, "unreadable"] for n in "356"]


def test_the_file_that_is_read_is_not_written_over(tmp_path):
    with pytest.raises(Refusal, match="--rejected names the file that is read"):
        read(tmp_path, LEDGER, rejected=tmp_path / "file.csv")
    assert (tmp_path / "file.csv").read_text() == LEDGER


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Refusal, match=r"rejected\.csv” cannot be written: No such file") as refused:
        read(tmp_path, LEDGER, rejected=tmp_path / "none" / "rejected.csv")
    assert refused.value.option == "--rejected"


def test_what_is_written_is_no_choice_that_shapes_a_release(tmp_path):
    assert TrainOptions(rejected=tmp_path).recorded() == TrainOptions().recorded()
