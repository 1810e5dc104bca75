"""What a line's money is: a column of its own, quantity × price, or a share of the order's total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.training.lines.engine import Engine
from services.training.reading.cells import decimals
from services.training.reading.columns.names import fit, words
from services.training.reading.columns.schema import Columns, Schema
from services.training.reading.settling import questions, sharing
from services.training.reading.settling.held import MOST, SEVERAL, Held, held_by
from services.training.reading.settling.rivals import pair_of, rival

_GROWS = later(
    "The column “{column}” grows with the quantity, so it is the line amount: together {sum}. If it is the "
    "price of one piece ({made}), add --columns {pair}."
)

#: Words that say that a column holds sums.
_SUMS = {
    "total",
    "totals",
    "sum",
    "gesamt",
    "gesamtbetrag",
    "summe",
    "totale",
    "totaal",
    "razem",
    "suma",
    "итого",
}


def further_numbers(columns: Columns) -> dict[str, str]:
    """Name the columns of ``raw_lines`` that hold money, discounts, totals and rivals, and their headers."""
    beside = ("discount", "order_total", "order_subtotal", "order_discount")
    named = {role: columns.names[columns.roles[role]] for role in beside if role in columns.roles}
    rivals = enumerate(columns.rivals.get("amount", []))
    return named | {rival("amount", number): columns.names[place] for number, place in rivals}


def settle_money(engine: Engine, columns: Columns, schema: Schema) -> tuple[Columns, list[str]]:
    """Decide what a line's money is, over the whole file.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are: ``amount`` becomes the line's money where a column holds it.
    columns : Columns
    schema : Schema

    Returns
    -------
    tuple of Columns and list of str
        With the role ``amount`` where a column holds the line's money, and what was decided.

    Raises
    ------
    Refusal
        A question, where the file does not tell.
    """
    roles = columns.roles
    product = {"quantity", "price"} <= set(roles)
    if "amount" in columns.given & set(roles) or "date" not in roles:
        return replace(columns, rivals={}), []
    if not columns.open:
        return _by_layout(engine, columns)
    if "amount" in roles and not product and "invoice" not in roles and not columns.rivals:
        return columns, []
    if "amount" in roles:
        places = {"amount": roles["amount"]} | {
            rival("amount", number): place for number, place in enumerate(columns.rivals.get("amount", []))
        }
        if len(places) == 1 and not product:
            _ask_of_pieces(engine, columns)
        return _of_several(engine, columns, places, product)
    if not product:
        return _of_totals(engine, columns)
    if "price" not in columns.given and columns.layout is None:
        return _of_prices(engine, columns, schema)
    return columns, []


def _by_layout(engine: Engine, columns: Columns) -> tuple[Columns, list[str]]:
    roles = columns.roles
    if "amount" in roles or "order_total" not in roles or {"quantity", "price"} <= set(roles):
        return columns, []
    sharing.share_out(engine, columns, "order_total")
    return _named(
        columns, roles["order_total"], later("the order's total, shared out among its lines").text
    ), []


def _named(columns: Columns, place: int, why: str) -> Columns:
    return replace(
        columns,
        roles={**columns.roles, "amount": place},
        reasons={**columns.reasons, "amount": why},
        rivals={},
    )


def _of_several(
    engine: Engine, columns: Columns, places: dict[str, int], product: bool
) -> tuple[Columns, list[str]]:
    held = [held_by(engine, columns, cell, product) for cell in places]
    of_orders = [each for each in held if each.is_of_orders and not each.is_made]
    of_orders = [each for each in of_orders if not _makes_up_total(engine, columns, each)]
    name = {cell: columns.names[place] for cell, place in places.items()}
    if not product:
        # a few orders whose lines cost the same are a chance, unless the name says that it is a sum
        of_orders = [each for each in of_orders if each.is_sure or _SUMS & set(words(name[each.cell]))]
        of_orders = [each for each in of_orders if each.is_sure or not _is_of_lines(each, of_orders, held)]
    of_lines = [each for each in held if each not in of_orders and each.rows]
    made = sharing.sum_of(engine, sharing.made_sql(engine, columns)) if product else None
    if not of_lines and not of_orders:
        return replace(columns, rivals={}), []
    if not of_lines:
        best = of_orders[0]
        if not best.is_sure:
            questions.ask_about_total(columns, places[best.cell], best, made)
        if made is not None:
            engine.execute("UPDATE raw_lines SET amount = NULL")
            return _made_up(columns, places[best.cell]), [questions.said(name[best.cell], best, made)]
        sharing.share_out(engine, columns, best.cell)
        why = later("one value an order: the order's total, shared out among its lines").text
        return _named(columns, places[best.cell], why), [questions.shared(name[best.cell], best)]
    fitting = [each for each in of_lines if each.is_made] or of_lines
    sums = list(dict.fromkeys(each.total for each in fitting))
    if len(sums) > 1:
        questions.ask_which(columns, {each.cell: each for each in fitting}, places, made)
    best = fitting[0]
    if best.cell != "amount":
        engine.execute(f"UPDATE raw_lines SET amount = {best.cell}")
    why = later("it is quantity × price").text if best.is_made else columns.reasons["amount"]
    chosen = _named(columns, places[best.cell], why)
    return chosen, [questions.left(name[each.cell], each, name[best.cell]) for each in of_orders]


def _is_of_lines(one: Held, of_orders: Sequence[Held], held: Sequence[Held]) -> bool:
    """Say whether what only a name calls the order's total is none, or may as well be a line's money.

    One order of several lines shows nothing, so its other columns have to be asked about; and an order has
    but one total.
    """
    others = [each for each in held if each.cell != one.cell and each.rows and each.total != one.total]
    sure = any(each.is_sure for each in of_orders if each in others)
    return sure or (one.orders == 1 and bool(others))


def _makes_up_total(engine: Engine, columns: Columns, one: Held) -> bool:
    """Say whether the order's total is at least the sum of a column over its lines: then that is no total."""
    if "order_total" not in columns.roles or (one.orders and one.summed >= MOST * one.orders):
        return False
    found = engine.execute(f"""
        SELECT count(*), count(*) FILTER (whole >= parts - 0.0051) FROM (
            SELECT sum(n_{one.cell}.value) AS parts, max(n_order_total.value) AS whole
            FROM raw_lines {decimals.joins_sql([one.cell, "order_total"])} WHERE bad IS NULL
            GROUP BY {sharing.order_key(columns)} HAVING count(*) > 1
        ) WHERE parts > 0 AND whole IS NOT NULL
    """).fetchone()
    return found is not None and found[0] > 0 and found[1] >= MOST * found[0]


