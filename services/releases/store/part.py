"""One folder of releases and its part of the store: what is new on either side goes to the other."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, flock
from pathlib import Path

from services.core.full_disk import says_full
from services.core.refusals import ReleaseUnusable
from services.releases.folders import release_ids, releases_root, sync, sync_tree
from services.releases.ids import is_release_id
from services.releases.listing import remove
from services.releases.locks import opened_lock, pointer_lock
from services.releases.pointer import current_mtime, follow_current, readable_current
from services.releases.removed import SHARED, noted_removed, store_told
from services.releases.store.index import INDEX, Here, Index, merged, read_index
from services.releases.store.objects import Objects, Overtaken, StoreAway
from services.releases.strictjson import from_json, to_json

MANIFEST = "manifest.json"
ARRIVING = ".arriving"
REFUSED_SECONDS = 60.0
"""After so many seconds a release that could not be used is fetched once more."""
_TRIES = 5
_WRITTEN = "written here"
"""Stands for the stamp of an index that another host may have replaced already; it is read once more."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """What stands in a folder of releases.

    Attributes
    ----------
    prefix : str
        Before its names in the store; empty, or with a slash at the end.
    names : callable
        From the folder of a release, in which its manifest stands, and the id to the other files that the
        manifest names; raises ReleaseUnusable.
    check : callable
        Opens a release as serving does, from its folder and its id; raises ReleaseUnusable.
    """

    prefix: str
    names: Callable[[Path, str], Sequence[str]]
    check: Callable[[Path, str], object]


class Part:
    """A folder of releases and its part of the store.

    Parameters
    ----------
    root : Path
        The folder that holds ``CURRENT`` and ``releases/``.
    kind : Kind
    objects : Objects
    """

    def __init__(self, root: Path, kind: Kind, objects: Objects) -> None:
        self._root, self._kind, self._objects = root, kind, objects
        self._index = f"{kind.prefix}{INDEX}"
        self._agreed: tuple[str | None, Here] | None = None
        self._refused: dict[str, tuple[str, float]] = {}

    def look(self) -> list[str]:
        """Bring both sides together where one has changed.

        Returns
        -------
        list of str
            A sentence for each release of the store that is not taken.

        Raises
        ------
        StoreAway
        """
        with _alone(self._root):
            stamp, here = self._objects.stamp(self._index), self._here()
            if (stamp, here) == self._agreed and not self._due():
                return self._faults()
            self._drop_half()
            index, stamp = self._told(here, stamp)
            self._take(index, here)
            after = self._here()
            self._agreed = (stamp, after) if _settled(index, here, after) else None
            return self._faults()

    def _here(self) -> Here:
        known, bound = _known(self._root)
        return Here(
            releases=frozenset(release_ids(self._root)),
            removed=noted_removed(self._root),
            current=readable_current(self._root),
            at=current_mtime(self._root) or 0,
            known=known,
            bound=bound,
        )

    def _due(self) -> bool:
        return any(time.monotonic() >= again for _, again in self._refused.values())

    def _faults(self) -> list[str]:
        return [sentence for sentence, _ in self._refused.values()]

    def _drop_half(self) -> None:
        """Remove what a process that was killed had fetched by half."""
        for folder in releases_root(self._root).glob(f"*{ARRIVING}"):
            if is_release_id(folder.name.removesuffix(ARRIVING)):
                shutil.rmtree(folder)

    def _told(self, here: Here, stamp: str | None) -> tuple[Index, str | None]:
        """Tell the store what is new here, the releases first; return its index and that one's stamp."""
        sent: set[str] = set()
        for _ in range(_TRIES):
            index = self._read() if stamp else Index()
            new = here.releases - {*index.releases, *index.removed, *sent} - here.removed
            sent |= {release_id for release_id in sorted(new) if self._send(release_id)}
            kept = here.releases & {*index.releases, *sent}
            wanted = merged(index, replace(here, releases=kept))
            if (
                wanted != index or stamp is None
            ):  # to ask for one that is missing costs a listing at each look
                try:
                    self._objects.write(self._index, wanted.to_bytes(), stamp)
                except Overtaken:
                    stamp = self._objects.stamp(self._index)
                    continue
                stamp = _WRITTEN
            for release_id in here.removed - set(wanted.releases):
                self._objects.remove(self._place(release_id))
            if here.removed:
                store_told(self._root, here.removed)
            return wanted, stamp
        raise StoreAway("Several hosts write to the store of releases at once. It is tried again.")

    def _read(self) -> Index:
        try:
            return read_index(self._objects.read(self._index))
        except FileNotFoundError:
            return Index()

    def _send(self, release_id: str) -> bool:
        """Write a release into the store; one that cannot be used stays here."""
        folder = releases_root(self._root) / release_id
        try:
            self._kind.check(folder, release_id)
            names = self._kind.names(folder, release_id)
        except ReleaseUnusable as fault:
            log.warning("not sent to the store of releases: %s", fault)
            return False
        self._objects.put(folder, [*names, MANIFEST], self._place(release_id))
        return True

    def _take(self, index: Index, here: Here) -> None:
        """Take over what the store has: the active release, then what is gone, then all others."""
        self._refused = {each: told for each, told in self._refused.items() if each in index.releases}
        if index.current is not None:
            self._fetch(index.current)
        self._activate(index, here)
        spared = readable_current(self._root)  # until what replaces it could be fetched
        remove(self._root, [each for each in index.removed if each in here.releases and each != spared])
        for release_id in sorted(index.releases, reverse=True):
            self._fetch(release_id)

    def _activate(self, index: Index, here: Here) -> None:
        wanted = index.current
        there = wanted in release_ids(self._root)
        ended = wanted is None and here.current in index.removed
        if here.current != wanted and (there or ended):
            follow_current(self._root, here.current, wanted, index.at)
        now = readable_current(self._root)
        if now == wanted or not here.bound:
            _note_known(self._root, now)

    def _fetch(self, release_id: str) -> None:
        """Fetch a release that is not here yet, and give it its name once it can be opened."""
        final = releases_root(self._root) / release_id
        _, again = self._refused.get(release_id, ("", 0.0))
        if final.is_dir() or time.monotonic() < again or release_id in noted_removed(self._root):
            return
        folder = final.with_name(release_id + ARRIVING)
        folder.mkdir(parents=True)
        try:
            self._objects.get(self._place(release_id), [MANIFEST], folder)
            self._objects.get(self._place(release_id), self._kind.names(folder, release_id), folder)
            sync_tree(folder)
            self._kind.check(folder, release_id)
            with pointer_lock(self._root):
                folder.rename(final)
                sync(final.parent)
            self._refused.pop(release_id, None)
        except (ReleaseUnusable, FileNotFoundError) as fault:
            self._refused[release_id] = _not_taken(release_id, fault), time.monotonic() + REFUSED_SECONDS
        except OSError as error:
            if not says_full(error):
                raise
            raise StoreAway(
                f"The disk is full: release {release_id} was not fetched. Free some space."
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _place(self, release_id: str) -> str:
        return f"{self._kind.prefix}releases/{release_id}"


def _settled(index: Index, before: Here, after: Here) -> bool:
    """Whether nothing happened in the folder since ``before`` that the store is to be told of."""
    unsent = after.releases - before.releases - set(index.releases)
    known = replace(after, releases=after.releases & set(index.releases))
    return not unsent and not after.removed and merged(index, known) == index


def _not_taken(release_id: str, fault: Exception) -> str:
    if isinstance(fault, ReleaseUnusable):
        return f"Not taken from the store of releases: {fault}"
    return (
        f"Not taken from the store of releases: release {release_id} is not whole there. Activate another "
        "release or train again."
    )


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Wait until no other process of this host brings the folder and the store together."""
    with opened_lock(root / ".sharing.lock") as descriptor:
        flock(descriptor, LOCK_EX)
        yield


def _known(root: Path) -> tuple[str | None, bool]:
    """Return what was active when folder and store last agreed, and whether they ever did."""
    try:
        found = from_json((root / SHARED).read_bytes())["current"]
    except FileNotFoundError:
        return None, False
    except (ValueError, KeyError, TypeError):
        return None, True
    return found, True


def _note_known(root: Path, current: str | None) -> None:
    partial = root / f"{SHARED}.partial"
    partial.write_bytes(to_json({"current": current}))
    sync(partial)
    partial.replace(root / SHARED)
