"""Who moved since the release before, and why: for the report of a new release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.clusters.kmeans import assign
from services.core.features import Points, parameters
from services.core.presets import Group, Preset
from services.core.rfm.movement import CAUSES, Labels, causes
from services.core.rfm.segments import Segmentation
from services.core.rfm.table import rfm_table
from services.training.clusters.identities import Identities
from services.training.customers.columns import Columns, Segmented, raw_values, segmented_at
from services.training.customers.snapshots import seen_before, timed_orders

if TYPE_CHECKING:
    from services.releases import OpenRelease

NOBODY = -2


@dataclass(frozen=True)
class Since:
    """What changed since another release.

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n,)
        ``earlier_segment`` and ``earlier_cluster``, indices into the groups of ``summary``, −1 for none, −2
        for who was not in that release; ``earlier_…_cause``, place in ``CAUSES`` or −1. Empty without it.
    summary : dict or None
        As docs/architecture.md lists it under ``since``; None where there is nothing to compare with.
    """

    columns: Columns
    summary: dict[str, Any] | None


@dataclass(frozen=True)
class _Both:
    """Customers of both releases: their rows now and then, and their values by the new ledger."""

    mine: npt.NDArray[np.intp]
    theirs: npt.NDArray[np.intp]
    known: npt.NDArray[np.bool_]
    raw_then: Points
    raw_now: Points
    ordered: npt.NDArray[np.bool_]


def compare_releases(
    previous: OpenRelease | None,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    taken: pd.DataFrame,
    now: Segmented,
    cluster: Labels,
    groups: Sequence[Group],
    identities: Identities,
    as_of: pd.Timestamp,
    preset: Preset,
) -> Since:
    """Follow everybody from the release before to this one.

    Parameters
    ----------
    previous : OpenRelease or None
        The newest one of the same preset.
    customers : DataFrame, sorted by ``customer_id``
    orders : DataFrame
        One row an order. Without any nobody knows who ordered in between, and nothing is compared.
    taken : DataFrame
        What returns took off orders.
    now : Segmented
    cluster : ndarray of int16, shape (n,)
    groups : sequence of Group
    identities : Identities
        Of the clusters.
    as_of : Timestamp
        Of the new release; an earlier one than that of ``previous`` is not compared.
    preset : Preset
    """
    if previous is None or orders.empty or as_of < pd.Timestamp(previous.manifest.as_of):
        return Since({}, None)
    was = Preset.model_validate(previous.manifest.preset_definition)
    old = Segmentation(
        was.segments,
        previous.overview.scoring.as_scale() if previous.overview.scoring else None,
        parameters(previous.scaler),
        previous.kmeans.cluster_centers_,
    )
    both = _both(previous, customers, timed_orders(customers, orders, taken), was, as_of)
    refitted = _refitted(customers, as_of, was, preset, now.segmentation)
    made = {
        "segment": _followed(
            both,
            [group.model_dump() for group in previous.overview.segments],
            [group.model_dump() for group in groups],
            previous.customers["segment"],
            now.segment,
            old.segment,
            None if refitted is None else refitted[both.mine],
            fixed=was.segments.kind == "clusters",
        ),
        "cluster": _followed(
            both,
            [cluster.model_dump() for cluster in previous.overview.clusters],
            [{"id": i, "name": n} for i, n in zip(identities.ids, identities.names, strict=True)],
            previous.customers["cluster"],
            cluster,
            lambda raw: assign(old.transform(raw), old.centres).nearest,
            None,
            fixed=True,
        ),
    }
    summary = {
        "release": previous.id,
        "as_of": pd.Timestamp(previous.manifest.as_of).isoformat(),
        "gone": previous.manifest.customers - len(both.theirs),
    }
    columns: Columns = {}
    for kind, (then, cause, told) in made.items():
        columns[f"earlier_{kind}"] = _everybody(len(customers), both.mine, then, NOBODY, np.int16)
        columns[f"earlier_{kind}_cause"] = _everybody(len(customers), both.mine, cause, -1, np.int8)
        summary[kind] = told
    return Since(columns, summary)


def _both(
    previous: OpenRelease, customers: pd.DataFrame, timed: pd.DataFrame, was: Preset, as_of: pd.Timestamp
) -> _Both:
    ids = np.array([customer.encode() for customer in customers["customer_id"]], dtype="S")
    _, mine, theirs = np.intersect1d(
        ids, previous.customers["customer_id"], assume_unique=True, return_indices=True
    )
    moment, unit = pd.Timestamp(previous.manifest.as_of), was.rfm.frequency
    seen = seen_before(timed, moment)
    known = np.isin(mine, seen.index)
    then = rfm_table(seen, moment, unit).reindex(mine, fill_value=0)
    before = seen["orders"].reindex(mine, fill_value=0).to_numpy()
    latest = customers.iloc[mine]
    ordered = latest["orders"].to_numpy() > before
    return _Both(mine, theirs, known, raw_values(then), raw_values(rfm_table(latest, as_of, unit)), ordered)


def _refitted(
    customers: pd.DataFrame, as_of: pd.Timestamp, was: Preset, preset: Preset, now: Segmentation
) -> Labels | None:
    """Return everybody by the earlier map with today's cut points; None where the map is the same."""
    if (was.segments, was.scoring, was.rfm) == (preset.segments, preset.scoring, preset.rfm):
        return None
    return segmented_at(customers, as_of, was, replace(now, segments=was.segments)).segment


def _followed(
    both: _Both,
    old_groups: Sequence[Mapping[str, Any]],
    new_groups: Sequence[Mapping[str, Any]],
    old_labels: Labels,
    new_labels: Labels,
    by_then: Any,
    refitted: Labels | None,
    *,
    fixed: bool,
) -> tuple[Labels, npt.NDArray[np.int8], dict[str, Any]]:
    """Follow customers of both releases from group to group; groups are the same when their ids are.

    ``by_then`` places raw values as the earlier release did. What is ``fixed`` has no cut points of its own:
    what behaviour and data do not explain is the model.
    """
    groups = [*new_groups, *(each for each in old_groups if each["id"] not in {g["id"] for g in new_groups})]
    place = {group["id"]: index for index, group in enumerate(groups)}
    coded = np.array([*(place[group["id"]] for group in old_groups), -1], dtype=np.int16)
    then, now = coded[np.asarray(old_labels)[both.theirs]], np.asarray(new_labels)[both.mine]
    cause = causes(
        then,
        now,
        coded[by_then(both.raw_now)],
        both.ordered,
        refitted=then if fixed else None if refitted is None else coded[refitted],
        corrected=np.where(both.known, coded[by_then(both.raw_then)], np.int16(NOBODY)),
    )
    counted = np.bincount(cause[cause >= 0], minlength=len(CAUSES)).tolist()
    from sklearn.metrics import adjusted_rand_score

    told = {
        "groups": [{"id": group["id"], "name": group["name"]} for group in groups],
        "of": len(then),
        "moved": int((cause >= 0).sum()),
        "causes": dict(zip(CAUSES, counted, strict=True)),
        "agreement": float(adjusted_rand_score(then, now)) if len(then) else None,
    }
    return then, cause, told


def _everybody(
    customers: int, rows: npt.NDArray[np.intp], values: npt.NDArray, otherwise: int, kind: type
) -> npt.NDArray:
    found: npt.NDArray = np.full(customers, otherwise, dtype=kind)
    found[rows] = values
    return found
