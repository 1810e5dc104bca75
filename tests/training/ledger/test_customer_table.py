"""A table of customers instead of transactions: read, cleaned, trained, and answered from."""

import csv
import random
from datetime import UTC, date, datetime

import numpy as np
import pytest
from openpyxl import Workbook

from services.core.refusals import Refusal
from services.serving.predictions.predict import as_contract, predict
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from services.training.run import train

HEADER = ["CustomerID", "DaySinceLastOrder", "OrderCount", "CashbackAmount", "Country"]
NOW = datetime(2026, 11, 21, 22, 45, tzinfo=UTC)


def table(customers=60, seed=3):
    """Customers of three kinds, none quite like another."""
    drawn = random.Random(seed)
    rows = []
    for number in range(customers):
        days, orders, spend = ((2, 12, 300), (15, 4, 150), (40, 1, 100))[number % 3]
        money = f"{spend + drawn.randint(0, 4000) / 100:.2f}"
        rows.append([f"{number:04}", days + drawn.randint(0, 4), orders, money, ("France", "")[number % 2]])
    return rows


def write(path, rows, header=HEADER):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def train_on(tmp_path, rows, header=HEADER, models="models", **options):
    options = {"preset": "six-persona", "k": 3} | options
    path = write(tmp_path / "table.csv", rows, header)
    return Loaded(tmp_path / models, train(path, tmp_path / models, TrainOptions(**options), now=NOW).id)


def test_every_customer_of_the_table_falls_where_the_table_says(tmp_path):
    rows = table()
    release = train_on(tmp_path, rows)
    for customer, days, orders, money, country in rows:
        row = release.row_of(customer)
        values = {axis: release.customers[axis][row].item() for axis in ("recency", "frequency", "monetary")}
        assert values == {"recency": days, "frequency": orders, "monetary": float(money)}
        answer = predict(release, values)
        assert answer.cluster is release.clusters[release.customers["cluster"][row]]
        assert answer.segment is release.segments[release.customers["segment"][row]]
        assert release.customers["country"][row] == (0 if country else -1)


def test_clusters_are_the_segments_and_nobody_has_scores(tmp_path):
    release = train_on(tmp_path, table())
    overview = release.overview
    named = [(group.name, group.colour) for group in release.segments]
    assert named == [(cluster.name, cluster.colour) for cluster in release.clusters]
    assert (overview.scoring, overview.grid) == (None, None)
    assert not any(release.customers[score].any() for score in "rfm")
    answer = as_contract(predict(release, {"recency": 2, "frequency": 12, "monetary": 320.0}), release)
    assert (answer["scores"], answer["segment"]) == (None, answer["cluster"]["name"])


def test_what_a_table_cannot_tell_is_left_open(tmp_path):
    release = train_on(tmp_path, table())
    assert np.isnat(release.customers["first_purchase"]).all()
    assert np.isnan(release.customers["pieces"]).all()
    assert [snapshot.customers for snapshot in release.overview.snapshots] == [60]
    assert (release.overview.previous, release.overview.changed) == (None, None)
    assert "has no products" in release.overview.baskets_missing
    assert release.overview.glance.months == []
    assert release.lookup().execute("SELECT count(*) FROM orders").fetchone()[0] == 0
    assert not any(release.manifest.ledger[role] for role in ("date", "invoice", "product", "amount"))


def test_recency_counts_to_the_day_of_the_reading_or_to_the_day_named(tmp_path):
    release = train_on(tmp_path, table())
    assert release.manifest.as_of == datetime(2026, 11, 21)
    assert any("to use another day, add --as-of" in warning for warning in release.manifest.warnings)
    newest = np.argmin(release.customers["recency"])
    days = int(release.customers["recency"][newest])
    assert release.customers["last_purchase"][newest].item().date() == date(2026, 11, 21 - days)
    named = train_on(tmp_path, table(), models="other", as_of=datetime(2020, 1, 31))
    assert named.manifest.as_of == datetime(2020, 1, 31)
    assert not any("--as-of" in warning for warning in named.manifest.warnings)


def test_rows_that_cannot_be_used_are_counted_by_rule(tmp_path):
    spoilt = [
        ["9001", "", 2, "10.00", ""],
        ["9002", "5", 2, "much", ""],
        ["9003", "-5", 2, "10.00", ""],  # fractions of days are rounded down now
        ["9004", "5", 0, "10.00", ""],
        ["9005", "5", 2, "-1.00", ""],
        ["", "5", 2, "10.00", ""],
        ["9006", "5"],
        table()[0],
    ]
    with pytest.raises(Refusal, match="4 of the 68 rows"):
        train_on(tmp_path, table() + spoilt)
    rows = train_on(tmp_path, table() + spoilt, accept_unreadable=True).manifest.rows
    assert rows.read == 68
    # the row that leaves cells out at its end has blank ones: it was unreadable before
    assert rows.rejected == {"unreadable": 4, "no_customer": 1, "duplicate": 1, "empty": 2}


