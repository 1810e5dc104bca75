"""A customer's own rhythm: in rhythm, due, overdue or silent, and when the next order is expected.

Each is a claim of the law of the next order, and each is tried on the past: at earlier days, with what was
known then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.language.messages import later
from services.core.value.fitting import Floats
from services.core.value.next_order import HALF, NextOrder, learn
from services.core.value.spans import OrderDays, Spans, Whole, spans_at

#: In the order in which a customer who does not order passes them.
STATES = {
    "in-rhythm": later("In rhythm"),
    "due": later("Due"),
    "overdue": later("Overdue"),
    "silent": later("Silent"),
}
#: Of customers with such a span who order again within a year, the share that has done so when one is due,
#: and when one is overdue.
DUE, OVERDUE = 0.5, 0.8
#: Who is overdue and once was less likely than this to order within the horizon is silent.
SILENT = 1 / 3
YEAR = 365
_LOOKS = 9
#: Shares of next orders that an interval is to hold, the one to be shown first.
LEVELS = (0.8, 0.5)
#: Intervals looked further ahead than this would be tried on too little of most files.
HORIZON = 90
LEAST_HORIZON = 14
TRIES = 3


@dataclass(frozen=True)
class Standing:
    """How long customers have waited, beside what their span usually takes.

    Attributes
    ----------
    state : ndarray of int8, shape (n,)
        Place in ``STATES``.
    overdue : ndarray of int32
        Days overdue; 0 or less: so many days are left, 0 for none after today.
    """

    state: npt.NDArray[np.int8]
    overdue: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Interval:
    """Days from now, both inclusive, between which the next order comes; ``stated`` says for whom.

    Nothing is stated of who is too likely not to order within the horizon at all.
    """

    stated: npt.NDArray[np.bool_]
    low: npt.NDArray[np.int16]
    high: npt.NDArray[np.int16]


def standing(law: NextOrder, now: Spans, horizon: int) -> Standing:
    """Compare how long running spans have lasted with what such spans take.

    Parameters
    ----------
    law : NextOrder
    now : Spans
        Running spans, one a customer.
    horizon : int
        Days ahead.
    """
    within_a_year = -np.expm1(-law.hazard(now, np.full(len(now.days), YEAR + HALF)))
    due, late = (
        np.floor(law.days(now, -np.log1p(-share * within_a_year)) - HALF) for share in (DUE, OVERDUE)
    )
    overdue = now.days > late
    # from the first day on which it is so: who waits longer is not less silent
    since = (late + 1 + np.maximum(now.days - late - 1, 0) * part for part in np.linspace(0, 1, _LOOKS))
    lowest = np.minimum.reduce([_chance(law, now, days, horizon) for days in since])
    silent = overdue & (lowest < SILENT)
    state = (now.days > due).astype(np.int8) + overdue + silent
    return Standing(state.astype(np.int8), np.maximum(now.days - late, -YEAR).astype(np.int32))


def _chance(law: NextOrder, now: Spans, days: npt.ArrayLike, horizon: int) -> Floats:
    """Return the chance of an order within the horizon after ``days`` without one."""
    waited = np.asarray(days, np.float64) + HALF
    chance: Floats = -np.expm1(law.hazard(now, waited) - law.hazard(now, waited + horizon))
    return chance


def interval(law: NextOrder, now: Spans, level: float, horizon: int) -> Interval:
    """State between which days the next order comes, with a chance of ``level``.

    The tails are equal where both fit into the horizon; else the later one begins with it.

    Parameters
    ----------
    law : NextOrder
    now : Spans
        Running spans, one a customer.
    level : float
    horizon : int
        Days ahead; an order after them, or none at all, is a miss.
    """
    waited = now.days + HALF
    passed = law.hazard(now, waited)
    within = _chance(law, now, now.days, horizon)
    before = np.clip(within - level, 0.0, (1 - level) / 2)

    def day(share: Floats) -> Floats:
        ahead = law.days(now, passed - np.log1p(-share)) - waited
        return np.clip(np.round(ahead), 0, horizon)

    low = np.minimum(day(before) + 1, horizon)
    high = np.maximum(day(before + level), low)
    return Interval(within >= level, low.astype(np.int16), high.astype(np.int16))


@dataclass(frozen=True)
class Tried:
    """What came of the claims of one earlier day, by level and by state.

    Attributes
    ----------
    cut : int
        The day, as days are counted.
    intervals, held : dict of float to int
        Intervals stated, and those within which the next order came.
    customers, ordered : list of int
        Customers in each of ``STATES``, and those who ordered within the horizon.
    undated, undated_ordered : list of int
        The same of the customers of whom no interval was stated.
    """

    cut: int
    intervals: dict[float, int]
    held: dict[float, int]
    customers: list[int]
    ordered: list[int]
    undated: list[int]
    undated_ordered: list[int]


def horizon_of(known: OrderDays, end: int) -> int:
    """Return how many days ahead can be tried on what is known: a third of it, ``HORIZON`` at most."""
    first = int(known.day.min()) if len(known.day) else end
    return min(HORIZON, (end - first + 1) // 3)


def try_out(
    known: OrderDays, end: int, horizon: int, levels: Sequence[float] = LEVELS, tries: int = TRIES
) -> list[Tried]:
    """State at earlier days what is stated today, and count what came of it.

    The latest of these days leaves the horizon to look at; each of the others is a third of it earlier.
    """
    return [
        tried
        for place in range(tries)
        if (tried := _try_at(known, end - horizon - place * horizon // 3, horizon, levels))
    ]


def _try_at(known: OrderDays, cut: int, horizon: int, levels: Sequence[float]) -> Tried | None:
    spans = spans_at(known, cut)
    law = learn(spans)
    if law is None:
        return None
    now = spans.running
    waits = next_orders(known, now.customer, cut)
    intervals, held = {}, {}
    dated = np.zeros(len(waits), bool)
    for level in levels:
        stated = interval(law, now, level, horizon)
        inside = stated.stated & (stated.low <= waits) & (waits <= stated.high)
        dated |= stated.stated
        intervals[level], held[level] = int(stated.stated.sum()), int(inside.sum())
    state = standing(law, now, horizon).state
    soon = waits <= horizon
    groups = (state, state[soon], state[~dated], state[soon & ~dated])
    counted = [np.bincount(each, minlength=len(STATES)).tolist() for each in groups]
    return Tried(cut, intervals, held, *counted)


def next_orders(known: OrderDays, customers: Whole, cut: int) -> Floats:
    """Return the days from a day to the first order after it, infinite where there is none, shape (n,)."""
    later = known.day > cut
    who, first = np.unique(known.customer[later], return_index=True)
    place = np.searchsorted(who, customers)
    found = np.full(len(customers), np.inf)
    came = np.isin(customers, who)
    found[came] = known.day[later][first][place[came]] - cut
    return found
