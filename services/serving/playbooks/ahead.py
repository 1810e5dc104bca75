"""What a group's customers are predicted to do, on average: told to a language model beside what they did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.serving.playbooks.plans import Group
from services.serving.release.expected import expected_spend
from services.serving.release.loaded import Loaded
from services.serving.release.stake import total_at_stake


@dataclass(frozen=True)
class Ahead:
    """Averages over a group's customers; None where the release predicts none.

    Attributes
    ----------
    horizon : int
        Days of all three.
    chance : float or None
        Of no order, 0 to 1.
    usual, expected : float or None
        Usual spend, which goes by what was spent so far, and expected spend; shop currency.
    """

    horizon: int
    chance: float | None
    usual: float | None
    expected: float | None


def ahead(release: Loaded, group: Group) -> Ahead | None:
    """Return what a group's customers are predicted to do; None where nothing is, or nobody is in it."""
    entries = release.segments if group.kind == "segment" else release.clusters
    place = next(at for at, each in enumerate(entries) if each.id == group.id)
    rows = np.flatnonzero(np.asarray(release.customers[group.kind]) == place)
    stake, total = total_at_stake(release, rows), expected_spend(release, rows)
    if not len(rows) or (stake is None and total is None):
        return None
    return Ahead(
        horizon=stake.horizon if stake else total.days if total else 0,
        chance=float(np.mean(release.customers["churn"][rows], dtype=np.float64)) if stake else None,
        usual=stake.usual / len(rows) if stake else None,
        expected=total.spend / len(rows) if total else None,
    )
