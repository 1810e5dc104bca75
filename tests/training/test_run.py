"""Whole trainings of small files: what a release holds, and what is refused."""

import csv
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.releases import list_releases, open_release, read_current
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from services.training.run import train
from tests.releases.tiny import make_tiny_release

HEADER = [
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
]
START = datetime(2024, 3, 14, 9, 30)


def ledger(customers=40, seed=7, start=START):
    """Lines of ``customers`` shoppers of three kinds: daily, monthly and gone."""
    drawn = random.Random(seed)
    rows = []
    for number in range(customers):
        often, days = ((9, 20), (4, 90), (1, 300))[number % 3]
        for order in range(often):
            bought = start + timedelta(
                days=300 - drawn.randint(0, days) if often > 1 else drawn.randint(0, 60), hours=order % 8
            )
            for product in drawn.sample(range(6), 3):
                price = f"{drawn.randint(100, 900) / 100:.2f}"
                line = [f"{number:03}{order}", f"P{product}", f"Product {product}", drawn.randint(1, 9)]
                line += [f"{bought:%Y-%m-%d %H:%M}", price, f"{number:05}", ("France", "Spain")[number % 2]]
                rows.append(line)
    return rows


def write(path, rows, header=HEADER):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def train_on(tmp_path, rows, models="models", header=HEADER, **options):
    manifest = train(write(tmp_path / "ledger.csv", rows, header), tmp_path / models, TrainOptions(**options))
    return open_release(tmp_path / models, manifest.id)


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    rows = ledger()
    one = train_on(tmp_path, rows, "one", k=3)
    other = train_on(tmp_path, random.Random(1).sample(rows, len(rows)), "other", k=3)
    for table in ("customers", "rules", "itemsets"):
        for name, column in getattr(one, table).items():
            assert np.array_equal(column, getattr(other, table)[name], equal_nan=column.dtype.kind == "f"), (
                name
            )
    assert one.overview == other.overview


def test_several_files_in_any_order_are_the_release_of_the_whole(tmp_path):
    rows = sorted(ledger(24), key=lambda row: row[4])
    one = train_on(tmp_path, rows, "whole", k=3)
    whole = one.manifest
    folder = tmp_path / "months"
    folder.mkdir()
    shuffled = [[row[7], *row[:7]] for row in rows[90:]]
    parts = [
        write(folder / "a.csv", rows[:100]),
        write(folder / "b.csv", shuffled, [HEADER[7], *HEADER[:7]]),
    ]
    for number, paths in enumerate((parts, parts[::-1], folder)):
        made = train(paths, tmp_path / f"models-{number}", TrainOptions(k=3))
        # the overview also tells which lines were left out, and an overlap is left out
        assert {name: entry.sha256 for name, entry in made.files.items() if name != "overview.json"} == {
            name: entry.sha256 for name, entry in whole.files.items() if name != "overview.json"
        }
        overview = open_release(tmp_path / f"models-{number}", made.id).overview
        (left,) = overview.left_out
        assert (left.rule, left.rows, left.first[0].line, left.first[0].file) == ("overlap", 10, 92, "a.csv")
        assert overview.model_copy(update={"left_out": []}) == one.overview
        assert (made.rows.kept, made.rows.rejected["overlap"]) == (whole.rows.kept, 10)
        assert [(file.name, file.rows) for file in made.source.files] == [
            ("a.csv", 100),
            ("b.csv", len(shuffled)),
        ]
    assert [file.name for file in whole.source.files] == ["ledger.csv"]


def test_read_rows_are_kept_or_rejected_by_a_named_rule(tmp_path):
    # so many that 00000 is no till; a blank customer of an order that has one would be that one
    rows = ledger(24)
    spoilt = [
        ["9999", *rows[0][1:6], "", "France"],
        [*rows[0][:4], "no date", *rows[0][5:]],
        rows[1],
        ["C9", *rows[2][1:3], -1, *rows[2][4:]],
        [*rows[3][:3], 0, *rows[3][4:]],
        rows[0][:5],
    ]
    spoilt.append([*rows[4][:5], "-2.50", *rows[4][6:]])
    manifest = train_on(tmp_path, rows + spoilt, k=2).manifest
    assert manifest.rows.read == len(rows) + len(spoilt)
    taken = {rule: count for rule, count in manifest.rows.rejected.items() if count}
    assert taken == {
        "no_customer": 1, "unreadable": 2, "duplicate": 1, "cancellation": 1, "refund": 1, "quantity": 1,
        "returned": 2,
    }  # fmt: skip


