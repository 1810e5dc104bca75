"""Files that were sent to the site and are not part of the ledger yet: a folder each, for a day at most."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from services.core.refusals import NotFound
from services.site.ledger.entries import plain_name

FOLDER = "uploads"
"""The folder below the state folder."""

KEPT_SECONDS = 24 * 60 * 60

_ON_ITS_WAY = ".new-"
_ABOUT = "upload.json"
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its id, its name as ``plain_name`` gives it, its bytes and their SHA-256."""

    id: str
    name: str
    size: int
    digest: str


class Uploads:
    """The files that were sent to one site.

    Parameters
    ----------
    state_dir : Path
    """

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir / FOLDER

    def receive(self, name: str, blocks: Iterable[bytes]) -> Upload:
        """Write a file block by block; where ``blocks`` raises, nothing of it stays.

        Parameters
        ----------
        name : str
            As it was sent.
        blocks : iterable of bytes
        """
        self.clear()
        upload_id = secrets.token_hex(16)
        partial = self._folder / f"{_ON_ITS_WAY}{upload_id}"
        digest, size = hashlib.sha256(), 0
        shown = plain_name(name)
        try:
            (partial / "file").mkdir(mode=0o700, parents=True)
            partial.chmod(0o700)
            self._folder.chmod(0o700)
            descriptor = os.open(partial / "file" / shown, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # who clears up sees that somebody still writes
                for block in blocks:
                    digest.update(block)
                    size += len(block)
                    file.write(block)
                file.flush()
                upload = Upload(upload_id, shown, size, digest.hexdigest())
                (partial / _ABOUT).write_text(json.dumps(asdict(upload)))
                partial.rename(self._folder / upload_id)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        return upload

    def one(self, upload_id: str) -> Upload:
        """Return an upload by its id.

        Raises
        ------
        NotFound
        """
        folder = self._folder / upload_id
        if _ID.fullmatch(upload_id):
            with suppress(OSError):
                if _is_old(folder):
                    raise _unknown()
                return Upload(**json.loads((folder / _ABOUT).read_text()))
        raise _unknown()

    def path(self, upload: Upload) -> Path:
        """Return where the file lies, under its own name."""
        return self._folder / upload.id / "file" / upload.name

    def remove(self, upload: Upload) -> None:
        """Remove an upload, or what another is removing just now."""
        shutil.rmtree(self._folder / upload.id, ignore_errors=True)

    def clear(self) -> None:
        """Remove what is more than a day old, and what was being sent when a process was killed."""
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.is_dir() and (_is_old(folder) or _is_dead(folder)):
                    shutil.rmtree(folder, ignore_errors=True)


def _unknown() -> NotFound:
    return NotFound("There is no such upload: it was added, removed, or is more than a day old.", "id")


def _is_old(folder: Path) -> bool:
    return not folder.name.startswith(".") and folder.stat().st_mtime < time.time() - KEPT_SECONDS


def _is_dead(folder: Path) -> bool:
    if not folder.name.startswith(_ON_ITS_WAY):
        return False
    return not any(_is_held(path) for path in _files(folder)) and folder.stat().st_mtime < time.time() - 1


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _is_held(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
