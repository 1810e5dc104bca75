"""What training says of its clusters: counted again by hand, and whole for small and bare ledgers."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from services.core.refusals import ReleaseUnusable
from services.releases import open_release
from services.training.lines.baskets import Baskets
from services.training.reports.profiles import (
    ordering_times,
    places,
    price_bands,
    products_bought_more,
    spread,
)
from tests.releases.tiny import make_tiny_release
from tests.training.test_run import ledger, train_on


def report_of(release):
    return json.loads((release.folder / "clusters.json").read_text())


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    return train_on(tmp_path_factory.mktemp("clusters"), ledger(120), k=3)


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(8)
    matrix = rng.random((400, 12)) < np.linspace(0.05, 0.5, 12)
    matrix[:150, 3] |= rng.random(150) < 0.5
    customers = np.array([f"{number:02}" for number in rng.integers(0, 40, 400)], dtype=object)
    customers[:150] = [f"{number:02}" for number in rng.integers(0, 15, 150)]
    cluster_of = pd.Series([0] * 15 + [1] * 25, index=[f"{number:02}" for number in range(40)])
    items = [f"P{place:02}" for place in range(12)]
    return Baskets(sparse.csr_array(matrix), items, customers, np.arange(400).astype(object)), cluster_of


def test_lift_is_the_share_of_the_clusters_baskets_over_the_share_of_all(drawn):
    baskets, cluster_of = drawn
    found = products_bought_more(baskets, cluster_of, 2, {"P03": "Third"})
    matrix = baskets.matrix.toarray()
    for label, listed in enumerate(found):
        own = cluster_of.loc[baskets.customers].to_numpy() == label
        for each in listed:
            column = matrix[:, baskets.items.index(each["product"])]
            assert each["baskets"] == column[own].sum() >= 10
            assert each["customers"] == len(set(baskets.customers[own & column])) >= 5
            assert each["lift"] == pytest.approx(column[own].mean() / column.mean())
            assert each["lift"] > 1
        lifts = [each["lift"] for each in listed]
        assert lifts == sorted(lifts, reverse=True)
    assert found[0][0]["product"] == "P03"
    assert found[0][0]["description"] == "Third"


def test_what_one_customer_buys_over_and_over_is_not_what_a_cluster_buys():
    matrix = np.zeros((40, 2), dtype=bool)
    matrix[:20, 0] = True
    customers = np.array(["a"] * 20 + ["b"] * 20, dtype=object)
    baskets = Baskets(sparse.csr_array(matrix), ["P0", "P1"], customers, np.arange(40).astype(object))
    assert products_bought_more(baskets, pd.Series([0, 1], index=["a", "b"]), 2, {}) == [[], []]


def test_price_bands_part_the_items_of_all_baskets_and_count_each_clusters():
    matrix = sparse.csr_array(np.array([[1, 1, 0], [0, 0, 1], [1, 0, 0]], dtype=bool))
    customers = np.array(["a", "b", "b"], dtype=object)
    baskets = Baskets(matrix, ["P0", "P1", "P2"], customers, np.arange(3).astype(object))
    cluster_of = pd.Series([0, 1], index=["a", "b"])
    found = price_bands(baskets, cluster_of, 2, {"P0": 1.0, "P1": 2.0, "P2": 3.0})
    assert found["edges"] == [1.0, 2.0]
    assert found["shares"] == [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]
    assert found["all"] == [0.5, 0.25, 0.25]
    assert price_bands(baskets, cluster_of, 2, {"P0": float("nan")}) is None


def test_orders_are_counted_by_hour_weekday_and_month():
    moments = pd.to_datetime(["2024-03-11 09:30", "2024-03-12 09:00", "2024-12-01 23:59"])
    orders = pd.DataFrame({"customer_id": ["a", "b", "a"], "bought_at": moments})
    found = ordering_times(orders, pd.Series([0, 1], index=["a", "b"]), 2, timed=True)
    assert (found["hours"][0][9], found["hours"][0][23], found["hours"][1][9]) == (1, 1, 1)
    assert found["weekdays"] == [[1, 0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 0, 0]]
    assert (found["months"][0][2], found["months"][0][11], found["months"][1][2]) == (1, 1, 1)
    assert ordering_times(orders, pd.Series([0, 1], index=["a", "b"]), 2, timed=False)["hours"] is None
    assert ordering_times(orders.iloc[:0], pd.Series([], dtype=int), 2, timed=True) is None


def test_unknown_countries_count_neither_in_numbers_nor_in_shares():
    country = np.array([0] * 6 + [1] * 2 + [-1] * 2)
    labels = np.array([0] * 5 + [1] * 5)
    assert places(country, labels, 2, ["France", "Spain"]) == [
        [{"name": "France", "customers": 5, "share": 1.0, "all": 0.75}],
        [],
    ]
    assert places(np.full(4, -1), np.zeros(4, int), 1, []) == [[]]


def test_spread_is_in_raw_units_and_means_are_standardised():
    raw = np.array([[1.0, 1, 10], [3, 1, 30], [50, 9, 500]])
    found = spread(raw, raw / 10, np.array([0, 0, 1]), 2)
    assert found[0]["standardised"] == {"recency": 0.2, "frequency": 0.1, "monetary": 2.0}
    assert found[0]["spread"]["recency"][2] == 2
    assert found[1]["spread"]["monetary"] == [500] * 5


def test_every_k_can_be_previewed_though_k_was_given(trained):
    evidence = report_of(trained)["evidence"]
    assert [each["k"] for each in evidence["ks"]] == list(range(2, 11))
    assert (evidence["customers"], evidence["of"], evidence["resamples"]) == (120, 120, 4)
    assert evidence["inertia_of_one"] == pytest.approx(3 * 120)
    for each in evidence["ks"]:
        assert len(each["clusters"]) == each["k"]
        assert sum(cluster["customers"] for cluster in each["clusters"]) == 120
        assert each["smallest"] == min(cluster["customers"] for cluster in each["clusters"])
        assert all(cluster["values"] == sorted(cluster["values"]) for cluster in each["clusters"])
        names = [cluster["name"] for cluster in each["clusters"]]
        assert len(set(names)) == each["k"]


def test_the_row_of_the_served_k_is_about_the_clusters_served(trained):
    (row,) = [each for each in report_of(trained)["evidence"]["ks"] if each["k"] == 3]
    assert row["silhouette"] == pytest.approx(trained.manifest.silhouette)
    for tried, served in zip(row["clusters"], trained.overview.clusters, strict=True):
        assert tried["customers"] == served.customers
        assert tried["monetary"] == pytest.approx(served.monetary)
        assert tried["name"] == served.name


def test_customers_are_counted_once_by_segment_and_cluster(trained):
    counts = np.array(report_of(trained)["segments"])
    assert counts.sum() == 120
    assert counts.sum(axis=1).tolist() == [each.customers for each in trained.overview.clusters]
    assert counts[:, :-1].sum(axis=0).tolist() == [each.customers for each in trained.overview.segments]


def test_algorithms_are_compared_with_what_is_served(trained):
    found = report_of(trained)["algorithms"]
    ways = {way["id"]: way for way in found["ways"]}
    assert list(ways) == ["kmeans", "gaussian-mixture", "ward", "birch", "hdbscan", "rules"]
    sizes = sorted((each.customers for each in trained.overview.clusters), reverse=True)
    assert ways["kmeans"]["sizes"] == sizes
    assert np.array(found["agreement"]).shape == (6, 6)


def test_a_dozen_customers_are_not_compared_but_explained(tmp_path):
    found = report_of(train_on(tmp_path, ledger(12), k=2))
    assert found["algorithms"] is None
    assert found["explanation"]["fidelity"] > 0.8
    assert found["evidence"]["ks"]


def test_segments_without_customers_are_counted_too(tmp_path):
    release = train_on(tmp_path, ledger(12), k=2)
    segments = release.overview.segments
    assert not all(segment.customers for segment in segments[-2:])
    counts = np.array(report_of(release)["segments"])
    assert counts.shape == (2, len(segments) + 1)
    assert counts[:, :-1].sum(axis=0).tolist() == [segment.customers for segment in segments]


def test_two_customers_can_have_two_clusters_and_no_evidence(tmp_path):
    found = report_of(train_on(tmp_path, ledger(2), k=2))
    assert found["evidence"]["ks"] == []
    assert found["evidence"]["recommended"] is None
    assert found["explanation"]["recovery"] is None


def test_a_ledger_without_products_times_and_countries_says_so(tmp_path):
    rows = [[row[6], row[4][:10], f"{float(row[5]) * row[3]:.2f}"] for row in ledger()]
    found = report_of(train_on(tmp_path, rows, header=["customer", "date", "amount"], k=2))
    profiles = found["profiles"]
    assert profiles["prices"] is None
    assert profiles["times"]["hours"] is None
    assert [each["products"] for each in profiles["clusters"]] == [[], []]
    assert [each["countries"] for each in profiles["clusters"]] == [[], []]


def test_a_report_on_other_clusters_is_not_published(tmp_path, monkeypatch):
    from services.training import run

    true = run.cluster_report
    monkeypatch.setattr(run, "cluster_report", lambda *given: true(*given) | {"segments": [[1]]})
    with pytest.raises(ReleaseUnusable, match="other clusters than those"):
        train_on(tmp_path, ledger(12), k=2)


def test_a_release_without_a_report_opens(tmp_path):
    release = open_release(tmp_path, make_tiny_release(tmp_path))
    assert "clusters.json" not in release.manifest.files
