"""Releases that are removed on purpose, and which of those the folder's store is still to be told of.

A release that is merely missing is fetched again; only what is noted here is removed from the store, too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from services.releases.folders import PARTIAL, releases_root, sync
from services.releases.ids import is_release_id
from services.releases.locks import pointer_lock

SHARED = ".shared.json"
"""Stands in a folder that shares a store, and names the release that both had as the active one."""

_REMOVED = ".removed"
_FORCED = "forced"


def note_removed(models: Path, release_ids: Iterable[str], *, forced: bool = False) -> None:
    """Note releases that are about to be removed; nothing is noted in a folder that shares no store.

    The caller holds ``pointer_lock(models)``, and removes them after this: a release that went before it was
    noted would come back from the store. A ``forced`` one goes even if another host has activated it
    meanwhile: somebody in it was erased, or it cannot be used.
    """
    mark = f" {_FORCED}" if forced else ""
    lines = "".join(f"{release_id}{mark}\n" for release_id in release_ids)
    if not lines or not (models / SHARED).exists():
        return
    with (models / _REMOVED).open("a", encoding="ascii") as file:
        file.write(f"\n{lines}")  # a line that a crash cut short ends here
        file.flush()
        os.fsync(file.fileno())
    sync(models)


def noted_removed(models: Path) -> frozenset[str]:
    """Return the releases that the store is still to be told of."""
    return frozenset(release_id for release_id, _ in _notes(models))


def noted_forced(models: Path) -> frozenset[str]:
    """Return those of them that go whatever other hosts did with them meanwhile."""
    return frozenset(release_id for release_id, forced in _notes(models) if forced)


def drop_notes(models: Path, told: Collection[str], spared: Collection[str]) -> None:
    """Drop the notes on releases.

    Parameters
    ----------
    models : Path
    told : collection of str
        The store has them no longer.
    spared : collection of str
        They stay, since another host has activated them meanwhile; a forced removal is spared by nobody.
    """
    if not told and not spared:
        return
    with pointer_lock(models):
        left = sorted(
            note for note in _notes(models) if note[0] not in told and (note[1] or note[0] not in spared)
        )
        lines = (f"{release_id} {_FORCED}" if forced else release_id for release_id, forced in left)
        partial = models / f"{_REMOVED}.partial"
        partial.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        sync(partial)
        partial.replace(models / _REMOVED)


def _notes(models: Path) -> set[tuple[str, bool]]:
    """Return each note: the release, and whether its removal is forced."""
    try:
        lines = (models / _REMOVED).read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    words = [line.split() for line in lines if line.strip()]
    return {(first, rest == [_FORCED]) for first, *rest in words if is_release_id(first)}


def set_aside(models: Path, doomed: Iterable[str]) -> None:
    """Give releases a name that no reader accepts; the caller holds ``pointer_lock(models)``.

    So no half of a release is ever listed. One that is gone already is nobody's fault.
    """
    root = releases_root(models)
    there = [release_id for release_id in doomed if (root / release_id).is_dir()]
    for release_id in there:
        (root / release_id).rename(root / (release_id + PARTIAL))
    if there:
        sync(root)


def delete(models: Path, doomed: Iterable[str]) -> None:
    """Delete releases that were set aside; a start or another process may delete them, too."""
    for release_id in doomed:
        shutil.rmtree(releases_root(models) / (release_id + PARTIAL), ignore_errors=True)


def remove(models: Path, doomed: Collection[str]) -> None:
    """Remove releases because the store that the folder shares has them no longer."""
    with pointer_lock(models):
        set_aside(models, doomed)
    delete(models, doomed)