def test_a14_ids_keep_their_zeros_and_odd_spellings_are_one_customer(tmp_path):
    rows = ledger(9)
    rows += [
        [*rows[0][:6], " 12346 ", "France"],
        [*rows[3][:6], "12346.0", "France"],
        # "NA" was an id before; it is what data frames write where there is none
        [*rows[3][:6], "NA", "Spain"],
    ]
    ids = [bytes(each).decode() for each in train_on(tmp_path, rows, k=2).customers["customer_id"]]
    assert ids == [*(f"{number:05}" for number in range(9)), "12346"]


def test_customer_date_and_amount_are_enough(tmp_path):
    rows = [[row[6], row[4][:10], f"{float(row[5]) * row[3]:.2f}"] for row in ledger()]
    release = train_on(tmp_path, rows, header=["customer", "date", "amount"], k=2)
    assert release.manifest.rules == 0
    assert "has no products" in release.overview.baskets_missing
    assert release.overview.glance.hours is None
    assert release.overview.countries == []
    assert set(release.customers["country"].tolist()) == {-1}


def test_without_invoice_or_product_equal_rows_are_money_and_every_row_is_accounted_for(tmp_path):
    rows = [[row[6], row[4][:10], "4.50"] for row in ledger(12)]
    rows += [["00000", "2025-01-02", "-4.50"]] * 2
    release = train_on(tmp_path, rows, header=["customer", "date", "amount"], k=2)
    found = release.manifest.rows
    assert found.read == len(rows) == found.kept + sum(found.rejected.values())
    assert {rule: count for rule, count in found.rejected.items() if count} == {"refund": 2}
    assert release.customers["monetary"].sum() == pytest.approx(4.5 * (len(rows) - 2))
    repeats = len(rows) - 2 - len({tuple(row) for row in rows[:-2]})
    assert (
        f"{repeats} rows equal an earlier one; because the file has no order number or no quantity, "
        "they count as separate pieces." in release.manifest.warnings
    )


@pytest.mark.parametrize("without", ["column", "cells"])
def test_a_product_that_the_file_never_describes_is_called_by_its_code(tmp_path, without):
    rows = [row if row[1] != "P0" else [*row[:2], "", *row[3:]] for row in ledger()]
    header = HEADER
    if without == "column":
        rows, header = [[*row[:2], *row[3:]] for row in rows], [*HEADER[:2], *HEADER[3:]]
    items = train_on(tmp_path, rows, header=header, k=2).overview.items
    named = {item.product: item.description for item in items}
    assert named["P0"] == "P0"
    assert named["P1"] == ("P1" if without == "column" else "Product 1")


def test_with_a_description_alone_an_equal_row_is_a_piece(tmp_path):
    # it was a copy before; but without a quantity a till writes a row for each piece
    rows = [[row[6], row[4], row[2], row[3] * 5] for row in ledger()]
    release = train_on(tmp_path, [*rows, rows[0]], header=["customer", "date", "description", "amount"], k=2)
    assert release.manifest.rows.rejected["duplicate"] == 0
    assert any("it counts as a separate piece" in warning for warning in release.manifest.warnings)
    assert release.overview.baskets_missing is None
    assert release.overview.rule_scopes[0].products == 6


def test_a_chosen_reference_date_leaves_later_lines_out(tmp_path):
    release = train_on(tmp_path, ledger(), k=2, as_of=datetime(2024, 12, 1))
    assert release.manifest.rows.rejected["future"] > 0
    assert release.manifest.as_of == datetime(2024, 12, 1)
    assert release.customers["recency"].min() >= 0


