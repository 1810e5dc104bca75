"""Everything a training found, laid out as a release."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from services.core.clusters.positions import Position
from services.core.drift import Base
from services.core.language.messages import later
from services.core.presets import Group, Preset
from services.releases import Manifest, ReleaseWriter, read_current, write_lookup
from services.releases.orders import FILE as ORDERS
from services.releases.overview.model import Overview
from services.training.clusters.clustering import Clustering
from services.training.clusters.identities import Identities
from services.training.customers import overview
from services.training.customers.churn import ChurnFound
from services.training.customers.cohorts import Cohorts
from services.training.customers.columns import Columns, Segmented
from services.training.customers.drift import drift_from_active
from services.training.customers.lines import line_tables
from services.training.customers.snapshots import History
from services.training.ledger.transactions import Ledger
from services.training.lines.baskets import Baskets
from services.training.lines.taken import Returns
from services.training.options import TrainOptions
from services.training.progress import Progress, peak_memory_mb
from services.training.reading.unreadable import EXAMPLES
from services.training.recommending import Recommendations
from services.training.reports.outliers import outlier_warnings
from services.training.reports.scores import score_warnings
from services.training.rules.held_in import held_in
from services.training.rules.tables import RuleTables

LIBRARIES = ("duckdb", "mlxtend", "narwhals", "numpy", "pandas", "scikit-learn", "scipy")
# Stored in English, and said in the reader's language where they are shown.
_NO_PRODUCTS = later("The file has no products. Rules need a column with a product code or a description.")
_NO_BASKETS = later("No row that is used names a product, so there are no baskets.")


@dataclass(frozen=True)
class Results:
    """What the steps of a training leave."""

    ledger: Ledger
    preset: Preset
    options: TrainOptions
    seed: int
    as_of: pd.Timestamp
    segmented: Segmented
    groups: Sequence[Group]
    clustering: Clustering
    cluster_report: dict[str, Any]
    segment_report: dict[str, Any]
    outliers: dict[str, Any]
    identities: Identities
    positions: list[Position]
    countries: list[dict[str, Any]]
    columns: Columns
    history: History
    since: dict[str, Any] | None
    rhythm: dict[str, Any]
    value: dict[str, Any]
    cohorts: Cohorts
    churn: ChurnFound
    rules: RuleTables
    recommendations: Recommendations


def write_release(
    writer: ReleaseWriter, results: Results, models: Path, made_at: datetime, progress: Progress
) -> Manifest:
    """Write all files of a release and publish it."""
    writer.save_columns("customers", results.columns)
    writer.save_columns("rules", results.rules.rules)
    writer.save_columns("itemsets", results.rules.itemsets)
    writer.save_model("scaler.pkl", results.clustering.pipeline)
    writer.save_model("model.pkl", results.clustering.kmeans)
    described = Overview.of(_overview(results))
    writer.save_json("overview.json", described.as_fields())
    writer.save_json("clusters.json", results.cluster_report)
    writer.save_json("recommendations.json", results.recommendations.report)
    writer.save_json("segments.json", results.segment_report)
    writer.save_array(ORDERS, results.cohorts.orders)
    ledger = results.ledger
    row = pd.Series(range(len(ledger.customers)), index=ledger.customers["customer_id"])
    write_lookup(
        writer.path("lookup.sqlite"),
        _by_row(ledger.orders, row),
        _by_row(ledger.favourites, row),
        ledger.products,
        _buyers(ledger.baskets, results.rules, row),
        *_returns(ledger.returns, row),
        first_bought=results.cohorts.first_bought,
        held_in=held_in(ledger.baskets, ledger.orders),
        **line_tables(ledger.held, ledger.returns.by_item, ledger.orders, row),
    )
    sizes = {each.id: each.customers for each in described.segments}
    today = Base(results.preset.name, results.preset.rfm.frequency, results.columns, sizes)
    drift = drift_from_active(models, today)
    return writer.publish(_manifest(results, read_current(models), made_at, progress, drift))


def _by_row(frame: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    return frame.assign(customer=row.loc[frame["customer_id"]].to_numpy()).drop(columns="customer_id")


def _returns(returns: Returns, row: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List the returns of customers, and who has no order left and therefore no row."""
    documents, taken = returns.documents, returns.taken
    gone = taken[~taken["customer_id"].isin(row.index)].groupby("customer_id", as_index=False)
    returned_all = gone.agg(
        orders=("invoice", "nunique"), amount=("amount", "sum"), last_return=("returned_at", "max")
    )
    listed = _by_row(documents[documents["customer_id"].isin(row.index)], row)
    return listed, returned_all.assign(amount=returned_all["amount"].round(4))


