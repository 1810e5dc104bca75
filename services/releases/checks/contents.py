"""What is checked once, when a release is published: the contents of its tables, read as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from services.core.language.messages import _, plural
from services.core.rfm.movement import CAUSES
from services.releases.checks.files import CLUSTERS, RECOMMENDATIONS, SEGMENTS
from services.releases.columns import AXES, EXPECTED, ORDERED_BY
from services.releases.faults import unusable
from services.releases.lookup import COLUMNS, LATER
from services.releases.orders import check_orders
from services.releases.strictjson import from_json

if TYPE_CHECKING:
    from services.releases.reading import OpenRelease

_TIE = 1e-9


def check_contents(release: OpenRelease) -> None:
    """Check that the tables of a release agree with its overview, its models and each other.

    Raises
    ------
    ReleaseUnusable
        At the first disagreement; the sentence names the file.
    """
    _check_customers(release)
    _check_churn(release)
    _check_nearest(release)
    _check_rules(release)
    _check_lookup(release)
    _check_report(release)
    _check_offers(release)
    _check_value(release)
    _check_segment_report(release)
    if release.orders is not None:
        check_orders(release.orders, len(release.customers["customer_id"]), release.id)


def _check_customers(release: OpenRelease) -> None:
    customers, overview = release.customers, release.overview
    ids = customers["customer_id"]
    if not (ids[:-1] < ids[1:]).all():
        raise unusable(
            release.id, _("{file} is not sorted, or has an ID twice.", file="customers/customer_id.npy")
        )
    for axis in AXES:
        if not np.isfinite(customers[axis]).all():
            raise unusable(
                release.id, _("{file} has a value that is not a finite number.", file=f"customers/{axis}.npy")
            )
    k, segments = len(overview.clusters), len(overview.segments)
    bounds = {
        "cluster": (0, k),
        "second_cluster": (-1 if k == 1 else 0, k),
        "segment": (-1, segments),
        "snapshot_segment": (-1, segments),
        "country": (-1, len(overview.countries)),
    }
    if overview.rhythm and not overview.rhythm.missing:
        bounds["rhythm"] = (0, len(overview.rhythm.states))
        bounds["next_record"] = (-1, len(overview.rhythm.records))
    if since := overview.since:
        for kind, moved in (("segment", since.segment), ("cluster", since.cluster)):
            bounds[f"earlier_{kind}"] = (-2, len(moved.groups))
            bounds[f"earlier_{kind}_cause"] = (-1, len(CAUSES))
    _check_bounds(release.id, "customers", customers, bounds)
    for name in ORDERED_BY:
        order = customers[f"order_{name}"]
        if not np.array_equal(np.sort(order), np.arange(len(ids))):
            raise unusable(
                release.id, _("{file} is not an order of all customers.", file=f"customers/order_{name}.npy")
            )


def _check_churn(release: OpenRelease) -> None:
    churn, customers = release.overview.churn, release.customers
    if "churned" in customers:
        _check_bounds(release.id, "customers", customers, {"churned": (-1, 2)})
    if churn is None or churn.missing:
        return
    _check_bounds(release.id, "customers", customers, {"churn_reason": (-1, len(churn.reasons))})
    low, chance, high = (customers[f"churn{part}"] for part in ("_low", "", "_high"))
    if not ((low >= 0) & (low <= chance) & (chance <= high) & (high <= 1)).all():
        raise unusable(
            release.id,
            _("{file} has a chance outside its interval, or beyond 0 to 1.", file="customers/churn.npy"),
        )


def _check_nearest(release: OpenRelease) -> None:
    """Each customer's cluster is the nearest centre: scaler, centres and column come from one run."""
    points = release.scaler.transform(np.column_stack([release.customers[axis] for axis in AXES]))
    centres = release.kmeans.cluster_centers_
    distances = np.stack([np.linalg.norm(points - centre, axis=1) for centre in centres])
    own = np.take_along_axis(distances, release.customers["cluster"][None, :].astype(np.intp), axis=0)[0]
    nearest = distances.min(axis=0)
    wrong = int((own > nearest + _TIE * (1 + nearest)).sum())
    if wrong:
        sentence = plural(
            "{file} is not the nearest centre of {n} customer: scaler and centres are of different runs.",
            "{file} is not the nearest centre of {n} customers: scaler and centres are of different runs.",
            wrong,
            file="customers/cluster.npy",
        )
        raise unusable(release.id, sentence)


