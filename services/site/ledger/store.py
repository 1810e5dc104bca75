"""The folder of the ledger: a folder for each file, which comes and goes whole.

What is on its way stands in a folder whose name begins with a point. It is renamed when it is complete and on
the disk; all changes are made under one lock, so that whoever holds it may remove what a killed one left.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.site.ledger.entries import Entry, id_of

FOLDER = "ledger"
"""The folder below the state folder."""

_ENTRY = "entry.json"
_LOCK = ".lock"
_ON_ITS_WAY = ".new-"
BLOCK = 1 << 20
"""Bytes that are read and written at once."""


@dataclass(frozen=True)
class Draft:
    """A copy of a file that is not part of the ledger yet: its folder, its digest and its size."""

    folder: Path
    digest: str
    bytes: int

    @property
    def data(self) -> Path:
        """Where the copy lies."""
        return self.folder / f"{self.digest}.data"


class Ledger:
    """The files that were brought to a site.

    Parameters
    ----------
    state_dir : Path
    """

    def __init__(self, state_dir: Path) -> None:
        self.folder = state_dir / FOLDER

    def entries(self) -> list[Entry]:
        """List the files, the first added first.

        Raises
        ------
        Refusal
            If an entry cannot be read: what it stands for would be left out without a word.
        """
        found = [entry for folder in self._folders() if (entry := self._read(folder))]
        return sorted(found, key=lambda entry: (entry.added_at, entry.id))

    def one(self, id: str) -> Entry:
        """Return a file's entry by its id or the beginning of it.

        Raises
        ------
        NotFound
            If no file, or more than one, has it.
        """
        found = [entry for entry in self.entries() if id and entry.id.startswith(id)]
        if len(found) != 1:
            said = _("The ledger has no file “{id}”. `ledger list` names those it has.", id=id[:64])
            raise NotFound(said, "id")
        return found[0]

    def path(self, entry: Entry) -> Path:
        """Return where a file lies."""
        return self.folder / entry.id / entry.data

    def linked(self, entries: Iterable[Entry], folder: Path) -> list[Path]:
        """Give files the names that they were brought under, in a folder on its own each.

        The bytes are not copied where the disk is the same, and stay there if the ledger changes meanwhile.
        """
        paths = []
        for entry in entries:
            paths.append(folder / entry.id / entry.name)
            link(self.path(entry), paths[-1])
        return paths

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the right to change the ledger; waits for its turn, and removes what a killed one left."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._clear()
            try:
                yield
            finally:
                self._clear()
        finally:
            os.close(descriptor)

    def clear_left_over(self) -> None:
        """Remove what a killed change left, unless one is under way; on a read-only disk it stays."""
        with suppress(OSError):
            descriptor = os.open(self.folder / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._clear()
            finally:
                os.close(descriptor)

    def draft(self, path: Path) -> Draft:
        """Copy a file beside the ledger, block by block; within ``changing``.

        Raises
        ------
        Refusal
            If there is no such file.
        """
        if not path.is_file():
            raise Refusal(_("There is no file “{file}”. Check the path.", file=path.name), "file")
        with path.open("rb") as source:
            return self.draft_of(iter(lambda: source.read(BLOCK), b""))

    def draft_of(self, blocks: Iterable[bytes]) -> Draft:
        """Write the bytes of a file beside the ledger; within ``changing``."""
        folder = Path(tempfile.mkdtemp(prefix=_ON_ITS_WAY, dir=self.folder))
        digest, size = hashlib.sha256(), 0
        with _private(folder / "copy") as target:
            for block in blocks:
                digest.update(block)
                size += len(block)
                target.write(block)
            _flush(target)
        draft = Draft(folder, digest.hexdigest(), size)
        (folder / "copy").rename(draft.data)
        return draft

    def holding(self, digest: str) -> Entry | None:
        """Return the file that was brought with these bytes."""
        return next((each for each in self.entries() if each.id == id_of(digest)), None)

    def keep(self, drafts: Sequence[tuple[Draft, Entry]]) -> None:
        """Make drafts part of the ledger, each whole; within ``changing``."""
        for draft, entry in drafts:
            _write_entry(draft.folder, entry)
        for draft, entry in drafts:
            draft.folder.rename(self.folder / entry.id)
        sync(self.folder)

    def shorten(self, draft: Draft, entry: Entry, shorter: Path, rows: int) -> tuple[Draft, Entry]:
        """Put a file in the place of a draft's that has fewer rows, with this many; within ``changing``."""
        new = self.draft(shorter)
        draft.data.unlink()
        new.data.rename(draft.folder / new.data.name)
        new.folder.rmdir()
        return Draft(draft.folder, new.digest, new.bytes), _after(entry, new, rows)

    def replace(self, entry: Entry, shorter: Path, rows: int) -> Entry:
        """Put a file in the place of a kept one that has fewer rows, with this many; within ``changing``."""
        draft = self.draft(shorter)
        changed = _after(entry, draft, rows)
        folder = self.folder / entry.id
        draft.data.rename(folder / changed.data)
        sync(folder)
        _write_entry(folder, changed)  # from here on the entry names the new file
        (folder / entry.data).unlink()
        return changed

    def remove(self, entry: Entry) -> None:
        """Take a file out of the ledger and remove it; within ``changing``."""
        self._remove(self.folder / entry.id)

    def become(self, drafts: Sequence[tuple[Draft, Entry]]) -> None:
        """Make drafts the whole of the ledger; within ``changing``."""
        for folder in self._folders():
            self._remove(folder)
        self.keep(drafts)

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [each for each in self.folder.iterdir() if not each.name.startswith(".")]

    def _remove(self, folder: Path) -> None:
        doomed = Path(tempfile.mkdtemp(prefix=_ON_ITS_WAY, dir=self.folder))
        folder.rename(doomed / folder.name)
        sync(self.folder)
        shutil.rmtree(doomed)

    def _read(self, folder: Path) -> Entry | None:
        """Read the entry of a folder; None where it was removed just now."""
        entry = _whole(folder) or _whole(folder)  # between two looks a shorter file may take its place
        if entry is None and folder.is_dir():
            raise Refusal(
                _(
                    "The ledger’s folder “{folder}” is damaged. Restore a backup, or remove the folder from "
                    "{ledger} and add its file again.",
                    folder=folder.name,
                    ledger=self.folder,
                )
            )
        return entry

    def _clear(self) -> None:
        """Remove what is on its way, and files that their entry no longer names."""
        for folder in self.folder.iterdir():
            if folder.name.startswith(_ON_ITS_WAY):
                shutil.rmtree(folder)
        for folder in self._folders():
            entry = _whole(folder)
            for left in folder.iterdir() if entry else ():
                if left.name not in (_ENTRY, entry and entry.data):
                    left.unlink()


def _whole(folder: Path) -> Entry | None:
    """Return the entry of a folder that has the file it names."""
    try:
        entry = Entry.of_bytes((folder / _ENTRY).read_bytes())
    except OSError:
        return None
    there = entry and entry.id == folder.name and (folder / entry.data).is_file()
    return entry if there else None


def _after(entry: Entry, draft: Draft, rows: int) -> Entry:
    digests = (*entry.digests, draft.digest)
    return entry.model_copy(update={"digests": digests, "size": draft.bytes, "rows": rows})


def link(source: Path, target: Path) -> None:
    """Give a file another name without copying it, or copy it where that is another disk's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def sync(folder: Path) -> None:
    """Wait until a folder's list of names is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_entry(folder: Path, entry: Entry) -> None:
    partial = folder / f"{_ENTRY}.partial"
    with _private(partial) as file:
        file.write(entry.model_dump_json().encode())
        _flush(file)
    partial.rename(folder / _ENTRY)
    sync(folder)


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
