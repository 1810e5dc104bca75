"""Whether a rule is more than chance: Fisher's exact test, and a later period it was not found in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import false_discovery_control, hypergeom

YES, NO, CANNOT_TELL = 1, 0, -1
CONFIDENCE = 0.95
_Z = float(ndtri(0.5 + CONFIDENCE / 2))

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """How often rules were met in some baskets.

    Attributes
    ----------
    both, antecedent, consequent : ndarray of int, shape (n_rules,)
        Baskets with all of the rule's items, with its antecedents, with its consequents.
    baskets : int
        Of how many; at least one.
    """

    both: npt.NDArray[np.integer]
    antecedent: npt.NDArray[np.integer]
    consequent: npt.NDArray[np.integer]
    baskets: int

    @property
    def lift(self) -> Floats:
        """Confidence over the consequents' own share, shape (n_rules,); NaN where either is in no basket."""
        with np.errstate(invalid="ignore"):
            return self.both * float(self.baskets) / (self.antecedent * self.consequent.astype(np.float64))


def fisher(counted: Counted) -> Floats:
    """Test for each rule whether its sides meet more often than they would by chance.

    Parameters
    ----------
    counted : Counted

    Returns
    -------
    ndarray of float, shape (n_rules,)
        p of Fisher's exact test, one-sided (greater), 0–1.

    Notes
    -----
    That is the hypergeometric chance of ``both`` or more; ``scipy.stats.fisher_exact`` takes one table a
    call and is ten times as slow for many rules.
    """
    counts = (counted.both - 1, counted.baskets, counted.antecedent, counted.consequent)
    return np.asarray(hypergeom.sf(*counts), np.float64)


def adjusted(p: Floats) -> Floats:
    """Adjust p values for the number of rules tested, after Benjamini and Hochberg.

    Parameters
    ----------
    p : ndarray of float, shape (n_rules,)
        Of all rules that were tested together, also those that are not shown.

    Returns
    -------
    ndarray of float, shape (n_rules,)
        The q value: of the rules with this or a smaller one, the share expected to be chance alone.
    """
    return np.asarray(false_discovery_control(p), np.float64) if len(p) else p


def held_up(
    earlier: Counted, later: Counted, found: npt.NDArray[np.bool_], chance_lift: Floats
) -> npt.NDArray[np.int8]:
    """Say of each rule whether it held in baskets that came after those it was found in.

    Parameters
    ----------
    earlier, later : Counted
    found : ndarray of bool, shape (n_rules,)
        Whether mining the earlier baskets alone finds the rule.
    chance_lift : ndarray of float, shape (n_rules,)
        The lift that chance gives in such baskets.

    Returns
    -------
    ndarray of int8, shape (n_rules,)
        ``YES`` where the later confidence's 95 % interval (Wilson) lies above what chance gives: the
        consequents' share of the later baskets, at the lift by chance. ``NO`` where it lies below what the
        earlier lift leads one to expect. Otherwise, and where no later basket holds the antecedents or the
        rule was not found earlier, ``CANNOT_TELL``.
    """
    rate = later.both / np.maximum(later.antecedent, 1)
    share = later.consequent / max(later.baskets, 1)
    expected = np.minimum(1.0, np.nan_to_num(earlier.lift) * share)
    chance = np.minimum(1.0, chance_lift * share)
    above = (rate > chance) & _outside(rate, later.antecedent, chance)
    below = (rate < expected) & _outside(rate, later.antecedent, expected)
    verdict = np.where(above, YES, np.where(below, NO, CANNOT_TELL))
    verdict[~found | (later.antecedent == 0)] = CANNOT_TELL
    return verdict.astype(np.int8)


def _outside(rate: Floats, of: npt.NDArray[np.integer], value: Floats) -> npt.NDArray[np.bool_]:
    """Say whether ``value`` lies outside Wilson's interval around ``rate`` of ``of`` trials, an element each.

    The interval's ends are where the score test turns, so the test itself is asked: an end that should be
    exactly 0 or 1 comes out of the interval's own formula with a rounding error, on either side of it.
    """
    return np.asarray((rate - value) ** 2 * of > _Z**2 * value * (1 - value))
