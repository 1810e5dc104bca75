"""Whose baskets are mined: everybody's, each cluster's, each segment's."""

from __future__ import annotations

import pandas as pd

from services.core.presets import Preset
from services.training.identities import Identities
from services.training.profiles import Columns
from services.training.rule_tables import Scope


def scopes_of(
    customers: pd.DataFrame, columns: Columns, identities: Identities, preset: Preset
) -> list[Scope]:
    """List the groups to mine, the whole base first; clusters that are the segments stand there once.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    columns : dict
        With ``cluster`` and ``segment``, shape (n_customers,).
    identities : Identities
    preset : Preset
    """
    ids = customers["customer_id"].to_numpy(dtype=object)
    scopes = [Scope("all", "All customers", None)]
    for index, (cluster, name) in enumerate(zip(identities.ids, identities.names, strict=True)):
        scopes.append(Scope(f"cluster:{cluster}", name, ids[columns["cluster"] == index]))
    for index, group in enumerate(preset.segments.groups):
        scopes.append(Scope(f"segment:{group.id}", group.name, ids[columns["segment"] == index]))
    return scopes
