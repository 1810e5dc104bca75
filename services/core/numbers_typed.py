"""Numbers as people type them: British English, the one rule of every form.

Digits with an optional decimal point, and optional thousands separators that stand where they belong:
``75``, ``1797.24``, ``1,797.24``. Blanks around them are taken off. Everything else is refused, so that
``12,5`` is never 125 and ``1 234`` never 1.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from services.core.customer_ids import BLANKS
from services.core.refusals import Refusal

_NUMBER = re.compile(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")


def read_number(text: object) -> float:
    """Read a number from a form's field.

    Parameters
    ----------
    text : object
        What was typed; what is no text is refused too.

    Returns
    -------
    float
        From 0 up; infinite for more digits than a float can hold.

    Raises
    ------
    Refusal
        If it is not written as the module says.

    Examples
    --------
    >>> read_number(" 1,797.24 "), read_number("75")
    (1797.24, 75.0)
    """
    kept = text.strip(BLANKS) if isinstance(text, str) else ""
    if not _NUMBER.fullmatch(kept):
        raise Refusal("Give a number in digits, such as 1,797.24.")
    return float(kept.replace(",", ""))


def write_number(value: float) -> str:
    """Write a number so that ``read_number`` returns the same one; amounts that are not whole get pence.

    Examples
    --------
    >>> write_number(75.0), write_number(1797.2), write_number(0.001)
    ('75', '1,797.20', '0.001')
    """
    if not math.isfinite(value):
        raise ValueError("only finite numbers can be written")
    if value == int(value):
        return f"{int(value):,}"
    pence = f"{value:,.2f}"
    return pence if float(pence.replace(",", "")) == value else f"{Decimal(repr(value)):,f}"
