"""How stable clusters are from month to month: found again at the last six months, by the same preset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from services.core.clusters.comparison import FEWEST
from services.core.clusters.evidence import Trial, sample_rows
from services.core.clusters.kmeans import Labels, assign, fit_kmeans
from services.core.clusters.outliers import outliers
from services.core.clusters.splitting import kept_share
from services.core.features import Points, Transform, fit_transform, parameters
from services.core.presets import Preset
from services.core.rfm.table import rfm_table
from services.core.side_by_side import side_by_side
from services.training.customers.columns import raw_values
from services.training.customers.snapshots import seen_before

MONTHS = 6
N_INIT = 10  # searches for the centres of a month


@dataclass(frozen=True)
class _Month:
    """The clusters of one moment.

    Attributes
    ----------
    raw : ndarray, shape (n, 3)
        Of the customers they were found on.
    transform : Transform or None
    centres : dict of int to ndarray, shape (k, 3)
    labels : dict of int to ndarray of int16, shape (n,)
        Of those customers.
    """

    raw: Points
    transform: Transform | None
    centres: dict[int, Points]
    labels: dict[int, Labels]


def month_to_month(
    timed: pd.DataFrame, as_of: pd.Timestamp, raw: Points, trials: list[Trial], preset: Preset, seed: int
) -> dict[int, float]:
    """Return for each k the share of customers who stay in their cluster when it is found a month later.

    Parameters
    ----------
    timed : DataFrame
        Of ``services.training.customers.snapshots.timed_orders``; without any the past is unknown.
    as_of : Timestamp
    raw : ndarray, shape (n, 3)
        Recency, frequency and monetary of the customers that each k was tried out on.
    trials : list of Trial
    preset : Preset
    seed : int

    Returns
    -------
    dict of int to float
        0–1, the mean over the last ``MONTHS`` months, as far as they had customers enough.

    Notes
    -----
    Clusters found a month apart are asked about the same customers: those of the later moment, with their
    values of that moment. So what a customer did in between does not count, only whether the clusters differ.
    """
    if timed.empty or not trials:
        return {}
    labels = {trial.evidence.k: trial.labels for trial in trials}
    shares: dict[int, list[float]] = {k: [] for k in labels}
    moments = [as_of - pd.DateOffset(months=back) for back in range(MONTHS, 0, -1)]
    months = side_by_side(lambda moment: _month(timed, moment, labels, preset, seed), moments)
    for before, after in pairwise([*months, _Month(raw, None, {}, labels)]):
        if before and after:
            for k in before.centres.keys() & after.labels.keys():
                shares[k].append(_kept(before, after, k))
    return {k: float(np.mean(found)) for k, found in shares.items() if found}


def _month(
    timed: pd.DataFrame, moment: pd.Timestamp, ks: Iterable[int], preset: Preset, seed: int
) -> _Month | None:
    """Find the clusters of a moment as a training then would have; None with too few customers."""
    seen = seen_before(timed, moment)
    if len(seen) < FEWEST:
        return None
    raw = raw_values(rfm_table(seen, moment, preset.rfm.frequency))
    fitted = raw[~outliers(raw)] if preset.clusters.set_outliers_aside else raw
    transform = parameters(fit_transform(fitted, list(preset.clusters.features)))
    raw = fitted[sample_rows(len(fitted), seed)]
    points = transform(raw)
    kinds = len(np.unique(points, axis=0))
    tries = min(N_INIT, preset.clusters.n_init)
    centres = {
        k: fit_kmeans(points, k, n_init=tries, tol=preset.clusters.tol, seed=seed).cluster_centers_
        for k in ks
        if k < kinds
    }
    return _Month(raw, transform, centres, {k: assign(points, own).nearest for k, own in centres.items()})


def _kept(before: _Month, after: _Month, k: int) -> float:
    assert before.transform is not None
    again = assign(before.transform(after.raw), before.centres[k]).nearest
    return kept_share(again, after.labels[k], k)
