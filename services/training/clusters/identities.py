"""What a cluster keeps from the release before: its id, its name and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.core.clusters.identity import match_clusters
from services.core.refusals import ReleaseUnusable
from services.releases import OpenRelease, list_releases, open_release

COLOURS = 10
SURE = 0.5


@dataclass(frozen=True)
class Identities:
    """Per cluster of a new release, in the order of its labels.

    Attributes
    ----------
    ids, names : list of str
    colours : list of int
        1 to 10.
    allotted : int
        How many ids the models folder has given out so far.
    warnings : list of str
        Sentences on clusters that are new, retired or matched weakly.
    """

    ids: list[str]
    names: list[str]
    colours: list[int]
    allotted: int
    warnings: list[str]


def latest_of(models: Path, preset: str) -> OpenRelease | None:
    """Return the newest usable release of the same preset, which new clusters are matched with."""
    for summary in list_releases(models):
        if summary.usable and summary.preset == preset:
            try:
                return open_release(models, summary.id)
            except ReleaseUnusable:
                continue
    return None


def allotted_so_far(models: Path) -> int:
    """Return the highest number of ids any usable release of the folder says were given out."""
    highest = 0
    for summary in list_releases(models):
        if summary.usable:
            try:
                highest = max(highest, open_release(models, summary.id).overview.clusters_allotted)
            except ReleaseUnusable:
                continue
    return highest


def carry_over(
    previous: OpenRelease | None,
    allotted: int,
    customer_ids: npt.NDArray[np.bytes_],
    labels: npt.NDArray[np.int16],
    names: list[str],
) -> Identities:
    """Give each new cluster the identity of the old one it continues, or a new one.

    Parameters
    ----------
    previous : OpenRelease or None
    allotted : int
        Ids given out before; new ones count on from it.
    customer_ids : ndarray of bytes, shape (n,), sorted
    labels : ndarray of int16, shape (n,)
    names : list of str, length k
        From content, for clusters without an older self.
    """
    k = len(names)
    ids: list[str | None] = [None] * k
    kept_names: list[str | None] = [None] * k
    colours: list[int | None] = [None] * k
    warnings: list[str] = []
    if previous is not None:
        old = previous.overview.clusters
        _, mine, theirs = np.intersect1d(
            customer_ids, previous.customers["customer_id"], assume_unique=True, return_indices=True
        )
        matches = match_clusters(np.asarray(previous.customers["cluster"])[theirs], labels[mine], len(old), k)
        for new, match in enumerate(matches):
            if match.old is None:
                continue
            ids[new], kept_names[new] = old[match.old].id, old[match.old].name
            colours[new] = old[match.old].colour
            if match.overlap < SURE:
                name = old[match.old].name
                warnings.append(
                    f"Cluster “{name}” shares only {100 * match.overlap:.0f}\u00a0% of its customers "
                    "with the previous release."
                )
        continued = {match.old for match in matches}
        warnings += [
            f"Cluster “{c.name}” was not found again."
            for place, c in enumerate(old)
            if place not in continued
        ]
    taken = {colour for colour in colours if colour}
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken]
    for new in range(k):
        if ids[new] is None:
            allotted += 1
            ids[new], colours[new] = f"c{allotted}", free.pop(0) if free else 1 + new % COLOURS
            if previous is not None:
                warnings.append(f"Cluster “{names[new]}” is new.")
    return Identities(
        [str(each) for each in ids],
        _distinct(kept_names, names),
        [int(each or 1) for each in colours],
        allotted,
        warnings,
    )


def _distinct(kept: list[str | None], from_content: list[str]) -> list[str]:
    """Join kept and new names so that no two are equal: a new name that is taken says so."""
    names = list(kept)
    for index, name in enumerate(from_content):
        if names[index] is None:
            candidate, count = name, 2
            while candidate in names:
                candidate, count = f"{name} ({count})", count + 1
            names[index] = candidate
    return [str(name) for name in names]
