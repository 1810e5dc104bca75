"""Which release answers: the active one, noticed within a second, or the one a page still shows."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from services.core.language.again import again
from services.core.language.messages import _, later
from services.core.refusals import ReleaseUnusable
from services.releases import (
    Manifest,
    ReleaseSummary,
    activate,
    check_sizes,
    ever_activated,
    is_release_id,
    list_releases,
    read_current,
)
from services.releases.manifest import read_manifest
from services.serving.release.loaded import Loaded

log = logging.getLogger(__name__)
NO_RELEASE = later("There is no release yet. Train one from a file of transactions.")
NO_POINTER = later(
    "No release is active: CURRENT is missing from the models folder. Activate one: python -m services "
    "activate ID."
)
NONE_ACTIVE = later(
    "No release is active yet. Analysts and admins publish one on Compare releases; on the server it is "
    "python -m services activate ID."
)
NOT_THERE = later(
    "Release {release}, which CURRENT names, is not in the models folder. Activate another: python -m "
    "services activate ID."
)
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
        self._named: str | None = None
        self._fault: str | None = None  # in English, since whoever reads first may have another language

    @property
    def problem(self) -> str | None:
        """Why the pointer's release is not the active one, in the language that holds; None where it is."""
        if self._fault is None:
            return None
        absent = self._fault == NOT_THERE.text.format(release=self._named)
        said = NOT_THERE(release=self._named) if absent else again(self._fault)
        if self._current is None or self._fault == NONE_ACTIVE.text:
            return said
        instead = _("Release {release} is used instead.", release=self._current.id)
        return f"{said} {instead}"

    def current(self) -> Loaded | None:
        """Return the active release, or None when there is none that can be used.

        Where the pointer is gone or names a damaged release, the one already loaded stays, or at the start
        the newest before it is taken; ``problem`` says so. What nobody has activated is not taken.
        """
        if time.monotonic() - self._checked >= CHECK_SECONDS:
            with self._lock:
                if time.monotonic() - self._checked >= CHECK_SECONDS:
                    self._follow_pointer()
                    self._checked = time.monotonic()
        return self._current

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
            raise ReleaseUnusable(self.problem or NO_RELEASE())
        return current

    def publish(self, release_id: str | None, noted: Callable[[str], None]) -> Loaded:
        """Make a release the active one, for every worker and the next reader of this one.

        Parameters
        ----------
        release_id : str or None
        noted : callable
            As of ``services.releases.activate``: writes it down before.

        Raises
        ------
        NotFound
            If there is no such release.
        ReleaseUnusable
            If it cannot be opened; the active release stays.
        """
        activate(self.models, release_id or "", noted)
        with self._lock:
            self._follow_pointer()
            self._checked = time.monotonic()
        return self.at(release_id)

    def manifest(self, release_id: str) -> Manifest | None:
        """Return what a release says of itself, without loading it; None where that cannot be read."""
        try:
            return read_manifest(self.models / "releases" / release_id, release_id)
        except ReleaseUnusable:
            return None

    def listing(self) -> list[ReleaseSummary]:
        """Return the releases of the folder, newest first, with what their manifests say."""
        return list_releases(self.models)

    def _follow_pointer(self) -> None:
        self._let_go_of_damaged()
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
            if named is None and not list_releases(self.models):
                self._current, self._fault = None, NO_RELEASE.text
                return
            if named is None and self._current is None and not ever_activated(self.models):
                self._fault = NONE_ACTIVE.text
                return
            self._current = self._load(self._there(named), locked=True)
            self._stamp, self._fault = stamp, None
        except ReleaseUnusable as fault:
            if self._current is None:
                self._current = self._last_good(named)
            if self._fault != str(fault):
                log.error("release not taken: %s", fault)
            self._named, self._fault = named, str(fault)

    def _let_go_of_damaged(self) -> None:
        """Let go of a release whose files are not what they were, before a page reads them."""
        if self._current is not None:
            try:
                check_sizes(self._current.folder, self._current.manifest)
            except ReleaseUnusable:
                self._loaded.pop(self._current.id, None)
                self._current = self._stamp = None

    def _there(self, named: str | None) -> str:
        """Return what the pointer names, if it is there."""
        if named is None:
            raise ReleaseUnusable(NO_POINTER.text)
        if not (self.models / "releases" / named).is_dir():
            raise ReleaseUnusable(NOT_THERE.text.format(release=named))
        return named

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
                _(
                    "Release {release} is no longer kept here. Reload the page to see the active one.",
                    release=release_id,
                )
            )
        if release_id in self._loaded:
            known = self._loaded.pop(release_id)  # and not put back where its files have changed
            check_sizes(known.folder, known.manifest)
            self._loaded[release_id] = known
        else:
            self._loaded[release_id] = Loaded(self.models, release_id)
        while len(self._loaded) > KEPT:
            oldest = next(kept for kept in self._loaded if self._current is None or kept != self._current.id)
            del self._loaded[oldest]
        return self._loaded[release_id]
