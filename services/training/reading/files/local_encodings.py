"""Texts in the encoding of a country, told by the names that their header has under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.core.refusals import Refusal
from services.reading.encodings import Decoding, first_misfit
from services.reading.source import Source
from services.training.reading.columns.headers import Schema
from services.training.reading.files import dialects
from services.training.reading.files.decoding import chunks
from services.training.reading.report import ReadOptions

#: Encodings and how they are called.
_LOCAL = {
    "cp1251": "Cyrillic",
    "cp1250": "Central European",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp932": "Japanese",
    "cp949": "Korean",
    "gb18030": "Chinese",
    "big5": "traditional Chinese",
}
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
            said = f"{encoding.upper()} ({_LOCAL[encoding]})"
            return Decoding(
                encoding,
                warning=f"The file is not UTF-8; it was read as {said}, under which its columns have names.",
            )
    return decoding


@contextmanager
def doubted(encoding: str | None, options: ReadOptions) -> Iterator[None]:
    """Say in a refusal that lists columns that a guessed encoding may be why none was found."""
    try:
        yield
    except Refusal as refusal:
        letters = any(letter.isalpha() and not letter.isascii() for letter in str(refusal))
        if encoding in _WESTERN and options.encoding is None and refusal.option == "--columns" and letters:
            listed = [f"{each} ({name})" for each, name in _LOCAL.items()]
            refusal.args = (
                f"{refusal} The file is not UTF-8: if these names look wrong, say its encoding first with "
                f"--encoding, one such as {', '.join(listed[:-1])} or {listed[-1]}.",
            )
        raise
