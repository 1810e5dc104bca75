"""Which releases there are, which is active, and which may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.releases.checks.files import check_files, check_folder
from services.releases.folders import release_ids, releases_root
from services.releases.locks import pointer_lock, training_lock
from services.releases.manifest import Manifest, read_manifest
from services.releases.pointer import read_current, readable_current, set_current
from services.releases.reading import open_release
from services.releases.removed import delete, note_removed, set_aside
from services.releases.working import remove_partial


@dataclass(frozen=True)
class ReleaseSummary:
    """One line of the list; what a damaged manifest does not say is None, and ``why_not`` says why."""

    id: str
    active: bool
    usable: bool
    why_not: str | None
    made_at: datetime | None = None
    preset: str | None = None
    source: str | None = None
    as_of: datetime | None = None
    customers: int | None = None
    k: int | None = None


def list_releases(models: Path) -> list[ReleaseSummary]:
    """Return all releases of ``models``, newest first, without reading their contents.

    Notes
    -----
    ``usable`` means: complete, of the right sizes and of this scikit-learn. Digests are compared on opening.
    """
    active = readable_current(models)
    return [_summary(models, release_id, release_id == active) for release_id in release_ids(models)]


def activate(models: Path, release_id: str, noted: Callable[[str], None] | None = None) -> None:
    """Make ``release_id`` the active release, having opened it.

    Parameters
    ----------
    models : Path
        The models folder.
    release_id : str
    noted : callable, optional
        Writes the change down, ``done``, before it is made, so that none is made unnoted; what it raises
        prevents the change. Where the change then fails, it is told ``not done``.

    Raises
    ------
    NotFound
        If there is no such release.
    ReleaseUnusable
        If it cannot be opened; the active release stays.
    """
    if release_id not in release_ids(models):
        raise NotFound(_("There is no release {release}. Choose one from the list.", release=release_id[:64]))
    open_release(models, release_id)
    if noted is None:
        set_current(models, release_id)
        return
    noted("done")
    try:
        set_current(models, release_id)
    except Exception:
        noted("not done")
        raise


def prune(models: Path, keep: int = 5) -> list[str]:
    """Remove old releases and what crashed trainings left.

    Parameters
    ----------
    models : Path
        The models folder.
    keep : int
        How many of the newest releases stay; the active one and the one before it stay as well.

    Returns
    -------
    list of str
        The ids removed, newest first.

    Raises
    ------
    ReleaseUnusable
        If the pointer is damaged: nothing is removed while it is unknown which release is active.
    """
    with pointer_lock(models):
        spared = _spared(models)
        doomed = [release_id for release_id in release_ids(models)[keep:] if release_id not in spared]
        note_removed(models, doomed)
        set_aside(models, doomed)
    delete(models, doomed)
    _remove_left_over(models)
    return doomed


def discard(models: Path, release_id: str, *, forced: bool = False) -> None:
    """Remove one release, here and from the store that the folder shares; here it need not be.

    Parameters
    ----------
    models : Path
    release_id : str
    forced : bool
        Remove it from the store even if it is active there.

    Raises
    ------
    Refusal
        If it is active here, or is to be removed by force where nothing could take its place.
    """
    with pointer_lock(models):
        active = read_current(models)
        if forced and active is None:
            raise Refusal(
                _(
                    "Nothing is in use on this host that could take its place. Activate a release first; for "
                    "a churn model, run train-churn first."
                )
            )
        if active == release_id:
            raise Refusal(
                _(
                    "{release} is in use. Activate another release first; if it is a churn model, run "
                    "train-churn again first.",
                    release=release_id,
                )
            )
        note_removed(models, [release_id], forced=forced)
        set_aside(models, [release_id])
    delete(models, [release_id])


def _spared(models: Path) -> set[str | None]:
    active = read_current(models)
    if active is None:
        return set()
    try:
        return {active, read_manifest(releases_root(models) / active, active).previous}
    except ReleaseUnusable:
        return {active}


def _remove_left_over(models: Path) -> None:
    try:
        with training_lock(models):
            remove_partial(models)
    except Refusal:
        return  # a training is writing; the next pruning removes what it leaves


def _summary(models: Path, release_id: str, active: bool) -> ReleaseSummary:
    folder = releases_root(models) / release_id
    try:
        manifest = read_manifest(check_folder(folder, release_id), release_id)
    except ReleaseUnusable as fault:
        return ReleaseSummary(release_id, active, usable=False, why_not=str(fault))
    why_not = _fault(folder, manifest)
    return ReleaseSummary(
        release_id,
        active,
        usable=why_not is None,
        why_not=why_not,
        made_at=manifest.made_at,
        preset=manifest.preset,
        source=manifest.source.name,
        as_of=manifest.as_of,
        customers=manifest.customers,
        k=manifest.k,
    )


def _fault(folder: Path, manifest: Manifest) -> str | None:
    try:
        check_files(folder, manifest)
    except ReleaseUnusable as fault:
        return str(fault)
    return None
