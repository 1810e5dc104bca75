"""Sums over the lines of an order, and an order's total shared out among them."""

from __future__ import annotations

from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cells import decimals, discounts
from services.training.reading.cells.number_forms import NUMBER
from services.training.reading.columns.schema import Columns

#: SQL of quantity × price, from the numbers of both.
MADE = "(TRY_CAST(n_quantity.value AS DECIMAL(18, 6)) * TRY_CAST(n_price.value AS DECIMAL(20, 10)))"


#: Roles whose numbers ``MADE`` and ``made_sql`` name.
OF_MADE = ("quantity", "price", "discount")

_IS_SHARED = "bad IS NULL AND order_key IS NOT NULL AND of_lines > 1 AND given IS NOT NULL"
_SHARE = "concat_ws(' ', given::VARCHAR || ' of ' || whole::VARCHAR, of_currency)"


def order_key(columns: Columns) -> str:
    """Give SQL of what an order is: its number on a day, or a customer's moment where it has none."""
    if "invoice" in columns.roles:
        return "coalesce(invoice, customer || chr(31) || date) || chr(31) || coalesce(left(date, 10), '')"
    return "customer || chr(31) || date"


def differing(columns: Columns) -> str:
    """Give SQL that says whether an order's lines are of different things."""
    things = [role for role in ("product", "description") if role in columns.roles]
    if not things:
        return "false"
    return f"count(DISTINCT coalesce({', '.join(things)})) > 1"


def made_sql(engine: Engine, columns: Columns) -> str:
    """Give SQL of quantity × price less the line's discount, from the numbers of all three."""
    kind = discounts.kind_of_discount(engine, columns)
    return discounts.less_discount_sql(MADE, kind) if kind else MADE


def sum_of(engine: Engine, money: str) -> float:
    """Sum an SQL of numbers over the whole file, such as ``n_price.value``; rounded to two decimals."""
    found = engine.execute(
        f"SELECT coalesce(sum({money}), 0)::DOUBLE "
        f"FROM raw_lines {decimals.joins_sql(OF_MADE)} WHERE bad IS NULL"
    ).fetchone()
    return round(float(found[0]), 2) if found else 0.0


def orders_of_several_values(engine: Engine, columns: Columns, cell: str) -> int:
    """Count the orders in whose lines a column has several values."""
    found = engine.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM raw_lines WHERE bad IS NULL GROUP BY {order_key(columns)} "
        f"HAVING count(DISTINCT {cell}) > 1)"
    ).fetchone()
    return int(found[0]) if found else 0


def prices_by_pieces(engine: Engine, cell: str, thing: str) -> tuple[int, int, int]:
    """Compare what products cost that were bought in several quantities.

    Parameters
    ----------
    engine : Engine
    cell : str
        The column of ``raw_lines`` with the money.
    thing : str
        That which tells products apart.

    Returns
    -------
    tuple of int
        Products whose price is the same whatever the quantity, those whose price grows with it, and others.
    """
    found = engine.execute(f"""
        WITH sold AS (
            SELECT {thing} AS thing, n_quantity.value AS pieces, n_{cell}.value AS price
            FROM raw_lines {decimals.joins_sql(("quantity", cell))}
            WHERE bad IS NULL AND {thing} IS NOT NULL
        ), products AS (
            SELECT min(price) = max(price) AS of_a_piece,
                -- a price of a piece that was rounded differs by less than the cent it was rounded to
                max((price - 0.0051) / pieces) <= min((price + 0.0051) / pieces) AS of_all
            FROM sold WHERE pieces > 0 AND price > 0 GROUP BY thing HAVING count(DISTINCT pieces) > 1
        )
        SELECT count(*) FILTER (of_a_piece), count(*) FILTER (of_all AND NOT of_a_piece),
            count(*) FILTER (NOT of_all AND NOT of_a_piece)
        FROM products
    """).fetchone()
    return (int(found[0]), int(found[1]), int(found[2])) if found else (0, 0, 0)


def share_out(engine: Engine, columns: Columns, cell: str) -> bool:
    """Put each order's total into ``amount``, shared out among its lines; say whether any has several.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are, which are changed: the texts of shares are numbers, too.
    columns : Columns
    cell : str
        The column of ``raw_lines`` that holds the total, on every line of an order or on some.

    Notes
    -----
    Shares go by pieces where every line of the order has some, else each line has the same; they add up to
    the total exactly, whatever the order of the rows. An order whose total cannot be read keeps its text.
    """
    here = "(PARTITION BY order_key, bad IS NULL)"
    engine.execute(f"""
        CREATE OR REPLACE TABLE shared_lines AS
        WITH lines AS (
            SELECT raw_lines.*, {order_key(columns)} AS order_key, n_{cell}.value AS held,
                n_{cell}.currency AS of_currency, n_quantity.value AS pieces
            FROM raw_lines {decimals.joins_sql(["quantity", cell])}
        ), orders AS (
            SELECT *, count(*) OVER here AS of_lines,
                max(held) OVER here AS highest, min(held) OVER here AS lowest,
                CASE WHEN min(CASE WHEN pieces > 0 THEN 1 ELSE 0 END) OVER here = 1
                    THEN TRY_CAST(pieces AS DECIMAL(18, 3)) ELSE 1 END AS weight
            FROM lines WINDOW here AS {here}
        ), weighed AS (
            SELECT *, TRY_CAST(CASE WHEN abs(lowest) > abs(highest) THEN lowest ELSE highest END
                AS DECIMAL(18, 4)) AS whole, sum(weight) OVER {here} AS weights,
                row_number() OVER (PARTITION BY order_key, bad IS NULL ORDER BY row_key, line) AS place
            FROM orders
        ), parted AS (
            SELECT *, (whole::DOUBLE * (weight / weights)::DOUBLE)::DECIMAL(18, 4) AS part FROM weighed
        )
        SELECT *, part + CASE WHEN place = 1 THEN whole - sum(part) OVER {here} ELSE 0 END AS given
        FROM parted
    """)
    # what a share is of stands beside it, so that no cell of the file is written like it
    engine.execute(f"""
        CREATE OR REPLACE TABLE raw_lines AS
        SELECT * EXCLUDE (order_key, held, of_currency, pieces, of_lines, highest, lowest, weight, whole,
            weights, place, part, given)
            REPLACE (CASE WHEN {_IS_SHARED} THEN {_SHARE} ELSE {cell} END AS amount)
        FROM shared_lines
    """)
    engine.execute(f"""
        INSERT INTO numbers BY NAME
        SELECT {_SHARE} AS text, {engines.text(NUMBER)} AS kind, min(of_currency) AS currency,
            min(given) AS value
        FROM shared_lines WHERE {_IS_SHARED} GROUP BY ALL
    """)
    found = engine.execute(f"SELECT count(*) FROM shared_lines WHERE {_IS_SHARED}").fetchone()
    engine.execute("DROP TABLE shared_lines")
    return found != (0,)
