"""What kind of file it is, by its content, and its bytes under a bound."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.reading.archives import (
    MAX_BYTES,
    MAX_RATIO,
    RATIO_COUNTS_FROM,
    files_of,
    kind_of_zip,
)
from services.reading.kinds import refuse_other

CHUNK = 1 << 20


class Damaged(Refusal):
    """An archive of which bytes are missing or wrong."""


#: What an archive's library raises where bytes are missing or wrong.
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True)
class Source:
    """A table that can be read: a file, or a part of one.

    Attributes
    ----------
    path : Path
    form : str
        As ``recognise`` tells it.
    part : str or None
        The file of an archive or the sheet of a workbook, where there are several.
    """

    path: Path
    form: str
    part: str | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return f"{self.path.name}, {self.part}" if self.part else self.path.name


def recognise(path: Path) -> str:
    """Tell a file's form from its content.

    Returns
    -------
    str
        ``csv``, ``csv.gz``, ``zip``, ``xlsx`` or ``parquet``.

    Raises
    ------
    Refusal
        If the file is empty, or none of these, or an archive that may not be opened.
    """
    if not path.is_file():
        raise Refusal(_("There is no such file."), "file")
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refusal(_("The file is empty."), "file")
    if head.startswith(b"\x1f\x8b"):
        return "csv.gz"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of_zip(path)
    refuse_other(head, packed=False)
    return "csv"


class Bounded(io.RawIOBase):
    """The unpacked bytes of an archive or file, stopped when there are too many of them.

    Parameters
    ----------
    inner : IO
        What unpacks.
    packed : int
        Bytes of the file as it lies there, for the ratio.
    file : IO
        The file as it lies there.
    archive : ZipFile, optional
        What ``inner`` was opened from.
    """

    def __init__(
        self, inner: IO[bytes], packed: int, file: IO[bytes], archive: zipfile.ZipFile | None = None
    ) -> None:
        self._inner = inner
        self._file = file
        self._archive = archive
        self._bound = min(MAX_BYTES, max(MAX_RATIO * packed, RATIO_COUNTS_FROM))
        self.count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` and count."""
        try:
            data = self._inner.read(len(buffer))
        except _DAMAGED as error:
            raise _damaged() from error
        self.count += len(data)
        if self.count > self._bound:
            raise Refusal(
                _("The file unpacks to more than any sales file would, and was not read on."), "file"
            )
        buffer[: len(data)] = data
        return len(data)

    def packed_position(self) -> int:
        """Bytes of the file, as it lies there, that have been read."""
        return self._file.tell()

    def close(self) -> None:
        """Close the archive and the file below it."""
        if not self.closed:
            self._inner.close()
            if self._archive:
                self._archive.close()
            self._file.close()
        super().close()


def open_bytes(source: Source) -> Bounded:
    """Open the text of a ``csv``, ``csv.gz`` or ``zip``, of which the part is named, for one pass.

    Raises
    ------
    Refusal
        While it is read, if it unpacks to too much or is damaged; at once, if an archive holds
        another archive or something that is no text.
    """
    packed = source.path.stat().st_size
    file = cast("IO[bytes]", source.path.open("rb"))
    if source.form == "csv":
        return Bounded(file, max(packed, MAX_BYTES), file)
    if source.form == "csv.gz":
        unpacked = gzip.GzipFile(fileobj=cast("BinaryIO", file))
        return Bounded(cast("IO[bytes]", unpacked), packed, file)
    try:
        archive = zipfile.ZipFile(file)
        inner = archive.open(source.part or files_of(archive)[0])
    except _DAMAGED as error:
        file.close()
        raise _damaged() from error
    return Bounded(inner, packed, file, archive)


def _damaged() -> Damaged:
    return Damaged(_("The archive is damaged or incomplete. Save or upload it again."), "file")


def head_of(source: Source) -> bytes:
    """Read the first 64 kB of the text.

    Raises
    ------
    Refusal
        If an archive holds nothing, another archive, or something that is no text.
    """
    with io.BufferedReader(open_bytes(source)) as stream:
        head = stream.read(65_536)
    if not head:
        raise Refusal(_("The file is empty."), "file")
    if source.form != "csv":
        refuse_other(head, packed=True)
    return head


def size_of(source: Source) -> int:
    """Bytes of a file, or of a part of an archive as it unpacks."""
    if source.part is None:
        return source.path.stat().st_size
    with zipfile.ZipFile(source.path) as archive:
        return archive.getinfo(source.part).file_size


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """Give the one digest of several files, in whatever order; that of a single one is its own."""
    found = sorted(digests)
    return found[0] if len(found) == 1 else hashlib.sha256("\n".join(found).encode()).hexdigest()
