"""Write ``lookup.sqlite``: what varies in length by customer, and the products."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

SCHEMA = {
    "orders": (
        "customer INTEGER, bought_at TEXT, invoice TEXT, lines INTEGER, pieces REAL, amount REAL, "
        "PRIMARY KEY (customer, bought_at, invoice)"
    ),
    "favourites": (
        "customer INTEGER, place INTEGER, product TEXT, orders INTEGER, pieces REAL, amount REAL, "
        "PRIMARY KEY (customer, place)"
    ),
    "products": (
        "product TEXT PRIMARY KEY, description TEXT, orders INTEGER, pieces REAL, amount REAL, price REAL, "
        "sold INTEGER"
    ),
    "buyers": "product TEXT, customer INTEGER, PRIMARY KEY (product, customer)",
    "first_bought": "product TEXT, customer INTEGER, PRIMARY KEY (product, customer)",
    "returns": (
        "customer INTEGER, returned_at TEXT, invoice TEXT, lines INTEGER, pieces REAL, amount REAL, "
        "taken REAL, PRIMARY KEY (customer, returned_at, invoice)"
    ),
    "returned_all": "customer_id TEXT PRIMARY KEY, orders INTEGER, amount REAL, last_return TEXT",
    "lines": "customer INTEGER PRIMARY KEY, held BLOB",
    "line_items": "item INTEGER PRIMARY KEY, name TEXT, prices TEXT",
    "bought": "item INTEGER PRIMARY KEY, customers BLOB",
    "held_in": "product TEXT PRIMARY KEY, orders BLOB",
}
COLUMNS = {
    "orders": ("customer", "bought_at", "invoice", "lines", "pieces", "amount"),
    "favourites": ("customer", "place", "product", "orders", "pieces", "amount"),
    "products": ("product", "description", "orders", "pieces", "amount", "price", "sold"),
    "buyers": ("product", "customer"),
    "first_bought": ("product", "customer"),
    "returns": ("customer", "returned_at", "invoice", "lines", "pieces", "amount", "taken"),
    "returned_all": ("customer_id", "orders", "amount", "last_return"),
    "lines": ("customer", "held"),
    "line_items": ("item", "name", "prices"),
    "bought": ("item", "customers"),
    "held_in": ("product", "orders"),
}
KEYS = {
    "orders": ["customer", "bought_at", "invoice"],
    "favourites": ["customer", "place"],
    "products": ["product"],
    "buyers": ["product", "customer"],
    "first_bought": ["product", "customer"],
    "returns": ["customer", "returned_at", "invoice"],
    "returned_all": ["customer_id"],
    "lines": ["customer"],
    "line_items": ["item"],
    "bought": ["item"],
    "held_in": ["product"],
}
NUMBERED = frozenset({"orders", "returns"})
"""Tables whose rows are also looked up by number, in any case; releases made before lack the index."""
PACKED = frozenset({"lines", "bought", "held_in"})
"""Tables whose rows are a key and a packed text."""
ANY_PRODUCT = ""
"""In ``held_in``: the orders that hold any product. No product has such a code."""
LATER = frozenset(
    {"buyers", "first_bought", "returns", "returned_all", "lines", "line_items", "bought", "held_in"}
)
"""Tables that releases made before they were thought of lack."""


def write_lookup(
    path: Path,
    orders: pd.DataFrame | None = None,
    favourites: pd.DataFrame | None = None,
    products: pd.DataFrame | None = None,
    buyers: pd.DataFrame | None = None,
    returns: pd.DataFrame | None = None,
    returned_all: pd.DataFrame | None = None,
    first_bought: pd.DataFrame | None = None,
    lines: pd.DataFrame | None = None,
    line_items: pd.DataFrame | None = None,
    bought: pd.DataFrame | None = None,
    held_in: pd.DataFrame | None = None,
) -> None:
    """Write the look-up tables into a new SQLite file.

    Parameters
    ----------
    path : Path
        Must not exist yet.
    orders : DataFrame, shape (n_orders, >=6), optional
        ``customer`` (row number), ``bought_at`` (datetime64 or ISO text), ``invoice``, ``lines``, ``pieces``,
        ``amount`` (shop currency).
    favourites : DataFrame, shape (n, >=6), optional
        ``customer``, ``place`` (1 is the first), ``product``, ``orders``, ``pieces``, ``amount``.
    products : DataFrame, shape (n_products, >=7), optional
        ``product``, ``description``, ``orders``, ``pieces``, ``amount``, ``price`` (median),
        ``sold`` (0 or 1).
    buyers : DataFrame, shape (n, >=2), optional
        ``product`` and ``customer``, once for everybody who bought it, of the products in rules.
    returns : DataFrame, shape (n, >=7), optional
        ``customer``, ``returned_at``, ``invoice``, ``lines``, ``pieces``, ``amount`` as the file has it and
        positive, ``taken``: what of it went off the orders, missing where returns are ignored.
    returned_all : DataFrame, shape (n, >=4), optional
        Customers of whose orders nothing is left, and who therefore have no row: ``customer_id``, ``orders``
        and ``amount`` that were bought and returned, ``last_return``.
    first_bought : DataFrame, shape (n, >=2), optional
        ``product`` and ``customer``: what first orders held, of the products in ``overview.newcomers``.
    lines : DataFrame, shape (n_customers, >=2), optional
        ``customer`` and ``held``, bytes of ``services.releases.lines.pack``.
    line_items : DataFrame, shape (n, >=3), optional
        ``item`` (the most often bought is 0), ``name``, missing for lines without a product, and ``prices``,
        numbers as JSON.
    bought : DataFrame, shape (n, >=2), optional
        ``item`` and ``customers``, bytes of ``services.releases.lines.pack_rows``: whose orders hold it.
    held_in : DataFrame, shape (n, >=2), optional
        ``product`` and ``orders``, bytes of ``services.releases.lines.pack_rows``: the orders that hold it,
        by their places in ``orders`` in the order of its key. ``ANY_PRODUCT`` is one of them.

    Raises
    ------
    FileExistsError
        If ``path`` exists.
    sqlite3.IntegrityError
        If a key stands twice.

    Notes
    -----
    A table left out is there, but empty. Rows are inserted in the order of their keys, so the same rows make
    the same file whatever order they came in, and SQLite appends instead of splitting pages.
    """
    path.touch(exist_ok=False)
    frames = {
        "orders": orders,
        "favourites": favourites,
        "products": products,
        "buyers": buyers,
        "first_bought": first_bought,
        "returns": returns,
        "returned_all": returned_all,
        "lines": lines,
        "line_items": line_items,
        "bought": bought,
        "held_in": held_in,
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")  # the release is not visible before it is complete
        base.execute("PRAGMA synchronous = OFF")  # the writer syncs every file at the end
        base.execute("BEGIN")
        for table, frame in frames.items():
            base.execute(created(table))
            if frame is not None:
                marks = ", ".join("?" * len(COLUMNS[table]))
                base.executemany(f"INSERT INTO {table} VALUES ({marks})", _rows(table, frame))
            if table in NUMBERED:
                base.execute(indexed(table))
        base.execute("COMMIT")


def created(table: str) -> str:
    """Give the SQL that makes a look-up table."""
    # without a rowid, SQLite keeps a quarter of a page of a packed text at most, and half a page for its rest
    kind = "" if table in PACKED else " WITHOUT ROWID"
    return f"CREATE TABLE {table} ({SCHEMA[table]}){kind}"


def indexed(table: str) -> str:
    """Give the SQL that makes the index of a table's numbers, when its rows are there."""
    return f"CREATE INDEX {table}_by_invoice ON {table} (invoice COLLATE NOCASE)"


def has_returned_all(path: Path, customer_id: str) -> bool:
    """Say whether a release's look-up tables name a customer of whose orders nothing is left."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        there = base.execute("SELECT 1 FROM sqlite_master WHERE name = 'returned_all'").fetchone()
        asked = "SELECT 1 FROM returned_all WHERE customer_id = ?"
        return there is not None and base.execute(asked, (customer_id,)).fetchone() is not None


def returned_all(path: Path) -> list[str]:
    """Return all customers of a release's look-up tables of whose orders nothing is left."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        there = base.execute("SELECT 1 FROM sqlite_master WHERE name = 'returned_all'").fetchone()
        return [row[0] for row in base.execute("SELECT customer_id FROM returned_all")] if there else []


def _rows(table: str, frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    ordered = frame.sort_values(KEYS[table], kind="stable")
    return zip(*(_values(ordered[name]) for name in COLUMNS[table]), strict=True)


def _values(column: pd.Series) -> list[object]:
    if column.dtype.kind == "M":
        seconds = column.to_numpy().astype("datetime64[s]")
        return list(np.datetime_as_string(seconds).tolist())
    return list(column.tolist())
