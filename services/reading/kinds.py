"""What a file is that is no table, told by how it begins, and what is said of it."""

from __future__ import annotations

from typing import NamedTuple

from services.core.language.messages import later
from services.core.refusals import Refusal

_FORMS = later("Use CSV (also as .gz or .zip), an Excel workbook (.xlsx) or Parquet.")


class _Said(NamedTuple):
    """What is said of such a file, and of an archive that holds one."""

    file: later
    archive: later


_PICTURE = _Said(
    later("The file is a picture, not a table of transactions."),
    later("The archive holds a picture, not a table of transactions."),
)
_NOT_TEXT = {
    b"%PDF": _Said(
        later("The file is a PDF document, not a table of transactions."),
        later("The archive holds a PDF document, not a table of transactions."),
    ),
    b"\xd0\xcf\x11\xe0": _Said(
        later("The file is an old Excel workbook (.xls). Save it as .xlsx."),
        later("The archive holds an old Excel workbook (.xls). Save it as .xlsx."),
    ),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"SQLite format 3": _Said(
        later("The file is an SQLite database, not a table of transactions."),
        later("The archive holds an SQLite database, not a table of transactions."),
    ),
    b"\x28\xb5\x2f\xfd": _Said(
        later("The file is a Zstandard archive, not a table of transactions."),
        later("The archive holds a Zstandard archive, not a table of transactions."),
    ),
    b"BZh": _Said(
        later("The file is a bzip2 archive, not a table of transactions."),
        later("The archive holds a bzip2 archive, not a table of transactions."),
    ),
    b"\xfd7zXZ": _Said(
        later("The file is an xz archive, not a table of transactions."),
        later("The archive holds an xz archive, not a table of transactions."),
    ),
    b"7z\xbc\xaf": _Said(
        later("The file is a 7-Zip archive, not a table of transactions."),
        later("The archive holds a 7-Zip archive, not a table of transactions."),
    ),
    b"Rar!": _Said(
        later("The file is a RAR archive, not a table of transactions."),
        later("The archive holds a RAR archive, not a table of transactions."),
    ),
    b"PAR1": _Said(
        later("The file is a Parquet file, not a table of transactions."),
        later("The archive holds a Parquet file, not a table of transactions."),
    ),
    b"PK\x03\x04": _Said(
        later("The file is a zip archive, not a table of transactions."),
        later("The archive holds a zip archive, not a table of transactions."),
    ),
    b"\x1f\x8b": _Said(
        later("The file is a gzip archive, not a table of transactions."),
        later("The archive holds a gzip archive, not a table of transactions."),
    ),
}
_TAR = _Said(
    later("The file is a tar archive, not a table of transactions."),
    later("The archive holds a tar archive, not a table of transactions."),
)
_PAGE = _Said(
    later("The file is a web page or XML, not a table of transactions."),
    later("The archive holds a web page or XML, not a table of transactions."),
)
_JSON = _Said(
    later("The file is JSON, not a table of transactions."),
    later("The archive holds JSON, not a table of transactions."),
)


def refuse_other(head: bytes, *, packed: bool) -> None:
    """Refuse what is no text.

    Parameters
    ----------
    head : bytes
        How the file begins, or the one in an archive.
    packed : bool
        Whether it lies in an archive.

    Raises
    ------
    Refusal
        If it is another kind of file, with what that is.
    """
    found = _kind_of(head)
    if found:
        said = found.archive if packed else found.file
        raise Refusal(f"{said()} {_FORMS()}", "file")


def _kind_of(head: bytes) -> _Said | None:
    for magic, said in _NOT_TEXT.items():
        if head.startswith(magic):
            return said
    if head[257:262] == b"ustar":
        return _TAR
    start = head[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return _PAGE
    return _JSON if start.startswith((b"{", b"[{")) else None
