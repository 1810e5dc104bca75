"""Which release answers: the active one, noticed within a second, or the one a page still shows."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from pathlib import Path

from services.core.refusals import ReleaseUnusable
from services.releases import ReleaseSummary, is_release_id, list_releases, read_current
from services.serving.loaded import Loaded

log = logging.getLogger(__name__)
CHECK_SECONDS = 0.5
KEPT = 2


class Releases:
    """The releases of one models folder, swapped whole when another is activated.

    Parameters
    ----------
    models : Path
        The folder that holds ``CURRENT`` and ``releases/``.
    """

    def __init__(self, models: Path) -> None:
        self.models = models
        self._lock = threading.Lock()
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()
        self._current: Loaded | None = None
        self._stamp: tuple[int, int] | None = None
        self._checked = -CHECK_SECONDS
        self.problem: str | None = None

    def current(self) -> Loaded | None:
        """Return the active release, or None when there is none that can be used.

        Where the pointer names a damaged release, the one already loaded stays, or at the start the newest
        before it is taken; ``problem`` says so.
        """
        if time.monotonic() - self._checked >= CHECK_SECONDS:
            with self._lock:
                if time.monotonic() - self._checked >= CHECK_SECONDS:
                    self._follow_pointer()
                    self._checked = time.monotonic()
        return self._current

    @property
    def damaged(self) -> bool:
        """Whether a release was activated and none can be used; a folder without any waits for its first."""
        return self.current() is None and (self.models / "CURRENT").exists()

    def at(self, release_id: str | None) -> Loaded:
        """Return the release a page shows, or the active one when it names none.

        Raises
        ------
        ReleaseUnusable
            If there is no release at all, or the named one is gone or damaged.
        """
        current = self.current()
        named = isinstance(release_id, str) and is_release_id(release_id)
        if release_id and named and (current is None or release_id != current.id):
            return self._load(release_id)
        if current is None:
            raise ReleaseUnusable(
                self.problem or "There is no release yet. Train one from a file of transactions."
            )
        return current

    def listing(self) -> list[ReleaseSummary]:
        """Return the releases of the folder, newest first, with what their manifests say."""
        return list_releases(self.models)

    def _follow_pointer(self) -> None:
        try:
            status = (self.models / "CURRENT").stat()
            stamp = (status.st_ino, status.st_mtime_ns)
        except OSError:
            stamp = None
        if stamp is not None and stamp == self._stamp:
            return
        named: str | None = None
        try:
            named = read_current(self.models)
            if named is None:
                self.problem = (
                    None
                    if self._current
                    else "There is no release yet. Train one from a file of transactions."
                )
                return
            self._current = self._load(named, locked=True)
            self._stamp, self.problem = stamp, None
        except ReleaseUnusable as fault:
            if self._current is None:
                self._current = self._last_good(named)
            kept = f" Release {self._current.id} is served instead." if self._current else ""
            if self.problem != f"{fault}{kept}":
                log.error("release not taken: %s", fault)
            self.problem = f"{fault}{kept}"

    def _last_good(self, damaged: str | None) -> Loaded | None:
        """Return the newest release that can be used: of those before the damaged one, else of all."""
        usable = [release.id for release in list_releases(self.models) if release.usable]
        for release_id in sorted(usable, key=lambda each: damaged is not None and each > damaged):
            try:
                return self._load(release_id, locked=True)
            except ReleaseUnusable:
                continue
        return None

    def _load(self, release_id: str, *, locked: bool = False) -> Loaded:
        if not locked:
            with self._lock:
                return self._load(release_id, locked=True)
        if not (self.models / "releases" / release_id).is_dir():
            self._loaded.pop(release_id, None)  # who was erased since is in memory there
            raise ReleaseUnusable(
                f"Release {release_id} is no longer kept here. Reload the page to see the active one."
            )
        if release_id not in self._loaded:
            self._loaded[release_id] = Loaded(self.models, release_id)
        self._loaded.move_to_end(release_id)
        while len(self._loaded) > KEPT:
            oldest = next(kept for kept in self._loaded if self._current is None or kept != self._current.id)
            del self._loaded[oldest]
        return self._loaded[release_id]
