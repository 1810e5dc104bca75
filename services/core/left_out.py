"""Why rows of a file are left out: every rule in words, in the order in which rules are asked."""

from __future__ import annotations

from typing import NamedTuple

from services.core.language.messages import later


class Words(NamedTuple):
    """A rule's name and what it means, for people, in the language that holds."""

    name: str
    why: str


class Rule(NamedTuple):
    """The same before it is said."""

    name: later
    why: later


#: Rules of transactions, then what only a table of customers has.
RULES = {
    "no_line": Rule(
        later("Not an order line"),
        later(
            "The export also has rows that are not order lines, such as payments or a row for the whole "
            "order."
        ),
    ),
    "unreadable": Rule(
        later("Cannot be read"),
        later(
            "A needed cell is blank or not a date or number, the row has too many columns, or it is a total "
            "or a note below the rows. The money is that of the rows where it is known."
        ),
    ),
    "currency": Rule(
        later("Another currency"), later("Money of two currencies cannot be added up; one was chosen.")
    ),
    "no_customer": Rule(
        later("No customer"),
        later("The row has no customer ID, or that of a guest, so it belongs to nobody."),
    ),
    "forgotten": Rule(
        later("Erased customer"), later("The customer was erased on request, so their rows are left out.")
    ),
    "future": Rule(
        later("In the future"),
        later("Dated after the “as of” day of the training, or after the day on which it ran."),
    ),
    "status": Rule(
        later("Not a sale (order status)"), later("The order was cancelled, refunded, voided or never paid.")
    ),
    "overlap": Rule(later("Also in another file"), later("The same row is in a later file and counts once.")),
    "duplicate": Rule(later("Exact duplicate"), later("The same as an earlier row; the first one is kept.")),
    "cancellation": Rule(
        later("Cancellation"), later("The invoice number marks a cancellation, for example with a leading C.")
    ),
    "refund": Rule(later("Refund"), later("A negative amount or price: money given back, not an order.")),
    "quantity": Rule(
        later("No quantity"),
        later("A quantity of zero or below: something came back, or nothing was bought."),
    ),
    "price": Rule(later("No price"), later("A price of zero or below, such as gifts and corrections.")),
    "returned": Rule(
        later("Returned in full"), later("All of it was returned later, so no purchase is left.")
    ),
    "empty": Rule(later("A blank figure"), later("Recency, frequency or spend is missing.")),
}


def words_of(rule: str) -> Words:
    """Return a rule in words; one of another program by its own name."""
    found = RULES.get(rule)
    if found is None:
        return Words(rule.replace("_", " ").capitalize(), "")
    return Words(found.name(), found.why())
