"""The real files: counts and sums that were computed with another tool."""

import os
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from services.core.refusals import Refusal
from services.training.lines.engine import open_engine
from services.training.reading import ReadOptions, read_files

DATA = Path(os.environ.get("REAL_DATA_DIR", "../shared/data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data in {DATA}; set REAL_DATA_DIR")

TOTALS = """
    SELECT count(*), count(customer_id), count(description), sum(quantity), sum(price), sum(amount),
        min(bought_at), max(bought_at), count(DISTINCT invoice), count(DISTINCT customer_id) FROM read_lines
"""
DUPLICATES = "SELECT count(*) - count(DISTINCT row_key) FROM read_lines WHERE customer_id IS NOT NULL"
WHAT_COUNTS = """
    SELECT line, customer_id, invoice, product, description, country, bought_at, quantity, price, amount
    FROM read_lines
"""


@pytest.fixture
def engine(tmp_path):
    with open_engine(tmp_path / "engine") as opened:
        yield opened


COUNTED = (
    541_909,
    406_829,
    540_455,
    Decimal("5176450"),
    Decimal("2498803.974"),
    Decimal("9747747.934"),
    datetime(2010, 12, 1, 8, 26),
    datetime(2011, 12, 9, 12, 50),
    25_900,
    4_372,
)


@pytest.mark.slow
def test_the_sample_holds_what_was_counted(engine, tmp_path):
    report = read_files([DATA / "online_retail.csv.gz"], engine, ReadOptions(), tmp_path)
    assert (report.rows, report.unreadable, report.detected.date_order) == (541_909, 0, "mdy")
    assert engine.execute(TOTALS).fetchone() == COUNTED
    assert engine.execute(DUPLICATES).fetchone() == (5_225,)


@pytest.mark.long
def test_the_workbook_of_the_sample_holds_the_same_lines(engine, tmp_path):
    read_files([DATA / "online_retail.csv.gz"], engine, ReadOptions(), tmp_path)
    engine.execute("ALTER TABLE read_lines RENAME TO from_text")
    report = read_files([DATA / "online_retail.xlsx"], engine, ReadOptions(), tmp_path)
    assert (report.form, report.rows, report.warnings) == ("xlsx", 541_909, [])
    assert engine.execute(TOTALS).fetchone() == COUNTED
    assert engine.execute(DUPLICATES).fetchone() == (5_225,)
    other = engine.execute(
        f"SELECT count(*) FROM ({WHAT_COUNTS} EXCEPT ALL {WHAT_COUNTS.replace('read_lines', 'from_text')})"
    ).fetchone()
    assert other == (0,)


def test_the_excerpt_with_two_readings_is_asked_about_and_then_read_day_first(engine, tmp_path):
    path = DATA / "online_retail_dmy_excerpt.csv"
    with pytest.raises(Refusal, match=r"'1/12/2010 8:26'.*--date-order dmy"):
        read_files([path], engine, ReadOptions(), tmp_path)
    assert read_files([path], engine, ReadOptions(date_order="dmy"), tmp_path).rows == 149
    assert engine.execute("SELECT DISTINCT bought_at::DATE::VARCHAR FROM read_lines").fetchall() == [
        ("2010-12-01",)
    ]


def test_the_cdnow_sample_is_read_by_position(engine, tmp_path):
    options = ReadOptions(columns={"customer": 1, "date": 3, "quantity": 4, "amount": 5})
    assert read_files([DATA / "cdnow_sample.txt"], engine, options, tmp_path).rows == 6_919
    assert engine.execute("SELECT count(DISTINCT customer_id), sum(amount) FROM read_lines").fetchone() == (
        2_357,
        Decimal("244091.94"),
    )


def test_a_customer_table_is_refused_with_what_is_missing(engine, tmp_path):
    with pytest.raises(Refusal, match=r"No column was found for .*date"):
        read_files([DATA / "ecommerce_churn.xlsx"], engine, ReadOptions(), tmp_path)
