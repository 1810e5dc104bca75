"""Orders' discounts, subtotals and totals held against their lines; what is off the whole order is spread."""

from __future__ import annotations

from typing import Literal

from services.core.refusals import Refusal
from services.training.lines.engine import Engine
from services.training.reading.cells import decimals, discounts
from services.training.reading.columns.names import words
from services.training.reading.columns.schema import Columns
from services.training.reading.settling import sharing, sums_said
from services.training.reading.settling.held import MOST
from services.training.reading.settling.rivals import pair_of
from services.training.reading.settling.sums_said import Differing, Off

#: Columns of ``raw_lines`` with money of orders, or off lines.
_CELLS = ("order_total", "amount", "order_subtotal", "order_discount", "discount")
_OF_ORDERS = {"order_total", "order_subtotal", "order_discount"}
_NEAR = "<= 0.0051"
_SUBTOTAL = {"subtotal", "sub", "zwischensumme", "subtotale", "subtotaal"}

#: SQL of an order's one value, and whether its discount is off its lines.
_ONE = "CASE WHEN count(DISTINCT nullif({0}, 0)) <= 1 THEN coalesce(max(nullif({0}, 0)), max({0})) END AS {0}"
_AFTER = f"off > 0 AND off <= cost AND abs(cost - off - subtotal) {_NEAR}"
_BEFORE = f"off > 0 AND off <= cost AND abs(cost - subtotal) {_NEAR}"
_TOTAL = f"off > 0 AND off <= cost AND subtotal IS NULL AND abs(cost - off - total) {_NEAR}"


def keep(engine: Engine, columns: Columns) -> None:
    """Make ``order_sums`` of ``raw_lines`` and ``numbers``: each line's order, and the order's sums."""
    if not _has_sums(columns):
        return
    off = "n_discount.value"
    if "discount" in columns.roles and discounts.are_shares(columns):
        kind = discounts.kind_of_discount(engine, columns) or discounts.POINTS
        money = f"abs(coalesce({sharing.MADE}, n_amount.value))"
        off = f"({money}::DOUBLE * {discounts.share_sql(kind)}::DOUBLE)::DECIMAL(18, 4)"
    values = {cell: f"n_{cell}.value" for cell in _CELLS} | {"discount": off}
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE order_sums AS SELECT line, {sharing.order_key(columns)} AS order_key, "
        f"{', '.join(f'{value} AS {_kept(cell)}' for cell, value in values.items())} "
        f"FROM raw_lines {decimals.joins_sql([*_CELLS, 'quantity', 'price'])} WHERE bad IS NULL"
    )


def settle(engine: Engine, before: Columns, columns: Columns) -> list[str]:
    """Take discounts off the lines of ``read_lines`` where the sums show that they are in full.

    Parameters
    ----------
    engine : Engine
        Where ``read_lines`` is, which is changed, and ``order_sums``, which is dropped.
    before, columns : Columns
        Before and after the money was settled.

    Returns
    -------
    list of str
        What was taken off, and which sums do not agree.

    Raises
    ------
    Refusal
        A question, where the money of lines may be before or after their discounts.
    """
    if not _has_sums(before):
        return []
    said = _off_lines(engine, columns) if {"amount", "discount"} <= set(columns.roles) else []
    if "invoice" in columns.roles and _OF_ORDERS & set(columns.roles):
        said += _of_orders(engine, before, columns)
    engine.execute("DROP TABLE order_sums")
    return said


def _has_sums(columns: Columns) -> bool:
    # where a layout finds several lines in a row, nothing tells them apart
    several = columns.layout is not None and columns.layout.items is not None
    return not several and bool(({"discount"} | _OF_ORDERS) & set(columns.roles))


