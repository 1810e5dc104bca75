"""Bytes to text: which encoding a file has, told before a row of it is used."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path

from services.core.refusals import Refusal
from services.training.reading.source import CHUNK, Bounded, head_of, open_bytes

#: Bytes that CP1252 leaves undefined.
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_PIECE = 1 << 16
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Decoding:
    """An encoding, how to treat what does not fit, and what to tell the reader about it."""

    encoding: str
    errors: str = "strict"
    warning: str | None = None


def find_decoding(path: Path, form: str, given: str | None) -> Decoding:
    """Choose the encoding that decodes the whole file.

    Parameters
    ----------
    path, form
        The file and its form, one of those that hold text.
    given : str, optional
        What the user says; never replaced by another one.

    Raises
    ------
    Refusal
        If ``given`` is unknown or does not fit (naming the byte), or if the file is no text.
    """
    head = head_of(path, form)
    if given is not None:
        encoding = _known(given)
        _check(path, form, encoding)
        return Decoding("utf-8-sig" if encoding == "utf-8" else encoding)
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            _check(path, form, "utf-8" if encoding == "utf-8-sig" else encoding)
            return Decoding(encoding)
    if head.count(0) * 4 > len(head):
        raise Refusal(
            "The file is not plain text, or UTF-16 without its mark. "
            "For UTF-16, name it: --encoding utf-16-le.",
            "encoding",
            option="--encoding",
        )
    return _guess(path, form)


def _known(name: str) -> str:
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError) as error:
        raise Refusal(
            f"The encoding {name[:40]!r} is not known. Name one such as utf-8, cp1252 or iso-8859-1.",
            "encoding",
            option="--encoding",
        ) from error


def _check(path: Path, form: str, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with open_bytes(path, form) as stream:
        while True:
            chunk = stream.read(CHUNK) or b""
            pending = decoder.getstate()[0]
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                offset = read - len(pending) + getattr(error, "start", 0)
                raise Refusal(
                    f"The file is not {encoding}: the byte at offset {offset:,} does not fit. "
                    "Name another encoding with --encoding, or leave it to be detected.",
                    "encoding",
                    option="--encoding",
                ) from error
            if not chunk:
                return
            read += len(chunk)


def _guess(path: Path, form: str) -> Decoding:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    fitting = misfits = undefined = 0
    with open_bytes(path, form) as stream:
        while True:
            # small pieces, since most hold nothing beyond ASCII and need no second look
            chunk = stream.read(_PIECE) or b""
            if not chunk.isascii() or decoder.getstate()[0]:
                text = decoder.decode(chunk, final=not chunk)
                escaped = len(_ESCAPED.findall(text))
                misfits += escaped
                fitting += len(_BEYOND_ASCII.findall(text)) - escaped
                undefined += len(chunk) - len(chunk.translate(None, _NOT_CP1252))
            if not chunk:
                break
    if not misfits:
        return Decoding("utf-8")
    if fitting > misfits:
        return Decoding(
            "utf-8", "surrogateescape", "Some bytes are not UTF-8; the rows that hold them were set aside."
        )
    if not undefined:
        return Decoding("cp1252", warning="The file is not UTF-8; it was read as CP1252 (Western European).")
    return Decoding("iso-8859-1", warning="The file is neither UTF-8 nor CP1252; it was read as ISO-8859-1.")


def open_text(path: Path, form: str, decoding: Decoding) -> tuple[io.TextIOWrapper, Bounded]:
    """Open the file as text, line ends kept as they are; also its counted bytes, for progress."""
    stream = open_bytes(path, form)
    text = io.TextIOWrapper(
        io.BufferedReader(stream, CHUNK), encoding=decoding.encoding, errors=decoding.errors, newline=""
    )
    return text, stream
