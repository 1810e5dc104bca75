"""What one more cluster would do: whom it parts from whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.core.clusters.identity import match_clusters
from services.core.clusters.kmeans import Labels


@dataclass(frozen=True)
class Split:
    """The cluster that is there with k + 1 clusters and not with k.

    Attributes
    ----------
    cluster : int
        Its index among the k + 1.
    source : int
        The one of the k that most of its customers are in.
    rest : int
        The one of the k + 1 that most others of ``source`` are in.
    customers, taken : int
        In it, and of them from ``source``.
    moved : int
        Others whose cluster does not continue the one they were in.
    """

    cluster: int
    source: int
    rest: int
    customers: int
    taken: int
    moved: int


def split(labels: Labels, finer: Labels, k: int) -> Split:
    """Say what ``k + 1`` clusters part that ``k`` have together.

    Parameters
    ----------
    labels, finer : ndarray of int16, shape (n,)
        Of the same customers, in k and in k + 1 clusters.
    k : int
    """
    matches = match_clusters(labels, finer, k, k + 1)
    continues = np.array([-1 if match.old is None else match.old for match in matches])
    sizes = np.bincount(finer, minlength=k + 1)
    cluster = int(np.argmax(np.where(continues < 0, sizes, -1)))
    shared = np.bincount(labels[finer == cluster], minlength=k)
    source = int(shared.argmax())
    others = np.bincount(finer[(labels == source) & (finer != cluster)], minlength=k + 1)
    stayed = int((continues[finer] == labels).sum())
    return Split(
        cluster,
        source,
        int(np.where(np.arange(k + 1) == cluster, -1, others).argmax()),
        int(sizes[cluster]),
        int(shared[source]),
        len(labels) - stayed - int(sizes[cluster]),
    )


def kept_share(labels: Labels, again: Labels, k: int) -> float:
    """Return the share of customers who stay in their cluster, clusters paired by who is in them.

    Parameters
    ----------
    labels, again : ndarray of int16, shape (n,)
        Of the same customers, in k clusters each.
    k : int
    """
    matches = match_clusters(labels, again, k, k)
    continues = np.array([-1 if match.old is None else match.old for match in matches])
    return float((continues[again] == labels).mean())
