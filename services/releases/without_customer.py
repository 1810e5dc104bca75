"""The parts of a release as they are without one of its customers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.rfm.group_figures import group_figures
from services.core.rfm.scoring import buying_score
from services.releases.lines import named_in, prices_without, rows_without
from services.releases.lookup import COLUMNS, KEYS, NUMBERED, created, indexed
from services.releases.overview.model import Overview
from services.releases.overview.scores import Grid

Columns = dict[str, npt.NDArray[Any]]


def columns_without(columns: Mapping[str, npt.NDArray[Any]], row: int) -> Columns:
    """Return the table of customers without a row; orders of customers are numbered anew.

    Parameters
    ----------
    columns : mapping of str to ndarray, length n
    row : int
    """
    kept: Columns = {}
    for name, values in columns.items():
        if name.startswith("order_"):
            order = values[values != row]
            kept[name] = order - (order > row).astype(order.dtype)
        else:
            kept[name] = np.delete(values, row, axis=0)
    return kept


def overview_without(overview: Overview, columns: Columns, customer_id: str) -> dict[str, Any]:
    """Count again what the columns tell: segments, clusters, countries, the map, scores, outliers, ranges.

    No row that a cleaning rule took of the customer is shown any longer.

    Parameters
    ----------
    overview : Overview
        As it was.
    columns : dict of str to ndarray
        From ``columns_without``.
    customer_id : str
        Who is taken out.

    Returns
    -------
    dict
        The fields of an ``Overview``.
    """
    changed = overview.as_fields()
    changed["axes"] = {axis: entry | _range(columns[axis]) for axis, entry in changed["axes"].items()}
    for kind in ("segment", "cluster"):
        changed[f"{kind}s"] = [
            entry | group_figures(columns, columns[kind] == index)
            for index, entry in enumerate(changed[f"{kind}s"])
        ]
    changed["countries"] = [
        entry | _size(columns, columns["country"] == index)
        for index, entry in enumerate(changed["countries"])
    ]
    if overview.grid:
        changed["grid"]["cells"] = _cells(overview.grid, columns)
    if overview.scoring:
        sizes = {
            axis: {score: int((columns[axis[0]] == int(score)).sum()) for score in counted}
            for axis, counted in overview.scoring.sizes.items()
        }
        changed["scoring"]["sizes"] = sizes
    for taken in changed["left_out"] or []:
        taken["first"] = [row for row in taken["first"] if row["customer"] != customer_id]
    if overview.outliers and "outlier" in columns:
        changed["outliers"] |= _size(columns, columns["outlier"])
    return changed


def clusters_without(report: dict[str, Any], row: int, cluster: int, segment: int) -> dict[str, Any]:
    """Return ``clusters.json`` without a customer of a row, cluster and segment (−1 for none)."""
    table = [list(line) for line in report["segments"]]
    table[cluster][segment] -= 1
    scattered = [each - (each > row) for each in report["scattered"] if each != row]
    return report | {"segments": table, "scattered": scattered}


def copy_lookup(source: Path, target: Path, row: int | None, customer_id: str) -> dict[str, int]:
    """Write ``lookup.sqlite`` anew without a customer, so that no byte of theirs is in the file.

    Parameters
    ----------
    source, target : Path
        ``target`` must not exist yet.
    row : int or None
        None for who has no order left and therefore no row.
    customer_id : str

    Returns
    -------
    dict
        How many rows of each table were left out.
    """
    left_out = {}
    target.touch(exist_ok=False)
    with closing(sqlite3.connect(target, isolation_level=None, uri=True)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("ATTACH ? AS old", (f"{source.absolute().as_uri()}?mode=ro&immutable=1",))
        base.execute("BEGIN")
        there = {name for (name,) in base.execute("SELECT name FROM old.sqlite_master WHERE type = 'table'")}
        if row is not None and "lines" in there:
            _define(base, row)
        if row is not None and "held_in" in there:
            _define_orders(base, row)
        for table in (table for table in COLUMNS if table in there):
            base.execute(created(table))
            theirs = _theirs(table, row)
            taken, kept = _left(table, row, theirs)
            order = ", ".join(f"was.{name}" for name in KEYS[table])
            base.execute(
                f"INSERT INTO {table} SELECT {taken} FROM old.{table} AS was {kept} ORDER BY {order}",
                {"id": customer_id},
            )
            if table in NUMBERED:
                base.execute(indexed(table))
            if theirs:
                counted = f"SELECT count(*) FROM old.{table} WHERE {theirs}"
                gone = int(base.execute(counted, {"id": customer_id}).fetchone()[0])
                if gone or "customer" in COLUMNS[table]:
                    left_out[table] = gone
        base.execute("COMMIT")
    return left_out


def _left(table: str, row: int | None, theirs: str) -> tuple[str, str]:
    """Give SQL of what is taken from a table, and of which rows are kept."""
    names, kept = ", ".join(COLUMNS[table]), f"WHERE NOT ({theirs})" if theirs else ""
    if row is None:
        return names, kept
    if table == "line_items":
        name = "CASE WHEN named_by_them(item) THEN NULL ELSE name END"
        return f"item, {name}, prices_left(item, prices)", kept
    if table == "bought":
        return "item, rows_left(customers)", "WHERE NOT bought_by_them(item)"
    if table == "held_in":
        return "product, orders_left(orders)", "WHERE orders_left(orders) IS NOT NULL"
    if "customer" in COLUMNS[table]:
        return names.replace("customer", f"customer - (customer > {row})"), kept
    return names, kept


def _define(base: sqlite3.Connection, row: int) -> None:
    """Give SQL what takes a customer out of what lines share: products and prices go that nobody else had."""
    own = base.execute("SELECT held FROM old.lines WHERE customer = ?", (row,)).fetchone()
    taken, priced = named_in(own[0]) if own else (set(), set())
    bought = {item for item, _ in priced}
    named = bought | taken
    for (held,) in base.execute("SELECT held FROM old.lines WHERE customer <> ?", (row,)):
        if not named and not priced:
            break
        others, at_prices = named_in(held)
        priced -= at_prices
        bought -= (items := {item for item, _ in at_prices})
        named -= items | others
    gone: dict[int, set[int]] = {}
    for item, place in priced:
        gone.setdefault(item, set()).add(place)

    def prices_left(item: int, prices: str) -> str:
        return prices_without(prices, gone.get(item, set()))

    base.create_function("named_by_them", 1, named.__contains__, deterministic=True)
    base.create_function("bought_by_them", 1, bought.__contains__, deterministic=True)
    base.create_function("prices_left", 2, prices_left, deterministic=True)
    base.create_function("rows_left", 1, partial(rows_without, first=row), deterministic=True)


def _define_orders(base: sqlite3.Connection, row: int) -> None:
    """Give SQL what takes a customer's orders, which stand together, out of those that hold a product."""
    before, own = base.execute(
        "SELECT count(*) FILTER (WHERE customer < ?1), count(*) FILTER (WHERE customer = ?1) "
        "FROM old.orders WHERE customer <= ?1",
        (row,),
    ).fetchone()
    without = partial(rows_without, first=before, many=own)
    base.create_function("orders_left", 1, without, deterministic=True)


def _theirs(table: str, row: int | None) -> str:
    """Give SQL that says which rows of a table are the customer's; empty where none can be."""
    if "customer_id" in COLUMNS[table]:
        return "customer_id = :id"
    return f"customer = {row}" if "customer" in COLUMNS[table] and row is not None else ""


def _range(values: npt.NDArray[Any]) -> dict[str, float]:
    return {"min": float(values.min()), "max": float(values.max()), "median": float(np.median(values))}


def _size(columns: Columns, inside: npt.NDArray[np.bool_]) -> dict[str, Any]:
    return {"customers": int(inside.sum()), "revenue": float(columns["monetary"][inside].sum())}


def _cells(grid: Grid, columns: Columns) -> list[list[Any]]:
    across = buying_score(columns["f"], columns["m"]) if grid.column == "b" else columns["f"]
    cells = []
    for cell in grid.cells:
        inside = (columns["r"] == cell.row) & (across == cell.column)
        cells.append([cell.row, cell.column, cell.segment, *_size(columns, inside).values()])
    return cells
