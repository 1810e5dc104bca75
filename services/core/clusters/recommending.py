"""The number of clusters that the evidence speaks for, and a sentence that says why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.core.clusters.comparison import FEWEST
from services.core.clusters.evidence import Evidence
from services.core.language.messages import later, plural

SMALLEST, SMALLEST_SHARE = 20, 0.02  # customers, and of all, in each cluster where k is recommended
#: Agreement of bootstrap samples from which on clusters are stable when resampled: "good" recovery.
#: Steinley, *Properties of the Hubert-Arabie adjusted Rand index*, 2004.
STABLE = 0.8
MEAN_SIZE = 5  # customers a cluster at least; smaller ones are no groups
TOO_FEW = later("Too few customers to trust the comparison of numbers of clusters.")


@dataclass(frozen=True)
class Recommendation:
    """A number of clusters.

    Attributes
    ----------
    k : int
    reason : str
        Sentences that say why.
    passes : bool
        Whether its smallest cluster is large enough; where none passes, k is used and not recommended.
    """

    k: int
    reason: str
    passes: bool


def least_of_cluster(customers: int) -> int:
    """Return how many of ``customers`` the smallest cluster holds at least where k is recommended."""
    return max(SMALLEST, math.ceil(SMALLEST_SHARE * customers))


def recommend(evidence: Sequence[Evidence], customers: int) -> Recommendation:
    """Choose k and say why.

    Of the k whose clusters are stable when customers are resampled and none of which is tiny, the one at the
    elbow of the inertia curve. Silhouette is shown but does not decide; on its own it tends to two groups, or
    to a handful of wholesalers.

    Parameters
    ----------
    evidence : sequence of Evidence
        For ascending k, at least one.
    customers : int
        How many the evidence was gathered on. Of fewer than ``comparison.FEWEST`` the measures say nothing:
        a number is chosen the same way, and the reason does not praise it.
    """
    borne = [e for e in evidence if customers >= MEAN_SIZE * e.k] or list(evidence[:1])
    if customers < FEWEST:
        return Recommendation(_best(borne, list(borne))[0], TOO_FEW.text, passes=False)
    big = [e for e in evidence if e.smallest >= least_of_cluster(customers)]
    if big:
        return Recommendation(*_best(evidence, big), passes=True)
    best = max(evidence, key=lambda e: (e.smallest, -e.k))
    return Recommendation(
        best.k,
        plural(
            "No number of clusters is recommended: with each, the smallest cluster holds under {least} "
            "customers or under {share}\u00a0% of them. "
            "It is largest with {k}, which are used: {n} customer.",
            "No number of clusters is recommended: with each, the smallest cluster holds under {least} "
            "customers or under {share}\u00a0% of them. "
            "It is largest with {k}, which are used: {n} customers.",
            best.smallest,
            least=SMALLEST,
            share=f"{100 * SMALLEST_SHARE:.0f}",
            k=best.k,
        ),
        passes=False,
    )


def _best(evidence: Sequence[Evidence], big: Sequence[Evidence]) -> tuple[int, str]:
    """Choose among those whose clusters are large enough; the bend is that of all."""
    steady = [e for e in big if e.stability >= STABLE]
    if not steady:
        best = max(big, key=lambda e: e.stability)
        return best.k, plural(
            "No number of clusters that are large enough is stable when resampled; {k} are the most stable. "
            "The smallest has {n} customer.",
            "No number of clusters that are large enough is stable when resampled; {k} are the most stable. "
            "The smallest has {n} customers.",
            best.smallest,
            k=best.k,
        )
    bend = elbow(evidence)
    best = min(steady, key=lambda e: (abs(e.k - bend), e.k))
    if best.k == bend:
        return best.k, plural(
            "{k} is where the inertia curve bends, and its clusters are stable when resampled; the smallest "
            "has {n} customer.",
            "{k} is where the inertia curve bends, and its clusters are stable when resampled; the smallest "
            "has {n} customers.",
            best.smallest,
            k=best.k,
        )
    return best.k, plural(
        "Of the numbers whose clusters are large enough and stable when resampled, {k} is nearest to the "
        "bend of the inertia curve, at {bend}; the smallest has {n} customer.",
        "Of the numbers whose clusters are large enough and stable when resampled, {k} is nearest to the "
        "bend of the inertia curve, at {bend}; the smallest has {n} customers.",
        best.smallest,
        k=best.k,
        bend=bend,
    )


def elbow(evidence: Sequence[Evidence]) -> int:
    """Return the k furthest below the straight line between the ends of the inertia curve.

    Satopää et al., *Finding a "Kneedle" in a Haystack*, 2011, for one convex, falling curve.
    """
    k = np.array([e.k for e in evidence], dtype=np.float64)
    inertia = np.array([e.inertia for e in evidence])
    if len(k) < 3:
        return int(k[0])
    across = (k - k[0]) / (k[-1] - k[0])
    down = (inertia - inertia[-1]) / (inertia[0] - inertia[-1])
    return int(k[int(np.argmax(1 - across - down))])
