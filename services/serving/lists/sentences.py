"""Sentences about filters of an address: a whole one for each filter, since languages decline its name."""

from __future__ import annotations

from services.core.language.messages import _, later
from services.core.text.numbers_plain import plain_text

_SHOWN = 60
_UNKNOWN = {
    "segment": later("There is no segment “{value}” in this release"),
    "cluster": later("There is no cluster “{value}” in this release"),
    "country": later("There is no country “{value}” in this release"),
    "rhythm": later("There is no rhythm “{value}” in this release"),
    "map_cell": later("There is no map cell “{value}” in this release"),
}
_NOT_IN = {
    "r": later("This release does not know the recency of its customers"),
    "f": later("This release does not know the orders of its customers"),
    "m": later("This release does not know the spend of its customers"),
    "overdue": later("This release does not know the days overdue of its customers"),
    "expected_spend": later("This release does not know the expected spend of its customers"),
    "no_order": later("This release does not know the chance of no order of its customers"),
}
_NO_NUMBER = {
    "r": later("“{text}” is not a number (days)"),
    "f": later("“{text}” is not a number (orders)"),
    "m": later("“{text}” is not a number (spend)"),
    "overdue": later("“{text}” is not a number (days)"),
    "expected_spend": later("“{text}” is not a number (expected spend)"),
    "no_order": later("“{text}” is not a number (chance of no order)"),
}
_FALLING = {
    "r": later("The range of recency runs from {low} down to {high}, so no customer matches."),
    "f": later("The range of orders runs from {low} down to {high}, so no customer matches."),
    "m": later("The range of spend runs from {low} down to {high}, so no customer matches."),
    "overdue": later("The range of days overdue runs from {low} down to {high}, so no customer matches."),
    "expected_spend": later(
        "The range of expected spend runs from {low} down to {high}, so no customer matches."
    ),
    "no_order": later(
        "The range of chance of no order runs from {low} down to {high}, so no customer matches."
    ),
}


def unknown(choice: str, value: str) -> str:
    """Say that a release lists no such value of a choice, by the choice's name."""
    return _UNKNOWN[choice](value=value[:_SHOWN])


def not_in(of: str) -> str:
    """Say that a release lacks the column of a range, by the range's name."""
    return _NOT_IN[of]()


def no_number(of: str, text: str) -> str:
    """Say that what is written for a range is no number."""
    return _NO_NUMBER[of](text=text[:_SHOWN])


def how_numbers_are_written(example: float) -> str:
    """Say how an address writes them."""
    return _(
        "In an address, write a number in digits only, with a point before any decimals, such as {example}.",
        example=plain_text(example),
    )


def falling(of: str, low: float, high: float) -> str:
    """Say that a range runs from high to low."""
    return _FALLING[of](low=plain_text(low), high=plain_text(high))
