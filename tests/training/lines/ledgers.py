"""Small ledgers for tests: rows as dicts in, the ``read_lines`` table out."""

from datetime import datetime
from decimal import Decimal

import duckdb

from services.training.lines.cleaning import DEFAULT_RULES, clean
from services.training.lines.engine import materialise, table
from services.training.lines.kept import kept_lines
from services.training.lines.returns import matched_returns, what_is_left

COLUMNS = {
    "customer_id": "VARCHAR",
    "invoice": "VARCHAR",
    "product": "VARCHAR",
    "description": "VARCHAR",
    "country": "VARCHAR",
    "status": "VARCHAR",
    "bought_at": "TIMESTAMP",
    "quantity": "DECIMAL(18, 4)",
    "price": "DECIMAL(18, 4)",
    "amount": "DECIMAL(18, 4)",
    "unreadable": "VARCHAR",
    "overlap": "BOOLEAN",
}


def row(
    customer_id="a", invoice="1", product="P1", day="2011-03-01 10:00", quantity=1, price="2.50", **others
):
    """One line; the amount is quantity times price unless it is given."""
    quantity = None if quantity is None else Decimal(quantity)
    price = None if price is None else Decimal(price)
    amount = None if quantity is None or price is None else quantity * price
    return {
        "customer_id": customer_id,
        "invoice": invoice,
        "product": product,
        "description": None if product is None else f"Item {product}",
        "country": "France",
        "status": None,
        "bought_at": datetime.fromisoformat(day),
        "quantity": quantity,
        "price": price,
        "amount": amount,
        "unreadable": None,
        "overlap": False,
    } | others


def read_lines(rows):
    """The rows as a lazy frame, numbered from 1 in the order given; equal rows share a key."""
    return table(engine_of(rows), "read_lines")


def cleaned_and_kept(rows, rules=DEFAULT_RULES):
    """The rows with the rules that took them, and the kept lines, both stored as in a training."""
    engine = engine_of(rows)
    cleaned = materialise(engine, clean(table(engine, "read_lines"), rules), "cleaned")
    return cleaned, materialise(engine, kept_lines(cleaned), "kept")


def matched_and_left(rows, item="product"):
    """What matching returns gives of the rows: the lines that took part, and all lines with what is left."""
    engine = engine_of(rows)
    cleaned = materialise(engine, clean(table(engine, "read_lines")), "cleaned")
    matched = materialise(engine, matched_returns(cleaned, item), "matched")
    return matched, materialise(engine, what_is_left(cleaned, matched), "what_is_left")


def kept(rows):
    """The kept lines of the rows."""
    return cleaned_and_kept(rows)[1]


def engine_of(rows):
    """An engine that holds the rows as the table ``read_lines``."""
    engine = duckdb.connect(config={"threads": 1})
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    engine.execute(f"CREATE TABLE given (line BIGINT, {declared})")
    places = ", ".join(["(" + ", ".join(["?"] * (len(COLUMNS) + 1)) + ")"] * len(rows))
    values = [
        value for line, each in enumerate(rows, 1) for value in (line, *(each[name] for name in COLUMNS))
    ]
    engine.execute(f"INSERT INTO given VALUES {places}", values)
    text = ", ".join(f"coalesce({name}::VARCHAR, '-')" for name in COLUMNS)
    engine.execute(
        f"CREATE TABLE read_lines AS SELECT *, md5_number(concat_ws('|', {text})) AS row_key FROM given"
    )
    return engine
