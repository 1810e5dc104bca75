"""What segments buy and when: counted again by hand, whole for bare ledgers, refused when it is another's."""

from __future__ import annotations

import json
import random

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from services.core.refusals import ReleaseUnusable
from services.releases import open_release
from services.training import run
from services.training.lines.baskets import Baskets
from services.training.reports.distinctive_words import distinctive_words
from tests.releases.tiny import make_tiny_release
from tests.training.test_run import ledger, train_on

NAMES = {
    "A1": "RED LANTERN",
    "A2": "ZINC LANTERN, LARGE",
    "A3": "LANTERN 3 PIECES",
    "B1": "BLUE MUG",
    "B2": "TEA MUG",
    "B3": "MUG WITH LID",
}


def by_hand(lanterns=8, mugs=12):
    """Customers 0 to 7 buy lanterns twice and mugs once, the others mugs alone."""
    rows = [(f"{n:02}", items) for n in range(lanterns) for items in ("A1A2", "A3", "B1")]
    rows += [(f"{n:02}", items) for n in range(lanterns, lanterns + mugs) for items in ("B1B2", "B3")]
    items = sorted(NAMES)
    matrix = np.array([[item in bought for item in items] for _who, bought in rows])
    customers = np.array([who for who, _bought in rows], dtype=object)
    group_of = pd.Series({f"{n:02}": int(n >= lanterns) for n in range(lanterns + mugs)})
    return Baskets(sparse.csr_array(matrix), items, customers, np.arange(len(rows)).astype(object)), group_of


def test_words_stand_out_by_their_share_of_items():
    found = distinctive_words(*by_hand(), 2, NAMES)
    # 24 of the group's 32 items against 24 of all 68; red, zinc, blue, tea and lid are in one product each
    assert found[0] == [{"word": "lantern", "customers": 8, "ratio": pytest.approx(24 / 32 / (24 / 68))}]
    assert found[1] == [{"word": "mug", "customers": 12, "ratio": pytest.approx(36 / 36 / (44 / 68))}]


def test_a_word_of_fewer_than_five_customers_is_not_told():
    assert distinctive_words(*by_hand(lanterns=4), 2, NAMES)[0] == []


def test_items_without_descriptions_have_no_words():
    assert distinctive_words(*by_hand(), 2, {}) == [[], []]


def test_every_segment_and_cluster_is_described(tmp_path):
    release = train_on(tmp_path, ledger(60), k=3)
    report = json.loads((release.folder / "segments.json").read_text())["profiles"]
    segments = release.overview.segments
    assert len(report["segments"]) == len(segments) == 11
    assert len(report["clusters"]) == 3
    orders, segment = release.customers["orders"], release.customers["segment"]
    held = [int(orders[segment == place].sum()) for place in range(11)]
    assert [each["orders"] for each in report["segments"]] == held


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    rows = ledger(45)
    one = train_on(tmp_path, rows, "one", k=3)
    other = train_on(tmp_path, random.Random(2).sample(rows, len(rows)), "other", k=3)
    assert (one.folder / "segments.json").read_bytes() == (other.folder / "segments.json").read_bytes()


def test_a_ledger_without_products_has_orders_alone(tmp_path):
    rows = [[row[6], row[4][:10], f"{float(row[5]) * row[3]:.2f}"] for row in ledger(30)]
    release = train_on(tmp_path, rows, header=["customer", "date", "amount"], k=2)
    report = json.loads((release.folder / "segments.json").read_text())["profiles"]
    assert {len(each["products"]) + len(each["words"]) for each in report["segments"]} == {0}
    assert (report["baskets"], report["edges"]) == (0, None)
    assert {each["price"] for each in report["segments"]} == {None}
    assert sum(each["orders"] for each in report["clusters"]) == release.customers["orders"].sum()


def test_a_report_on_other_segments_is_not_published(tmp_path, monkeypatch):
    true = run.segment_report
    monkeypatch.setattr(
        run, "segment_report", lambda ledger, columns, _count, k: true(ledger, columns, 12, k)
    )
    with pytest.raises(ReleaseUnusable, match="other segments than those"):
        train_on(tmp_path, ledger(12), k=2)


def test_a_release_made_before_opens_without_it(tmp_path):
    release = open_release(tmp_path, make_tiny_release(tmp_path))
    assert "segments.json" not in release.manifest.files
