"""A small shop's releases, one for each way a page of a customer can differ."""

from __future__ import annotations

import csv
import fcntl
import os
import random
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from services.releases import read_current, set_current
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.run import train

HEADER = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
WITHOUT_PRODUCTS = ("InvoiceNo", "InvoiceDate", "Amount", "CustomerID")
AS_OF = datetime(2024, 12, 31, 12, 0)
AWKWARD = {0: "00123", 1: "A/1 & B", 2: "<b>é</b>", 3: "=1+1", 4: "' OR 1=1"}


def identifier(number: int) -> str:
    """Name customer ``number``; the first five have ids that break careless programs."""
    return AWKWARD.get(number, f"{12_000 + number}")


def purchases(customers: int = 40) -> list[tuple[str, str, datetime, list[tuple[str, int, float]]]]:
    """List customer, invoice, moment and lines (product, pieces, price), the same at every call.

    Every third customer orders nine times, every third four times, every third once, long ago.
    """
    drawn = random.Random(11)
    made = []
    for number in range(customers):
        orders, first = ((9, 200), (4, 300), (1, 340))[number % 3]
        days = (
            sorted(drawn.sample(range(first), orders), reverse=True) if orders > 1 else [first + number % 7]
        )
        for order, ago in enumerate(days):
            moment = AS_OF - timedelta(days=ago + 1, hours=order)
            lines = [
                (f"P{product}", drawn.randint(1, 9), drawn.randint(100, 900) / 100)
                for product in drawn.sample(range(6), 3)
            ]
            made.append((identifier(number), f"{number:03}{order:02}", moment, lines))
    return made


@cache
def shop(preset: str = "standard", customers: int = 40, products: bool = True) -> Loaded:
    """Return the shop's release, which is trained once a run.

    Parameters
    ----------
    preset : str
    customers : int
    products : bool
        False: the file has one line an invoice and names neither products nor countries.
    """
    header, rows = _rows(customers) if products else _bare_rows(customers)
    return _trained(header, rows, TrainOptions(preset=preset, as_of=AS_OF, k=min(3, customers)))


@cache
def returning_shop(returns: str = "match") -> Loaded:
    """Train on the shop's purchases and three returns.

    ``12005`` sends its one order back; ``12006`` all of a line of its last order but one piece, and later a
    thing that was never bought. What they bought stands in ``purchases``.
    """
    header, rows = _rows(40)
    everything = [row for row in rows if row[6] == "12005"]
    last = [row for row in rows if row[6] == "12006" and row[3] > 1][-1]
    back = [("R1", *row[1:3], -row[3], "2024-12-29 10:00:00", *row[5:]) for row in everything]
    back.append(("R2", *last[1:3], 1 - last[3], "2024-12-31 09:00:00", *last[5:]))
    back.append(("R3", "P99", "Thing P99", -2, "2024-12-31 10:00:00", "1.50", *last[6:]))
    return _trained(header, [*rows, *back], TrainOptions(as_of=AS_OF, k=3, returns=returns))


@cache
def table_shop() -> Loaded:
    """Train from a table with a row a customer, which has no orders."""
    header = ("CustomerID", "DaySinceLastOrder", "OrderCount", "CashbackAmount")
    drawn = random.Random(5)
    rows = [
        (
            identifier(number),
            days + drawn.randint(0, 4),
            orders,
            f"{spend + drawn.randint(0, 4000) / 100:.2f}",
        )
        for number in range(60)
        for days, orders, spend in [((2, 12, 300), (15, 4, 150), (40, 1, 100))[number % 3]]
    ]
    options = TrainOptions(preset="six-persona", as_of=AS_OF, k=3)
    return _trained(header, rows, options)


def _rows(customers: int) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    return HEADER, [
        (
            invoice,
            product,
            f"Thing {product}",
            pieces,
            f"{moment:%Y-%m-%d %H:%M:%S}",
            f"{price:.2f}",
            customer,
            "France",
        )
        for customer, invoice, moment, lines in purchases(customers)
        for product, pieces, price in lines
    ]


def _bare_rows(customers: int) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    return WITHOUT_PRODUCTS, [
        (invoice, f"{moment:%Y-%m-%d}", f"{sum(n * price for _, n, price in lines):.2f}", customer)
        for customer, invoice, moment, lines in purchases(customers)
    ]


def _trained(header: tuple[str, ...], rows: list[tuple[object, ...]], options: TrainOptions) -> Loaded:
    """Train once a run, whichever worker asks first; the release is active, and only to be read."""
    made_of = repr((header, rows, options)).encode()
    folder = Path(os.environ["TESTS_RUN_DIR"], f"shop-{sha256(made_of).hexdigest()[:16]}")
    folder.mkdir(exist_ok=True)
    models = folder / "models"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (models / "CURRENT").exists():
            file = folder / "shop.csv"
            with file.open("w", newline="", encoding="utf-8") as written:
                csv.writer(written).writerows([header, *rows])
            set_current(models, train(file, models, options).id)
    return Loaded(models, read_current(models))
