"""Chances tried at earlier days, each time with what was known then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.core.churn.cuts import HISTORY, HORIZON, YEAR, learned_cuts
from services.core.churn.features import Parts, Stand, left, stand
from services.core.churn.models import BASELINES, CANDIDATES, Classifier, chance_of, fit
from services.core.churn.scoring import Flags, Floats, auc, brier, log_odds

_ROUNDS = 50


@dataclass(frozen=True)
class Days:
    """A ledger as of any day; what was asked once is kept.

    Attributes
    ----------
    parts : Parts
    first : int
        The first day with an order.
    """

    parts: Parts
    first: int
    _kept: dict[int, tuple[Stand, Flags]] = field(default_factory=dict)

    def at(self, day: int) -> tuple[Stand, Flags]:
        """Return where customers stood at the end of a day, and who of them left after it."""
        if day not in self._kept:
            found = stand(self.parts, day)
            self._kept[day] = found, left(self.parts, found.customer, day, HORIZON)
        return self._kept[day]

    def learned(self, now: int) -> tuple[Floats, Flags]:
        """Return points and outcomes of all customers at the cuts that can be learned from on a day."""
        points, gone = zip(
            *((found.points, flags) for found, flags in map(self.at, learned_cuts(self.first, now))),
            strict=True,
        )
        return np.concatenate(points), np.concatenate(gone)


@dataclass(frozen=True)
class Tried:
    """What all models said at a cut, and what happened.

    Attributes
    ----------
    cut : int
    left : ndarray of bool, shape (n,)
    chances : dict of str to ndarray, shape (n,)
        Of each candidate.
    shifts : dict of str to float or None
        Of each candidate: by how much, in log-odds, the season of a year before would move it; None where
        no year before is known.
    scores : dict of str to ndarray, shape (n,)
        Of each baseline.
    """

    cut: int
    left: Flags
    chances: dict[str, Floats]
    shifts: dict[str, float | None]
    scores: dict[str, Floats]

    def chance(self, model: str, season: bool) -> Floats:
        """Return a candidate's chances, with the season's shift or without."""
        shift = self.shifts[model] if season else None
        return self.chances[model] if shift is None else shifted(self.chances[model], shift)


def try_out(days: Days, cut: int, seed: int) -> Tried | None:
    """Learn at a cut what could be learned then, and say what it told of the horizon after it.

    Returns
    -------
    Tried or None
        None where everybody left or nobody did, here or at the cuts learned from.
    """
    points, gone = days.learned(cut)
    here, flags = days.at(cut)
    if _one_sided(gone) or _one_sided(flags):
        return None
    fitted = {name: fit(name, points, gone, seed) for name in CANDIDATES}
    return Tried(
        cut,
        flags,
        {name: chance_of(model, here.points) for name, model in fitted.items()},
        {name: season_of(days, cut, model) for name, model in fitted.items()},
        {name: rule(here.raw) for name, rule in BASELINES.items()},
    )


def season_of(days: Days, day: int, model: Classifier) -> float | None:
    """Return the shift, in log-odds, that would have made a model right on average a year before a day.

    None where that year is not known, or everybody left then, or nobody.
    """
    before = day - YEAR
    if before - days.first < HISTORY:
        return None
    then, flags = days.at(before)
    return None if _one_sided(flags) else level_shift(chance_of(model, then.points), float(flags.mean()))


def level_shift(chance: Floats, share: float) -> float:
    """Return by how much log-odds are to be moved so that chances average ``share``, within 0 and 1."""
    low, high, odds = -20.0, 20.0, log_odds(chance)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if np.mean(1 / (1 + np.exp(-odds - middle))) < share else (low, middle)
    return (low + high) / 2


def shifted(chance: Floats, shift: float) -> Floats:
    """Return chances with their log-odds moved."""
    moved: Floats = 1 / (1 + np.exp(-log_odds(chance) - shift))
    return moved


def season_helps(tried: Sequence[Tried], model: str) -> bool | None:
    """Say whether the shift brought the level nearer on average over all cuts; None where it is not known."""
    if any(each.shifts[model] is None for each in tried):
        return None
    off = {
        season: np.mean([abs(each.chance(model, season).mean() - each.left.mean()) for each in tried])
        for season in (False, True)
    }
    return bool(off[True] < off[False])


def choose(tried: Sequence[Tried]) -> str:
    """Choose a candidate by the squared error of its chances, averaged over all cuts but the last.

    The last cut is then held against a choice that was made without it; where it is the only one, it decides.
    """
    judged = tried[:-1] or tried
    errors = {
        name: float(np.mean([brier(each.chances[name], each.left) for each in judged])) for name in CANDIDATES
    }
    return min(errors, key=lambda name: errors[name])


def beaten_by(tried: Sequence[Tried], model: str) -> str | None:
    """Return the rule that told who left no worse than a candidate, on average over cuts, if any."""
    own = _mean_auc([each.chances[model] for each in tried], tried)
    rules: Mapping[str, float] = {
        name: _mean_auc([each.scores[name] for each in tried], tried) for name in BASELINES
    }
    best = max(rules, key=lambda name: rules[name])
    return best if rules[best] >= own else None


def _mean_auc(scores: Sequence[Floats], tried: Sequence[Tried]) -> float:
    return float(np.mean([auc(score, each.left).value for score, each in zip(scores, tried, strict=True)]))


def _one_sided(flags: Flags) -> bool:
    return bool(flags.all() or not flags.any())
