"""The built-in sample: an invented gift shop's ledger, for a first look without a file of one's own."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from services.core.refusals import Refusal
from services.training.sample import baskets, buyers
from services.training.sample.baskets import Lines
from services.training.sample.buyers import Orders
from services.training.sample.calendar import Calendar
from services.training.sample.draws import Draws
from services.training.sample.products import POSTAGE, Catalogue

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
FIRST_INVOICE = 700_001


def write_sample(out: Path, seed: int = 1, customers: int = 4_000) -> None:
    """Write a ledger of two years, ending on 2025-12-09, as CSV in the form of UCI's Online Retail.

    About 25,000 invoices and 250,000 lines for 4,000 customers: seasons, one-time, regular, lapsed, new and
    wholesale buyers, collections bought together, returns, guests, postage, free and doubled lines.

    Parameters
    ----------
    out : Path
        The file, replaced if there; compressed when it ends in ``.gz``.
    seed : int
        Equal seeds write equal bytes; 0 or more.
    customers : int
        How many customers buy; the rest grows with them.

    Raises
    ------
    Refusal
        If the seed is negative, or the file's folder is missing or cannot be written.
    """
    if seed < 0:
        raise Refusal("The seed must be 0 or more.", "seed")
    data = _text(Draws(seed), customers).encode()
    if out.suffix == ".gz":
        data = gzip.compress(data, compresslevel=6, mtime=0)
    try:
        out.write_bytes(data)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise Refusal(
            f"The sample cannot be written to {out}: {reason}. Choose another file.", "out"
        ) from error


def _text(draws: Draws, customers: int) -> str:
    calendar = Calendar.of_the_shop()
    catalogue = Catalogue.drawn(draws)
    sales = buyers.place_orders(draws, calendar, customers)
    goods = baskets.fill(draws, sales, catalogue)
    posted = baskets.postage(draws, sales)
    credits_, back = baskets.send_back(draws, calendar, sales, goods)

    shift = len(sales.minute)
    orders = Orders(
        *(
            np.concatenate([getattr(sales, name), getattr(credits_, name)])
            for name in ("customer", "minute", "country", "wholesale")
        )
    )
    lines = Lines(
        np.concatenate([goods.invoice, posted.invoice, back.invoice + shift]),
        *(
            np.concatenate([getattr(part, name) for part in (goods, posted, back)])
            for name in ("product", "quantity", "pence")
        ),
    )
    heads = _heads(calendar, orders, shift)
    # Invoices by time; the lines of one in a random order, as they were rung up.
    rows = np.lexsort([draws.uniform(len(lines.invoice)), lines.invoice, orders.minute[lines.invoice]])
    return _table(heads, baskets.with_slips(draws, lines.at(rows)), catalogue)


def _heads(calendar: Calendar, orders: Orders, shift: int) -> list[tuple[str, str, str]]:
    """Return each invoice's number, moment, and customer with country, as written."""
    number = np.empty(len(orders.minute), np.int64)
    number[np.argsort(orders.minute, kind="stable")] = np.arange(len(orders.minute))
    return [
        (
            f"{'C' if position >= shift else ''}{FIRST_INVOICE + count}",
            moment,
            f"{'' if customer == buyers.GUEST else buyers.FIRST_ID + customer},{buyers.COUNTRIES[country]}",
        )
        for position, (count, moment, customer, country) in enumerate(
            zip(
                number.tolist(),
                calendar.texts(orders.minute),
                orders.customer.tolist(),
                orders.country.tolist(),
                strict=True,
            )
        )
    ]


def _table(heads: list[tuple[str, str, str]], lines: Lines, catalogue: Catalogue) -> str:
    goods = [f"{code},{name}" for code, name in zip(catalogue.codes, catalogue.names, strict=True)]
    goods.append(f"{POSTAGE},Postage")  # found at baskets.POSTED, the last position
    written = [HEADER]
    for invoice, product, quantity, pence in zip(
        lines.invoice.tolist(),
        lines.product.tolist(),
        lines.quantity.tolist(),
        lines.pence.tolist(),
        strict=True,
    ):
        number, moment, buyer = heads[invoice]
        written.append(
            f"{number},{goods[product]},{quantity},{moment},{pence // 100}.{pence % 100:02d},{buyer}"
        )
    written.append("")
    return "\n".join(written)
