"""What a customer's page claims of their rhythm and of the next order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from layouts import words
from tests.truth.claims import Checked, Kind, count
from tests.truth.customers.person import Person


def _missing(person: Person, told: str) -> Checked:
    rhythm = person.release.overview.rhythm
    yield "why", told, rhythm.missing if rhythm else None


def _standing(person: Person, state: str, told: str, *, overdue: int) -> Checked:
    rhythm = person.release.overview.rhythm
    own = rhythm.states[int(person.of("rhythm"))]
    yield "state", state, own.name
    yield "overdue", overdue, person.of("overdue_days")
    yield "late", overdue > 0, own.id in ("overdue", "silent")
    seen = date.fromisoformat(rhythm.seen)
    yield from _next(person, told, own, rhythm, seen)


def _on_time(person: Person, state: str, on: str, told: str) -> Checked:
    yield from _standing(person, state, told, overdue=0)
    seen = date.fromisoformat(person.release.overview.rhythm.seen)
    first = seen + timedelta(days=int(person.of("overdue_left")) + 1)
    yield "overdue from", on, words.date_short(first.isoformat())
    yield "after the last order", first > person.last.date(), True


def _overdue(person: Person, told_days: str, told: str) -> Checked:
    yield from _standing(person, "Overdue", told, overdue=count(told_days))


def _silent(person: Person, told_days: str, told: str) -> Checked:
    yield from _standing(person, "Silent", told, overdue=count(told_days))


def _next(person: Person, told: str, own: Any, rhythm: Any, seen: date) -> Checked:
    place, soon = int(person.of("next_record")), f"within {rhythm.horizon} days"
    if place >= 0:
        record = rhythm.records[place]
        low, high = (seen + timedelta(days=int(person.of(f"next_{end}"))) for end in ("low", "high"))
        held = _of_hundred(record.held, record.intervals)
        yield "dates", told, (
            f"Next order expected between {words.date_short(low.isoformat())} and "
            f"{words.date_short(high.isoformat())}; {held} of 100 such intervals held "
            f"({words.number(record.intervals)} tested on earlier days)."
        )  # fmt: skip
        yield "in order", seen < low <= high <= seen + timedelta(days=rhythm.horizon), True
    elif own.tried < 30:
        yield "dates", told, f"An order {soon} is too uncertain to name dates."
    else:
        came = _of_hundred(own.ordered, own.tried)
        yield "dates", told, f"No dates can be named: of 100 such customers, {came} ordered {soon}."


def _of_hundred(some: int, every: int) -> str:
    """Write so many of a hundred; not all who are only most, not none who are few."""
    if 0 < some < every:
        return (
            "under 1"
            if some / every < 0.005
            else "over 99"
            if some / every > 0.995
            else f"{100 * some / every:.0f}"
        )
    return f"{100 * some / every:.0f}"


RHYTHM = [
    Kind("customers", *each)
    for each in (
        ("expected", "Overdue by {n} day(s). {t}", _overdue),
        ("expected", "Silent, overdue by {n} day(s). {t}", _silent),
        ("expected", "{t}. Overdue from {t} without another order. {t}", _on_time),
        ("expected", "{t}", _missing),
    )
]