def test_customers_alike_in_ever_so_many_columns_are_two_and_a_row_that_repeats_the_id_is_a_copy(tmp_path):
    # a row that agreed in ten columns was taken for a copy before, whatever its id
    wide = [f"more {number}" for number in range(6)]
    rows = [[*row, *range(number, number + 6)] for number, row in enumerate(table())]
    twin = ["0777", *rows[0][1:]]
    release = train_on(tmp_path, [*rows, twin, rows[1]], HEADER + wide, "wide")
    assert release.manifest.rows.rejected["duplicate"] == 1
    assert release.row_of("0777") is not None


def test_fractions_of_days_are_rounded_down_and_said(tmp_path):
    spans = [["9002", "7 days 06:00:00", 2, "10.00", ""], ["9003", "8 days", 2, "10.00", ""]]
    rows = [["9001", "5.75", 2, "10.00", ""], *spans, *table()]
    release = train_on(tmp_path, rows)
    assert [release.customers["recency"][release.row_of(f"900{n}")] for n in (1, 2, 3)] == [5, 7, 8]
    assert "Recency has fractions of days in 2 rows; they were rounded down" in " ".join(
        release.manifest.warnings
    )


def test_a_summary_for_lifetime_models_is_asked_about_unless_its_columns_are_named(tmp_path):
    header = ["customer_id", "frequency", "recency", "T", "monetary_value"]
    rows = [[f"{n}", 1 + n % 5, 30 + n, 200 + n, "12.50"] for n in range(60)]
    with pytest.raises(Refusal, match=r"lifetime models.*--columns recency=recency,frequency=frequency"):
        train_on(tmp_path, rows, header)
    named = ReadOptions(columns={"recency": "recency", "frequency": "frequency"})
    assert train_on(tmp_path, rows, header, reading=named).manifest.customers == 60


def test_a_summary_for_lifetime_models_is_told_by_its_values_too(tmp_path):
    header = ["customer_id", "frequency", "recency", "age", "monetary_value"]
    rows = [[f"{n}", n % 5, 30 + n if n % 5 else 0, 200 + n, "12.50"] for n in range(60)]
    with pytest.raises(Refusal, match="every row with frequency 0 also has recency 0"):
        train_on(tmp_path, rows, header)


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    rows = table()
    one = train_on(tmp_path, rows)
    other = train_on(tmp_path, random.Random(1).sample(rows, len(rows)), models="other")
    assert one.overview == other.overview
    for name, column in one.customers.items():
        assert np.array_equal(column, other.customers[name], equal_nan=column.dtype.kind in "fM"), name


def test_any_preset_takes_a_table_when_it_is_said_to_be_one(tmp_path):
    release = train_on(tmp_path, table(), preset="quartile", table=True)
    assert sum(segment.customers for segment in release.segments) == 60
    assert release.overview.axes["frequency"].unit == "orders"


def test_columns_may_be_named_and_a_sheet_without_them_is_passed_over(tmp_path):
    book = Workbook()
    book.active.append(["Data", "Variable"])
    sheet = book.create_sheet("Customers")
    sheet.append(["who", "gap", "bought", "gain"])
    for row in table():
        sheet.append([row[0], row[1], row[2], float(row[3])])
    book.save(tmp_path / "table.xlsx")
    columns = {"customer": "who", "recency": "gap", "frequency": "bought", "monetary": "gain"}
    options = TrainOptions(preset="six-persona", k=3, reading=ReadOptions(columns=columns))
    manifest = train(tmp_path / "table.xlsx", tmp_path / "models", options, now=NOW)
    assert manifest.detected.columns == columns
    assert manifest.customers == 60


@pytest.mark.parametrize(
    ("rows", "header", "sentence"),
    [
        ([*table(), ["0001", 1, 1, "5.00", ""]], HEADER, "“0001” appears in several rows"),
        (table(), ["Invoice", "Code", "Name", "Quantity", "Region"], "customer, recency, frequency"),
        ([["1", "", 2, "3.00", ""]], HEADER, "The only row cannot be used"),
        ([["1", "x", 2, "3.00", ""]], HEADER, "recency is not a number"),
    ],
)
def test_what_is_no_table_of_customers_is_refused(tmp_path, rows, header, sentence):
    with pytest.raises(Refusal, match=sentence):
        train_on(tmp_path, rows, header)


def test_the_real_table_keeps_or_names_every_row(real_data, tmp_path):
    options = TrainOptions(preset="six-persona", as_of=datetime(2021, 1, 1))
    manifest = train(real_data / "ecommerce_churn.xlsx", tmp_path, options)
    assert (manifest.rows.read, manifest.rows.kept) == (5_630, 5_065)
    assert (manifest.customers, manifest.k) == (5_065, 6)
    # 556 rows that agreed with another but for the id were taken for copies before
    assert manifest.rows.rejected == {"unreadable": 0, "no_customer": 0, "duplicate": 0, "empty": 565}
