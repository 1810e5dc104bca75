"""Why rows of a file are left out: every rule in words, in the order in which rules are asked."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A rule's name and what it means, for people."""

    name: str
    why: str


#: Rules of transactions, then what only a table of customers has.
RULES = {
    "no_line": Words(
        "Not an order line",
        "The export also has rows that are not order lines, such as payments or a row for the whole order.",
    ),
    "unreadable": Words(
        "Cannot be read",
        "A needed cell is blank or not a date or number, the row has too many columns, or it is a total or a "
        "note below the rows. The money is that of the rows where it is known.",
    ),
    "currency": Words("Another currency", "Money of two currencies cannot be added up; one was chosen."),
    "no_customer": Words(
        "No customer", "The row has no customer ID, or that of a guest, so it belongs to nobody."
    ),
    "forgotten": Words("Erased customer", "The customer was erased on request, so their rows are left out."),
    "future": Words(
        "In the future",
        "Dated after the “as of” day of the training, or after the day on which it ran.",
    ),
    "status": Words("Not a sale (order status)", "The order was cancelled, refunded, voided or never paid."),
    "overlap": Words("Also in another file", "The same row is in a later file and counts once."),
    "duplicate": Words("Exact duplicate", "The same as an earlier row; the first one is kept."),
    "cancellation": Words(
        "Cancellation", "The invoice number marks a cancellation, for example with a leading C."
    ),
    "refund": Words("Refund", "A negative amount or price: money given back, not an order."),
    "quantity": Words(
        "No quantity", "A quantity of zero or below: something came back, or nothing was bought."
    ),
    "price": Words("No price", "A price of zero or below, such as gifts and corrections."),
    "returned": Words("Returned in full", "All of it was returned later, so no purchase is left."),
    "empty": Words("A blank figure", "Recency, frequency or spend is missing."),
}


def words_of(rule: str) -> Words:
    """Return a rule in words; one of another program by its own name."""
    return RULES.get(rule, Words(rule.replace("_", " ").capitalize(), ""))
