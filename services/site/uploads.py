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
from datetime import UTC, datetime
from pathlib import Path

from services.core.refusals import NotFound
from services.site.ledger.entries import plain_name

FOLDER = "uploads"
"""The folder below the state folder."""

KEPT_SECONDS = 24 * 60 * 60

_ON_ITS_WAY = ".new-"
_ABOUT = "upload.json"
_ANSWERS = "answers"
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file that was sent.

    Attributes
    ----------
    id : str
    name : str
        As ``plain_name`` gives it.
    size : int
        Its bytes.
    digest : str
        Their SHA-256.
    by : str
        The account whose it is, as the audit log names it.
    sent_at : str
        When it was whole, UTC, ISO 8601.
    """

    id: str
    name: str
    size: int
    digest: str
    by: str
    sent_at: str

    def told(self) -> dict[str, str | int]:
        """Return what ``POST /uploads`` answers: see docs/contract.md."""
        return {"id": self.id, "name": self.name, "size": self.size, "digest": self.digest}


class Uploads:
    """The files that were sent to one site.

    Parameters
    ----------
    state_dir : Path
    """

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir / FOLDER

    def receive(self, name: str, blocks: Iterable[bytes], by: str) -> Upload:
        """Write a file block by block; where ``blocks`` raises, nothing of it stays.

        Parameters
        ----------
        name : str
            As it was sent.
        blocks : iterable of bytes
        by : str
            The account that sends it.
        """
        self.clear()
        upload_id = secrets.token_hex(16)
        partial = self._folder / f"{_ON_ITS_WAY}{upload_id}"
        digest, size = hashlib.sha256(), 0
        shown = plain_name(name)
        try:
            (partial / "file").mkdir(mode=0o700, parents=True)
            (partial / _ANSWERS).mkdir(mode=0o700)  # beside the file: what is kept there leaves its age alone
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
                now = datetime.now(UTC).isoformat(timespec="seconds")
                upload = Upload(upload_id, shown, size, digest.hexdigest(), by, now)
                (partial / _ABOUT).write_text(json.dumps(asdict(upload)))
                partial.rename(self._folder / upload_id)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        return upload

    def one(self, upload_id: str, who: str) -> Upload:
        """Return an upload by its id.

        Parameters
        ----------
        upload_id : str
        who : str
            The account that asks; nobody else's uploads are found.

        Raises
        ------
        NotFound
        """
        upload = self._read(self._folder / upload_id) if _ID.fullmatch(upload_id) else None
        if upload is None or upload.by != who:
            raise NotFound("There is no such upload: it was added, removed, or is more than a day old.", "id")
        return upload

    def of(self, who: str) -> list[Upload]:
        """List the uploads of an account, the first sent first."""
        found: list[Upload] = []
        with suppress(OSError):
            folders = [each for each in self._folder.iterdir() if _ID.fullmatch(each.name)]
            found = [each for folder in folders if (each := self._read(folder)) and each.by == who]
        return sorted(found, key=lambda upload: (upload.sent_at, upload.id))

    def path(self, upload: Upload) -> Path:
        """Return where the file lies, under its own name."""
        return self._folder / upload.id / "file" / upload.name

    def answers(self, upload: Upload) -> Path:
        """Return the folder for what was found out about the file; it goes with it."""
        return self._folder / upload.id / _ANSWERS

    def remove(self, upload: Upload) -> None:
        """Remove an upload, or what another is removing just now."""
        shutil.rmtree(self._folder / upload.id, ignore_errors=True)

    def clear(self) -> None:
        """Remove what is more than a day old, and what was being sent when a process was killed."""
        with suppress(OSError):
            for folder in list(self._folder.iterdir()):
                with suppress(OSError):  # one that another process removes just now, or that nobody may read
                    if folder.is_dir() and (_is_old(folder) or _is_dead(folder)):
                        shutil.rmtree(folder, ignore_errors=True)

    def _read(self, folder: Path) -> Upload | None:
        try:
            return None if _is_old(folder) else Upload(**json.loads((folder / _ABOUT).read_text()))
        except (OSError, TypeError, ValueError):  # removed just now, or kept by an earlier version
            return None


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
