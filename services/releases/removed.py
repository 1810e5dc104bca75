"""Which releases were removed on purpose, until the store that the folder shares was told of it.

A release that is merely missing is fetched again; only what stands here is removed from the store, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from pathlib import Path

from services.releases.folders import sync
from services.releases.ids import is_release_id
from services.releases.locks import pointer_lock

SHARED = ".shared.json"
"""Stands in a folder that shares a store, and names the release that both had as the active one."""

_REMOVED = ".removed"


def note_removed(models: Path, release_ids: Iterable[str]) -> None:
    """Note releases that are about to be removed; nothing is noted in a folder that shares no store.

    The caller holds ``pointer_lock(models)``, and removes them after this: a release that went before it was
    noted would come back from the store.
    """
    lines = "".join(f"{release_id}\n" for release_id in release_ids)
    if not lines or not (models / SHARED).exists():
        return
    with (models / _REMOVED).open("a", encoding="ascii") as file:
        file.write(f"\n{lines}")  # a line that a crash cut short ends here
        file.flush()
        os.fsync(file.fileno())
    sync(models)


def noted_removed(models: Path) -> frozenset[str]:
    """Return the releases that the store is still to be told of."""
    try:
        lines = (models / _REMOVED).read_text("ascii", errors="replace").split()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line for line in lines if is_release_id(line))


def store_told(models: Path, release_ids: Set[str]) -> None:
    """Drop the notes on releases that the store does not have any more."""
    with pointer_lock(models):
        left = sorted(noted_removed(models) - release_ids)
        partial = models / f"{_REMOVED}.partial"
        partial.write_text("".join(f"{release_id}\n" for release_id in left), encoding="ascii")
        sync(partial)
        partial.replace(models / _REMOVED)
