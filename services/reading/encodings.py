"""Which encoding a text has, told from its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.core.language.messages import _

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True)
class Decoding:
    """An encoding, how to treat what does not fit, and what to tell the reader about it."""

    encoding: str
    errors: str = "strict"
    warning: str | None = None


def marked(head: bytes) -> str | None:
    """Return the encoding that the mark before a text names, if there is one."""
    return next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)


def is_plain(head: bytes) -> bool:
    """Whether the beginning of a file without a mark can be text: zero bytes are rare in it."""
    return head.count(0) * 4 <= len(head)


def first_misfit(chunks: Iterable[bytes], encoding: str) -> int | None:
    """Return the offset of the first byte that does not fit an encoding; None where all do."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    for chunk in _ended(chunks):
        pending = decoder.getstate()[0]
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeError as error:
            return read - len(pending) + int(getattr(error, "start", 0))
        read += len(chunk)
    return None


def guess(chunks: Iterable[bytes]) -> Decoding:
    """Choose an encoding for a text without a mark.

    UTF-8 where more of what is beyond ASCII fits it than does not, else CP1252 where it is defined for every
    byte, else ISO-8859-1, which any byte fits.

    Parameters
    ----------
    chunks : iterable of bytes
        The whole text; small pieces are quickest, since most hold nothing beyond ASCII.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    fitting = misfits = undefined = 0
    for chunk in _ended(chunks):
        if not chunk.isascii() or decoder.getstate()[0]:
            text = decoder.decode(chunk, final=not chunk)
            escaped = len(_ESCAPED.findall(text))
            misfits += escaped
            fitting += len(_BEYOND_ASCII.findall(text)) - escaped
            undefined += len(chunk) - len(chunk.translate(None, _NOT_CP1252))
    if not misfits:
        return Decoding("utf-8")
    if fitting > misfits:
        return Decoding(
            "utf-8", "surrogateescape", _("Some bytes are not UTF-8; the rows that hold them were set aside.")
        )
    if not undefined:
        return Decoding(
            "cp1252", warning=_("The file is not UTF-8; it was read as CP1252 (Western European).")
        )
    return Decoding(
        "iso-8859-1", warning=_("The file is neither UTF-8 nor CP1252; it was read as ISO-8859-1.")
    )


def _ended(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Give the chunks that hold anything, then an empty one, which ends the text."""
    yield from filter(None, chunks)
    yield b""
