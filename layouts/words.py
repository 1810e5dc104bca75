"""The only place where numbers, money, dates and nothing become text.

How they are written (locale, currency, time zone) is a property of the site, not of the process: each
request sets it with :func:`use` in its own context, so two sites in one process, or two threads of one,
never see each other's. Outside a request the defaults of :class:`Manner` hold.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers

from layouts.counted import counted, numeral
from services.core.language import messages
from services.core.language.catalogues import of_locale
from services.core.language.messages import _, plural, sense
from services.core.text.numbers_typed import Notation, notation

NOTHING = "–"

# No shop has such numbers; a slip of the keyboard may, and twenty digits tell nobody anything.
_LONGEST = 1e20

Number = float | int | None
Moment = dt.date | dt.datetime | str | None


@dataclass(frozen=True)
class Manner:
    """How a site writes: Babel locale, ISO currency, IANA zone."""

    locale: str = "en_GB"
    currency: str = "GBP"
    time_zone: str = "Europe/London"


_MANNER: ContextVar[Manner] = ContextVar("manner", default=Manner())  # noqa: B039 (frozen)


def use(manner: Manner) -> None:
    """Write like this, in the locale's language, for the rest of the context, which is one request."""
    _MANNER.set(manner)
    messages.use(of_locale(manner.locale))


def manner() -> Manner:
    """Return how text is written here and now."""
    return _MANNER.get()


def written() -> Notation:
    """Return how the site's people write numbers into fields, and how fields show them."""
    return notation(manner().locale, manner().currency)


def number(value: Number, decimals: int = 0) -> str:
    """``4,339``; ``0.0107`` with four decimals; ``–`` for nothing, ``no limit`` for infinity."""
    said = _special(value)
    if said is not None or value is None:
        return said or NOTHING
    return _written_number(value, decimals, manner().locale)


def share(value: Number, decimals: int = 0) -> str:
    """``20 %`` of a share of 0.2, ``under 1 %`` or ``over 99 %``; no decimals in prose, one in tables.

    What is there is never written as nothing, nor what is not the whole as the whole.
    """
    said = _special(value)
    part, step = float(value or 0), 10.0**-decimals
    if said is None and 0 < part <= step / 200:
        return _("under {n}\u00a0%", n=number(step, decimals))
    if said is None and 1 - step / 200 <= part < 1:
        return _("over {n}\u00a0%", n=number(100 - step, decimals))
    return said if said is not None else _("{n}\u00a0%", n=number(float(value or 0) * 100, decimals))


def change(value: Number, decimals: int = 0) -> str:
    """``+247``, ``−0.5`` or ``0``."""
    text = number(value, decimals)
    rounded = _special(value) is None and round(float(value or 0), decimals)
    return f"+{text}" if rounded and rounded > 0 else text


def money(amount: Number) -> str:
    """``£4,310.00``: what one customer or one order is worth."""
    return _currency(amount, None)


def money_sum(amount: Number) -> str:
    """``£8,887,209``: sums over customers carry no pence."""
    return _currency(amount, 0)


def money_short(amount: Number) -> str:
    """``£1.17m``, ``£627k``, ``£5,950``: sums in pictures."""
    said = _special(amount)
    if said is not None:
        return said
    value = float(amount or 0)
    if abs(value) >= 999_500:
        return _after_last_digit(_currency(value / 1e6, 2), sense("million", "m"))
    if abs(value) >= 10_000:
        return _after_last_digit(_currency(value / 1e3, 0), sense("thousand", "k"))
    return _currency(value, 0)


def revenue_name(*, after_returns: bool) -> str:
    """Name the sum of all orders: ``Revenue after returns``, where returns were taken off them."""
    return _("Revenue after returns") if after_returns else _("Revenue, purchases only")


def money_change(amount: Number) -> str:
    """``+£1.28m`` or ``−£40k``."""
    text = money_short(amount)
    return f"+{text}" if _special(amount) is None and float(amount or 0) > 0 else text


def currency_symbol() -> str:
    """``£``: what stands in a field of money."""
    return numbers.get_currency_symbol(manner().currency, locale=manner().locale)


def count(number_of: Number, one: str, several: str | None = None) -> str:
    """``1 order``, ``7 orders``, ``1,494 customers``; nouns that ``counted`` lacks stay English.

    A whole sentence with a number in it is said by ``plural`` instead, with ``n=words.number(n)``.
    """
    said = counted(number_of, number(number_of), one) if several is None else ""
    return said or f"{number(number_of)} {one if number_of == 1 else several or one + 's'}"


def days(value: Number) -> str:
    """``2 days``, ``1 day``."""
    return NOTHING if value is None else count(value, "day")