def _off_lines(engine: Engine, columns: Columns) -> list[str]:
    all_lines = "(SELECT sum(amount) FROM read_lines WHERE unreadable IS NULL)"
    row = engine.execute(f"""
        SELECT count(*), count(*) FILTER (abs(made - amount) {_NEAR}),
            count(*) FILTER (abs(made - off - amount) {_NEAR}), count(made), coalesce(max(off), 0) > 1,
            {_sum("sum(off)")}, {_sum(all_lines)}, {_sum(f"{all_lines} - sum(off)")}
        FROM (
            SELECT read_lines.amount, quantity * price::DECIMAL(18, 4) AS made, abs(discount) AS off
            FROM read_lines JOIN order_sums USING (line)
            WHERE unreadable IS NULL AND coalesce(discount, 0) <> 0
        )
    """).fetchone()
    rows, full, reduced, known, is_money, off, whole, less = row or (0, 0, 0, 0, False, 0.0, 0.0, 0.0)
    given = "discount" in columns.given
    is_money = is_money or given or discounts.are_shares(columns)
    if not rows or not is_money or (reduced >= MOST * rows and not given):
        return []
    amount, discount = (columns.names[columns.roles[role]] for role in ("amount", "discount"))
    pair = pair_of("discount", columns.names, columns.roles["discount"])
    found = Off(discount, amount, rows, off, whole, less)
    if full < MOST * rows and not given:
        asked = not columns.open or bool(known)
        told = sums_said.in_doubt(found, pair, asked=asked)
        if not asked:
            return [told]
        raise Refusal(told, "columns", option="--columns", choices=("discount=-", pair))
    engine.execute("""
        UPDATE read_lines SET amount = CASE WHEN abs(discount) <= abs(read_lines.amount)
                THEN read_lines.amount - sign(read_lines.amount)::INT * abs(discount)::DECIMAL(18, 4) END,
            unreadable = CASE WHEN abs(discount) > abs(read_lines.amount)
                THEN 'discount is more than the line costs' END
        FROM order_sums
        WHERE order_sums.line = read_lines.line AND unreadable IS NULL AND coalesce(discount, 0) <> 0
    """)
    return [sums_said.taken_off(found, made=not given)]


