"""Numbers as people type them into a page: by the site's locale, the one rule of every form.

Digits, the locale's decimal sign, and its thousands separators where they belong: ``75``, ``1797.24`` and
``1,797.24`` in en_GB, ``1797,24`` and ``1.797,24`` in de_DE. Blanks around them are taken off, and a minus
may come first. Everything else is refused: in en_GB ``12,5`` is never 125, in de_DE ``1.79`` never 1.79.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, numbers

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.text.customer_ids import BLANKS

# What keyboards and programs write where a locale's data has another sign of the same kind.
_ALIKE = (" \u00a0\u2009\u202f", "’'")
_MINUS = "-−"
_BOTTOM = 3  # digits of the group before the decimals


@dataclass(frozen=True)
class Notation:
    """How the people of a site write numbers.

    Attributes
    ----------
    decimal, group : str
        What stands before the decimals, and between thousands.
    higher : int
        Digits of each group but the last, which has three: two where lakhs are counted.
    money : tuple of str
        What may stand before or behind an amount: ``£``, ``GBP``.
    """

    decimal: str
    group: str
    higher: int
    money: tuple[str, ...]

    def read(self, text: object, *units: str) -> float:
        """Read a number from a form's field.

        Parameters
        ----------
        text : object
            What was typed; what is no text is refused too.
        *units : str
            What may stand before or behind the digits, once, such as ``%``.

        Returns
        -------
        float
            Infinite for more digits than a float can hold.

        Raises
        ------
        Refusal
            If it is not written as the module says.

        Examples
        --------
        >>> notation("en_GB").read(" 1,797.24 "), notation("de_DE").read("1.797,24")
        (1797.24, 1797.24)
        """
        kept, minus = _without_minus(text.strip(BLANKS) if isinstance(text, str) else "")
        bare = _without_unit(kept, units)
        if bare != kept and not minus:
            bare, minus = _without_minus(bare)
        for sign in next((alike for alike in _ALIKE if self.group in alike), ""):
            bare = bare.replace(sign, self.group)
        if not _form(self.decimal, self.group, self.higher).fullmatch(bare):
            raise Refusal(_("Type a number such as {number}.", number=self.write(1797.24)))
        number = float(bare.replace(self.group, "").replace(self.decimal, "."))
        return -number if minus and number else number

    def read_money(self, text: object) -> float:
        """Read an amount, with or without the site's currency."""
        return self.read(text, *self.money)

    def write(self, value: float) -> str:
        """Write a number so that ``read`` returns the same one; amounts that are not whole get pence.

        Examples
        --------
        >>> notation("en_GB").write(1797.2), notation("de_DE").write(1797.2), notation("en_GB").write(0.001)
        ('1,797.20', '1.797,20', '0.001')
        """
        if not math.isfinite(value):
            raise ValueError("only finite numbers can be written")
        exact = Decimal(repr(abs(value)))
        short = f"{exact:.0f}" if value == int(value) else f"{exact:.2f}"
        whole, point, decimals = (short if float(short) == abs(value) else f"{exact:f}").partition(".")
        grouped = re.sub(rf"(?<=[0-9])(?=([0-9]{{{self.higher}}})*[0-9]{{{_BOTTOM}}}$)", self.group, whole)
        return ("-" if value < 0 else "") + grouped + (self.decimal if point else "") + decimals


@lru_cache
def notation(locale: str, currency: str = "GBP") -> Notation:
    """Return how a locale writes numbers, in ASCII digits, and amounts of a currency.

    Parameters
    ----------
    locale : str
        That Babel knows, such as ``de_DE``.
    currency : str
        ISO 4217 code.
    """
    known = Locale.parse(locale)
    signs = known.number_symbols["latn"]
    higher = known.decimal_formats[None].grouping[1]
    symbols = {numbers.get_currency_symbol(currency, each) for each in (known, "en")} | {currency}
    # the longer first: "$" is the end of "US$"
    money = tuple(sorted(symbols, key=lambda symbol: (-len(symbol), symbol)))
    return Notation(signs["decimal"], signs["group"], higher if higher in (2, 3) else _BOTTOM, money)


@lru_cache
def _form(decimal: str, group: str, higher: int) -> re.Pattern[str]:
    """Return the pattern of a number; groups of three are understood where lakhs are written, too."""
    sign = re.escape(group)
    groups = "|".join(
        rf"[1-9][0-9]{{0,{size - 1}}}({sign}[0-9]{{{size}}})*{sign}[0-9]{{{_BOTTOM}}}"
        for size in {higher, _BOTTOM}
    )
    return re.compile(rf"([0-9]+|{groups})({re.escape(decimal)}[0-9]+)?")


def _without_minus(text: str) -> tuple[str, bool]:
    minus = text[:1] in tuple(_MINUS)
    return (text[1:].lstrip(BLANKS), True) if minus else (text, False)


def _without_unit(text: str, units: tuple[str, ...]) -> str:
    for unit in units:
        if text.startswith(unit):
            return text.removeprefix(unit).strip(BLANKS)
        if text.endswith(unit):
            return text.removesuffix(unit).strip(BLANKS)
    return text


#: As the site writes unless its settings say otherwise.
BRITISH = notation("en_GB")