def small(value: int) -> str:
    """``seven``: counts up to ten in prose are words, larger ones digits."""
    return numeral(value) or number(value)


def times(value: int) -> str:
    """``once``, ``twice``, ``seven times``."""
    if value == 1:
        return _("once")
    return _("twice") if value == 2 else plural("{n} time", "{n} times", value, n=small(value))


def listing(parts: Sequence[str]) -> str:
    """Write ``A``, ``A and B``, ``A, B and C``."""
    *first, last = parts or [NOTHING]
    return _("{others} and {last}", others=", ".join(first), last=last) if first else last


def capital(text: str) -> str:
    """Begin a text with a capital, for a word that opens a sentence."""
    return text[:1].upper() + text[1:]


def date(value: Moment) -> str:
    """``9 December 2011``: prose."""
    return _date(value, sense("date", "d MMMM y"))


def date_short(value: Moment) -> str:
    """``9 Dec 2011``: tables."""
    return _date(value, sense("date", "d MMM y"))


def day_and_month(value: Moment) -> str:
    """``10 November``: prose in which the year is clear."""
    return _date(value, sense("date", "d MMMM"))


def day_and_month_short(value: Moment) -> str:
    """``10 Nov``: beside a figure."""
    return _date(value, sense("date", "d MMM"))


def month_long(value: Moment) -> str:
    """``December 2011``: prose."""
    return _date(value, sense("date", "MMMM y"))


def month(value: Moment) -> str:
    """``Dec 2011``: axes."""
    return _date(value, sense("date", "MMM y"))


def date_time(value: Moment) -> str:
    """``7 Dec 2011, 15:52``."""
    return _date(value, sense("date", "d MMM y, HH:mm"))


def _date(value: Moment, pattern: str) -> str:
    moment = _moment(value)
    return NOTHING if moment is None else _written_moment(moment, pattern, manner().locale)


def _moment(value: Moment) -> dt.datetime | None:
    """Naive times are the shop's own and stay; times with a zone are moved to the site's."""
    text = str(value)
    if value is None or text in ("NaT", ""):
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment.astimezone(ZoneInfo(manner().time_zone)).replace(tzinfo=None) if moment.tzinfo else moment


def _special(value: Number) -> str | None:
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return _("no limit")
    return _minus(f"{value:.1e}") if abs(value) >= _LONGEST else None


def _currency(amount: Number, decimals: int | None) -> str:
    said = _special(amount)
    if said is not None or amount is None:
        return said or NOTHING
    return _written_money(amount, decimals, manner())


# Halves go up, as in ``Intl.NumberFormat``: one figure may stand in a sentence and in a table of the browser.
_AS_BROWSERS = Context(rounding=ROUND_HALF_UP)
_NOISE = 5

# The same days, counts and prices come back all day, and Babel takes 40 µs for each.
_remembered = lru_cache(maxsize=4096)


@_remembered
def _written_number(value: float, decimals: int, locale: str) -> str:
    pattern = _pattern("#,##0" + ("." + "0" * decimals if decimals else ""))
    with localcontext(_AS_BROWSERS):
        return _minus(numbers.format_decimal(_exact(value, decimals), pattern, locale=_locale(locale)))


@_remembered
def _written_moment(moment: dt.datetime, pattern: str, locale: str) -> str:
    return dates.format_datetime(moment, pattern, locale=locale)


@_remembered
def _written_money(amount: float, decimals: int | None, used: Manner) -> str:
    with localcontext(_AS_BROWSERS):
        return _minus(
            numbers.format_currency(
                _exact(amount, decimals or 2),
                used.currency,
                _currency_pattern(used.locale, decimals),
                locale=_locale(used.locale),
                currency_digits=decimals is None,
            )
        )


def _exact(value: float, decimals: int) -> Decimal:
    """Leave out the last bits of a sum, which go by the order in which it was added up."""
    return Decimal(repr(round(float(value), decimals + _NOISE)))


# Babel reads a locale's name and a pattern anew for every number: two thirds of the time it takes.
@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache
def _pattern(text: str) -> numbers.NumberPattern:
    return numbers.parse_pattern(text)


@lru_cache
def _currency_pattern(locale: str, decimals: int | None) -> numbers.NumberPattern:
    pattern = _locale(locale).currency_formats["standard"].pattern
    if decimals is None:
        return _pattern(pattern)
    return _pattern(re.sub(r"\.0+", "." + "0" * decimals if decimals else "", pattern))


def _minus(text: str) -> str:
    """Take the sign off a rounded zero; make a minus as wide as a plus."""
    return text.replace("-", "−" if re.search(r"[1-9]", text) else "")


def _after_last_digit(text: str, sign: str) -> str:
    return re.sub(r"(\d)(\D*)$", rf"\g<1>{sign}\2", text)
