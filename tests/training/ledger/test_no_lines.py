"""An export's rows beside its lines are read, left out by a rule of their own, and told."""

from __future__ import annotations

import csv

import pytest

from services.core import presets
from services.training.ledger.cleaned import clean_transactions
from services.training.lines.engine import open_engine
from services.training.options import TrainOptions
from services.training.progress import Progress
from tests.training.reading.columns.exports import EBAY, LIGHTSPEED


@pytest.fixture
def cleaned(tmp_path):
    """Clean files under ``standard``, and keep what was left out in ``rejected.csv``."""
    engine = open_engine(tmp_path / "scratch")

    def clean(*texts):
        paths = [tmp_path / f"export-{number}.csv" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        options = TrainOptions(rejected=tmp_path / "rejected.csv")
        return clean_transactions(
            paths, engine, presets.load("standard"), options, tmp_path / "scratch", Progress()
        )

    yield clean
    engine.close()


def taken(cleaned):
    return {rule: rows for rule, rows in cleaned.rejected.items() if rows}


def test_sales_and_payments_beside_the_lines_are_a_rule(cleaned, tmp_path):
    found = cleaned(LIGHTSPEED)
    assert (found.report.rows, found.kept, found.revenue) == (8, 2, "25.00")
    assert taken(found) == {"no_line": 4, "no_customer": 1, "status": 1}
    (told,) = [each for each in found.left_out if each.rule == "no_line"]
    assert (told.amount, [row.line for row in told.first]) == (None, [2, 5, 6, 8])
    assert told.first[1].reason == "not an order line: Payment"
    _head, *rows = csv.reader((tmp_path / "rejected.csv").read_text("utf-8-sig").splitlines())
    assert [row[:2] for row in rows] == [
        ["2", "no_line"], ["5", "no_line"], ["6", "no_line"], ["7", "no_customer"], ["8", "no_line"],
        ["9", "status"],
    ]  # fmt: skip
    assert "Cash" in rows[1][-1]


def test_the_row_of_a_whole_order_is_told_where_its_items_follow(cleaned):
    found = cleaned(EBAY)
    assert (found.report.rows, taken(found)) == (5, {"no_line": 1, "no_customer": 1})
    assert found.left_out[0].first[0].reason == "not an order line"


def test_other_files_have_no_such_rule(cleaned):
    found = cleaned("customer,invoice,date,quantity,price\n17,1,2024-01-05,2,3.50\n")
    assert "no_line" not in found.rejected


def test_several_exports_count_theirs_together(cleaned):
    later = LIGHTSPEED.replace(",6", ",7").replace("2024-05", "2024-06")
    found = cleaned(LIGHTSPEED, later)
    assert (found.report.rows, found.report.no_lines, found.rejected["no_line"]) == (16, 8, 8)
    assert found.report.rows == found.kept + sum(found.rejected.values())
