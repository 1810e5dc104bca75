"""What is said and asked of a line's money."""

from __future__ import annotations

from services.core.refusals import Refusal
from services.core.text.shell import Pair
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.held import Held
from services.training.reading.settling.rivals import called, pair_of

MADE = "quantity × price"


def _why(held: Held) -> str:
    return (
        "is filled on only one line of each order"
        if held.once > held.repeated
        else "repeats one value on every line of an order"
    )


def said(name: str, held: Held, made: str) -> str:
    """Say that a column is the order's total and quantity × price the line's money."""
    return (
        f"The column “{name}” {_why(held)}, so it is the order's total. {MADE} was used as the line "
        f"amount: {made} in all. "
        f"If “{name}” is the line amount, add --columns {pair_of('amount', [name], 0)} ({held.total} over "
        f"{held.rows:,} lines)."
    )


def shared(name: str, held: Held) -> str:
    """Say that a column is the order's total and what was done with it."""
    return (
        f"The column “{name}” {_why(held)}, so it is the order's total: it is counted once an order and "
        f"shared out among its lines. If it is the line amount, add --columns {pair_of('amount', [name], 0)} "
        f"({held.total} over {held.rows:,} lines)."
    )


def left(name: str, held: Held, taken: str) -> str:
    """Say that a column is the order's total and another one the line's money."""
    return f"The column “{name}” {_why(held)}, so it is the order's total; the line amount is “{taken}”."


def ask_about_total(columns: Columns, place: int, held: Held, made: str | None) -> None:
    """Ask whether a column is the order's total.

    Raises
    ------
    Refusal
    """
    name = columns.names[place]
    line = pair_of("amount", columns.names, place)
    order = pair_of("order_total", columns.names, place) if made is None else Pair("amount=-")
    other = (
        f"the line amount is then {MADE}, {made} in all"
        if made is not None
        else "it is then counted once an order"
    )
    orders = "the only order" if held.orders == 1 else f"the {held.orders} orders"
    raise Refusal(
        f"The column “{name}” {_why(held)} in {orders} of several lines, so it may be the order's total: "
        f"{other}; add "
        f"--columns {order}. If “{name}” is the line amount ({held.total} over {held.rows:,} lines), add "
        f"--columns {line}.",
        "columns",
        option="--columns",
        choices=(order, line),
    )


def ask_which(columns: Columns, held: dict[str, Held], places: dict[str, int], made: str | None) -> None:
    """Ask which of several columns is a line's money.

    Raises
    ------
    Refusal
    """
    pairs = [pair_of("amount", columns.names, places[cell]) for cell in held]
    told = [
        f"{called(columns.names, places[cell], each.example)} comes to {each.total}"
        for cell, each in held.items()
    ]
    if made is not None:
        told.append(f"{MADE} to {made}")
        pairs.append(Pair("amount=-"))
    raise Refusal(
        f"{len(held)} columns may be the line amount: {', '.join(told[:-1])} and {told[-1]}. Say which it "
        f"is: {' or '.join(f'--columns {pair}' for pair in pairs)}.",
        "columns",
        option="--columns",
        choices=tuple(pairs),
    )
