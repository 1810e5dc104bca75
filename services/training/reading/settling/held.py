"""What a column of money holds, over the whole file: the order's total, or a line's money."""

from __future__ import annotations

from dataclasses import dataclass

from services.training.lines.engine import Engine
from services.training.reading.cells import decimals
from services.training.reading.columns.schema import Columns
from services.training.reading.settling import sharing

#: Share of the orders, or rows, that must agree.
MOST = 0.95
#: Orders of several lines that show by themselves that one value is the order's.
SEVERAL = 3


@dataclass(frozen=True)
class Held:
    """What a column of money holds, over the whole file.

    Attributes
    ----------
    cell : str
        Its name in ``raw_lines``.
    total : float
        Its sum, rounded to two decimals.
    rows : int
        Rows in which it is filled.
    orders : int
        Orders of lines that are unlike, or in which it is left out on some.
    repeated, once, summed : int
        Those of them in which it has one value on every line, on one line alone, and in which that value is
        the sum of quantity × price.
    made, compared : int
        Rows of such orders (of all orders where there are none) in which it is quantity × price, and in
        which it could be.
    example : str
        A text that stands in it.
    """

    cell: str
    total: float
    rows: int
    orders: int
    repeated: int
    once: int
    summed: int
    made: int
    compared: int
    example: str = ""

    @property
    def is_of_orders(self) -> bool:
        """Whether it holds the order's total rather than the line's money."""
        return self.orders > 0 and self.repeated + self.once >= MOST * self.orders

    @property
    def is_sure(self) -> bool:
        """Whether that shows in more than a chance."""
        alone = self.once > 0 and self.compared > 0
        return alone or self.summed >= MOST * self.orders or self.orders >= SEVERAL

    @property
    def is_made(self) -> bool:
        """Whether it is quantity × price."""
        return self.compared > 0 and self.made >= MOST * self.compared


def held_by(engine: Engine, columns: Columns, cell: str, product: bool) -> Held:
    """Look through a column of ``raw_lines``; ``product`` says whether there is a quantity and a price."""
    made = sharing.made_sql(engine, columns) if product else "NULL::DECIMAL(18, 4)"
    full = sharing.MADE if product else "NULL::DECIMAL(18, 4)"
    differ = sharing.differing(columns)
    if product:
        # lines of two things that cost the same tell, too, where they hold what is no line's money
        other = "count(*) FILTER (least(abs(held - made), abs(held - in_full)) > 0.0051) > 0"
        differ = f"(count(DISTINCT made) > 1 OR ({differ} AND {other}))"
    row = engine.execute(f"""
        WITH lines AS (
            SELECT raw_lines.*, n_{cell}.value AS held, {made} AS made, {full} AS in_full,
                {sharing.order_key(columns)} AS order_key
            FROM raw_lines {decimals.joins_sql([*sharing.OF_MADE, cell])} WHERE bad IS NULL
        ), orders AS (
            SELECT min({cell}) AS example, count(*) > 1 AND ({differ} OR count({cell}) < count(*)) AS unlike,
                count(*) AS lines, count({cell}) AS filled, count(held) AS known,
                count(nullif(held, 0)) AS nonzero,
                min(held) AS least, max(held) AS most, sum(held) AS held,
                sum(made) AS made, sum(in_full) AS in_full,
                count(*) FILTER (least(abs(held - made), abs(held - in_full)) <= 0.0051) AS equal,
                count(*) FILTER (held + made IS NOT NULL) AS compared
            FROM lines GROUP BY order_key
        )
        SELECT coalesce(sum(held), 0)::DOUBLE, coalesce(sum(filled), 0),
            count(*) FILTER (unlike),
            count(*) FILTER (unlike AND known = lines AND least = most AND nonzero > 0),
            count(*) FILTER (unlike AND nonzero = 1 AND (filled = 1 OR least = 0 OR most = 0)),
            count(*) FILTER (unlike AND (least = most OR nonzero = 1)
                AND least(abs(CASE WHEN nonzero = 1 THEN held ELSE most END - made),
                    abs(CASE WHEN nonzero = 1 THEN held ELSE most END - in_full)) <= 0.0051 * lines),
            coalesce(sum(equal) FILTER (unlike), 0), coalesce(sum(compared) FILTER (unlike), 0),
            coalesce(sum(equal), 0), coalesce(sum(compared), 0), coalesce(min(example), '')
        FROM orders
    """).fetchone()
    if row is None:
        raise RuntimeError("an aggregate without a row")
    total, rows, orders, repeated, once, summed, equal, compared, all_equal, all_compared, example = row
    if not orders:
        equal, compared = all_equal, all_compared
    return Held(cell, round(total, 2), rows, orders, repeated, once, summed, equal, compared, example)
