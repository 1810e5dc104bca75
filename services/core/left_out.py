"""Why rows of a file are left out: every rule in words, in the order in which rules are asked."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A rule's name and what it means, for people."""

    name: str
    why: str


#: Rules of transactions, then what only a table of customers has.
RULES = {
    "unreadable": Words(
        "Cannot be read",
        "A needed cell is blank or not a date or number, or the row has too many columns.",
    ),
    "no_customer": Words("No customer", "The row names no customer, or a guest, so it belongs to nobody."),
    "forgotten": Words("Erased customer", "The customer was erased on request and does not come back."),
    "future": Words(
        "In the future",
        "Dated after the day that the training counts back from, or after the day it was made.",
    ),
    "status": Words("No sale by its status", "The order was cancelled, refunded, voided or never paid."),
    "currency": Words("Another currency", "Money of two currencies cannot be added up; one was chosen."),
    "overlap": Words("In another file, too", "The same line stands in a later file; it counts once."),
    "duplicate": Words("Exact duplicate", "Equal to an earlier row; the first one stays."),
    "cancellation": Words(
        "Cancellation", "The invoice number marks a cancellation, such as a leading C: goods that came back."
    ),
    "refund": Words("Refund", "A negative amount or price: money given back, not an order."),
    "quantity": Words("No quantity", "A quantity of zero or below: nothing was bought."),
    "price": Words("No price", "A price of zero or below: gifts and corrections."),
    "returned": Words("Returned in full", "The customer sent all of it back later: no purchase is left."),
    "empty": Words("A blank figure", "Recency, frequency or spend is missing."),
}


def words_of(rule: str) -> Words:
    """Return a rule in words; one of another program by its own name."""
    return RULES.get(rule, Words(rule.replace("_", " ").capitalize(), ""))
