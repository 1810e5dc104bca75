"""One folder of releases and its part of the store: what is new on either side goes to the other."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.refusals import Refusal, ReleaseUnusable
from services.releases.folders import release_ids, releases_root, sync, sync_tree
from services.releases.ids import is_release_id
from services.releases.locks import pointer_lock
from services.releases.pointer import current_mtime, follow_current, readable_current
from services.releases.removed import drop_notes, noted_forced, noted_removed, remove
from services.releases.store.agreed import known, note_known, turn
from services.releases.store.index import INDEX, Here, Index, merged, read_index, was_told
from services.releases.store.objects import DiskFull, Objects, Overtaken, StoreAway
from services.releases.store.refused import Refused, has_erased, not_checked, not_taken

MANIFEST = "manifest.json"
ARRIVING = ".arriving"
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
        manifest names; raises ReleaseUnusable, also where what it was made with is not installed.
    check : callable
        Opens a release as serving does, from its folder and its id; raises ReleaseUnusable.
    customers : callable
        From what was opened to the ids of all customers that it names.
    """

    prefix: str
    names: Callable[[Path, str], Sequence[str]]
    check: Callable[[Path, str], Any]
    customers: Callable[[Any], Iterable[str]]


class Part:
    """A folder of releases and its part of the store.

    Parameters
    ----------
    root : Path
        The folder that holds ``CURRENT`` and ``releases/``.
    kind : Kind
    objects : Objects
    erased : callable
        From ids of customers to those who were erased; raises Refusal where that cannot be said, and
        nothing is sent then.
    going_on : callable
        Told after each release, since to fetch many takes long.
    """

    def __init__(
        self,
        root: Path,
        kind: Kind,
        objects: Objects,
        erased: Callable[[Iterable[str]], set[str]],
        going_on: Callable[[], None],
    ) -> None:
        self.root = root
        self._kind, self._objects, self._erased, self._going_on = kind, objects, erased, going_on
        self._index = f"{kind.prefix}{INDEX}"
        self._agreed: tuple[str | None, Here] | None = None
        self._lacking, self._unsent = Refused(), Refused()

    @property
    def lacking(self) -> list[str]:
        """A sentence for each release of the store that is not taken."""
        return self._lacking.sentences

    @property
    def unsent(self) -> list[str]:
        """A sentence for each release that stays here, because somebody in it was erased."""
        return self._unsent.sentences

    def look(self, patience: float | None, *, others: bool) -> None:
        """Bring both sides together where one has changed.

        Parameters
        ----------
        patience : float or None
            Seconds to wait while another process of this host does that; None waits until it is done.
        others : bool
            Whether to fetch, beside the active release, all that are missing here.

        Raises
        ------
        StoreAway
        """
        with turn(self.root, patience):
            stamp, here = self._objects.stamp(self._index), self._here()
            if (stamp, here) == self._agreed and not (self._lacking.due() or self._unsent.due()):
                return
            self._drop_half()
            index, stamp = self._told(here, stamp)
            self._take(index, here, others=others)
            after = self._here()
            self._agreed = (stamp, after) if others and _settled(index, here, after) else None

    def fetch(self, release_id: str, patience: float) -> None:
        """Fetch one release, if the store has it and it is not here.

        Raises
        ------
        StoreAway
        """
        with turn(self.root, patience):
            if release_id in self._read().releases:
                self._drop_half()
                self._fetch(release_id)

    def stored(self, release_id: str) -> bool:
        """Say whether the store has a release.

        Raises
        ------
        StoreAway
        """
        return release_id in self._read().releases

    def _here(self) -> Here:
        active, bound = known(self.root)
        return Here(
            releases=frozenset(release_ids(self.root)),
            removed=noted_removed(self.root),
            forced=noted_forced(self.root),
            current=readable_current(self.root),
            at=current_mtime(self.root) or 0,
            known=active,
            bound=bound,
        )

    def _drop_half(self) -> None:
        """Remove what a process that was killed had fetched by half."""
        for folder in releases_root(self.root).glob(f"*{ARRIVING}"):
            if is_release_id(folder.name.removesuffix(ARRIVING)):
                shutil.rmtree(folder)

    def _told(self, here: Here, stamp: str | None) -> tuple[Index, str | None]:
        """Tell the store what is new here, the releases first; return its index and that one's stamp."""
        sent: set[str] = set()
        if stamp is None:
            self._objects.check()
        for _try in range(_TRIES):
            index = self._read() if stamp else Index()
            new = here.releases - {*index.releases, *index.removed, *sent} - here.removed
            self._unsent.keep(new)
            sent |= {release_id for release_id in sorted(new) if self._send(release_id)}
            kept = here.releases & {*index.releases, *sent}
            wanted = merged(index, replace(here, releases=kept))
            # to ask for one that is missing costs a listing at each look
            if wanted != index or stamp is None:
                try:
                    self._objects.write(self._index, wanted.to_bytes(), stamp)
                except Overtaken:
                    stamp = self._objects.stamp(self._index)
                    continue
                stamp = _WRITTEN
            for release_id in here.removed - set(wanted.releases):
                self._objects.remove(self._place(release_id))
            remove(self.root, self._ended(wanted, here))  # before all else that needs room on the disk
            # what was just written is believed once it is read: another host may have written over it
            told = [release_id for release_id in here.removed if was_told(index, release_id)]
            drop_notes(self.root, told, spared=here.removed & set(wanted.releases))
            return wanted, stamp
        raise StoreAway(_("Several hosts write to the store of releases at once. It is tried again."))

    def _read(self) -> Index:
        try:
            return read_index(self._objects.read(self._index))
        except FileNotFoundError:
            return Index()

    def _send(self, release_id: str) -> bool:
        """Write a release into the store; one that cannot be used stays here."""
        if self._unsent.waits(release_id):
            return False
        folder = releases_root(self.root) / release_id
        try:
            opened = self._kind.check(folder, release_id)
            names = self._kind.names(folder, release_id)
        except ReleaseUnusable as fault:
            log.warning("not sent to the store of releases: %s", fault)
            return False
        if hindrance := self._hindrance(release_id, opened):
            self._unsent.note(release_id, hindrance)
            return False
        self._objects.put(folder, [*names, MANIFEST], self._place(release_id))
        self._unsent.drop(release_id)
        self._going_on()
        return True

    def _hindrance(self, release_id: str, opened: Any) -> str | None:
        """Say why nobody else is to get a release: it may have been made out of contact with who erased."""
        try:
            found = len(self._erased(self._kind.customers(opened)))
        except Refusal as fault:
            raise StoreAway(not_checked(release_id, fault)) from fault
        return has_erased(release_id, found) if found else None

    def _take(self, index: Index, here: Here, *, others: bool) -> None:
        """Take over what the store has: the active release, then what is gone, then all others."""
        self._lacking.keep(index.releases)
        if index.current is not None:
            self._fetch(index.current)
        self._activate(index, here)
        remove(self.root, self._ended(index, here))
        for release_id in sorted(index.releases, reverse=True) if others else ():
            self._fetch(release_id)

    def _ended(self, index: Index, here: Here) -> list[str]:
        """Return what is removed here, but for the active release until another one could be fetched."""
        spared = readable_current(self.root)
        return [each for each in index.removed if each in here.releases and each != spared]

    def _activate(self, index: Index, here: Here) -> None:
        wanted = index.current
        there = wanted in release_ids(self.root)
        ended = wanted is None and here.current in index.removed
        agreed = here.current == wanted
        if not agreed and (there or ended):
            agreed = follow_current(self.root, here.current, wanted, index.at)
        # what somebody here has activated since is not looked at: it is told as a choice at the next look
        if agreed:
            note_known(self.root, wanted)
        elif not here.bound:
            note_known(self.root, here.current)

    def _fetch(self, release_id: str) -> None:
        """Fetch a release that is not here yet, and give it its name once it can be opened."""
        final = releases_root(self.root) / release_id
        if final.is_dir() or self._lacking.waits(release_id) or release_id in noted_removed(self.root):
            return
        folder = final.with_name(release_id + ARRIVING)
        folder.mkdir(parents=True)
        try:
            self._objects.get(self._place(release_id), [MANIFEST], folder)
            self._objects.get(self._place(release_id), self._kind.names(folder, release_id), folder)
            self._going_on()
            sync_tree(folder)
            self._kind.check(folder, release_id)
            with pointer_lock(self.root):
                folder.rename(final)
                sync(final.parent)
            self._lacking.drop(release_id)
        except (ReleaseUnusable, FileNotFoundError) as fault:
            self._lacking.note(release_id, not_taken(release_id, fault))
        except (DiskFull, OSError) as error:
            if isinstance(error, OSError) and not says_full(error):
                raise
            full = _(
                "The disk is full: release {release} was not fetched. Free some space.", release=release_id
            )
            self._lacking.note(release_id, full)
            raise StoreAway(full) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._going_on()

    def _place(self, release_id: str) -> str:
        return f"{self._kind.prefix}releases/{release_id}"


def _settled(index: Index, before: Here, after: Here) -> bool:
    """Whether nothing happened in the folder since ``before`` that the store is to be told of."""
    unsent = after.releases - before.releases - set(index.releases)
    stored = replace(after, releases=after.releases & set(index.releases))
    return not unsent and not after.removed and merged(index, stored) == index