def _of_orders(engine: Engine, before: Columns, columns: Columns) -> list[str]:
    roles = columns.roles
    names = {role: columns.names[roles[role]] for role in _CELLS if role in roles}
    total = "order_total" if "order_total" in before.roles else _kept("amount")
    subtotal = "order_subtotal"
    if "order_total" in names and subtotal not in names and _SUBTOTAL & set(words(names["order_total"])):
        names[subtotal], subtotal = names.pop("order_total"), total
    of_total = total if "order_total" in names else "NULL"
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE orders_held AS
        WITH lines AS (
            SELECT order_key, invoice, read_lines.amount AS money, unreadable,
                {of_total}::DECIMAL(18, 4) AS total, {subtotal}::DECIMAL(18, 4) AS subtotal,
                abs(order_discount)::DECIMAL(18, 4) AS off
            FROM order_sums JOIN read_lines USING (line)
        )
        SELECT order_key, min(invoice) AS invoice, sum(money) AS cost, {_ONE.format("total")},
            {_ONE.format("subtotal")}, {_ONE.format("off")}
        FROM lines GROUP BY order_key HAVING bool_and(unreadable IS NULL AND money >= 0)
    """)
    said = _spread(engine, columns, names) if "order_discount" in names else []
    of_lines = _of_lines(engine, columns, subtotal) if {"order_subtotal", "amount"} <= set(names) else None
    if of_lines is not None:
        said += of_lines
    elif "order_subtotal" in names:
        said += _disagreeing(engine, names["order_subtotal"], "subtotal", "<>")
    if "order_total" in names and not said:
        said += _disagreeing(engine, names["order_total"], "total", "<")
    engine.execute("DROP TABLE orders_held")
    return said


def _of_lines(engine: Engine, columns: Columns, subtotal: str) -> list[str] | None:
    """Say that subtotals of lines are another money than what was taken; None where they are of orders."""
    lines = (
        f"(SELECT *, {subtotal} AS part FROM order_sums JOIN read_lines USING (line) "
        "WHERE unreadable IS NULL)"
    )
    row = engine.execute(
        f"SELECT count(*) FILTER (abs(part - amount) > 0.0051), {_sum('sum(part)')}, "
        f"{_sum('sum(amount)')}, (SELECT count(*) FROM (SELECT 1 FROM {lines} GROUP BY order_key "
        f"HAVING min(nullif(part, 0)) <> max(part) AND count(part) = count(*))) FROM {lines}"
    ).fetchone()
    rows, parts, money, several = row or (0, 0.0, 0.0, 0)
    if not several:
        return None
    if not rows:
        return []
    place = columns.roles["order_subtotal"]
    name, taken = columns.names[place], columns.names[columns.roles["amount"]]
    pair = pair_of("amount", columns.names, place)
    return [sums_said.other_money(taken, money, name, parts, rows, pair)]


def _spread(engine: Engine, columns: Columns, names: dict[str, str]) -> list[str]:
    """Spread what is off an order over its lines by their money, to the cent, by largest remainder."""
    after, full, exact, below = engine.execute(
        f"SELECT count(*) FILTER ({_AFTER}), count(*) FILTER ({_BEFORE}), "
        f"count(*) FILTER (off > 0 AND abs(cost - off - total) {_NEAR}), "
        "count(*) FILTER (off > 0 AND total < cost - off - 0.0051) FROM orders_held"
    ).fetchone() or (0, 0, 0, 0)
    test = f"(({_AFTER}) OR ({_TOTAL}))"
    if columns.open and full and not after and exact and not below:
        test = f"(({_BEFORE}) OR ({_TOTAL}))"
    if "order_discount" in columns.given:
        test = "(off > 0 AND off <= cost)"
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE spread_lines AS
        WITH shared AS (
            SELECT line, row_key, order_key, amount, off, cost,
                CASE WHEN min(CASE WHEN amount = round(amount, 2) AND off = round(off, 2) THEN 1 ELSE 0 END)
                    OVER (PARTITION BY order_key) = 1 THEN 100 ELSE 1 END AS unit
            FROM orders_held JOIN (SELECT line, order_key FROM order_sums) USING (order_key)
                JOIN read_lines USING (line)
            WHERE {test}
        ), units AS (
            SELECT *, (off * 10000)::HUGEINT // unit AS pieces, (amount * 10000)::HUGEINT AS share,
                (cost * 10000)::HUGEINT AS whole FROM shared
        ), parted AS (
            SELECT *, pieces * share // whole AS part, pieces * share % whole AS remainder FROM units
        ), ranked AS (
            SELECT *, pieces - sum(part) OVER (PARTITION BY order_key) AS left_over, row_number() OVER (
                PARTITION BY order_key ORDER BY remainder DESC, share DESC, row_key, line) AS place
            FROM parted
        )
        SELECT line, ((part + CASE WHEN place <= left_over THEN 1 ELSE 0 END) * unit)::DECIMAL(18, 4) / 10000
            AS part FROM ranked
    """)
    engine.execute(
        "UPDATE read_lines SET amount = (amount - part)::DECIMAL(18, 4) FROM spread_lines "
        "WHERE spread_lines.line = read_lines.line"
    )
    engine.execute("DROP TABLE spread_lines")
    done, off, left, left_off = engine.execute(
        f"SELECT count(*) FILTER (taken), {_sum('sum(off) FILTER (taken)')}, "
        f"count(*) FILTER (NOT taken AND open), {_sum('sum(off) FILTER (NOT taken AND open)')} "
        f"FROM (SELECT *, coalesce({test}, false) AS taken, "
        f"off > 0 AND coalesce(abs(cost - subtotal) > 0.0051, true) AS open FROM orders_held)"
    ).fetchone() or (0, 0.0, 0, 0.0)
    # subtotals before the discount go on being compared with the lines before it
    engine.execute(
        f"UPDATE orders_held SET cost = cost - off, "
        f"subtotal = CASE WHEN {_BEFORE} THEN subtotal - off ELSE subtotal END WHERE {test}"
    )
    name = names["order_discount"]
    said = []
    if done:
        said.append(sums_said.spread(name, off, done))
    if left:
        pair = pair_of("order_discount", columns.names, columns.roles["order_discount"])
        said.append(sums_said.not_spread(name, left_off, left, pair))
    return said


def _disagreeing(engine: Engine, name: str, sum_: Literal["subtotal", "total"], test: str) -> list[str]:
    differs = f"abs(cost - {sum_}) > 0.0051 AND {sum_} {test} cost"
    orders, differing, sums, costs, example = engine.execute(
        f"SELECT count(*), count(*) FILTER ({differs}), {_sum(f'sum({sum_})')}, {_sum('sum(cost)')}, "
        f"min(invoice) FILTER ({differs}) FROM orders_held WHERE {sum_} IS NOT NULL"
    ).fetchone() or (0, 0, 0.0, 0.0, "")
    if not differing:
        return []
    found = Differing(name, sums, costs, orders, differing, example)
    return [sums_said.of_subtotals(found) if sum_ == "subtotal" else sums_said.of_totals(found)]


def _kept(cell: str) -> str:
    return "held" if cell == "amount" else cell


def _sum(money: str) -> str:
    return f"coalesce({money}, 0)::DOUBLE"
