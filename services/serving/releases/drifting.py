"""How far a release's customers lie from those of another: as its training noted it, else measured once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from services.core.drift import SHIFTS, Drifted, Shift, between
from services.core.refusals import ReleaseUnusable
from services.releases.checks.files import check_folder
from services.releases.folders import release_ids, releases_root
from services.releases.manifest import Manifest, read_manifest
from services.releases.overview.bases import base_of
from services.releases.reading import open_release

REMEMBERED = 8


@dataclass(frozen=True)
class Newer:
    """The newest release that is not the active one, where it is newer than that.

    Attributes
    ----------
    manifest : Manifest
    drift : Drifted
        From the active release's customers to its own.
    """

    manifest: Manifest
    drift: Drifted

    def due(self, retrain_at: Shift) -> bool:
        """Whether customers shifted as far as the site's rule says."""
        return SHIFTS.index(self.drift.shift) >= SHIFTS.index(retrain_at)


class Drifts:
    """Drift between the releases of a folder; a pair that no training compared is opened once.

    Parameters
    ----------
    models : Path
    """

    def __init__(self, models: Path) -> None:
        self._models = models
        self._measured = lru_cache(maxsize=REMEMBERED)(self._measure)

    def between(self, active: str, other: Manifest) -> Drifted:
        """Return how far the customers of ``other`` lie from those of the release ``active``.

        Raises
        ------
        ReleaseUnusable
            If it was not noted and one of the two cannot be opened.
        """
        noted = other.metrics.get("drift")
        if noted is not None and noted["against"] == active:
            return Drifted.of(noted)
        return self._measured(active, other.id)

    def newer(self, active: str) -> Newer | None:
        """Return the newest release after the active one; None where there is none that can be used."""
        for manifest in self._after(active):
            try:
                return Newer(manifest, self.between(active, manifest))
            except ReleaseUnusable:
                continue
        return None

    def _after(self, active: str) -> Iterator[Manifest]:
        for release_id in release_ids(self._models):
            if release_id <= active:
                return
            try:
                folder = check_folder(releases_root(self._models) / release_id, release_id)
                yield read_manifest(folder, release_id)
            except ReleaseUnusable:
                continue

    def _measure(self, active: str, other: str) -> Drifted:
        opened = (open_release(self._models, each) for each in (active, other))
        return between(*(base_of(each.manifest, each.overview, each.customers) for each in opened))
