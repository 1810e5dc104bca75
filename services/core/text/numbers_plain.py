"""Numbers in addresses, parameters and options: one form everywhere, so that a link means the same anywhere.

ASCII digits, a point before the decimals, a minus before all of it; no thousands, no exponent, nothing else.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from services.core.language.messages import _
from services.core.refusals import Refusal

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)")
_WHOLE = re.compile(r"-?[0-9]{1,18}")


def plain_number(text: str) -> float:
    """Read a number; infinite for more digits than a float can hold.

    Raises
    ------
    Refusal
        If it is written in any other way.

    Examples
    --------
    >>> plain_number("1797.24"), plain_number(" -5 ")
    (1797.24, -5.0)
    """
    kept = text.strip(" ")
    if not _NUMBER.fullmatch(kept):
        raise Refusal(_("Write the number with a point and without thousands, such as 1797.24."))
    return float(kept) + 0.0  # no minus before a zero


def plain_whole(text: str) -> int:
    """Read a whole number.

    Raises
    ------
    Refusal
        If it is written in any other way, or has more than 18 digits.

    Examples
    --------
    >>> plain_whole("40"), plain_whole("-1")
    (40, -1)
    """
    kept = text.strip(" ")
    if not _WHOLE.fullmatch(kept):
        raise Refusal(_("Write a whole number in digits, such as 40."))
    return int(kept)


def plain_text(value: float) -> str:
    """Write a number so that ``plain_number`` returns the same one.

    Examples
    --------
    >>> plain_text(75.0), plain_text(1797.2), plain_text(1e-7)
    ('75', '1797.2', '0.0000001')
    """
    if not math.isfinite(value):
        raise ValueError("only finite numbers can be written")
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"
