"""Bytes to text: which encoding a file has, told before a row of it is used."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from services.core.language.messages import _
from services.core.language.written import number
from services.core.refusals import Refusal
from services.reading.encodings import Decoding, first_misfit, guess, is_plain, marked
from services.reading.source import CHUNK, Bounded, Source, head_of, open_bytes

_PIECE = 1 << 16


def find_decoding(source: Source, given: str | None) -> Decoding:
    """Choose the encoding that decodes the whole file.

    Parameters
    ----------
    source : Source
        Of one of the forms that hold text.
    given : str, optional
        What the user says; never replaced by another one.

    Raises
    ------
    Refusal
        If ``given`` is unknown or does not fit (naming the byte), or if the file is no text.
    """
    head = head_of(source)
    if given is not None:
        encoding = _known(given)
        _check(source, encoding)
        return Decoding("utf-8-sig" if encoding == "utf-8" else encoding)
    named = marked(head)
    if named:
        _check(source, "utf-8" if named == "utf-8-sig" else named)
        return Decoding(named)
    if not is_plain(head):
        # of plain letters in UTF-16 the other byte is zero: the first of two where the larger comes first
        order = "be" if head[::2].count(0) > head[1::2].count(0) else "le"
        said = _("The file is not plain text, or UTF-16 without its mark.")
        way = _("For UTF-16, name it: --encoding utf-16-{order}.", order=order)
        raise Refusal(f"{said} {way}", "encoding", option="--encoding")
    return guess(chunks(source, _PIECE))


def _known(name: str) -> str:
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError) as error:
        raise Refusal(
            _(
                "The encoding {encoding} is not known. Name one such as utf-8, cp1252 or iso-8859-1.",
                encoding=repr(name[:40]),
            ),
            "encoding",
            option="--encoding",
        ) from error


def _check(source: Source, encoding: str) -> None:
    offset = first_misfit(chunks(source), encoding)
    if offset is not None:
        said = _(
            "The file is not {encoding}: the byte at offset {offset} does not fit.",
            encoding=encoding,
            offset=number(offset),
        )
        way = _("Name another encoding with --encoding, or leave it to be detected.")
        raise Refusal(f"{said} {way}", "encoding", option="--encoding")


def chunks(source: Source, size: int = CHUNK) -> Iterator[bytes]:
    """Give the bytes of a text in pieces."""
    with open_bytes(source) as stream:
        while chunk := stream.read(size):
            yield chunk


def open_text(source: Source, decoding: Decoding) -> tuple[io.TextIOWrapper, Bounded]:
    """Open the file as text, line ends kept as they are; also its counted bytes, for progress."""
    stream = open_bytes(source)
    text = io.TextIOWrapper(
        io.BufferedReader(stream, CHUNK), encoding=decoding.encoding, errors=decoding.errors, newline=""
    )
    return text, stream
