"""Take a customer out of every kept release: written anew beside the old ones, then swapped, then removed.

A crash before the swap leaves the old releases serving; asked again, it goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from services.core.language.messages import plural
from services.core.language.written import day, number
from services.core.text.money import exact_text
from services.releases.checks.files import CLUSTERS, LOOKUP, OVERVIEW
from services.releases.folders import release_ids, releases_root
from services.releases.locks import pointer_lock, training_lock
from services.releases.lookup import has_returned_all, returned_all
from services.releases.orders import FILE as ORDERS
from services.releases.orders import orders_without
from services.releases.pointer import POINTER, read_current, set_current
from services.releases.reading import OpenRelease, open_release
from services.releases.removed import delete, note_removed, set_aside
from services.releases.spellings import respelled
from services.releases.strictjson import from_json
from services.releases.without_customer import (
    clusters_without,
    columns_without,
    copy_lookup,
    overview_without,
)
from services.releases.working import remove_partial
from services.releases.writing import ReleaseWriter

ERASED = "erased on request"
_CHANGED = (LOOKUP, OVERVIEW, CLUSTERS, ORDERS)


@dataclass(frozen=True)
class Rewritten:
    """What became of a release.

    Attributes
    ----------
    old : str
    new : str or None
        The release in its place; None where it was removed whole, since nobody else is in the customer's
        cluster and its figures would be theirs.
    rows : dict of str to int
        Rows left out of ``lookup.sqlite``, by table.
    """

    old: str
    new: str | None
    rows: dict[str, int]


def holders(models: Path, customer_id: str) -> list[str]:
    """Return the releases that a customer is in, if only among the rows left out, newest first.

    Raises
    ------
    ReleaseUnusable
        If one cannot be opened, so that it cannot be said.
    """
    return [each for each in release_ids(models) if _names(open_release(models, each), customer_id)]


def older_spellings(models: Path, customer_id: str) -> list[str]:
    """Return the ids under which releases hold an e-mail that is spelled otherwise today.

    Raises
    ------
    ReleaseUnusable
        If one cannot be opened.
    """
    found = (open_release(models, each).customers["customer_id"] for each in release_ids(models))
    rows = ((ids, row) for ids in found for row in respelled(ids).get(customer_id, []))
    return list(dict.fromkeys(bytes(ids[row]).decode() for ids, row in rows))


def named(opened: OpenRelease) -> set[str]:
    """Return all customers that a release names, also those of the rows left out; see ``holders``."""
    shown = (row.customer for taken in opened.overview.left_out or [] for row in taken.first)
    held = (bytes(each).decode() for each in opened.customers["customer_id"])
    return {each for each in (*shown, *held, *returned_all(opened.lookup)) if each}


def _names(opened: OpenRelease, customer_id: str) -> bool:
    shown = (row.customer for taken in opened.overview.left_out or [] for row in taken.first)
    return (
        _row(opened, customer_id) is not None
        or customer_id in shown
        or has_returned_all(opened.lookup, customer_id)
    )


def _row(opened: OpenRelease, customer_id: str) -> int | None:
    found = np.flatnonzero(opened.customers["customer_id"] == customer_id.encode())
    return int(found[0]) if found.size else None


def erase(models: Path, customer_id: str, name: str, at: datetime) -> list[Rewritten]:
    """Take a customer out of every release that holds them.

    Parameters
    ----------
    models : Path
    customer_id : str
        As releases spell it.
    name : str
        What stands for the id where it must not be said; the new releases' ids follow from it.
    at : datetime
        When it is done, for the note in the releases.

    Returns
    -------
    list of Rewritten

    Raises
    ------
    Refusal
        If a training runs.
    ReleaseUnusable
        If a release cannot be opened; nothing was changed then.
    """
    with training_lock(models):
        remove_partial(models)
        found = holders(models, customer_id)
        new_ids = {old: _new_id(old, name) for old in found}
        done = [_write(models, old, customer_id, new_ids, at) for old in found]
        _swap(models, done)
    return done


def _write(models: Path, old: str, customer_id: str, new_ids: Mapping[str, str], at: datetime) -> Rewritten:
    opened = open_release(models, old)
    row = _row(opened, customer_id)
    if row is None:
        return _write_without_row(models, opened, customer_id, new_ids, at)
    cluster = int(opened.customers["cluster"][row])
    if int((opened.customers["cluster"] == cluster).sum()) == 1:
        return Rewritten(old, None, {})
    new = new_ids[old]
    shutil.rmtree(releases_root(models) / new, ignore_errors=True)  # of a try that did not end
    columns = columns_without(opened.customers, row)
    with ReleaseWriter(models, new) as writer:
        files = opened.manifest.files
        _copy(opened, writer, [file for file in files if not file.startswith("customers/")], _CHANGED)
        writer.save_columns("customers", columns)
        writer.save_json(OVERVIEW, _overview(opened, columns, customer_id, new_ids))
        if CLUSTERS in opened.manifest.files:
            report = from_json((opened.folder / CLUSTERS).read_bytes())
            segment = int(opened.customers["segment"][row])
            writer.save_json(CLUSTERS, clusters_without(report, row, cluster, segment))
        if opened.orders is not None:
            writer.save_array(ORDERS, orders_without(opened.orders, row))
        left_out = copy_lookup(opened.lookup, writer.path(LOOKUP), row, customer_id)
        spend = float(opened.customers["monetary"][row])
        writer.publish(_fields(opened, len(columns["customer_id"]), spend, new_ids, at))
    return Rewritten(old, new, left_out)


def _write_without_row(
    models: Path, opened: OpenRelease, customer_id: str, new_ids: Mapping[str, str], at: datetime
) -> Rewritten:
    """Write a release anew in which a customer stands only among rows left out, or has no order left."""
    new = new_ids[opened.id]
    shutil.rmtree(releases_root(models) / new, ignore_errors=True)
    columns = dict(opened.customers)
    with ReleaseWriter(models, new) as writer:
        _copy(opened, writer, opened.manifest.files, [OVERVIEW, LOOKUP])
        writer.save_json(OVERVIEW, _overview(opened, columns, customer_id, new_ids))
        left_out = copy_lookup(opened.lookup, writer.path(LOOKUP), None, customer_id)
        writer.publish(_fields(opened, len(columns["customer_id"]), 0.0, new_ids, at))
    return Rewritten(opened.id, new, left_out)


def _copy(opened: OpenRelease, writer: ReleaseWriter, files: Iterable[str], but: Collection[str]) -> None:
    for file in files:
        if file not in but:
            writer.path(file).parent.mkdir(exist_ok=True)
            shutil.copyfile(opened.folder / file, writer.path(file))


def _overview(
    opened: OpenRelease, columns: dict[str, Any], customer_id: str, new_ids: Mapping[str, str]
) -> dict[str, Any]:
    overview = overview_without(opened.overview, columns, customer_id)
    if overview["since"]:
        compared = overview["since"]["release"]
        overview["since"]["release"] = new_ids.get(compared, compared)
    return overview


def _fields(
    opened: OpenRelease, customers: int, spend: float, new_ids: Mapping[str, str], at: datetime
) -> dict[str, Any]:
    fields = opened.manifest.model_dump(mode="json", exclude={"id", "files"})
    previous, erased = fields["previous"], fields["metrics"].get("erased", 0) + 1
    note = plural(
        "{n} customer was erased on request, the last on {day}. Sales by month, rules, cut points and "
        "comparisons still count them until the next training.",
        "{n} customers were erased on request, the last on {day}. Sales by month, rules, cut points and "
        "comparisons still count them until the next training.",
        erased,
        n=number(erased),
        day=day(at),
    )
    return fields | {
        "customers": customers,
        "revenue": fields["revenue"] and exact_text(Decimal(fields["revenue"]) - round(Decimal(spend), 4)),
        "previous": new_ids.get(previous, previous),
        "metrics": fields["metrics"] | {"erased": erased},
        "warnings": [*(each for each in fields["warnings"] if ERASED not in each), note],
    }


def _swap(models: Path, done: list[Rewritten]) -> None:
    """Activate the new release where the active one was rewritten, then remove the old ones."""
    active = read_current(models)
    for each in done:
        if each.old == active and each.new is not None:
            set_current(models, each.new)
    old = [each.old for each in done]
    with pointer_lock(models):
        note_removed(models, old, forced=True)
        if any(each.old == active and each.new is None for each in done):
            (models / POINTER).unlink()
        set_aside(models, old)
    delete(models, old)


def _new_id(old: str, name: str) -> str:
    """Return an id of the same second, so that releases keep their order."""
    return f"{old[:-6]}{hashlib.sha256(f'{old} {name}'.encode()).hexdigest()[:6]}"
