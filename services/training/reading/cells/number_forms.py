"""What the shape of a number means: its sign, its currency, and where its decimals begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.core.text.currencies import codes, currency, together, whole

ERROR, PERCENT, NUMBER = "error", "percent", "number"

_BODY = re.compile(r"[.,]?0(?:[0.,' ]*0)?")
#: A price without its cents, as in 20,- and 20.--
_NO_CENTS = re.compile(r"[.,]--?")
_EXPONENT = re.compile(r"(?P<mantissa>(?:0+(?:[.,]0*)?|[.,]0+))[eE][-+]?0{1,3}")
#: The sign of money in place of the decimal sign, as in 12€50: two digits behind it, or it is no price.
_INSIDE = re.compile(r"(?P<minus>-?)(?:0+|0{1,3}(?: 000)+)(?P<money>[^\w\s.,'+()<>/-]+)00")


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    # parts of three, or as in India of two before the last three
    threes = rf"0{{1,3}}(?P<sep>[{thousands}' ])000(?:(?P=sep)000)*"
    twos = rf"0{{1,2}}(?:[{thousands}]00)+[{thousands}]000"
    return re.compile(rf"(?P<whole>0+|{threes}|{twos})?(?:[{decimal}](?P<cents>0+))?")


_READINGS = {".": _pattern(".", ","), ",": _pattern(",", ".")}


@dataclass(frozen=True)
class Form:
    """How the texts of one shape are read.

    Attributes
    ----------
    kind : str
        ``NUMBER``, or what it is instead: ``PERCENT``, ``ERROR`` of a spreadsheet.
    decimals : dict of str to int
        Digits behind the decimal sign, by the signs with which it is a number.
    negative : bool
    currency : str or None
        As ``services.core.text.currencies.currency`` gives it.
    exponent : bool
        Whether it is written such as 1.5E3.
    """

    kind: str
    decimals: dict[str, int]
    negative: bool = False
    currency: str | None = None
    exponent: bool = False


def form_of(shape: str, led: bool) -> Form | None:
    """Read the shape of a number.

    Parameters
    ----------
    shape : str
        A folded text, every digit a 0.
    led : bool
        Whether its first digit is a zero, so that what follows cannot be thousands.

    Returns
    -------
    Form or None
        None where it is no number.
    """
    if shape.startswith("#"):
        return Form(ERROR, {})
    # what keeps a spreadsheet from taking -20.00 for a formula
    shape = shape.removeprefix("'")
    if shape[-1:] == "%" or shape[:1] == "%":
        inner = form_of(shape.strip("% "), led)
        return Form(PERCENT, inner.decimals, inner.negative) if inner and not inner.currency else None
    if known := _at_once(shape):
        return known
    found = _BODY.search(shape)
    if found is None:
        return None
    before, body, behind = shape[: found.start()], found[0], shape[found.end() :]
    if body[0] == "." and _is_abbreviation(_word(before)):
        # as in Rs.500; USD.50 is fifty cents
        before, body = before + ".", body[1:]
    # as Indian bills end a sum
    behind = behind.removeprefix("/-")
    if cents := _NO_CENTS.match(behind):
        behind = behind[cents.end() :]
        if not re.fullmatch("0+", body.translate({ord(sep): None for sep in "., '"})):
            return None
    decimals = _decimals(body, led, whole=bool(cents))
    around = _around(before, behind)
    if around is None or not decimals:
        return None
    if around[1] and whole(around[1]) and len(set(decimals.values())) > 1:
        # ¥1,234 are no thousandths of a yen
        decimals = {sign: 0 for sign, digits in decimals.items() if not digits}
    return Form(NUMBER, decimals, around[0], around[1])


def _at_once(shape: str) -> Form | None:
    """Read what is told by the whole shape: 1.5E3, and 12€50."""
    bare = shape.lstrip("+-")
    if len(shape) - len(bare) <= 1 and (found := _EXPONENT.fullmatch(bare)):
        return Form(NUMBER, _exponent(found["mantissa"]), exponent=True)
    inside = _INSIDE.fullmatch(shape)
    money = currency(inside["money"]) if inside else None
    if inside is None or money is None or whole(money):
        return None
    return Form(NUMBER, dict.fromkeys(".,", 2), bool(inside["minus"]), money)


def _exponent(mantissa: str) -> dict[str, int]:
    return dict.fromkeys([sign for sign in ".," if sign in mantissa] or ".,", 0)


def _decimals(body: str, led: bool, *, whole: bool) -> dict[str, int]:
    found = {}
    for sign, pattern in _READINGS.items():
        read = pattern.fullmatch(body)
        if read is None or (whole and read["cents"]):
            continue
        grouped = read["whole"] is not None and set(read["whole"]) != {"0"}
        if not (grouped and led):
            found[sign] = len(read["cents"] or "")
    return found


def _around(before: str, behind: str) -> tuple[bool, str | None] | None:
    """Give the sign and the currency told around a number; None where it is something else."""
    before, behind = before.replace("<", "("), behind.replace(">", ")")
    told = before + behind
    brackets = told.count("("), told.count(")")
    signs = told.count("-") + told.count("+")
    if brackets not in ((0, 0), (1, 1)) or brackets[0] + signs > 1:
        return None
    if brackets[0] and ("(" not in before or ")" not in behind):
        return None
    negative = bool(brackets[0]) or "-" in told
    money = _money([part for part in (_word(before), _word(behind)) if part])
    return None if money is None else (negative, money or None)


def _money(words: list[str]) -> str | None:
    """Give the one currency that words around a number name, empty for none; None where it is not one."""
    if len(words) == 1 and currency(words[0]) is None:
        # a sign and a code on one side, as in USD $20
        words = words[0].split()
    found = [currency(word) for word in words]
    if None in found or len(found) > 2:
        return None
    names = [name for name in found if name]
    return together(names[0], names[1]) if len(names) == 2 else "".join(names)


def _is_abbreviation(word: str) -> bool:
    return word[-1:].isalpha() and word.upper() not in codes() and currency(word) is not None


def _word(text: str) -> str:
    return re.sub(r"[-+()]", "", text).strip()
