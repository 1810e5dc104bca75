"""What a customer's page claims of what is expected of them, and of what such claims were worth."""

from __future__ import annotations

import json
from datetime import date

from layouts import words
from tests.truth.claims import Checked, Kind
from tests.truth.customers.person import Person


def _of(person: Person, column: str) -> list[float]:
    found: list[float] = person.release.customers[column][person.row].tolist()
    return found


def _missing(person: Person, told: str) -> Checked:
    value = person.release.overview.value
    yield "why", told, value.missing if value else None


def _spend(person: Person, days: str, low: str, high: str, average: str) -> Checked:
    expected, *ends = (words.money_sum(float(each)) for each in _of(person, "expected_spend_quarter"))
    yield "span", [low, high], ends
    yield "average", average, expected
    yield "from", days, words.date_short(date.fromisoformat(person.release.overview.value.seen))


def _nothing(person: Person, days: str, average: str) -> Checked:
    yield from _spend(person, days, "£0", "£0", average)


def _record(person: Person, level: str, soon: str, later: str, held: str, of: str, off: str) -> Checked:
    value = person.release.overview.value
    yield "level", int(level), value.level
    orders = [_of(person, f"expected_orders_{span}")[0] for span in ("quarter", "year")]
    yield "orders", [soon, later], [words.number(each, 1) for each in orders]
    stated = sum(each.customers for each in value.tried)
    yield "tried", of, words.number(stated)
    yield "held", held, words.number(100 * sum(each.spend.held for each in value.tried) / stated)
    shares = [each.spend.expected / each.spend.happened - 1 for each in value.tried]
    for share in (min(shares), max(shares)):
        yield "off", f"{abs(share):.0%}"[:-1] in off, True


def _untried(person: Person, level: str, soon: str, later: str) -> Checked:
    value = person.release.overview.value
    yield "tried", (int(level), value.tried), (value.level, [])
    orders = [_of(person, f"expected_orders_{span}")[0] for span in ("quarter", "year")]
    yield "orders", [soon, later], [words.number(each, 1) for each in orders]


def _table(person: Person, rows: str) -> Checked:
    of = {
        f"{days} days": _of(person, f"expected_spend_{span}")
        for span, days in (("quarter", 90), ("year", 365))
    }
    yield "rows", json.loads(rows), [[name, *map(float, each)] for name, each in of.items()]


VALUE = [
    Kind("customers", *each)
    for each in (
        ("value", "Expected spend in the 90 days after {t}: {m} to {m}, {m} on average.", _spend),
        ("value", "At least nine in ten such customers spend nothing in the 90 days after {t}; the average "
         "is {m}.", _nothing),
        ("value", "{t}", _missing),
        ("value note", "Bars: where the spend of {n} of 100 such customers lies; the line is the average. "
         "Days with an order expected: {x} in 90 days, {x} in 365. {n} of 100 such intervals for 90 days "
         "held ({n} tested on earlier days). For all customers together, {t}.", _record),
        ("value note", "Bars: where the spend of {n} of 100 such customers lies; the line is the average. "
         "Days with an order expected: {x} in 90 days, {x} in 365. For all customers together, such totals "
         "could not be tested on earlier days.", _untried),
        ("value-table", "{t}", _table),
    )
]  # fmt: skip
