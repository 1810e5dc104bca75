"""What is said and asked of a line's money."""

from __future__ import annotations

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.shell import Pair
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.held import Held
from services.training.reading.settling.rivals import called, pair_of, say_which

#: Where the total is filled on one line alone, and where it repeats on every line.
_SAID = (
    later("The column “{column}” is filled on only one line of each order, so it is the order's total."),
    later("The column “{column}” repeats one value on every line of an order, so it is the order's total."),
)
_SHARED = (
    later(
        "The column “{column}” is filled on only one line of each order, so it is the order's total: it is "
        "counted once an order and shared out among its lines."
    ),
    later(
        "The column “{column}” repeats one value on every line of an order, so it is the order's total: it "
        "is counted once an order and shared out among its lines."
    ),
)
_LEFT = (
    later(
        "The column “{column}” is filled on only one line of each order, so it is the order's total; the "
        "line amount is “{other}”."
    ),
    later(
        "The column “{column}” repeats one value on every line of an order, so it is the order's total; the "
        "line amount is “{other}”."
    ),
)
_ASKED_OF_ONE = (
    later(
        "The column “{column}” is filled on only one line in the only order of several lines, so it may be "
        "the order's total."
    ),
    later(
        "The column “{column}” repeats one value on every line in the only order of several lines, so it may "
        "be the order's total."
    ),
)


def said(name: str, held: Held, made: float) -> str:
    """Say that a column is the order's total and quantity × price the line's money."""
    told = _("quantity × price was used as the line amount: {sum} in all.", sum=number(made, 2))
    line = plural(
        "If “{column}” is the line amount, add --columns {pair} ({sum} over {n} line).",
        "If “{column}” is the line amount, add --columns {pair} ({sum} over {n} lines).",
        held.rows,
        n=number(held.rows),
        column=name,
        pair=pair_of("amount", [name], 0),
        sum=number(held.total, 2),
    )
    return f"{_of(_SAID, held)(column=name)} {told} {line}"


def shared(name: str, held: Held) -> str:
    """Say that a column is the order's total and what was done with it."""
    line = plural(
        "If it is the line amount, add --columns {pair} ({sum} over {n} line).",
        "If it is the line amount, add --columns {pair} ({sum} over {n} lines).",
        held.rows,
        n=number(held.rows),
        pair=pair_of("amount", [name], 0),
        sum=number(held.total, 2),
    )
    return f"{_of(_SHARED, held)(column=name)} {line}"


def left(name: str, held: Held, taken: str) -> str:
    """Say that a column is the order's total and another one the line's money."""
    return _of(_LEFT, held)(column=name, other=taken)


def ask_about_total(columns: Columns, place: int, held: Held, made: float | None) -> None:
    """Ask whether a column is the order's total.

    Raises
    ------
    Refusal
    """
    name = columns.names[place]
    line = pair_of("amount", columns.names, place)
    order = pair_of("order_total", columns.names, place) if made is None else Pair("amount=-")
    then = (
        _("In that case the line amount is quantity × price, {sum} in all.", sum=number(made, 2))
        if made is not None
        else _("In that case it is counted once an order.")
    )
    is_total = _("If it is the order's total, add --columns {pair}.", pair=order)
    is_line = plural(
        "If “{column}” is the line amount ({sum} over {n} line), add --columns {pair}.",
        "If “{column}” is the line amount ({sum} over {n} lines), add --columns {pair}.",
        held.rows,
        n=number(held.rows),
        column=name,
        sum=number(held.total, 2),
        pair=line,
    )
    raise Refusal(
        f"{_asked(name, held)} {then} {is_total} {is_line}",
        "columns",
        option="--columns",
        choices=(order, line),
    )


def ask_which(columns: Columns, held: dict[str, Held], places: dict[str, int], made: float | None) -> None:
    """Ask which of several columns is a line's money.

    Raises
    ------
    Refusal
    """
    pairs = [pair_of("amount", columns.names, places[cell]) for cell in held]
    told = [
        _(
            "The column {column} adds up to {sum}.",
            column=called(columns.names, places[cell], each.example),
            sum=number(each.total, 2),
        )
        for cell, each in held.items()
    ]
    if made is not None:
        told.append(_("The product quantity × price adds up to {sum}.", sum=number(made, 2)))
        pairs.append(Pair("amount=-"))
    asked = plural("{n} column may be the line amount.", "{n} columns may be the line amount.", len(held))
    said = " ".join([asked, *told, say_which(pairs)])
    raise Refusal(said, "columns", option="--columns", choices=tuple(pairs))


def _of(ways: tuple[later, later], held: Held) -> later:
    return ways[0 if held.once > held.repeated else 1]


def _asked(name: str, held: Held) -> str:
    if held.orders == 1:
        return _of(_ASKED_OF_ONE, held)(column=name)
    if held.once > held.repeated:
        return plural(
            "The column “{column}” is filled on only one line of each order in the {n} order of several "
            "lines, so it may be the order's total.",
            "The column “{column}” is filled on only one line of each order in the {n} orders of several "
            "lines, so it may be the order's total.",
            held.orders,
            n=number(held.orders),
            column=name,
        )
    return plural(
        "The column “{column}” repeats one value on every line of an order in the {n} order of several "
        "lines, so it may be the order's total.",
        "The column “{column}” repeats one value on every line of an order in the {n} orders of several "
        "lines, so it may be the order's total.",
        held.orders,
        n=number(held.orders),
        column=name,
    )