def test_a_later_month_keeps_ids_names_and_colours(tmp_path):
    rows = ledger(60)
    before = train_on(tmp_path, rows, k=3)
    later = [[*row[:4], "2025-02-01 10:00", *row[5:]] for row in rows[:6]]
    after = train_on(tmp_path, rows + [["9" + row[0], *row[1:]] for row in later], k=3)
    kept = ("id", "name", "colour")
    identities = [
        {tuple(getattr(c, k) for k in kept) for c in release.overview.clusters} for release in (before, after)
    ]
    assert identities[0] == identities[1]


def test_d12_three_trainings_from_other_seeds_swap_no_name_id_or_colour(tmp_path):
    rows = ledger(60)
    found = []
    for seed in (1, 2, 3):
        release = train_on(tmp_path, rows, k=3, seed=seed)
        clusters = [tuple(getattr(c, k) for k in ("id", "name", "colour")) for c in release.overview.clusters]
        found.append([clusters[label] for label in release.customers["cluster"]])
    assert found[0] == found[1] == found[2]
    assert len(set(found[0])) == 3


def test_another_k_brings_new_ids_and_says_which_clusters_are_new(tmp_path):
    train_on(tmp_path, ledger(60), k=2)
    after = train_on(tmp_path, ledger(60), k=3)
    assert sorted(cluster.id for cluster in after.overview.clusters) == ["c1", "c2", "c3"]
    assert any(warning.endswith("is new.") for warning in after.manifest.warnings)
    again = train_on(tmp_path, ledger(60), k=2)
    assert again.overview.clusters_allotted == 3
    assert any(warning.endswith("was not found again.") for warning in again.manifest.warnings)


def test_the_last_snapshot_is_the_release_and_sizes_grow(tmp_path):
    release = train_on(tmp_path, ledger(60), k=2)
    snapshots = release.overview.snapshots
    assert snapshots[-1].customers == release.manifest.customers
    assert [s.customers for s in snapshots] == sorted(s.customers for s in snapshots)
    assert release.customers["snapshot_segment"].shape == (release.manifest.customers, len(snapshots))
    assert np.array_equal(release.customers["snapshot_segment"][:, -1], release.customers["segment"])


def test_not_activating_leaves_the_pointer_alone(tmp_path):
    first = train_on(tmp_path, ledger(4), k=2)
    second = train_on(tmp_path, ledger(4), k=2, activate=False)
    assert read_current(tmp_path / "models") == first.id != second.id


def test_five_releases_are_kept(tmp_path):
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    made = [make_tiny_release(tmp_path / "models", made_at=long_ago + timedelta(n)) for n in range(5)]
    made += [train_on(tmp_path, ledger(4, seed), k=2).id for seed in range(2)]
    # Several of them are made in one second.
    assert [release.id for release in list_releases(tmp_path / "models")] == made[:1:-1]


@pytest.mark.parametrize(
    ("rows", "options", "sentence"),
    [
        ([], {}, "no"),
        (ledger(1), {"k": 3}, "3 clusters need at least 3 customers"),
        (ledger(1), {}, "at least three customers"),
        ([[*row[:6], "", row[7]] for row in ledger(3)], {}, "None of the"),
        (ledger(9), {"reading": ReadOptions(columns={"customer": "Nobody"})}, "Nobody"),
        (ledger(9), {"support": 1.5}, "--support takes a share"),
    ],
)
def test_a25_what_cannot_be_trained_on_is_refused_and_the_old_release_stays(
    tmp_path, rows, options, sentence
):
    before = make_tiny_release(tmp_path / "models")
    with pytest.raises(Refusal, match=sentence):
        train_on(tmp_path, rows, **options)
    assert read_current(tmp_path / "models") == before
    assert [each.id for each in list_releases(tmp_path / "models")] == [before]


def test_each_step_is_told_and_timed(tmp_path):
    told = []
    manifest = train(
        write(tmp_path / "ledger.csv", ledger()),
        tmp_path / "models",
        TrainOptions(k=2),
        tell=lambda *s: told.append(s),
    )
    assert [step for step, _ in told] == [
        "read",
        "clean",
        "customers",
        "clusters",
        "snapshots",
        "churn",
        "rules",
        "recommendations",
        "write",
        "done",
    ]
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert set(manifest.seconds) == {
        "read",
        "clean",
        "customers",
        "clusters",
        "snapshots",
        "churn",
        "rules",
        "recommendations",
    }
