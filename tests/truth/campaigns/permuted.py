"""Campaigns drawn and judged anew: the permutation test of the verdict on revenue, written plainly."""

from __future__ import annotations

import numpy as np

from tests.truth.campaigns.audience import Trial, cut, enough

DRAWS, TRIALS = 399, 600


def more_extreme(
    spent: np.ndarray, held: np.ndarray, share: float, before: np.ndarray | None, draws: int
) -> tuple:
    """Return the shares of redrawn holdouts with as high, and with as low, a difference as the observed one.

    Parameters
    ----------
    spent, held : ndarray, shape (n_customers, n_trials)
        What counts, less the effect that is tried; who is held out.
    share : float
        With which each was drawn for the holdout.
    before : ndarray or None
        Spend before, whose square root is then allowed for.
    draws : int
    """
    rest = spent - spent.mean(axis=0)
    if before is not None:
        known = np.sqrt(before) - np.sqrt(before).mean(axis=0)
        square = np.maximum((known**2).sum(axis=0), 1e-12)
        rest = rest - known * (known * rest).sum(axis=0) / square
    size = len(rest)

    def scaled(sums: np.ndarray, out: np.ndarray) -> np.ndarray:
        return -sums / np.sqrt(np.maximum(out * (size - out), 1))

    observed = scaled((held * rest).sum(axis=0), held.sum(axis=0))
    drawn = np.random.default_rng(11).random((draws, size)) < share
    others = scaled(drawn.astype(float) @ rest, drawn.sum(axis=1)[:, None])
    high = (1 + (others >= observed - 1e-9).sum(axis=0)) / (draws + 1)
    low = (1 + (others <= observed + 1e-9).sum(axis=0)) / (draws + 1)
    return high, low


def found(pool: Trial, size: int, share: float, *, effect: float = 0.0, ordering: float = 0.0) -> np.ndarray:
    """Return the verdict of each of ``TRIALS`` campaigns: 1 for worked, −1 for harm, 0 for neither.

    Parameters
    ----------
    pool : Trial
    size : int
        Customers of each.
    share : float
    effect : float
        What each of the campaign group spends more.
    ordering : float
        Share of the campaign group who order once more, as much as some buyer.
    """
    random = np.random.default_rng(7)
    people = random.choice(len(pool.spent), (size, TRIALS), p=pool.chance)
    held = random.random((size, TRIALS)) < share
    spent = pool.spent[people]
    if ordering:
        bought = pool.chance * (pool.spent > 0)
        more = random.choice(pool.spent, spent.shape, p=bought / bought.sum())
        spent = spent + more * (~held & (random.random(spent.shape) < ordering))
    counts = np.stack([cut(each)[0] for each in spent.T], axis=1) + effect * ~held
    before = pool.before[people] if pool.adjust else None
    high, low = more_extreme(counts, held, share, before, DRAWS)
    fit = [
        min(out.sum(), (~out).sum()) > 0
        and enough(
            (int((paid[~out] > 0).sum()), int((paid[out] > 0).sum())),
            (int((~out).sum()), int(out.sum())), rate=False,
        )
        for paid, out in zip(spent.T, held.T, strict=True)
    ]  # fmt: skip
    return np.where(fit, (high <= 0.025).astype(int) - (low <= 0.025), 0)
