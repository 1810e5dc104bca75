"""``models/CURRENT``: one line with the id of the active release, replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path

from services.core.language.messages import _
from services.core.refusals import NotFound, ReleaseUnusable
from services.releases.folders import releases_root, sync
from services.releases.ids import is_release_id
from services.releases.locks import pointer_lock

POINTER = "CURRENT"
EVER = ".activated"
"""Empty; stays once a release was activated, so that a pointer that vanished is told from none yet."""


def read_current(models: Path) -> str | None:
    """Return the id of the active release, or None where none was ever activated.

    Raises
    ------
    ReleaseUnusable
        If the pointer cannot be read or holds no release id.
    """
    path = models / POINTER
    try:
        with path.open("rb") as file:
            text = file.read(64).decode("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ReleaseUnusable(
            _("{file} in the models folder cannot be read ({why}).", file=POINTER, why=error.strerror)
        ) from error
    if not is_release_id(text):
        raise ReleaseUnusable(
            _(
                "{file} in the models folder does not name a release. Activate one from the list.",
                file=POINTER,
            )
        )
    return text


def set_current(models: Path, release_id: str) -> None:
    """Make ``release_id`` the active release; a crash leaves the old one or the new one.

    Raises
    ------
    NotFound
        If there is no such release; the pointer stays as it was.
    """
    with pointer_lock(models):
        if not is_release_id(release_id) or not (releases_root(models) / release_id).is_dir():
            raise NotFound(
                _("There is no release {release}. Choose one from the list.", release=release_id[:64])
            )
        _point_to(models, release_id)


def follow_current(models: Path, was: str | None, release_id: str | None, at: int) -> bool:
    """Make active what another host has activated, unless somebody here has activated another one meanwhile.

    Parameters
    ----------
    models : Path
    was : str or None
        What is active here as far as the caller knows; None as well where the pointer cannot be read.
    release_id : str or None
        A release of the folder; None where no release is active any more.
    at : int
        When it was activated there, in nanoseconds since 1970.

    Returns
    -------
    bool
        Whether it was done.
    """
    with pointer_lock(models):
        if readable_current(models) != was:
            return False
        if release_id is None:
            (models / POINTER).unlink(missing_ok=True)
        else:
            _point_to(models, release_id, at)
        return True


def _point_to(models: Path, release_id: str, at: int | None = None) -> None:
    before = current_mtime(models)
    path = models / f"{POINTER}.partial"
    path.write_text(f"{release_id}\n", encoding="ascii")
    made = path.stat().st_mtime_ns if at is None else at
    if before is not None and made <= before:
        # The clock ticks every few milliseconds and may go back; readers must see each change.
        made = before + 1
    os.utime(path, ns=(made, made))
    sync(path)
    path.replace(models / POINTER)
    (models / EVER).touch()
    sync(models)


def readable_current(models: Path) -> str | None:
    """Return the id of the active release; None also where the pointer is damaged."""
    try:
        return read_current(models)
    except ReleaseUnusable:
        return None


def ever_activated(models: Path) -> bool:
    """Return whether a release of the folder was ever activated, though the pointer may be gone."""
    return (models / EVER).exists() or (models / POINTER).exists()


def current_mtime(models: Path) -> int | None:
    """Return the pointer's time of change in nanoseconds, which grows with every change; None without one."""
    try:
        return (models / POINTER).stat().st_mtime_ns
    except OSError:
        return None