def _check_rules(release: OpenRelease) -> None:
    overview = release.overview
    scopes, items = len(overview.rule_scopes), len(overview.items)
    sides = {"antecedents": (-1, items), "consequents": (-1, items)}
    verdict = {"held_up": (-1, 2)} if "held_up" in release.rules else {}
    _check_bounds(release.id, "rules", release.rules, {"scope": (0, scopes)} | sides | verdict)
    _check_bounds(release.id, "itemsets", release.itemsets, {"scope": (0, scopes), "items": (-1, items)})


def _check_bounds(
    release_id: str, table: str, arrays: Mapping[str, np.ndarray], bounds: Mapping[str, tuple[int, int]]
) -> None:
    for name, (lowest, end) in bounds.items():
        array = arrays[name]
        if array.size and not (lowest <= array.min() and array.max() < end):
            raise unusable(
                release_id,
                _("{file} refers to something the overview does not have.", file=f"{table}/{name}.npy"),
            )


def _check_lookup(release: OpenRelease) -> None:
    customers = len(release.customers["customer_id"])
    address = f"{release.lookup.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            there = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            held = [table for table in COLUMNS if table not in LATER or table in there]
            for table in held:
                base.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table} LIMIT 1").fetchall()
            for table in (table for table in held if "customer" in COLUMNS[table]):
                first, last = base.execute(f"SELECT min(customer), max(customer) FROM {table}").fetchone()
                if first is not None and not 0 <= first <= last < customers:
                    raise unusable(
                        release.id,
                        _(
                            "{file} has {table} of an unknown customer.",
                            file=release.lookup.name,
                            table=table,
                        ),
                    )
    except sqlite3.Error as error:
        raise unusable(
            release.id, _("{file} cannot be read ({why}).", file=release.lookup.name, why=error)
        ) from error


def _check_report(release: OpenRelease) -> None:
    """Check that the report on the clusters, where there is one, is about these clusters and customers."""
    if CLUSTERS not in release.manifest.files:
        return
    try:
        report = from_json((release.folder / CLUSTERS).read_bytes())
        lengths = [len(report["profiles"]["clusters"]), len(report["explanation"]["rules"])]
        counted = np.sum(report["segments"])
    except (ValueError, KeyError, TypeError) as error:
        raise unusable(release.id, _("{file} is not as expected.", file=CLUSTERS)) from error
    if set(lengths) != {release.manifest.k} or counted != release.manifest.customers:
        raise unusable(
            release.id, _("{file} is about other clusters than those of the release.", file=CLUSTERS)
        )


def _check_segment_report(release: OpenRelease) -> None:
    """Check that the report on the segments, where there is one, is about these segments."""
    if SEGMENTS not in release.manifest.files:
        return
    try:
        described = len(from_json((release.folder / SEGMENTS).read_bytes())["profiles"]["segments"])
    except (ValueError, KeyError, TypeError) as error:
        raise unusable(release.id, _("{file} is not as expected.", file=SEGMENTS)) from error
    if described != len(release.overview.segments):
        raise unusable(
            release.id, _("{file} is about other segments than those of the release.", file=SEGMENTS)
        )


def _check_offers(release: OpenRelease) -> None:
    """Check that the lists of recommendations, where there are any, name products that are there."""
    if RECOMMENDATIONS not in release.manifest.files:
        return
    try:
        products = len(from_json((release.folder / RECOMMENDATIONS).read_bytes()).get("products", ()))
    except (ValueError, AttributeError) as error:
        raise unusable(release.id, _("{file} is not as expected.", file=RECOMMENDATIONS)) from error
    places = {name: (-1, products) for name, array in release.customers.items() if _is_offer(name, array)}
    _check_bounds(release.id, "customers", release.customers, places)


def _check_value(release: OpenRelease) -> None:
    """Check that what customers are expected to buy is there where the overview says so, and can be."""
    value = release.overview.value
    wanted = [name for name in EXPECTED if value is not None and value.missing is None]
    if value is not None and value.model is not None:
        wanted.append("chance_of_order")
    for name in wanted:
        array = release.customers.get(name)
        if array is None or not (np.isfinite(array) & (array >= 0)).all():
            raise unusable(
                release.id, _("{file} is not what the overview says of it.", file=f"customers/{name}.npy")
            )


def _is_offer(name: str, array: np.ndarray) -> bool:
    return name.startswith("offer_") and array.dtype == np.int16
