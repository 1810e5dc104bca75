"""What is said and asked of orders' discounts, subtotals and totals."""

from __future__ import annotations

from typing import NamedTuple

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.text.shell import Pair
from services.training.reading.settling.rivals import say_which


class Off(NamedTuple):
    """Discounts of lines: their column and that of the money, rows, their sum, the money with and without."""

    discount: str
    amount: str
    rows: int
    off: float
    whole: float
    less: float

    @property
    def places(self) -> dict[str, str]:
        """What fills the places of a sentence."""
        return {
            "n": number(self.rows),
            "discount": self.discount,
            "amount": self.amount,
            "off": number(self.off, 2),
            "whole": number(self.whole, 2),
            "less": number(self.less, 2),
        }


def in_doubt(off: Off, pair: Pair, *, asked: bool) -> str:
    """Say that discounts may be off the money already, and ask, or say that nothing was taken off."""
    both = plural(
        "The discounts in “{discount}” ({off} in {n} row) may be in “{amount}” already: {whole} in all; or "
        "not: {less}.",
        "The discounts in “{discount}” ({off} in {n} rows) may be in “{amount}” already: {whole} in all; or "
        "not: {less}.",
        off.rows,
        **off.places,
    )
    if asked:
        return f"{both} {say_which(['discount=-', pair])}"
    way = _("They were not taken off; to do so, add --columns {pair}.", pair=pair)
    return f"{both} {way}"


def taken_off(off: Off, *, made: bool) -> str:
    """Say that discounts were taken off the money, which is quantity × price if it is ``made``."""
    if made:
        told = plural(
            "The discounts in “{discount}”, {off} in {n} row, were taken off “{amount}”, which is quantity × "
            "price there: {less} instead of {whole}.",
            "The discounts in “{discount}”, {off} in {n} rows, were taken off “{amount}”, which is quantity "
            "× price there: {less} instead of {whole}.",
            off.rows,
            **off.places,
        )
    else:
        told = plural(
            "The discounts in “{discount}”, {off} in {n} row, were taken off “{amount}”: {less} instead of "
            "{whole}.",
            "The discounts in “{discount}”, {off} in {n} rows, were taken off “{amount}”: {less} instead of "
            "{whole}.",
            off.rows,
            **off.places,
        )
    way = _("If they are off already, add --columns discount=-.")
    return f"{told} {way}"


def other_money(taken: str, money: float, name: str, parts: float, rows: int, pair: Pair) -> str:
    """Say that a column holds another money of lines than the one that was taken."""
    used = _("“{column}” ({sum} in all) was used as the line amount.", column=taken, sum=number(money, 2))
    other = plural(
        "“{column}” ({sum} in all) differs from it in {n} row, as money without tax or before discounts "
        "does.",
        "“{column}” ({sum} in all) differs from it in {n} rows, as money without tax or before discounts "
        "does.",
        rows,
        n=number(rows),
        column=name,
        sum=number(parts, 2),
    )
    way = _("To take that, add --columns {pair}.", pair=pair)
    return f"{used} {other} {way}"


def spread(name: str, off: float, orders: int) -> str:
    """Say that discounts on whole orders were taken off their lines."""
    told = plural(
        "The discounts on whole orders (“{column}”), {sum} in {n} order, were taken off their lines in "
        "proportion to what these cost.",
        "The discounts on whole orders (“{column}”), {sum} in {n} orders, were taken off their lines in "
        "proportion to what these cost.",
        orders,
        n=number(orders),
        column=name,
        sum=number(off, 2),
    )
    way = _("If the lines are reduced already, add --columns order_discount=-.")
    return f"{told} {way}"


def not_spread(name: str, off: float, orders: int, pair: Pair) -> str:
    """Say that discounts on whole orders were not taken off their lines."""
    told = plural(
        "The discounts on whole orders (“{column}”), {sum} in {n} order, were not taken off, because no "
        "order total shows that the lines are before the discount.",
        "The discounts on whole orders (“{column}”), {sum} in {n} orders, were not taken off, because no "
        "order total shows that the lines are before the discount.",
        orders,
        n=number(orders),
        column=name,
        sum=number(off, 2),
    )
    way = _("If they are, add --columns {pair}.", pair=pair)
    return f"{told} {way}"


class Differing(NamedTuple):
    """Sums of orders that are not those of their lines: their column, both sums, how many, an example."""

    column: str
    sums: float
    costs: float
    orders: int
    differing: int
    example: str

    @property
    def places(self) -> dict[str, str]:
        """What fills the places of a sentence."""
        return {
            "n": number(self.orders),
            "column": self.column,
            "sums": number(self.sums, 2),
            "costs": number(self.costs, 2),
            "differing": number(self.differing),
            "example": self.example,
        }


def of_subtotals(found: Differing) -> str:
    """Say that orders' subtotals differ from their lines."""
    told = plural(
        "The orders' subtotals (“{column}”) add up to {sums}, their lines to {costs}: they differ in "
        "{differing} of {n} order, such as {example}.",
        "The orders' subtotals (“{column}”) add up to {sums}, their lines to {costs}: they differ in "
        "{differing} of {n} orders, such as {example}.",
        found.orders,
        **found.places,
    )
    note = _("Whatever is off a whole order is not taken off the lines.")
    return f"{told} {note}"


def of_totals(found: Differing) -> str:
    """Say that orders' totals are lower than their lines."""
    told = plural(
        "The orders' totals (“{column}”) add up to {sums}, their lines to {costs}: the total is lower than "
        "the lines in {differing} of {n} order, such as {example}.",
        "The orders' totals (“{column}”) add up to {sums}, their lines to {costs}: the total is lower than "
        "the lines in {differing} of {n} orders, such as {example}.",
        found.orders,
        **found.places,
    )
    note = _("Shipping and tax make a total higher; what is off it is not taken off the lines.")
    return f"{told} {note}"
