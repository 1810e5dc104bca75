"""What training writes is what serving reads."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from services.releases import is_release_id, list_releases, new_release_id, open_release, write_lookup
from services.releases import manifest as manifests
from services.releases.strictjson import from_json, to_json
from tests.releases.tiny import make_tiny_release, tiny_customers, tiny_orders


def test_every_figure_comes_back_as_it_was_written(models, release_id):
    release = open_release(models, release_id)
    written = tiny_customers(tiny_orders(6))
    assert [name.decode() for name in release.customers["customer_id"]] == written["customer_id"].to_list()
    for axis in ("recency", "frequency", "monetary"):
        assert release.customers[axis].tolist() == written[axis].to_list()
    assert release.rules["confidence"].tolist() == [0.8, 0.5]
    assert release.itemsets["items"].tolist() == [[0, 1, -1, -1]]
    assert (release.manifest.customers, release.manifest.rules, release.manifest.itemsets) == (6, 2, 1)


def test_columns_are_mapped_not_read_and_cannot_be_written(models, release_id):
    recency = open_release(models, release_id).customers["recency"]
    assert isinstance(recency.base, np.memmap)
    assert type(recency) is np.ndarray
    with pytest.raises(ValueError, match="read-only"):
        recency[0] = 1


def test_the_manifest_names_every_file_with_its_digest_size_and_rows(folder):
    files = json.loads((folder / "manifest.json").read_text())["files"]
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert files.keys() | {"manifest.json"} == found.keys()
    for name, entry in files.items():
        content = found[name].read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert files["customers/recency.npy"]["rows"] == 6
    assert files["scaler.pkl"]["rows"] is None


def test_a_release_without_products_has_no_rules_and_opens(tmp_path):
    release = open_release(tmp_path, make_tiny_release(tmp_path, products=False))
    assert release.rules["antecedents"].shape == (0, 3)
    assert release.overview.rule_scopes == []
    with closing(sqlite3.connect(release.lookup)) as base:
        assert base.execute("SELECT count(*) FROM products").fetchone() == (0,)
        assert base.execute("SELECT count(*) FROM orders WHERE customer = 3").fetchone() == (3,)


def test_the_order_of_the_rows_changes_no_byte_of_the_lookup(tmp_path):
    orders = tiny_orders(12)
    write_lookup(tmp_path / "a.sqlite", orders)
    write_lookup(tmp_path / "b.sqlite", orders.sample(frac=1, random_state=3))
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_lookup_rows_keep_text_moments_and_missing_prices(tmp_path):
    products = pd.DataFrame(
        {"product": ["00b", "00a"], "description": ["B", None], "orders": [1, 2], "pieces": [1.0, 2.0]}
        | {"amount": [3.0, 4.0], "price": [np.nan, 2.0], "sold": [True, False]}
    )
    write_lookup(tmp_path / "lookup.sqlite", tiny_orders(4), products=products)
    with closing(sqlite3.connect(tmp_path / "lookup.sqlite")) as base:
        assert base.execute("SELECT * FROM products").fetchall() == [
            ("00a", None, 2, 2.0, 4.0, 2.0, 0),
            ("00b", "B", 1, 1.0, 3.0, None, 1),
        ]
        first = base.execute("SELECT bought_at, invoice FROM orders WHERE customer = 0").fetchone()
    assert first == ("2011-10-31T00:00:00", "500011")


def test_a_file_is_digested_once_per_process_until_it_changes(models, release_id, folder):
    manifests._digest.cache_clear()
    open_release(models, release_id)
    first = manifests._digest.cache_info().misses
    open_release(models, release_id)
    assert manifests._digest.cache_info().misses == first
    (folder / "lookup.sqlite").touch()
    open_release(models, release_id)
    assert manifests._digest.cache_info().misses == first + 1


def test_ids_are_the_utc_second_and_sort_by_age():
    early = datetime(2026, 11, 21, 23, 45, tzinfo=timezone(timedelta(hours=1)))
    fractions = (0, 1, 2, 499_999, 500_000, 999_998, 999_999)
    ids = [new_release_id(early.replace(microsecond=fraction)) for fraction in fractions]
    ids.append(new_release_id(datetime(2026, 11, 21, 22, 45, 1, tzinfo=UTC)))
    assert ids[0].startswith("20261121T224500Z-")
    assert all(is_release_id(made) for made in ids)
    assert ids == sorted(set(ids))
    with pytest.raises(ValueError, match="time zone"):
        new_release_id(datetime(2026, 11, 21))


NO_IDS = ("", "..", "20261121T224500Z-3FA9C1", "20261121T224500Z-3fa9c1\n", "٢0261121T224500Z-3fa9c1")


@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id_never_names_a_folder(text):
    assert not is_release_id(text)


def test_json_is_strict_both_ways():
    assert to_json({"b": np.int64(1), "a": np.float64(0.1)}) == b'{"a":0.1,"b":1}\n'
    for number in (float("nan"), np.float64("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            to_json([number])
    for content in (b"NaN", b"[Infinity]", b'{"a":1,"a":2}', b"{", b"\xff"):
        with pytest.raises(ValueError, match=r"JSON|twice|Expecting|decode"):
            from_json(content)


def test_the_list_says_what_a_release_is_without_opening_it(models, release_id, monkeypatch):
    monkeypatch.setattr(np, "load", None)
    (only,) = list_releases(models)
    assert (only.id, only.active, only.usable, only.why_not) == (release_id, True, True, None)
    assert (only.preset, only.source, only.customers, only.k) == ("standard", "tiny.csv", 6, 2)
    assert (only.made_at, only.as_of) == (datetime(2026, 11, 21, 22, 45, tzinfo=UTC), datetime(2011, 12, 10))
