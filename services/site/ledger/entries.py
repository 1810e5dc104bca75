"""What is known of a file of the ledger: one JSON file beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from services.site.people.audit import tame

LONGEST_NAME = 120
"""Characters of a name, each of at most two bytes on average: file systems end at 255 bytes."""
_LONGEST_BYTES = 240
_ID_DIGITS = 16

_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Count = Annotated[int, Field(ge=0)]


class Entry(BaseModel):
    """A file of the ledger.

    Attributes
    ----------
    id : str
        The first 16 digits of its digest as it was brought.
    name : str
        As ``plain_name`` gives it: to be shown, and the last part of a path at most.
    digests : tuple of str
        SHA-256 of the file as it was brought, then of what was kept after each erasure; the last is that of
        the file that is kept now.
    size, rows : int
        Bytes and rows of the file that is kept now.
    first_day, last_day : date
        Of its orders that count.
    added_at : datetime
        UTC.
    added_by : str
        As the audit log names them.
    reading : dict
        What was said of how it is to be read, as ``services.training.reading.ReadOptions`` names it.
    training : dict
        What was said with it of every training that it is part of, as ``services.training.options`` names it.
    header : str or None
        Digest of the names of its columns; None of files that an earlier version added.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=f"^[0-9a-f]{{{_ID_DIGITS}}}$")
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    digests: tuple[_Digest, ...] = Field(min_length=1)
    size: _Count
    rows: _Count
    first_day: date
    last_day: date
    added_at: datetime
    added_by: str = Field(max_length=64)
    reading: dict[str, Any]
    training: dict[str, Any] = Field(default_factory=dict)
    header: _Digest | None = None

    @field_validator("name")
    @classmethod
    def _is_plain(cls, name: str) -> str:
        if name != plain_name(name):
            raise ValueError("the name is not one that the ledger gives")
        return name

    @classmethod
    def of_bytes(cls, content: bytes) -> Self | None:
        """Read an entry; None where it is none."""
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            return None

    @property
    def data(self) -> str:
        """Name of the kept file in the entry's folder."""
        return f"{self.digests[-1]}.data"

    def told(self) -> dict[str, Any]:
        """Return what ``ledger list --json`` prints: see docs/contract.md."""
        return {
            "id": self.id,
            "name": self.name,
            "sha256": self.digests[0],
            "bytes": self.size,
            "rows": self.rows,
            "from": self.first_day.isoformat(),
            "to": self.last_day.isoformat(),
            "added_at": self.added_at.isoformat(timespec="seconds"),
            "added_by": self.added_by,
            "erased": len(self.digests) > 1,
        }


def said_of_trainings(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return what was said of a training with files of the ledger: lists together, the rest where all agree.

    Parameters
    ----------
    entries : sequence of Entry

    Returns
    -------
    dict
        Files that say nothing of a name agree with all others.
    """
    found: dict[str, Any] = {}
    for name in sorted({name for entry in entries for name in entry.training}):
        said = [entry.training[name] for entry in entries if name in entry.training]
        if all(isinstance(each, list) for each in said):
            found[name] = list(dict.fromkeys(one for each in said for one in each))
        elif all(each == said[0] for each in said):
            found[name] = said[0]
    return found


def id_of(digest: str) -> str:
    """Return the id of a file by the digest of its bytes as they were brought."""
    return digest[:_ID_DIGITS]


def plain_name(name: str) -> str:
    r"""Return a file's name without folders and without characters that hide or break what is shown.

    Examples
    --------
    >>> plain_name("../../etc/passwd"), plain_name("C:\\sales\\May 2024.csv"), plain_name("..")
    ('passwd', 'May 2024.csv', 'file')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    shown = tame(last.encode(errors="replace").decode())[-LONGEST_NAME:].replace("\\", "_")
    while len(shown.encode()) > _LONGEST_BYTES:
        shown = shown[1:]
    return shown if shown.strip(". ") else "file"
