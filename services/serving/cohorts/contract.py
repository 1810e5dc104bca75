"""Cohorts as programs get them."""

from __future__ import annotations

from typing import Any

from services.core.cohorts.periods import key_of
from services.core.refusals import Refusal
from services.serving.cohorts.address import Answer


def as_contract(found: Answer) -> list[dict[str, Any]]:
    """Return each cohort with what it did in each period; None for all of a cell that is left out.

    Raises
    ------
    Refusal
        If a part of what was asked was left out: an answer cannot say so.
    """
    if found.asked.notes:
        raise Refusal(found.asked.notes[0])
    whole, every = found.found, found.asked.every
    count = len(whole.sizes)
    return [
        {
            "cohort": key_of(whole.first + row, every),
            "first_day": found.first_day(row).isoformat(),
            "customers": None if found.out[row, 0] else int(whole.sizes[row]),
            "periods": [_period(found, row, since) for since in range(count - row)],
        }
        for row in range(count)
    ]


def _period(found: Answer, row: int, since: int) -> dict[str, Any]:
    whole, out = found.found, bool(found.out[row, since])
    return {
        "since": since,
        "customers": None if out else int(whole.people[row, since]),
        "orders": None if out else int(whole.orders[row, since]),
        "revenue": None if out else float(whole.revenue[row, since]),
        "complete": found.complete or row + since < len(whole.sizes) - 1,
    }
