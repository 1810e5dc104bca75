"""Whose baskets are mined, and of when: everybody's, each cluster's, each segment's, some periods."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.language.messages import later
from services.core.presets import Preset
from services.training.clusters.identities import Identities
from services.training.customers.columns import Columns
from services.training.rules.scope_baskets import Scope

# Stored in English, and said in the reader's language where they are shown.
_EVERYBODY, _SEASON = later("All customers"), later("Coming 3 months, a year ago")
_MONTHS = {3: later("Last 3 months"), 12: later("Last 12 months")}
_BARELY_SHORTER = 0.1


def scopes_of(
    customers: pd.DataFrame,
    columns: Columns,
    identities: Identities,
    preset: Preset,
    moments: npt.NDArray[np.datetime64],
) -> list[Scope]:
    """List the groups to mine, the whole base first; clusters that are the segments stand there once.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    columns : dict
        With ``cluster`` and ``segment``, shape (n_customers,).
    identities : Identities
    preset : Preset
    moments : ndarray of datetime64, shape (n_baskets,)
        When each basket was bought.

    Returns
    -------
    list of Scope
        By invoices: everybody, clusters, segments, periods; then by customers: everybody, clusters, segments.
    """
    ids = customers["customer_id"].to_numpy(dtype=object)
    scopes = [Scope("all", _EVERYBODY.text)]
    for index, (cluster, name) in enumerate(zip(identities.ids, identities.names, strict=True)):
        scopes.append(Scope(f"cluster:{cluster}", name, ids[columns["cluster"] == index]))
    for index, group in enumerate(preset.segments.groups):
        scopes.append(Scope(f"segment:{group.id}", group.name, ids[columns["segment"] == index]))
    of_customers = [replace(scope, id=f"{scope.id}@customers") for scope in scopes]
    return [*scopes, *periods(moments), *of_customers]


def periods(moments: npt.NDArray[np.datetime64]) -> list[Scope]:
    """List a ledger's periods: its last months where it is longer, and the coming ones a year ago.

    Parameters
    ----------
    moments : ndarray of datetime64, shape (n_baskets,)
    """
    if not len(moments):
        return []
    first, last = (pd.Timestamp(moment).normalize() for moment in (moments.min(), moments.max()))
    found = []
    for months, name in _MONTHS.items():
        start = last - pd.DateOffset(months=months) + pd.Timedelta(days=1)
        if start - first > _BARELY_SHORTER * (last - start):
            found.append(Scope(f"period:{months}-months", name.text, days=(_day(start), _day(last))))
    start = last - pd.DateOffset(months=12) + pd.Timedelta(days=1)
    if first <= start:
        end = last - pd.DateOffset(months=9)
        found.append(Scope("period:season", _SEASON.text, days=(_day(start), _day(end))))
    return found


def _day(moment: pd.Timestamp) -> np.datetime64:
    return np.datetime64(moment.date())
