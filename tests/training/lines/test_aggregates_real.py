"""The exact figures of the Online Retail data, 541,909 lines."""

import os
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from mlxtend.frequent_patterns import association_rules, hmine

from services.core import presets
from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.features import fit_transform, parameters
from services.core.rfm.scoring import fit_scale
from services.core.rfm.segments import segment_of
from services.core.rfm.table import rfm_table
from services.core.vocabulary import AXES
from services.training.clusters.clustering import silhouette_of
from services.training.lines.aggregates import customers, favourites, kept_sum, orders, products
from services.training.lines.baskets import baskets
from services.training.lines.cleaning import clean, count_rules
from services.training.lines.engine import materialise, open_engine, table
from services.training.lines.glance import glance
from services.training.lines.kept import kept_lines
from services.training.lines.returns import matched_returns, what_is_left
from tests.training.lines.by_hand import left_by_hand, real_lines, segments_by_hand

pytestmark = pytest.mark.slow

DATA = Path(os.environ.get("REAL_DATA_DIR", "../shared/data")) / "online_retail.csv.gz"

READ = """
CREATE TABLE read_lines AS SELECT
    row_number() OVER () AS line, CustomerID AS customer_id, InvoiceNo AS invoice, StockCode AS product,
    Description AS description, Country AS country,
    strptime(InvoiceDate, '%m/%d/%Y %H:%M') AS bought_at, Quantity::DECIMAL(18, 4) AS quantity,
    UnitPrice::DECIMAL(18, 4) AS price, (Quantity::DECIMAL(18, 4) * UnitPrice::DECIMAL(18, 4))::DECIMAL(18, 4)
    AS amount, NULL::VARCHAR AS unreadable,
    md5_number(concat_ws('|', InvoiceNo, StockCode, coalesce(Description, ''), Quantity, InvoiceDate,
        UnitPrice, coalesce(CustomerID, ''), Country)) AS row_key
FROM read_csv(?, header = true, all_varchar = true, encoding = 'latin-1', quote = '"')
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    if not DATA.exists():
        pytest.skip(f"The real data is not at {DATA}; set REAL_DATA_DIR.")
    engine = open_engine(tmp_path_factory.mktemp("engine"))
    engine.execute(READ, [str(DATA)])
    cleaned = materialise(engine, clean(table(engine, "read_lines")), "cleaned")
    matched = materialise(engine, matched_returns(cleaned, "product"), "matched")
    yield {
        "cleaned": cleaned,
        "kept": materialise(engine, kept_lines(cleaned), "kept"),
        "matched": matched,
        "left": what_is_left(cleaned, matched),
    }
    engine.close()


def test_the_cleaning_rules_take_what_the_contract_says(ledger):
    assert count_rules(ledger["cleaned"]) == {
        "no_line": 0,
        "unreadable": 0,
        "no_customer": 135_080,
        "future": 0,
        "status": 0,
        "overlap": 0,
        "duplicate": 5_225,
        "cancellation": 8_872,
        "refund": 0,
        "quantity": 0,
        "price": 0,
        "returned": 0,
        "kept": 392_732,
    }


def test_every_line_has_left_what_a_stack_in_plain_pandas_leaves(ledger):
    lines = real_lines(DATA)
    lines["left"] = left_by_hand(lines)
    shown = nw.col("quantity").cast(nw.Float64)
    rule = nw.col("rule").fill_null("")
    left = ledger["left"].filter(rule.is_in(["", "returned"])).select(
        "line", left=nw.when(rule == "").then(shown).otherwise(0.0)
    )  # fmt: skip
    found = left.collect("pandas").to_native().set_index("line")["left"].sort_index()
    bought = lines.loc[~lines["back"], "left"].sort_index()
    # the file's first line of data is line 1
    assert (found.index.to_numpy() == bought.index.to_numpy() + 1).all()
    assert (found.to_numpy() == bought.to_numpy()).all()
    back = lines[lines["back"]]
    assert (back["left"].sum(), (back["left"] * back["pence"]).sum()) == (23_910, 137_409_060)


def test_matching_returns_gives_the_figures_of_the_method(ledger):
    counted = count_rules(ledger["left"])
    assert (counted["returned"], counted["kept"]) == (2_811, 389_921)
    partly = ledger["matched"].filter(~nw.col("back"), nw.col("left_quantity") > 0)
    assert len(partly.collect("pandas")) == 4_599
    assert kept_sum(ledger["cleaned"], "amount") == "8887208.894"
    assert kept_sum(ledger["left"], "amount") == "8373720.584"


@pytest.mark.parametrize(
    ("lines", "sizes"),
    [
        ("cleaned", [682, 394, 516, 116, 356, 186, 560, 249, 360, 884, 36]),
        ("left", [682, 393, 509, 123, 354, 186, 525, 242, 368, 912, 34]),
    ],
)
def test_segments_with_returns_ignored_are_the_earlier_ones_and_with_them_matched_the_later(
    ledger, lines, sizes
):
    found = customers(kept_lines(ledger[lines])).set_index("customer_id")
    recency = (pd.Timestamp("2011-12-10 12:50") - found["last_purchase"]).dt.days
    rfm = found.assign(recency=recency, frequency=found["orders"])
    segments = segments_by_hand(rfm, presets.load("standard").segments.grid).value_counts()
    ids = ["lost", "hibernating", "at-risk", "cant-lose", "about-to-sleep", "need-attention", "loyal",
           "promising", "potential-loyalists", "champions", "new"]  # fmt: skip
    assert [segments[each] for each in ids] == sizes


def test_the_customers_are_those_of_the_quartile_study(ledger):
    found = customers(ledger["kept"]).set_index("customer_id")
    assert len(found) == 4_339
    recency = (pd.Timestamp("2011-12-10 12:50") - found["last_purchase"]).dt.days
    three = ["12346", "12347", "12348"]
    assert recency[three].tolist() == [326, 2, 75]
    assert found.loc[three, "lines"].tolist() == [1, 182, 31]
    assert found.loc[three, "monetary"].tolist() == [77183.60, 4310.00, 1797.24]


PUBLISHED = {
    "ten-segment": {
        "VIP": 445, "Loyal": 423, "Potential loyalists": 428, "New": 477, "Promising": 363,
        "Need attention": 495, "About to sleep": 296, "Cannot lose": 547, "At risk": 244, "Hibernating": 621,
    },
    "quartile": {
        "Top Tier": 450, "Loyal Customers": 630, "High Spenders": 293,
        "Inactive But Potentially Returning": 168, "Inactive and Unlikely to Return": 381, "Other": 2_417,
    },
}  # fmt: skip


def seen_by(preset, ledger):
    """Recency, frequency and monetary as a preset that ignores returns sees them."""
    return rfm_table(customers(ledger["kept"]), pd.Timestamp("2011-12-10 12:50"), preset.rfm.frequency)


@pytest.mark.parametrize(("name", "sizes"), PUBLISHED.items(), ids=PUBLISHED)
def test_segments_of_the_other_published_presets_have_their_sizes(ledger, name, sizes):
    preset = presets.load(name)
    rfm = seen_by(preset, ledger)
    scale = fit_scale(rfm, preset.scoring.classes, preset.scoring.best)
    found = segment_of(preset.segments, *(scale.of(axis, rfm[axis]) for axis in AXES))
    counted = np.bincount(found, minlength=len(preset.segments.groups))
    names = [group.name for group in preset.segments.groups]
    assert dict(zip(names, counted.tolist(), strict=True)) == sizes


def test_the_cut_points_of_ten_segment_are_the_published_ones(ledger):
    preset = presets.load("ten-segment")
    edges = fit_scale(seen_by(preset, ledger), preset.scoring.classes, preset.scoring.best).edges
    assert {axis: [round(edge, 3) for edge in edges[axis]] for axis in AXES} == {
        "recency": [13.6, 33, 72, 179],
        "frequency": [1, 2, 3, 6],
        "monetary": [248.844, 487.118, 933.202, 2054.82],
    }


def test_clusters_of_the_quartile_study_have_their_sizes_and_their_silhouette(ledger):
    preset = presets.load("quartile")
    raw = seen_by(preset, ledger)[list(AXES)].to_numpy(np.float64)
    points = parameters(fit_transform(raw, list(preset.clusters.features)))(raw)
    assert points[0].round(6).tolist() == [2.334858, -0.396968, 8.363977]
    rule = preset.clusters
    kmeans = fit_kmeans(points, rule.k, n_init=rule.n_init, tol=rule.tol, seed=rule.seed)
    found = assign(points, kmeans.cluster_centers_)
    assert sorted(np.bincount(found.nearest).tolist()) == [13, 1_080, 3_246]
    assert round(silhouette_of(points, found, rule.seed), 10) == 0.6023126726


def test_orders_and_products_add_up_to_the_customers(ledger):
    revenue = customers(ledger["kept"])["monetary"].sum()
    by_order, by_product = orders(ledger["kept"]), products(ledger["kept"])
    assert len(by_order) == 18_536
    assert by_order["amount"].sum() == pytest.approx(revenue, rel=1e-12)
    assert by_product["amount"].sum() == pytest.approx(revenue, rel=1e-12)
    none = by_product.loc[~by_product["sold"], "product"].tolist()
    assert none == ["BANK CHARGES", "C2", "DOT", "M", "PADS", "POST"]
    assert favourites(ledger["kept"]).groupby("customer_id").size().max() == 12


def test_the_glance_covers_thirteen_months_without_saturdays(ledger):
    figures = glance(ledger["cleaned"], ledger["kept"])
    assert [month["month"] for month in figures["months"]][::12] == ["2010-12", "2011-12"]
    assert sum(month["orders"] for month in figures["months"]) == 18_536
    assert sum(figures["hours"][5]) == 0
    assert figures["returns"]["lines"] == 8_872
    assert figures["products"][0]["description"] == "PAPER CRAFT , LITTLE BIRDIE"


@pytest.mark.parametrize(
    ("all_codes", "shape", "expected"),
    [
        (True, (18_536, 3_877), {0.02: (243, 76), 0.01: (973, 934)}),
        (False, (18_405, 3_871), {0.02: (242, 76), 0.01: (980, 954)}),
    ],
)
def test_mining_the_baskets_gives_the_published_numbers_of_itemsets_and_rules(
    ledger, all_codes, shape, expected
):
    found = baskets(ledger["kept"], "description", all_codes)
    assert found.matrix.shape == shape
    for support, (itemsets, rules) in expected.items():
        frequent = found.matrix.sum(axis=0) >= support * shape[0]
        names = [item for item, often in zip(found.items, frequent, strict=True) if often]
        sets = hmine(
            pd.DataFrame(found.matrix[:, frequent].toarray(), columns=names), support, use_colnames=True
        )
        assert len(sets) == itemsets
        assert len(association_rules(sets, metric="lift", min_threshold=1)) == rules
