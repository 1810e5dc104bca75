"""Numbers in the cells of a file: whether a point or a comma stands before the decimals.

Thousands may be parted by the other sign, an apostrophe or a blank. Which sign it is, the cells of the whole
file decide; ``1,234`` alone can be read in two ways and decides nothing.
"""

from __future__ import annotations

import math
import re
from typing import Literal

from services.core.language.messages import _
from services.core.refusals import Refusal

Sign = Literal[".", ","]

_PLAIN = re.compile(r"[0-9]{1,15}")
_FORM = (
    r"[-+]?(?=[{0}0-9])([0-9]+|[1-9][0-9]{{0,2}}([{1}’' \u00a0\u202f][0-9]{{3}})+)?"
    r"({0}[0-9]+)?([eE][-+]?[0-9]{{1,3}})?"
)
_POINT = re.compile(_FORM.format(r"\.", ","))
_COMMA = re.compile(_FORM.format(",", r"\."))
_FILLING = re.compile(r"[’' \u00a0\u202f]")


def is_number(text: str) -> bool:
    """Return whether a text without blanks around it is a number by the point or by the comma.

    Examples
    --------
    >>> is_number("-1.234,5"), is_number("+1"), is_number("-2+3"), is_number("-")
    (True, True, False, False)
    """
    return bool(_POINT.fullmatch(text) or _COMMA.fullmatch(text))


class NumberCells:
    """Reads cells both ways, and counts what tells the ways apart."""

    def __init__(self) -> None:
        self._points = 0
        self._commas = 0
        self._undecided: str | None = None

    def read(self, cell: str) -> tuple[float, float]:
        """Return a cell's number by the point and by the comma; NaN where it is none.

        Examples
        --------
        >>> cells = NumberCells()
        >>> cells.read("1.234,5"), cells.read(" 75 "), cells.read("1,234")
        ((nan, 1234.5), (75.0, 75.0), (1234.0, 1.234))
        """
        text = cell.strip()
        if _PLAIN.fullmatch(text):
            number = float(text)
            return number, number
        bare = _FILLING.sub("", text)
        point = float(bare.replace(",", "")) if _POINT.fullmatch(text) else math.nan
        comma = float(bare.replace(".", "").replace(",", ".")) if _COMMA.fullmatch(text) else math.nan
        self._points += math.isnan(comma) > math.isnan(point)
        self._commas += math.isnan(point) > math.isnan(comma)
        if self._undecided is None and abs(point - comma) > 0:
            self._undecided = text
        return point, comma

    def sign(self) -> Sign:
        """Return the sign that most cells need; the point where none needs either.

        Raises
        ------
        Refusal
            If cells can be read in two ways and nothing decides.
        """
        if self._undecided and not self._points and not self._commas:
            raise Refusal(
                _(
                    "The number {number} can be read in two ways, and no other cell decides. Write numbers "
                    "without separators between thousands.",
                    number=self._undecided[:40],
                ),
                "file",
            )
        return "," if self._commas > self._points else "."
