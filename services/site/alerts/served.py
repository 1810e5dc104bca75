"""What was answered in the last minutes, and how fast: counted by each process, added up in the records."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from services.site.state import State, StateUnusable
from services.site.state.tables import served

MINUTES = 15
"""How far back ``recent`` looks."""
WITHIN_MS = (5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
"""Answers are counted by the first of these that they stayed within; the last takes all others, too."""
_MINUTE = 60
_KEPT_MINUTES = 60
_SHARE = 0.95


@dataclass(frozen=True)
class Recent:
    """What the site answered in the last ``MINUTES`` minutes.

    Attributes
    ----------
    answers, failures : int
        Failures are among the answers.
    p95_seconds : float or None
        What 95 of 100 answers stayed within, read off classes of times; None without answers.
    """

    answers: int
    failures: int
    p95_seconds: float | None

    @property
    def failed_share(self) -> float:
        """Share of failures, 0–1; 0 without answers."""
        return self.failures / self.answers if self.answers else 0.0


class Served:
    """Counts the answers of one process, and reads those of all.

    What a process counted goes to the records when its minute is over and it is asked to keep them; a
    process that is killed takes one minute with it.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock
        self._lock = Lock()
        self._counts: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        self._oldest: int | None = None

    def note(self, seconds: float, *, failed: bool) -> None:
        """Count one answer."""
        place = min(bisect_left(WITHIN_MS, seconds * 1_000), len(WITHIN_MS) - 1)
        minute = self._minute()
        with self._lock:
            counted = self._counts[minute, WITHIN_MS[place]]
            counted[0] += 1
            counted[1] += failed
            self._oldest = minute if self._oldest is None else self._oldest

    @property
    def due(self) -> bool:
        """Whether a minute is over whose answers are not in the records."""
        return self._oldest is not None and self._oldest < self._minute()

    def keep(self) -> None:
        """Add the minutes that are over to the records; what cannot be kept there is let go."""
        now = self._minute()
        with self._lock:
            over = [key for key in self._counts if key[0] < now]
            rows = [
                {"minute": minute, "within_ms": within, "answers": answers, "failures": failures}
                for minute, within in over
                for answers, failures in [self._counts.pop((minute, within))]
            ]
            self._oldest = min((minute for minute, _ in self._counts), default=None)
        if rows:
            try:
                self._add(rows, now)
            except StateUnusable:
                return

    def recent(self) -> Recent:
        """Return what all processes answered lately.

        Raises
        ------
        StateUnusable
        """
        lately = served.c.minute >= self._minute() - MINUTES
        sums = select(served.c.within_ms, func.sum(served.c.answers), func.sum(served.c.failures))
        with self._state.reading() as connection:
            rows = connection.execute(sums.where(lately).group_by(served.c.within_ms)).all()
        by_class = {within: int(answers) for within, answers, _ in rows}
        failures = sum(int(failed) for *_, failed in rows)
        return Recent(sum(by_class.values()), failures, _p95(by_class))

    def _add(self, rows: list[dict[str, int]], now: int) -> None:
        with self._state.writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = dialect.insert(served)
            added = {
                "answers": served.c.answers + row.excluded.answers,
                "failures": served.c.failures + row.excluded.failures,
            }
            new = row.on_conflict_do_update(index_elements=["minute", "within_ms"], set_=added)
            connection.execute(new, rows)
            connection.execute(delete(served).where(served.c.minute < now - _KEPT_MINUTES))

    def _minute(self) -> int:
        return int(self._clock()) // _MINUTE


def _p95(by_class: dict[int, int]) -> float | None:
    """Return where 95 % of the answers lie, taken to be spread evenly within each class."""
    wanted = _SHARE * sum(by_class.values())
    passed, low = 0, 0
    for within in WITHIN_MS:
        here = by_class.get(within, 0)
        if here and passed + here >= wanted:
            return (low + (within - low) * (wanted - passed) / here) / 1_000
        passed, low = passed + here, within
    return None
