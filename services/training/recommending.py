"""Lists of products for every customer, by every method, and how well each method would have done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.features import fit_transform, parameters
from services.core.language.messages import later
from services.core.presets import Preset
from services.core.recommending import BASELINES, ITEM_METHODS, METHODS, NEW_METHODS, REPLENISH, column_of
from services.core.recommending.evaluation import AT, Hits, hits, intervals, later_purchases
from services.core.recommending.history import History, Purchases, history_before
from services.core.recommending.methods import (
    Scorer,
    Scores,
    bought_together,
    by_cluster_popularity,
    by_personal_frequency,
    by_recent_popularity,
    by_relation,
    cluster_buyers,
    cosine_relation,
    linear_relation,
)
from services.core.recommending.ranking import partners, rank
from services.core.rfm.table import rfm_table
from services.training.customers.columns import Columns
from services.training.customers.snapshots import seen_before, timed_orders
from services.training.ledger.transactions import Ledger
from services.training.rules.bits import counts_of
from services.training.rules.held_back import KEPT_BACK_DAYS, first_day_kept_back, moments_of

LISTED = 20
EVALUATED = 10_000  # customers at most
_NO_CODES = later("The file has no product codes, so there is nothing to recommend.")
_BY_NAME = later("Baskets hold no product codes. Train with --items code for recommendations.")
_ONE_CUSTOMER = later("Recommendations need at least two customers.")
_TOO_SHORT = later(
    "Recommendations need more than {days} days of orders; the file has {has}. Train on a longer period."
)
_NOBODY = later(
    "Nobody who had ordered before the last {days} days bought a product new to them since, so no method can "
    "be tested."
)


@dataclass(frozen=True)
class Recommendations:
    """What a release keeps of recommendations.

    Attributes
    ----------
    report : dict
        ``recommendations.json`` as docs/architecture.md lists it.
    columns : dict of str to ndarray
        The lists, for the table of customers; empty where there are none.
    metrics : dict
        The track record; empty where there is none.
    """

    report: dict[str, Any]
    columns: Columns
    metrics: dict[str, Any]


def recommend(
    ledger: Ledger, cluster: npt.NDArray[np.integer], preset: Preset, k: int, seed: int
) -> Recommendations:
    """Make the lists of a release and its track record: what ``prepared`` leaves to do, done."""
    return prepared(ledger, cluster, preset, k, seed)()


def prepared(
    ledger: Ledger, cluster: npt.NDArray[np.integer], preset: Preset, k: int, seed: int
) -> Callable[[], Recommendations]:
    """Find the clusters of the track record; give what is left to do, which may be done beside other steps.

    Parameters
    ----------
    ledger : Ledger
    cluster : ndarray of int, shape (n_customers,)
        The release's clusters.
    preset : Preset
    k : int
        How many clusters there are.
    seed : int
        Of what is drawn for the track record.
    """
    missing = _missing(ledger)
    if missing:
        return partial(_none, missing)
    purchases = purchases_of(ledger)
    cut = first_day_kept_back(purchases.bought_at)
    then = clusters_before(ledger, pd.Timestamp(cut), preset, k, seed)
    return partial(_recommendations, purchases, cut.astype("datetime64[s]"), then, cluster, seed)


def _recommendations(
    purchases: Purchases,
    cut: np.datetime64,
    then: npt.NDArray[np.integer],
    cluster: npt.NDArray[np.integer],
    seed: int,
) -> Recommendations:
    metrics = evaluate(purchases, cut, then, seed)
    if metrics is None:
        return _none(_NOBODY.text.format(days=KEPT_BACK_DAYS))
    # Lists are made after all orders; a track record needs those of the last days kept back.
    last: np.datetime64 = purchases.bought_at.max()
    history = history_before(purchases, last + np.timedelta64(1, "s"), cluster)
    columns = _lists(history)
    report = {
        "missing": None,
        "default": metrics["default"],
        "products": [purchases.products[column] for column in history.columns],
        "recent": history.recent.astype(int).tolist(),
        "clusters": cluster_buyers(history)[:-1].astype(int).tolist(),
    }
    return Recommendations(report, columns, metrics)


def purchases_of(ledger: Ledger) -> Purchases:
    """Return the baskets of a ledger with their customers' rows and moments, products only."""
    baskets = ledger.baskets
    real = set(ledger.products.loc[ledger.products["sold"], "product"])
    kept = np.flatnonzero([item in real for item in baskets.items])
    row = pd.Series(np.arange(len(ledger.customers)), index=ledger.customers["customer_id"])
    return Purchases(
        sparse.csr_array(baskets.matrix[:, kept]),
        [baskets.items[column] for column in kept],
        row.loc[baskets.customers].to_numpy(),
        moments_of(ledger),
        len(ledger.customers),
    )


def clusters_before(
    ledger: Ledger, moment: pd.Timestamp, preset: Preset, k: int, seed: int
) -> npt.NDArray[np.integer]:
    """Find clusters among those who had ordered before a moment; −1 for those who had not.

    The release's own clusters know what came after the moment, so they must not be tried out on it.
    """
    found = np.full(len(ledger.customers), -1)
    seen = seen_before(timed_orders(ledger.customers, ledger.orders, ledger.returns.taken), moment)
    seen = seen[seen.index < len(found)]
    if len(seen):
        raw = rfm_table(seen, moment, preset.rfm.frequency).to_numpy(np.float64)
        points = parameters(fit_transform(raw, list(preset.clusters.features)))(raw)
        centres = min(k, len(np.unique(points, axis=0)))
        fitted = fit_kmeans(points, centres, n_init=10, tol=preset.clusters.tol, seed=seed)
        found[seen.index.to_numpy()] = assign(points, fitted.cluster_centers_).nearest
    return found


