"""Texts in the encoding of a country, told by the names that their header has under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.core.language.messages import later
from services.reading.encodings import Decoding, first_misfit
from services.reading.source import Source
from services.training.reading.columns.addresses import NoColumn
from services.training.reading.columns.headers import Schema
from services.training.reading.files import dialects
from services.training.reading.files.decoding import chunks
from services.training.reading.report import ReadOptions

#: Encodings, and what is said of a text that is read in one.
_LOCAL = {
    "cp1251": later(
        "The file is not UTF-8; it was read as CP1251 (Cyrillic), under which its columns have names."
    ),
    "cp1250": later(
        "The file is not UTF-8; it was read as CP1250 (Central European), under which its columns have names."
    ),
    "cp1253": later(
        "The file is not UTF-8; it was read as CP1253 (Greek), under which its columns have names."
    ),
    "cp1254": later(
        "The file is not UTF-8; it was read as CP1254 (Turkish), under which its columns have names."
    ),
    "cp932": later(
        "The file is not UTF-8; it was read as CP932 (Japanese), under which its columns have names."
    ),
    "cp949": later(
        "The file is not UTF-8; it was read as CP949 (Korean), under which its columns have names."
    ),
    "gb18030": later(
        "The file is not UTF-8; it was read as GB18030 (Chinese), under which its columns have names."
    ),
    "big5": later(
        "The file is not UTF-8; it was read as BIG5 (traditional Chinese), under which its columns have "
        "names."
    ),
}
_DOUBT = later(
    "The file is not UTF-8: if these names look wrong, say its encoding first with --encoding, one such as "
    "cp1251 (Cyrillic), cp1250 (Central European), cp1253 (Greek), cp1254 (Turkish), cp932 (Japanese), cp949 "
    "(Korean), gb18030 (Chinese) or big5 (traditional Chinese)."
)
#: What is taken for want of better.
_WESTERN = ("cp1252", "iso-8859-1")

#: Roles that a header must name beyond those it names as a Western text.
_MORE = 2


def settle(source: Source, decoding: Decoding, options: ReadOptions, schema: Schema) -> Decoding:
    """Replace a Western encoding that was guessed by one under which the header names more roles.

    Parameters
    ----------
    source : Source
    decoding : Decoding
        As ``find_decoding`` gives it.
    options : ReadOptions
    schema : Schema

    Returns
    -------
    Decoding
        With a warning that says so; ``decoding`` where none fits the whole text and names at least two
        roles more.
    """
    if options.encoding is not None or decoding.encoding not in _WESTERN:
        return decoding

    def named(encoding: str) -> int:
        return dialects.named(source, Decoding(encoding, "replace"), options.separator, schema)

    least = named(decoding.encoding) + _MORE
    counted = {encoding: named(encoding) for encoding in _LOCAL}
    for encoding in sorted(_LOCAL, key=lambda each: -counted[each]):
        if counted[encoding] >= least and first_misfit(chunks(source), encoding) is None:
            return Decoding(encoding, warning=_LOCAL[encoding]())
    return decoding


@contextmanager
def doubted(encoding: str | None, options: ReadOptions) -> Iterator[None]:
    """Say in a refusal that lists columns that a guessed encoding may be why none was found."""
    try:
        yield
    except NoColumn as refusal:
        beyond = any(letter.isalpha() and not letter.isascii() for name in refusal.found for letter in name)
        if encoding in _WESTERN and options.encoding is None and beyond:
            refusal.args = (f"{refusal} {_DOUBT()}",)
        raise
