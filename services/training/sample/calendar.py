"""When the sample's shop sells: two years of days with seasons, weekdays, closed days and growth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from services.training.sample.draws import Draws, Real, Whole, pick

FIRST_DAY = date(2023, 12, 10)
LAST_DAY = date(2025, 12, 9)
YEAR = 366  # days from FIRST_DAY to the same day a year later

MONTHS = (0.70, 0.68, 0.80, 0.78, 0.86, 0.84, 0.80, 0.82, 1.05, 1.30, 1.85, 1.20)
WEEKDAYS = (1.00, 1.10, 1.10, 1.25, 1.00, 0.00, 0.60)  # Monday first; closed on Saturdays
HOLIDAYS = {(1, 1), (12, 25), (12, 26)}
GROWTH = 0.35  # more trade on the last day than on the first
HOURS = (0.3, 0.8, 1.1, 1.3, 1.7, 1.5, 1.3, 1.2, 0.7, 0.3)  # from 8 to 18 o'clock
OPENS = 8


@dataclass(frozen=True)
class Calendar:
    """The shop's days.

    Attributes
    ----------
    days : tuple of date
        Every day from ``FIRST_DAY`` to ``LAST_DAY``.
    running : ndarray, shape (n_days,)
        Trade up to and including each day, running total; equal to the day before on closed days.
    """

    days: tuple[date, ...]
    running: Real

    @classmethod
    def of_the_shop(cls) -> Calendar:
        """Make the calendar all samples share."""
        length = (LAST_DAY - FIRST_DAY).days + 1
        days = tuple(FIRST_DAY + timedelta(n) for n in range(length))
        trade = [
            0.0
            if (day.month, day.day) in HOLIDAYS
            else MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * (1 + GROWTH * n / length)
            for n, day in enumerate(days)
        ]
        return cls(days, np.cumsum(trade))

    def trade(self, first: Whole, last: Whole) -> Real:
        """Return the share (0–1) of all trade done from day ``first`` to day ``last``."""
        return np.asarray((self.running[last] - self.running[first]) / self.running[-1])

    def open_day(self, draws: Draws, first: Whole, last: Whole) -> Whole:
        """Draw an open day for each pair of days, busy days more often.

        ``last`` is taken where no open day lies after ``first``.
        """
        before = np.where(first > 0, self.running[first - 1], 0.0)
        share = before + draws.uniform(len(first)) * (self.running[last] - before)
        return np.minimum(pick(self.running, share / self.running[-1]), last)

    def minutes(self, draws: Draws, day: Whole) -> Whole:
        """Return a moment on each ``day``, in minutes since the start of ``FIRST_DAY``."""
        hour = OPENS + draws.weighted(HOURS, len(day))
        return day * 1440 + hour * 60 + draws.between(0, 59, len(day))

    def texts(self, minutes: Whole) -> list[str]:
        """Return moments as ``2024-03-07 14:26``."""
        clock = [f" {hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60)]
        day = [day.isoformat() for day in self.days]
        return [day[moment // 1440] + clock[moment % 1440] for moment in minutes.tolist()]
