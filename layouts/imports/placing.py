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
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.site.ledger import Entry

TRAIN = "/data#training"
_OF_TRAINING: dict[str, later] = {
    "only_currency": later("the currency"),
    "cancel_prefix": later("cancelled orders"),
    "keep_status": later("the statuses of orders"),
    "drop_status": later("the statuses of orders"),
    "accept_unreadable": later("rows that cannot be read"),
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
        told = _("The files in the ledger cannot be read on their own, so there is nothing to compare with.")
        return grid([card(_("Compared with the ledger"), told, html.P(as_written(compared["problem"])))])
    if not compared["ledger"]:
        return grid(
            [
                card(
                    _("Compared with the ledger"),
                    _("The ledger is empty: this is its first file."),
                    facts(_side(compared["file"])),
                )
            ]
        )
    cards = [
        card(_("Compared with the ledger"), sentence(compared), facts(_facts(compared)), width=7),
        card(
            _("Days"),
            days(compared),
            facts([(_("Ledger"), _span(compared["ledger"])), (_("File"), _span(compared["file"]))]),
            width=5,
        ),
    ]
    if compared["prices"]["changed"]:
        cards.append(_prices(compared["prices"]))
    return grid(cards)


def sentence(compared: Found) -> str:
    """Say whom and what the file brings."""
    customers, orders = compared["customers"], compared["orders"]
    count, known = customers["new"], words.number(customers["known"])
    new = plural("{n} new customer", "{n} new customers", count, n=words.number(count))
    if not count:
        new = _("no new customer")
    if not orders["new"]:
        return _(
            "The ledger has every order of the file already, and the file has {new}; {known} of its "
            "customers are known.",
            new=new,
            known=known,
        )
    return plural(
        "The file has {n} order that the ledger does not have, and {new}; {known} of its customers "
        "are known.",
        "The file has {n} orders that the ledger does not have, and {new}; {known} of its customers "
        "are known.",
        orders["new"],
        n=words.number(orders["new"]),
        new=new,
        known=known,
    )


def days(compared: Found) -> str:
    """Say how the days of the file lie to those of the ledger."""
    both, gap = compared["overlap"], compared["gap_days"]
    if both:
        overlap = plural(
            "They overlap by {n} day, {first} to {last}.",
            "They overlap by {n} days, {first} to {last}.",
            both["days"],
            n=words.number(both["days"]),
            first=words.date(_day(both["from"])),
            last=words.date(_day(both["to"])),
        )
        return f"{overlap} {_repeated(compared['repeated'])}"
    if gap:
        return plural(
            "Between them {n} day is missing. Check that no file was left out.",
            "Between them {n} days are missing. Check that no file was left out.",
            gap,
            n=words.number(gap),
        )
    return _("The two follow on from each other without a gap.")


def _repeated(rows: int) -> str:
    """Say how many rows both have."""
    if not rows:
        return _("No row is in both.")
    return plural(
        "{n} row is in both and counts once.",
        "{n} rows are in both and count once.",
        rows,
        n=words.number(rows),
    )


def _facts(compared: Found) -> list[tuple[str, str]]:
    customers, orders, products, prices = (
        compared[name] for name in ("customers", "orders", "products", "prices")
    )
    return [
        (_("New customers"), words.number(customers["new"])),
        (_("Known customers"), words.number(customers["known"])),
        (_("New orders"), words.number(orders["new"])),
        (_("Orders in both"), words.number(orders["known"])),
        (_("Rows in both"), words.number(compared["repeated"])),
        (_("Gap in time"), words.days(compared["gap_days"]) if compared["gap_days"] else _("none")),
        (_("New products"), words.number(products["new"])),
        (
            _("Prices changed by over a quarter"),
            plural(
                "{changed} of {n} product in both",
                "{changed} of {n} products in both",
                prices["of"],
                n=words.number(prices["of"]),
                changed=words.number(prices["changed"]),
            ),
        ),
    ]


def _prices(prices: Found) -> html.Section:
    rows: list[list[Cell]] = [
        [as_written(each["product"]), words.money(each["before"]), words.money(each["now"])]
        for each in prices["first"]
    ]
    heads = [Column(_("Product")), Column(_("In the ledger"), True), Column(_("In the file"), True)]
    finding = _("The largest changes in the usual price. Check the decimal sign and the price column.")
    listed = table(heads, rows, _("Prices that changed most"))
    return card(_("Prices that changed"), finding, listed, flush=True)


def _side(side: Found) -> list[tuple[str, str]]:
    return [
        (_("Days"), _span(side)),
        (_("Customers"), words.number(side["customers"])),
        (_("Orders"), words.number(side["orders"])),
    ]


def _span(side: Found) -> str:
    return _("{first} to {last}", **_ends(side))


def _ends(side: Found) -> dict[str, str]:
    return {"first": words.date(_day(side["from"])), "last": words.date(_day(side["to"]))}


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
    alone = plural(
        "{first} to {last}, {n} customer.",
        "{first} to {last}, {n} customers.",
        file["customers"],
        n=words.number(file["customers"]),
        **_ends(file),
    )
    if not held:
        together = _("In addition to what is there.") if compared["problem"] else alone
        return _and_all(together, answers), _and_all(alone, answers)
    customers = held["customers"] + compared["customers"]["new"]
    together = plural(
        "{first} to {last}, {n} customer. An order that both have counts once.",
        "{first} to {last}, {n} customers. An order that both have counts once.",
        customers,
        n=words.number(customers),
        **_ends({"from": min(file["from"], held["from"]), "to": max(file["to"], held["to"])}),
    )
    return _and_all(together, answers), _and_all(f"{alone} {_goes(held['files'])}", answers)


def _and_all(told: str, answers: Answers) -> str:
    """Add to a sentence which answers go for all files, where there are such."""
    of_all = list(dict.fromkeys(_OF_TRAINING[name] for name in answers if name in _OF_TRAINING))
    if not of_all:
        return told
    topics = words.listing([each() for each in of_all])
    goes = _("What you said about {topics} goes for all files in the ledger.", topics=topics)
    return f"{told} {goes}"


def _goes(files: int) -> str:
    return plural(
        "{n} file in the ledger is removed.",
        "{n} files in the ledger are removed.",
        files,
        n=words.number(files),
    )


def alone(entry: Entry, others: int) -> str:
    """Say what comes of it if a file of the ledger takes the place of the others."""
    first, last = words.date(entry.first_day), words.date(entry.last_day)
    days = _("{first} to {last}.", first=first, last=last)
    return f"{days} {_goes(others)}"


def known(entry: Entry) -> Component:
    """Say that a file is in the ledger already."""
    told = _(
        "It was added on {day} by {who}, as {name}. There is no need to add it again.",
        day=words.date(entry.added_at),
        who=entry.added_by,
        name=gap("name"),
    )
    sentence = html.Span(woven(told, name=as_written(entry.name)))
    finding = _("This file is in the ledger already.")
    return grid([card(_("In the ledger"), finding, [html.P(sentence), *_onward()])])


def added(entry: Entry, files: int, waiting: Sequence[object]) -> Component:
    """Say that a file was added, and what can be done now."""
    first, last = words.date(entry.first_day), words.date(entry.last_day)
    taken = plural(
        "{name}, {n} row, {first} to {last}.",
        "{name}, {n} rows, {first} to {last}.",
        entry.rows,
        n=words.number(entry.rows),
        name=gap("name"),
        first=first,
        last=last,
    )
    held = plural("The ledger has {n} file.", "The ledger has {n} files.", files, n=words.number(files))
    told = woven(f"{taken} {held}", name=as_written(entry.name))
    rest = len(waiting)
    waits = plural(
        "{n} file of yours is waiting to be added.",
        "{n} files of yours are waiting to be added.",
        rest,
        n=words.number(rest),
    )
    more = [html.P(waits)] if rest else []
    finding = _("The site keeps its current release until a new one is trained and published.")
    return grid([card(_("Train"), finding, [alert(_("The ledger has it."), told, "ok"), *more, *_onward()])])


def _onward() -> list[Component]:
    links = [
        dcc.Link(_("Train on the ledger"), href=TRAIN, className="sd-btn sd-btn-primary"),
        within(_("Bring another file"), PAGE, "sd-btn"),
    ]
    return [html.Div(links, className="sd-imports-onward")]


def unknown() -> Component:
    """Say that the file that was added is not in the ledger any more."""
    link = within(_("Bring a file"), PAGE, "sd-btn")
    told = empty(_("The file is not in the ledger"), _("It has since been removed."), link)
    return grid([card(_("Train"), None, told)])
