"""A tiny release whose figures are all counted from a ledger made by rule.

Customer number i (in the order of training) bought i % 3 + 1 times, the last time 10 + 40 * (i // 2) days
before the end, for 10 * (i + 1) an order. Scores, clusters and shares follow by simple rules; states of
rhythm take turns, and the customer of row i is expected to spend 10 * (i + 1) in 90 days.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.pipeline import Pipeline

from services.core.features import fit_transform
from services.releases import ReleaseWriter, activate, new_release_id, training_lock, write_lookup
from services.releases.orders import ORDERS
from tests.releases.tiny_churn import churn_columns
from tests.releases.tiny_lines import line_tables
from tests.releases.tiny_overview import PRODUCTS, SNAPSHOTS, itemsets, manifest_fields, overview, rules

AS_OF = pd.Timestamp("2011-12-10")
IDS = ("12346", "00123", "A-001", "é/7", "NA", "=1+1")
AXES = ("recency", "frequency", "monetary")
RETURNED_ALL = pd.DataFrame(
    {"customer_id": ["all-back"], "orders": [2], "amount": [30.0], "last_return": ["2011-11-01T10:00:00"]}
)
_MADE = itertools.count()


def make_tiny_release(
    models: Path,
    customers: int = 6,
    *,
    made_at: datetime = datetime(2026, 11, 21, 22, 45, tzinfo=UTC),
    products: bool = True,
    previous: str | None = None,
    active: bool = True,
) -> str:
    """Publish a release with two clusters and return its id.

    Parameters
    ----------
    models : Path
        The models folder.
    customers : int
        At least 4; the first six have awkward ids, the others are ``c0007``, ``c0008``, ….
    made_at : datetime
        When it was made, as the id says.
    products : bool
        False: the ledger had no products, so there are no rules, favourites or products.
    previous : str, optional
        The release before it.
    active : bool
        Whether it is activated.
    """
    orders = tiny_orders(customers)
    frame = tiny_customers(orders)
    scaler, kmeans = tiny_models(frame)
    columns = tiny_columns(frame, scaler, kmeans)
    release_id = new_release_id(made_at + timedelta(microseconds=next(_MADE)))
    with training_lock(models), ReleaseWriter(models, release_id) as writer:
        writer.save_columns("customers", columns)
        writer.save_columns("rules", rules(products))
        writer.save_columns("itemsets", itemsets(products))
        writer.save_json("overview.json", overview(columns, orders, products).as_fields())
        writer.save_model("scaler.pkl", scaler)
        writer.save_model("model.pkl", kmeans)
        tables = _products(frame) if products else (None, None)
        held = line_tables(orders) if products else {}
        write_lookup(writer.path("lookup.sqlite"), orders, *tables, returned_all=RETURNED_ALL, **held)
        writer.save_array("orders.npy", tiny_order_table(orders))
        libraries = {name: version(name) for name in ("numpy", "scikit-learn")}
        counts = {"customers": customers, "rules": 2 * products, "itemsets": 1 * products}
        writer.publish(manifest_fields(made_at, orders, counts, previous, libraries))
    if active:
        activate(models, release_id)
    return release_id


def tiny_orders(customers: int) -> pd.DataFrame:
    """One row an order, with the row number of its customer in the order of the ids' bytes."""
    ids = [*IDS, *(f"c{number:04}" for number in range(len(IDS) + 1, customers + 1))][:customers]
    ago = [[10 + 40 * (i // 2) + 30 * order for order in range(i % 3 + 1)] for i in range(customers)]
    rows = [
        (ids[i], AS_OF - pd.Timedelta(days=days), f"5{i:04}{order}", 2, 6.0, 10.0 * (i + 1))
        for i in range(customers)
        for order, days in enumerate(ago[i])
    ]
    frame = pd.DataFrame(rows, columns=["id", "bought_at", "invoice", "lines", "pieces", "amount"])
    place = {name: row for row, name in enumerate(sorted(ids, key=str.encode))}
    return frame.assign(customer=frame["id"].map(place))


def tiny_order_table(orders: pd.DataFrame) -> np.ndarray:
    """The same as ``orders.npy`` holds them."""
    listed = orders.sort_values(["customer", "bought_at"])
    table = np.empty(len(listed), dtype=ORDERS)
    table["customer"] = listed["customer"]
    table["day"] = listed["bought_at"].to_numpy("datetime64[D]").astype(int)
    table["amount"] = listed["amount"]
    return table


def tiny_customers(orders: pd.DataFrame) -> pd.DataFrame:
    """One row a customer: recency, frequency, monetary and what else sums up."""
    groups = orders.groupby("customer")
    return pd.DataFrame(
        {
            "customer_id": groups["id"].first(),
            "recency": (AS_OF - groups["bought_at"].max()).dt.days,
            "frequency": groups["invoice"].nunique(),
            "monetary": groups["amount"].sum(),
            "pieces": groups["pieces"].sum(),
            "first_purchase": groups["bought_at"].min(),
            "last_purchase": groups["bought_at"].max(),
        }
    )


def tiny_models(frame: pd.DataFrame) -> tuple[Pipeline, KMeans]:
    """A fitted scaler, and two centres: cluster 0 spends most per head."""
    rfm = frame[list(AXES)].to_numpy(float)
    scaler = fit_transform(rfm, ["recency", "log1p_frequency", "log1p_monetary"])
    points = scaler.transform(rfm)
    half = frame["monetary"].to_numpy() >= frame["monetary"].median()
    start = np.stack([points[half].mean(axis=0), points[~half].mean(axis=0)])
    return scaler, KMeans(2, init=start, n_init=1, max_iter=1).fit(points)


def tiny_columns(frame: pd.DataFrame, scaler: Pipeline, kmeans: KMeans) -> dict[str, np.ndarray]:
    """The columns of customers/, in the dtypes of docs/architecture.md."""
    rfm = frame[list(AXES)].to_numpy(float)
    distances = np.linalg.norm(scaler.transform(rfm)[:, None] - kmeans.cluster_centers_, axis=2)
    nearest = np.sort(distances, axis=1)
    n = len(frame)
    columns = {
        "customer_id": np.array([name.encode() for name in frame["customer_id"]]),
        **{axis: frame[axis].to_numpy("f8" if axis == "monetary" else "i4") for axis in AXES},
        "orders": frame["frequency"].to_numpy("i4"),
        "products": np.full(n, len(PRODUCTS) - 1, "i4"),
        "pieces": frame["pieces"].to_numpy("f8"),
        **{
            f"{end}_purchase": frame[f"{end}_purchase"].to_numpy("datetime64[s]") for end in ("first", "last")
        },
        "r": np.where(rfm[:, 0] <= np.median(rfm[:, 0]), 5, 1).astype("i1"),
        "f": np.clip(rfm[:, 1], 1, 5).astype("i1"),
        "m": np.where(rfm[:, 2] >= np.median(rfm[:, 2]), 5, 1).astype("i1"),
        "segment": np.where(rfm[:, 0] <= np.median(rfm[:, 0]), 0, 1).astype("i2"),
        "cluster": distances.argmin(axis=1).astype("i2"),
        "second_cluster": (1 - distances.argmin(axis=1)).astype("i2"),
        "margin": ((nearest[:, 1] - nearest[:, 0]) / nearest.sum(axis=1)).astype("f4"),
        "outlier": np.arange(n) == n - 1,
        "country": np.array([-1, *(row % 2 for row in range(1, n))], "i2"),
        "rhythm": (np.arange(n) % 4).astype("i1"),
        "overdue_days": np.array([(0, 0, 3, 60)[row % 4] for row in range(n)], "i4"),
        "overdue_left": np.array([(40, 7, 0, 0)[row % 4] for row in range(n)], "i4"),
        "next_low": np.array([(5, 1, 2, 0)[row % 4] for row in range(n)], "i2"),
        "next_high": np.array([(30, 60, 80, 0)[row % 4] for row in range(n)], "i2"),
        "next_record": np.array([(0, 1, 1, -1)[row % 4] for row in range(n)], "i1"),
        "chance_of_order": np.full(n, 0.25, "f4"),
        **{
            f"expected_{what}_{horizon}": np.column_stack([own * size, 0 * own, own * size * 2]).astype("f4")
            for what, own in (("orders", rfm[:, 1] / 2), ("spend", 10.0 * (np.arange(n) + 1)))
            for horizon, size in (("quarter", 1), ("year", 4))
        },
    }
    good = np.column_stack([-rfm[:, 0], rfm[:, 1], rfm[:, 2]])
    for place, axis in enumerate(AXES):
        better = good[:, place][None, :] >= good[:, place][:, None]
        columns[f"top_{axis}"] = better.mean(axis=1).astype("f4")
    for name in ("customer_id", *AXES, "segment", "cluster", "country", "last_purchase"):
        columns[f"order_{name}"] = np.argsort(columns[name], kind="stable").astype("i4")
    history = np.repeat(columns["segment"][:, None], len(SNAPSHOTS), axis=1)
    history[frame["first_purchase"] >= pd.Timestamp(SNAPSHOTS[0]), 0] = -1
    return columns | churn_columns(n) | {"snapshot_segment": history}


def _products(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every customer's favourites are the two products that are sold; the third is postage."""
    n, sold = len(frame), [code for code, _, is_sold in PRODUCTS if is_sold]
    favourites = pd.DataFrame(
        [
            (row, place, code, int(orders), 3.0 * orders, total / 2)
            for row, (orders, total) in enumerate(zip(frame["frequency"], frame["monetary"], strict=True))
            for place, code in enumerate(sold, start=1)
        ],
        columns=["customer", "place", "product", "orders", "pieces", "amount"],
    )
    products = pd.DataFrame(
        [(code, text, n, 3.0 * n, 5.0 * n, 1.65, is_sold) for code, text, is_sold in PRODUCTS],
        columns=["product", "description", "orders", "pieces", "amount", "price", "sold"],
    )
    return favourites, products