def _buyers(baskets: Baskets, rules: RuleTables, row: pd.Series) -> pd.DataFrame:
    """List who bought each product that a rule names, once each."""
    sides = np.concatenate([rules.rules[side].ravel() for side in ("antecedents", "consequents")])
    named = {rules.items[place]["product"] for place in np.unique(sides[sides >= 0]).tolist()}
    columns = np.array([place for place, item in enumerate(baskets.items) if item in named], dtype=np.intp)
    held = baskets.matrix[:, columns].tocoo()
    bought = sparse.csr_array(
        (np.ones(held.nnz, dtype=bool), (row.loc[baskets.customers].to_numpy()[held.row], held.col)),
        shape=(len(row), len(columns)),
    ).tocoo()
    # as categories, which sort as fast as numbers
    names = pd.CategoricalDtype([baskets.items[place] for place in columns], ordered=True)
    products = pd.Categorical.from_codes(bought.col, dtype=names)
    return pd.DataFrame({"product": products, "customer": bought.row})


def _overview(results: Results) -> dict[str, Any]:
    preset, columns, clustering = results.preset, results.columns, results.clustering
    evidence = [each.as_dict() for each in clustering.evidence]
    return {
        "axes": overview.axes(results.segmented, preset),
        "scoring": overview.scoring(results.segmented),
        "segments": overview.segments(columns, results.groups, preset, results.identities),
        "grid": overview.grid(columns, results.groups, preset),
        "clusters": overview.clusters(columns, results.identities, results.positions, preset),
        "clusters_allotted": results.identities.allotted,
        "k": {"chosen": clustering.k, "reason": clustering.reason, "evidence": evidence},
        "outliers": results.outliers,
        "countries": results.countries,
        "snapshots": results.history.summaries,
        "previous": results.history.previous,
        "changed": results.history.changed,
        "since": results.since,
        "rhythm": results.rhythm,
        "value": results.value,
        "newcomers": results.cohorts.newcomers,
        "churn": results.churn.summary,
        "rule_scopes": results.rules.scopes,
        "rules_later": results.rules.later,
        "baskets_missing": _baskets_missing(results.ledger),
        "items": results.rules.items,
        "left_out": [asdict(each) for each in results.ledger.left_out],
        "glance": {name: results.ledger.glance[name] for name in ("months", "hours", "products", "returns")},
    }


def _baskets_missing(ledger: Ledger) -> str | None:
    """Say what the ledger lacks for baskets, or None."""
    if not ledger.report.ledger.get("product") and not ledger.report.ledger.get("description"):
        return _NO_PRODUCTS.text
    if not ledger.baskets.items:
        return _NO_BASKETS.text
    return None


def _manifest(
    results: Results, previous: str | None, made_at: datetime, progress: Progress, drift: dict[str, Any]
) -> dict[str, Any]:
    report = results.ledger.report
    return {
        "made_at": made_at,
        "made_by": _version("segment-desk"),
        "preset": results.preset.id,
        "preset_definition": results.preset.model_dump(mode="json"),
        "options": results.options.recorded(),
        "seed": results.seed,
        "source": {
            "name": report.name,
            "sha256": report.sha256,
            "bytes": report.bytes,
            "rows": report.rows,
            "form": report.form,
            "files": [asdict(file) for file in report.files],
        },
        "as_of": results.as_of.to_pydatetime(),
        "data_from": results.ledger.glance["data_from"],
        "data_to": results.ledger.glance["data_to"],
        "rows": {"read": report.rows, "kept": results.ledger.kept, "rejected": results.ledger.rejected},
        "detected": asdict(report.detected),
        "ledger": report.ledger,
        "layout": report.layout,
        "revenue": results.ledger.revenue,
        "unreadable": [
            {"line": each.line, "reason": each.reason, "file": each.file}
            for each in report.examples[:EXAMPLES]
        ],
        "statuses": results.ledger.statuses,
        "customers": len(results.ledger.customers),
        "k": results.clustering.k,
        "silhouette": results.clustering.silhouette,
        "itemsets": len(results.rules.itemsets["count"]),
        "rules": len(results.rules.rules["count"]),
        "metrics": {"recommendations": results.recommendations.metrics, "churn": results.churn.metrics}
        | drift,
        "warnings": _warnings(results),
        "seconds": progress.seconds,
        "peak_memory_mb": peak_memory_mb(),
        "previous": previous,
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _warnings(results: Results) -> list[str]:
    customers, revenue = len(results.segmented.rfm), float(results.segmented.rfm["monetary"].sum())
    return [
        *results.ledger.report.warnings,
        *_score_warnings(results.segmented, results.preset),
        *outlier_warnings(results.outliers, customers, revenue),
        *results.identities.warnings,
    ]


def _score_warnings(segmented: Segmented, preset: Preset) -> list[str]:
    scoring = overview.scoring(segmented)
    if scoring is None or preset.scoring is None:
        return []
    return score_warnings(len(segmented.rfm), scoring, preset.scoring.edges)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "source"