def evaluate(
    purchases: Purchases, cut: np.datetime64, cluster: npt.NDArray[np.integer], seed: int
) -> dict[str, Any] | None:
    """Try every method out on what was bought from ``cut`` on.

    Parameters
    ----------
    purchases : Purchases
    cut : datetime64
    cluster : ndarray of int, shape (n_customers,)
        Found before the cut.
    seed : int

    Returns
    -------
    dict or None
        ``metrics.recommendations`` as docs/architecture.md lists it; None where nobody known before the cut
        bought a product that was known and new to them.
    """
    history = history_before(purchases, cut, cluster)
    scorers = scorers_of(history, relations_of(history))
    found: dict[bool, dict[str, Hits]] = {}
    for repeat, methods in ((False, NEW_METHODS), (True, (REPLENISH, "recent-popularity"))):
        later = later_purchases(purchases, history, cut, repeat=repeat)
        if len(later.rows) > EVALUATED:
            drawn = np.random.default_rng(seed).choice(len(later.rows), EVALUATED, replace=False)
            later = later.of(np.sort(drawn))
        if len(later.rows):
            found[repeat] = {
                method: hits(rank(history, scorers[method], later.rows, AT, repeat=repeat), later)
                for method in methods
            }
    if False not in found:
        return None
    chosen, gain = _choose(found[False], seed)
    return {
        "cut": str(cut),
        "days": KEPT_BACK_DAYS,
        "at": AT,
        "customers": len(found[False][chosen].recall),
        "repeat_customers": len(found[True][REPLENISH].recall) if True in found else 0,
        "products": len(history.columns),
        "default": chosen,
        "gain": gain,
        "new": _summaries(found[False], seed),
        "repeat": _summaries(found.get(True, {}), seed),
    }


def relations_of(history: History) -> dict[str, Scores]:
    """Fit the methods that look at what is bought together."""
    together = bought_together(history.bought())
    return {"item-cosine": cosine_relation(together), "linear-items": linear_relation(together)}


def scorers_of(history: History, relations: Mapping[str, Scores]) -> dict[str, Scorer]:
    """Return every method over a history."""
    return {
        **{method: by_relation(history, relation) for method, relation in relations.items()},
        "recent-popularity": by_recent_popularity(history),
        "cluster-popularity": by_cluster_popularity(history),
        REPLENISH: by_personal_frequency(history),
    }


def _choose(found: Mapping[str, Hits], seed: int) -> tuple[str, dict[str, Any] | None]:
    """Take the method that finds most if it surely beats both baselines, else the better of these."""
    recalls = {method: found[method].recall for method in found}
    baseline = max(BASELINES, key=lambda method: recalls[method].mean())
    best = max(ITEM_METHODS, key=lambda method: recalls[method].mean())
    ((low, high),) = intervals([recalls[best] - recalls[baseline]], seed)
    gain = {"method": best, "over": baseline, "low": low, "high": high}
    return (best if low > 0 else baseline), gain


def _summaries(found: Mapping[str, Hits], seed: int) -> dict[str, dict[str, float]]:
    """Return each method's means over the customers with their intervals."""
    summaries: dict[str, dict[str, float]] = {method: {} for method in found}
    values = [
        (summary, name, getattr(found[method], name))
        for method, summary in summaries.items()
        for name in ("recall", "ndcg", "found")
    ]
    if values:
        ends = intervals([each for _, _, each in values], seed)
        for (summary, name, each), (low, high) in zip(values, ends, strict=True):
            summary |= {name: float(each.mean()), f"{name}_low": low, f"{name}_high": high}
    return summaries


def _lists(history: History) -> Columns:
    """Rank products for everybody by every method, with a reason where the method has one."""
    everybody, bought = np.arange(history.orders.shape[0]), history.bought()
    columns: Columns = {}
    relations = relations_of(history)
    scorers = scorers_of(history, relations)
    for method in METHODS:
        name = column_of(method)
        ranked = rank(history, scorers[method], everybody, LISTED, repeat=method == REPLENISH)
        columns[name] = ranked.products.astype(np.int16)
        if method not in BASELINES:
            columns[f"{name}_score"] = ranked.scores
        if method in ITEM_METHODS:
            columns[f"{name}_with"] = partners(bought, relations[method], ranked.products).astype(np.int16)
            columns[f"{name}_by"] = np.zeros(ranked.products.shape, np.int32)
    del scorers, relations
    for cluster in np.unique(history.cluster):
        rows = np.flatnonzero(history.cluster == cluster)
        held = sparse.csr_array(bought[rows], dtype=bool)
        for name in map(column_of, ITEM_METHODS):
            offered, with_ = columns[name][rows], columns[f"{name}_with"][rows]
            both = counts_of(held, np.column_stack([offered.ravel(), with_.ravel()]))
            columns[f"{name}_by"][rows] = np.where(offered >= 0, both.reshape(offered.shape), 0)
    return columns


def _missing(ledger: Ledger) -> str | None:
    if not ledger.report.ledger.get("product"):
        return _NO_CODES.text
    if not set(ledger.products["product"]) & set(ledger.baskets.items):
        return _BY_NAME.text
    if len(ledger.customers) < 2:
        return _ONE_CUSTOMER.text
    bought_at = ledger.orders["bought_at"]
    if bought_at.max() - bought_at.min() < pd.Timedelta(days=KEPT_BACK_DAYS):
        has = (bought_at.max() - bought_at.min()).days
        return _TOO_SHORT.text.format(days=KEPT_BACK_DAYS, has=has)
    return None


def _none(sentence: str) -> Recommendations:
    return Recommendations({"missing": sentence}, {}, {})
