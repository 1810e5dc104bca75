"""Texts of cells made comparable: one kind of digit, blank and minus, and the shape that many texts share.

A column of millions of cells has few shapes: ``8 Jan 2023`` and ``9 Jan 2024`` are both ``0 Jan 0000``. What
a shape means is thought out once, in Python, and told to the engine as the places of the digits.
"""

from __future__ import annotations

import sys
import unicodedata

from services.training.lines import engine as engines

#: Texts longer than this are neither a number nor a date.
LONGEST = 80

#: Shapes that are thought out; a column of numbers or dates has a few dozen.
MOST_SHAPES = 20_000

_MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u061c\ufeff"
_SIGNS = {
    # the last two are what Japanese books write before a negative number
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d\u25b3\u25b2", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\uff07", "'"),
    "\uff0e": ".", "\uff0c": ",", "\u066b": ".", "\u066c": ",", "\uff1a": ":", "\uff0f": "/",
    "\uff08": "(", "\uff09": ")", "\uff0b": "+", "\uff04": "$", "\uffe5": "¥", "\uffe1": "£", "\uff05": "%",
}  # fmt: skip
_BLANKS = {chr(code): " " for code in (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
#: A digit has one value in any script.
_DIGITS = {
    letter: str(unicodedata.decimal(letter))
    for letter in map(chr, range(0x80, min(sys.maxunicode, 0xFFFF)))
    if unicodedata.category(letter) == "Nd"
}
_OTHER_DIGIT = "[" + "".join(_DIGITS) + "]"


def _translated(text: str, letters: dict[str, str], gone: str = "") -> str:
    come = engines.text("".join(letters) + gone)
    return f"translate({text}, {come}, {engines.text(''.join(letters.values()))})"


def folded_sql(text: str) -> str:
    """Give SQL of a text with ASCII digits, spaces, minus signs and apostrophes, and no invisible marks."""
    plain = _translated(f"nfc_normalize({text})", _BLANKS | _SIGNS, _MARKS)
    # nearly every cell is ASCII, whose bytes are as many as its letters
    return (
        f"CASE WHEN strlen({text}) = length({text}) THEN {text} "
        f"WHEN regexp_matches({text}, '{_OTHER_DIGIT}') THEN trim({_translated(plain, _DIGITS)}) "
        f"ELSE trim({plain}) END"
    )


def shape_sql(folded: str) -> str:
    """Give SQL of a folded text's shape: every digit a 0, no shape where it is too long."""
    return f"CASE WHEN strlen({folded}) <= {LONGEST} THEN translate({folded}, '123456789', '000000000') END"
