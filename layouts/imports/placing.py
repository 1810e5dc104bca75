"""The last step before training: the file beside the ledger, and what came of adding it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written, facts
from layouts.imports.links import PAGE, Answers, within
from layouts.imports.words import Found
from layouts.parts import Cell, Column, alert, card, empty, grid, table

if TYPE_CHECKING:
    from services.site.ledger import Entry

TRAIN = "/data#training"
_OF_TRAINING = {
    "only_currency": "the currency",
    "cancel_prefix": "cancelled orders",
    "keep_status": "the statuses of orders",
    "drop_status": "the statuses of orders",
    "accept_unreadable": "rows that cannot be read",
}
"""What is said of a training, and goes for all files in it."""


def beside(compared: Found) -> Component:
    """Return the cards of the comparison.

    Parameters
    ----------
    compared : mapping
        What ``ledger compare --json`` printed.
    """
    if compared["problem"]:
        told = "The files in the ledger cannot be read on their own, so there is nothing to compare with."
        return grid([card("Compared with the ledger", told, html.P(as_written(compared["problem"])))])
    if not compared["ledger"]:
        return grid(
            [
                card(
                    "Compared with the ledger",
                    "The ledger is empty: this is its first file.",
                    facts(_side(compared["file"])),
                )
            ]
        )
    cards = [
        card("Compared with the ledger", sentence(compared), facts(_facts(compared)), width=7),
        card(
            "Days",
            days(compared),
            facts([("Ledger", _span(compared["ledger"])), ("File", _span(compared["file"]))]),
            width=5,
        ),
    ]
    if compared["prices"]["changed"]:
        cards.append(_prices(compared["prices"]))
    return grid(cards)


def sentence(compared: Found) -> str:
    """Say whom and what the file brings."""
    customers, orders = compared["customers"], compared["orders"]
    new = words.count(customers["new"], "new customer") if customers["new"] else "no new customer"
    first = f"The file has {words.count(orders['new'], 'order')} that the ledger does not have, and {new}"
    if not orders["new"]:
        first = f"The ledger has every order of the file already, and the file has {new}"
    return f"{first}; {words.number(customers['known'])} of its customers are known."


def days(compared: Found) -> str:
    """Say how the days of the file lie to those of the ledger."""
    both, gap = compared["overlap"], compared["gap_days"]
    if both:
        span = (
            f"{words.days(both['days'])}, {words.date(_day(both['from']))} to {words.date(_day(both['to']))}"
        )
        return f"They overlap by {span}. {_repeated(compared['repeated'])}"
    if gap:
        missing = f"{words.days(gap)} {'is' if gap == 1 else 'are'} missing"
        return f"Between them {missing}. Check that no file was left out."
    return "The two follow on from each other without a gap."


def _repeated(rows: int) -> str:
    """Say how many rows both have."""
    if not rows:
        return "No row is in both."
    once = "is in both and counts" if rows == 1 else "are in both and count"
    return f"{words.count(rows, 'row')} {once} once."


def _facts(compared: Found) -> list[tuple[str, str]]:
    customers, orders, products, prices = (
        compared[name] for name in ("customers", "orders", "products", "prices")
    )
    return [
        ("New customers", words.number(customers["new"])),
        ("Known customers", words.number(customers["known"])),
        ("New orders", words.number(orders["new"])),
        ("Orders in both", words.number(orders["known"])),
        ("Rows in both", words.number(compared["repeated"])),
        ("Gap in time", words.days(compared["gap_days"]) if compared["gap_days"] else "none"),
        ("New products", words.number(products["new"])),
        (
            "Prices changed by over a quarter",
            f"{words.number(prices['changed'])} of {words.count(prices['of'], 'product')} in both",
        ),
    ]


def _prices(prices: Found) -> html.Section:
    rows: list[list[Cell]] = [
        [as_written(each["product"]), words.money(each["before"]), words.money(each["now"])]
        for each in prices["first"]
    ]
    heads: list[Column | str] = ["Product", Column("In the ledger", True), Column("In the file", True)]
    finding = "The largest changes in the usual price. Check the decimal sign and the price column."
    return card("Prices that changed", finding, table(heads, rows, "Prices that changed most"), flush=True)


def _side(side: Found) -> list[tuple[str, str]]:
    return [
        ("Days", _span(side)),
        ("Customers", words.number(side["customers"])),
        ("Orders", words.number(side["orders"])),
    ]


def _span(side: Found) -> str:
    return f"{words.date(_day(side['from']))} to {words.date(_day(side['to']))}"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def hints(compared: Found, answers: Answers) -> tuple[str, str]:
    """Say what adding gives, and what replacing gives.

    Parameters
    ----------
    compared : mapping
        What ``ledger compare --json`` printed.
    answers : mapping
        Those of a training go for all files that it reads.
    """
    file, held = compared["file"], compared["ledger"]
    alone = f"{_span(file)}, {words.count(file['customers'], 'customer')}."
    of_all = list(dict.fromkeys(_OF_TRAINING[name] for name in answers if name in _OF_TRAINING))
    later = (
        f" What you said about {words.listing(of_all)} goes for all files in the ledger." if of_all else ""
    )
    if not held:
        return (
            f"{'In addition to what is there.' if compared['problem'] else alone}{later}",
            f"{alone}{later}",
        )
    ends = {"from": min(file["from"], held["from"]), "to": max(file["to"], held["to"])}
    customers = held["customers"] + compared["customers"]["new"]
    together = f"{_span(ends)}, {words.count(customers, 'customer')}. An order that both have counts once."
    return f"{together}{later}", f"{alone} {_goes(held['files'])}{later}"


def _goes(files: int) -> str:
    return f"{words.count(files, 'file')} in the ledger {'is' if files == 1 else 'are'} removed."


def alone(entry: Entry, others: int) -> str:
    """Say what comes of it if a file of the ledger takes the place of the others."""
    days = f"{words.date(entry.first_day)} to {words.date(entry.last_day)}"
    return f"{days}. {_goes(others)}"


def known(entry: Entry) -> Component:
    """Say that a file is in the ledger already."""
    told = f"It was added on {words.date(entry.added_at)} by {entry.added_by}, as "
    sentence = html.Span([told, as_written(entry.name), ". There is no need to add it again."])
    return grid(
        [card("In the ledger", "This file is in the ledger already.", [html.P(sentence), *_onward()])]
    )


def added(entry: Entry, files: int, waiting: Sequence[object]) -> Component:
    """Say that a file was added, and what can be done now."""
    first, last = words.date(entry.first_day), words.date(entry.last_day)
    rows, held = words.count(entry.rows, "row"), words.count(files, "file")
    told: list[Component | str] = [
        as_written(entry.name),
        f", {rows}, {first} to {last}. The ledger has {held}.",
    ]
    rest = len(waiting)
    more = (
        [html.P(f"{words.count(rest, 'file')} of yours {'is' if rest == 1 else 'are'} waiting to be added.")]
        if rest
        else []
    )
    finding = "The site keeps its current release until a new one is trained and published."
    return grid([card("Train", finding, [alert("The ledger has it.", told, "ok"), *more, *_onward()])])


def _onward() -> list[Component]:
    links = [
        dcc.Link("Train on the ledger", href=TRAIN, className="sd-btn sd-btn-primary"),
        within("Bring another file", PAGE, "sd-btn"),
    ]
    return [html.Div(links, className="sd-imports-onward")]


def unknown() -> Component:
    """Say that the file that was added is not in the ledger any more."""
    link = within("Bring a file", PAGE, "sd-btn")
    return grid(
        [card("Train", None, empty("The file is not in the ledger", "It has since been removed.", link))]
    )
