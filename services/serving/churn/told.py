"""Who churned by the table of customers that a release was made of, group by group: nothing is predicted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from services.core.cohorts.newcomers import Verdict, interval, verdict
from services.serving.release.loaded import Loaded


class ToldGroup(NamedTuple):
    """A segment or a cluster.

    Attributes
    ----------
    place : int
        In the overview's list.
    churned, customers : int
        Of whom the table says it either way; one at least.
    low, high : float
        95 % interval of the share, 0–1.
    verdict : {"more", "less", "cannot tell"}
        Than the rest, as a finding may say it.
    """

    place: int
    churned: int
    customers: int
    low: float
    high: float
    verdict: Verdict

    @property
    def share(self) -> float:
        """Who churned, 0–1."""
        return self.churned / self.customers


def told_churn(release: Loaded) -> npt.NDArray[np.int8] | None:
    """Return who churned, shape (n,): 1 yes, 0 no, −1 unknown; None where the release does not say."""
    return release.customers.get("churned")


def told_by_group(churned: npt.NDArray[np.int8], places: npt.NDArray[np.int16]) -> list[ToldGroup]:
    """Return each group with somebody of whom it is known, the highest share first.

    Parameters
    ----------
    churned : ndarray of int, shape (n,)
        From :func:`told_churn`.
    places : ndarray of int, shape (n,)
        The group of each customer, −1 for none.
    """
    known = churned >= 0
    everybody, all_gone = int(known.sum()), int((churned == 1).sum())
    groups = np.unique(places[known & (places >= 0)]).tolist()
    found = []
    for place in groups:
        inside = churned[known & (places == place)]
        gone, of = int(inside.sum()), len(inside)
        said = verdict(gone, of, all_gone, everybody, 2 * len(groups))
        found.append(ToldGroup(place, gone, of, *interval(gone, of), said))
    return sorted(found, key=lambda each: -each.share)
