"""A customer's own rhythm: state, days overdue, and between which dates the next order is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.core.language.again import again
from services.core.language.messages import _
from services.releases.overview.rhythm import Record, State
from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Expected:
    """Dates, both inclusive, between which the next order is expected, and the record of such intervals."""

    low: date
    high: date
    record: Record


@dataclass(frozen=True)
class OwnRhythm:
    """A customer against their own law of the next order.

    Attributes
    ----------
    state : State
    overdue_from : date
        The first day on which they are, or were, overdue without another order.
    overdue_days : int
        0 where they are not.
    expected : Expected or None
        None where it is too likely that no order comes within the horizon.
    horizon : int
        Days that are looked ahead.
    """

    state: State
    overdue_from: date
    overdue_days: int
    expected: Expected | None
    horizon: int


def own_rhythm(release: Loaded, row: int) -> OwnRhythm | None:
    """Return the rhythm of the customer in a row; None where the release knows none."""
    judged = release.overview.rhythm
    if judged is None or judged.seen is None:
        return None
    seen = date.fromisoformat(judged.seen)
    of = {
        name: int(release.customers[name][row])
        for name in ("rhythm", "overdue_days", "overdue_left", "next_low", "next_high", "next_record")
    }
    expected = None
    if of["next_record"] >= 0:
        low, high = (seen + timedelta(days=of[f"next_{end}"]) for end in ("low", "high"))
        expected = Expected(low, high, judged.records[of["next_record"]])
    return OwnRhythm(
        state=judged.states[of["rhythm"]],
        overdue_from=seen + timedelta(days=1 + of["overdue_left"] - of["overdue_days"]),
        overdue_days=of["overdue_days"],
        expected=expected,
        horizon=judged.horizon,
    )


def why_none(release: Loaded) -> str:
    """Return the sentence that says why nobody's rhythm is known; empty where it is."""
    judged = release.overview.rhythm
    if judged is None:
        return _(
            "This release was made by an earlier version, which did not measure rhythms. Train again to see "
            "them."
        )
    return again(judged.missing or "")


def as_contract(release: Loaded, row: int) -> dict[str, Any] | None:
    """Return ``rhythm`` of what ``customer ID --json`` prints: see docs/contract.md."""
    found = own_rhythm(release, row)
    if found is None:
        return None
    stated = found.expected
    return {
        "state": found.state.name.lower(),
        "overdue_days": found.overdue_days,
        "next": stated
        and {
            "low": stated.low.isoformat(),
            "high": stated.high.isoformat(),
            "level": stated.record.level / 100,
        },
        "record": stated and {"intervals": stated.record.intervals, "held": stated.record.held},
    }
