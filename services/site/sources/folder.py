"""The files of a watched folder: which are new, have stopped growing, were added, or cannot be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from sqlalchemy import delete, select, update

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.ledger import Ledger
from services.site.state import State
from services.site.state.tables import source_files

SETTLED_SECONDS = 30
"""How long a file has to stay the same before it is read."""

_PARTIAL = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".swp")
_LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Found:
    """A file that lies in the folder: size in bytes, and when it was changed, in nanoseconds since 1970.

    The moment is that of the last change of any kind: who may read a file is one, and no copy sets it back.
    """

    path: Path
    size: int
    changed: int

    @property
    def name(self) -> str:
        """Its name; bytes that are no text are written out."""
        return os.fsencode(self.path.name).decode(errors="backslashreplace")


@dataclass(frozen=True)
class Refused:
    """A file that cannot be added: since when, why, and its SHA-256."""

    name: str
    since: datetime
    reason: str
    digest: str


class Files:
    """What the site remembers of the files of the watched folder.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def look(
        self, folder: Path, settled_seconds: int = SETTLED_SECONDS, *, again: bool = False
    ) -> list[Found]:
        """Return the files that are to be added now, by name, and remember what lies there.

        Parameters
        ----------
        folder : Path
        settled_seconds : int
            How long they have to have been the same.
        again : bool
            Also those that were refused.

        Raises
        ------
        Refusal
            If there is no such folder, or it cannot be read.
        StateUnusable
        """
        now, lying = int(self._clock()), files_in(folder)
        with self._state.writing() as connection:
            known = {row.name: row for row in connection.execute(select(source_files)).all()}
            for name in known.keys() - lying.keys():
                connection.execute(delete(source_files).where(source_files.c.name == name))
            settled = []
            for name, found in lying.items():
                row = known.get(name)
                if row is None or (row.size, row.changed) != (found.size, found.changed):
                    connection.execute(delete(source_files).where(source_files.c.name == name))
                    seen = {"name": name, "size": found.size, "changed": found.changed, "seen_at": now}
                    connection.execute(source_files.insert().values(**seen, done=False))
                    row_seen, done = now, False
                else:
                    row_seen, done = row.seen_at, row.done and not (again and row.reason)
                if not done and now - row_seen >= settled_seconds:
                    settled.append(found)
        return settled

    def added(self, file: Found) -> None:
        """Say that a file is in the ledger.

        Raises
        ------
        StateUnusable
        """
        self._done(file, None, None)

    def refuse(self, file: Found, digest: str, reason: str) -> None:
        """Say why a file cannot be added; it is not tried again until it changes.

        Raises
        ------
        StateUnusable
        """
        self._done(file, digest, reason[:_LONGEST_REASON])

    def refused(self) -> list[Refused]:
        """Return the files that lie in the folder and cannot be added, by name.

        Raises
        ------
        StateUnusable
        """
        asked = select(source_files).where(source_files.c.reason.is_not(None)).order_by(source_files.c.name)
        with self._state.reading() as connection:
            return [
                Refused(row.name, datetime.fromtimestamp(row.seen_at, UTC), row.reason, row.digest)
                for row in connection.execute(asked).all()
            ]

    def settle(self, ledger: Ledger) -> None:
        """Forget why files were refused that somebody has added since, with an answer to their question.

        Raises
        ------
        Refusal
            If the ledger is damaged.
        StateUnusable
        """
        refused = [each.digest for each in self.refused() if each.digest]
        held = {entry.digests[0] for entry in ledger.entries()} if refused else set()
        for digest in held.intersection(refused):
            with self._state.writing() as connection:
                same = update(source_files).where(source_files.c.digest == digest)
                connection.execute(same.values(reason=None, digest=None))

    def _done(self, file: Found, digest: str | None, reason: str | None) -> None:
        same = (
            source_files.c.name == file.name,
            source_files.c.size == file.size,
            source_files.c.changed == file.changed,
        )
        with self._state.writing() as connection:
            done = update(source_files).where(*same).values(done=True, digest=digest, reason=reason)
            connection.execute(done)


def files_in(folder: Path) -> dict[str, Found]:
    """Return the files of a folder by name: not hidden ones, nor what browsers and copies are still writing.

    Raises
    ------
    Refusal
        If there is no such folder, or it cannot be read.
    """
    found = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~")) or path.name.lower().endswith(_PARTIAL):
                continue
            try:
                told = path.stat()
            except FileNotFoundError:  # it was moved away meanwhile
                continue
            if S_ISREG(told.st_mode):
                each = Found(path, told.st_size, told.st_ctime_ns)
                found[each.name] = each
    except FileNotFoundError:
        said = _(
            "There is no folder “{folder}”. Make it, or set SOURCE_FOLDER to another one.", folder=folder
        )
        raise Refusal(said) from None
    except OSError as fault:
        why = os.strerror(fault.errno).lower() if fault.errno else _("it does not answer")
        raise Refusal(_("The folder “{folder}” cannot be read: {why}.", folder=folder, why=why)) from None
    return found
