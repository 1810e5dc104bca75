"""Campaigns tried out on customers whose later spend is known: how often the verdict is right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.campaigns.effects import enough
from services.core.campaigns.holdout import POWER, numbers
from services.core.campaigns.permutation import Floats, counted, shifts

#: Permutations within a trial.
PERMUTATIONS = 799
#: Of each audience drawn without an effect.
HOLDOUTS = 4
#: Audiences that find the smallest effect.
STEADY = 2_000
#: The smallest effect of larger audiences is reckoned from that of so many customers.
LARGEST = 1_000
_NAMES = 500
_CELLS = 1_500_000

Judged = tuple[Floats, Floats]


@dataclass(frozen=True)
class Pool:
    """Customers to draw trial audiences from.

    Attributes
    ----------
    spent, before : ndarray of float, shape (n_customers,)
        Spend in a period that is over, and up to its start.
    weight : ndarray of float, shape (n_customers,)
        How likely each is to be drawn; sums to 1.
    adjust : bool
        Whether the spend before is allowed for.
    """

    spent: Floats
    before: Floats
    weight: Floats
    adjust: bool


@dataclass(frozen=True)
class Trials:
    """What trials of one size came to.

    Attributes
    ----------
    trials : int
        Without any effect; four with each audience drawn.
    false_verdicts : float
        Share of them that said "worked" or "did harm".
    coverage : float or None
        Share of intervals that held the true effect: none, or the one asked about; None where no trial had
        groups large enough.
    power : float or None
        Share of trials that found the effect asked about, else the smallest; None where there is none.
    power_by_orders : float or None
        The same where that money came from further orders of some; None also where all would have to order.
    smallest_effect : float or None
        As :func:`smallest_effect`.
    width : float or None
        Median width of the intervals.
    """

    trials: int
    false_verdicts: float
    coverage: float | None
    power: float | None
    power_by_orders: float | None
    smallest_effect: float | None
    width: float | None


def simulate(pool: Pool, size: int, share: float, draws: int, effect: float | None = None) -> Trials:
    """Try out campaigns whose effect is known.

    Parameters
    ----------
    pool : Pool
    size : int
        Customers of an audience.
    share : float
        Of them to hold out.
    draws : int
        Audiences to draw without an effect; four times as many others are drawn with one.
    effect : float, optional
        What every treated customer spends more, of what counts; the smallest effect without it. The same
        money by further orders is a share of the treated who spend besides what some past buyer spent.

    Notes
    -----
    Audiences are drawn with replacement, and held out as those of different names are; without an effect four
    times, because the test is right for any spend, so that four verdicts on one audience are wrong
    independently of each other. A trial is judged as a campaign is, by 799 permutations.
    """
    lows, highs = _judged(pool, size, share, draws, 0, holdouts=HOLDOUTS)
    wrong = float(((lows > 0) | (highs < 0)).mean())
    smallest = smallest_effect(pool, size, share)
    asked, power, by_orders = smallest if effect is None else effect, None, None
    if asked is not None:
        found = _judged(pool, size, share, draws * HOLDOUTS, 2, effect=asked)
        power = float((found[0] > 0).mean())
        lows, highs = (lows, highs) if effect is None else found
        if (ordering := asked / _of_a_buyer(pool)) < 1:
            by_orders = float(
                (_judged(pool, size, share, draws * HOLDOUTS, 3, ordering=ordering)[0] > 0).mean()
            )
    fit = np.isfinite(lows)
    true = effect or 0.0
    held = ((lows <= true) & (true <= highs))[fit]
    coverage, width = (
        (float(held.mean()), float(np.median((highs - lows)[fit]))) if held.size else (None, None)
    )
    return Trials(draws * HOLDOUTS, wrong, coverage, power, by_orders, smallest, width)


def smallest_effect(pool: Pool, size: int, share: float) -> float | None:
    """Return how much more counted spend per customer four campaigns in five would show.

    Parameters
    ----------
    pool, size, share
        As in :func:`simulate`.

    Returns
    -------
    float or None
        None where too many such groups are too small for a verdict.

    Notes
    -----
    What every treated customer spends more moves the interval by as much: the effect is the 80 % point of how
    far below 0 intervals without an effect begin, in 2,000 audiences. With the size n it falls by 1/√n, which
    beyond 1,000 customers spares the trials.
    """
    tried = min(size, LARGEST)
    lows, _ = _judged(pool, tried, share, STEADY, 1)
    smallest = float(np.quantile(-lows, POWER, method="higher"))
    return at_size(smallest, tried, size) if math.isfinite(smallest) else None


def at_size(smallest: float, tried: int, size: int) -> float:
    """Return the smallest effect of audiences of another size than that tried."""
    return smallest * math.sqrt(tried / size)


def _of_a_buyer(pool: Pool) -> float:
    bought = pool.spent > 0
    return float((pool.weight * pool.spent).sum() / pool.weight[bought].sum()) if bought.any() else 0.0


def _judged(
    pool: Pool,
    size: int,
    share: float,
    draws: int,
    series: int,
    *,
    holdouts: int = 1,
    effect: float = 0.0,
    ordering: float = 0.0,
) -> Judged:
    """Return both ends of the interval of each trial; infinite where its groups are too small.

    ``effect`` is added to what counts of every treated customer; a share ``ordering`` of them spend besides
    what a buyer did.
    """
    random = np.random.default_rng(series)
    buyers = pool.weight * (pool.spent > 0)
    parts = []
    for drawn, held in _trials(pool, size, share, draws, series, holdouts):
        spent: Floats = pool.spent[drawn]
        if ordering:
            further = random.choice(pool.spent, held.shape, p=buyers / buyers.sum())
            spent = spent + further * (~held & (random.random(held.shape) < ordering))
        before = pool.before[drawn] if pool.adjust else None
        found = shifts(counted(spent)[0] + effect * ~held, held, share, PERMUTATIONS, series, before)
        fit = _fit(spent > 0, held)
        parts.append((np.where(fit, found.low, -np.inf), np.where(fit, found.high, np.inf)))
    lows, highs = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    return lows, highs


def _trials(
    pool: Pool, size: int, share: float, draws: int, series: int, holdouts: int
) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]]:
    """Draw audiences, some at once: whom of the pool, and who of them is held out; a column a trial."""
    random = np.random.default_rng((series, size))
    ids = [str(place).encode() for place in range(size)]
    # Names may come back: a customer's place in an audience is drawn, too.
    names = [numbers(ids, f"trial {series} {trial}") for trial in range(min(draws * holdouts, _NAMES))]
    at_once = max(1, _CELLS // (size * holdouts))
    for start in range(0, draws, at_once):
        audiences = range(start, min(start + at_once, draws))
        trials = range(holdouts * audiences.start, holdouts * audiences.stop)
        held = np.stack([names[trial % _NAMES] < share for trial in trials], axis=1)
        drawn = random.choice(len(pool.spent), (size, len(audiences)), p=pool.weight)
        yield np.repeat(drawn, holdouts, axis=1), held


def _fit(bought: npt.NDArray[np.bool_], held: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each trial whether its groups are large enough."""
    counts = np.stack([bought & ~held, ~held, bought & held, held]).sum(axis=1).T.tolist()
    return np.array([b > 0 < d and enough((a, b), (c, d), non_buyers=False) for a, b, c, d in counts])
