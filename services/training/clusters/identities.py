"""What a cluster keeps from the release before: its id and colour, and its name while that is true."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.core.clusters.identity import Match, match_clusters
from services.core.clusters.naming import Name, names
from services.core.clusters.positions import Position
from services.core.language.messages import _
from services.core.refusals import ReleaseUnusable
from services.releases import OpenRelease, list_releases, open_release

COLOURS = 10
SURE = 0.5


@dataclass(frozen=True)
class Identities:
    """Per cluster of a new release, in the order of its labels.

    Attributes
    ----------
    ids : list of str
    named : list of Name
    formerly : list of str or None
        The name in the release before, where it is no longer true.
    segments : list of str or None
        The id that the cluster had as a segment; None where clusters were not the segments.
    colours : list of int
        1 to 10.
    allotted : int
        How many ids the models folder has given out so far.
    warnings : list of str
        Sentences on clusters that are new, renamed, retired or matched weakly.
    """

    ids: list[str]
    named: list[Name]
    formerly: list[str | None]
    segments: list[str | None]
    colours: list[int]
    allotted: int
    warnings: list[str]

    @property
    def names(self) -> list[str]:
        """The names as text."""
        return [name.text for name in self.named]


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
    found: list[Position],
    *,
    frequency_is_orders: bool,
) -> Identities:
    """Give each new cluster the identity of the old one it continues, or a new one.

    Parameters
    ----------
    previous : OpenRelease or None
    allotted : int
        Ids given out before; new ones count on from it.
    customer_ids : ndarray of bytes, shape (n,), sorted
    labels : ndarray of int16, shape (n,)
    found : list of Position, length k
        Where the clusters lie, from which they are named.
    frequency_is_orders : bool
    """
    old = previous.overview.clusters if previous else []
    matches = _matches(previous, customer_ids, labels, len(found))
    continued = [None if match.old is None else old[match.old] for match in matches]
    gone = [each for each in old if each not in continued]
    named = names(
        found,
        frequency_is_orders=frequency_is_orders,
        kept=[each.name if each else None for each in continued],
        elsewhere=[each.name for each in gone],
    )
    taken = {each.colour for each in continued if each}
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken]
    ids, colours, warnings = [], [], []
    for place, (each, match, name) in enumerate(zip(continued, matches, named, strict=True)):
        if each is None:
            allotted += 1
            ids.append(f"c{allotted}")
            colours.append(free.pop(0) if free else 1 + place % COLOURS)
            warnings += [_("Cluster “{name}” is new.", name=name.text)] if previous else []
            continue
        ids.append(each.id)
        colours.append(each.colour)
        if each.name != name.text:
            warnings.append(
                _(
                    "Cluster “{name}” was “{before}” before, which no longer fits it or now fits other "
                    "clusters too.",
                    name=name.text,
                    before=each.name,
                )
            )
        if match.overlap < SURE:
            warnings.append(
                _(
                    "Cluster “{name}” shares only {share}\u00a0% of its customers with the previous release.",
                    name=name.text,
                    share=f"{100 * match.overlap:.0f}",
                )
            )
    return Identities(
        ids,
        named,
        [
            each.name if each and each.name != name.text else None
            for each, name in zip(continued, named, strict=True)
        ],
        _segments(previous, matches),
        colours,
        allotted,
        warnings + [_("Cluster “{name}” was not found again.", name=each.name) for each in gone],
    )


def _matches(
    previous: OpenRelease | None,
    customer_ids: npt.NDArray[np.bytes_],
    labels: npt.NDArray[np.int16],
    k: int,
) -> list[Match]:
    if previous is None:
        return [Match(None, 0.0)] * k
    _shared, mine, theirs = np.intersect1d(
        customer_ids, previous.customers["customer_id"], assume_unique=True, return_indices=True
    )
    then = np.asarray(previous.customers["cluster"])[theirs]
    return match_clusters(then, labels[mine], len(previous.overview.clusters), k)


def _segments(previous: OpenRelease | None, matches: list[Match]) -> list[str | None]:
    if previous is None or previous.manifest.preset_definition["segments"]["kind"] != "clusters":
        return [None] * len(matches)
    segments = previous.overview.segments
    return [None if match.old is None else segments[match.old].id for match in matches]