def _made_up(columns: Columns, total: int) -> Columns:
    roles = {role: place for role, place in columns.roles.items() if role != "amount"}
    reasons = {role: why for role, why in columns.reasons.items() if role != "amount"}
    if "order_total" not in roles:
        roles["order_total"] = total
        reasons["order_total"] = later("one value an order").text
    return replace(columns, roles=roles, reasons=reasons, rivals={})


def _of_totals(engine: Engine, columns: Columns) -> tuple[Columns, list[str]]:
    """Take the order's total for the money where nothing else is."""
    place = columns.roles["order_total"]
    held = held_by(engine, columns, "order_total", False)
    name = columns.names[place]
    several = sharing.orders_of_several_values(engine, columns, "order_total")
    if several and not held.is_of_orders and "order_total" not in columns.given:
        line, order = (pair_of(role, columns.names, place) for role in ("amount", "order_total"))
        doubt = plural(
            "The column “{column}” holds different values on the lines of {n} order, so it may be the line "
            "amount rather than the order's total.",
            "The column “{column}” holds different values on the lines of {n} orders, so it may be the line "
            "amount rather than the order's total.",
            several,
            n=number(several),
            column=name,
        )
        ways = plural(
            "If it is the line amount, add --columns {line} (together {sum} over {n} line); if the order's "
            "total, --columns {order}.",
            "If it is the line amount, add --columns {line} (together {sum} over {n} lines); if the order's "
            "total, --columns {order}.",
            held.rows,
            n=number(held.rows),
            line=line,
            sum=number(held.total, 2),
            order=order,
        )
        raise Refusal(f"{doubt} {ways}", "columns", option="--columns", choices=(line, order))
    shared = sharing.share_out(engine, columns, "order_total")
    why = columns.reasons.get("order_total", later("the order's total").text)
    return _named(columns, place, why), [questions.shared(name, held)] if shared else []


def _thing(columns: Columns) -> str | None:
    return next((role for role in ("product", "description") if role in columns.roles), None)


def _ask_of_pieces(engine: Engine, columns: Columns) -> None:
    """Ask where what is called an amount never grows with the pieces, as the price of one does."""
    thing = _thing(columns)
    if thing is None or "quantity" not in columns.roles or "price" in columns.given:
        return
    unit, line, neither = sharing.prices_by_pieces(engine, "amount", thing)
    if unit >= SEVERAL and unit >= MOST * (unit + line + neither):
        place = columns.roles["amount"]
        pairs = (pair_of("price", columns.names, place), pair_of("amount", columns.names, place))
        raise Refusal(
            _(
                "The column “{column}” is the same however many pieces of a product a line has, as the price "
                "of one piece is. If it is that, add --columns {price}; if it is what the whole line cost, "
                "add --columns {line}.",
                column=columns.names[place],
                price=pairs[0],
                line=pairs[1],
            ),
            "columns",
            option="--columns",
            choices=pairs,
        )


def _of_prices(engine: Engine, columns: Columns, schema: Schema) -> tuple[Columns, list[str]]:
    """Find out whether a column called price is what all pieces of the line cost."""
    place = columns.roles["price"]
    name = columns.names[place]
    found = fit(name, schema.known["price"], "price")
    thing = _thing(columns)
    if found is None or not found.group or thing is None:
        return columns, []
    unit, line, neither = sharing.prices_by_pieces(engine, "price", thing)
    sure = line >= SEVERAL and line >= MOST * (unit + line + neither)
    if not line or (unit and line < unit) or line < neither:
        return columns, []
    total = sharing.sum_of(engine, "n_price.value")
    made = sharing.sum_of(engine, sharing.made_sql(engine, columns))
    pairs = (pair_of("amount", columns.names, place), pair_of("price", columns.names, place))
    if not sure:
        products = unit + line + neither
        grows = plural(
            "The column “{column}” grows with the quantity, so it is the line amount, as far as {grown} of "
            "{n} product can tell.",
            "The column “{column}” grows with the quantity, so it is the line amount, as far as {grown} of "
            "{n} products can tell.",
            products,
            n=number(products),
            column=name,
            grown=number(line),
        )
        ways = _(
            "If so, the lines are worth {sum}: add --columns {line}. If it is the price of one piece, they "
            "are worth {made}: add --columns {price}.",
            sum=number(total, 2),
            line=pairs[0],
            made=number(made, 2),
            price=pairs[1],
        )
        raise Refusal(f"{grows} {ways}", "columns", option="--columns", choices=pairs)
    engine.execute("UPDATE raw_lines SET amount = price, price = NULL")
    roles = {role: where for role, where in columns.roles.items() if role != "price"}
    changed = replace(columns, roles=roles)
    return _named(changed, place, later("it grows with the quantity: the line amount").text), [
        _GROWS(column=name, sum=number(total, 2), made=number(made, 2), pair=pairs[1])
    ]
