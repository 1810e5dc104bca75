"""The words of dates in the languages in which shops write them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

_FILE = Path(__file__).with_suffix(".toml")
_WIDTHS = [(context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]

#: The fewest letters of a name that may stand for it, as Sept or Febr do.
_SHORTEST = 3


#: Pattern of what makes a day's number an ordinal one, as in 8th.
ORDINALS = "st|nd|rd|th|er|ère|re|:?e|º|ª|°|-?\u0433\u043e"


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def plain(word: str) -> str:
    """Spell a word small, without points and blanks."""
    return re.sub(r"[.\s]", "", word.lower())


def bare(word: str) -> str:
    """Take the accents off a word, as many exports do."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


@cache
def _locales(languages: int | None) -> tuple[Locale, ...]:
    """Give the first languages, or all: reading CLDR takes 40 ms a language, and English mostly is enough."""
    return tuple(Locale.parse(language) for language in _told()["languages"][:languages])


@cache
def _months(languages: int | None) -> Mapping[str, int]:
    whole: dict[str, set[int]] = defaultdict(set)
    cut: dict[str, set[int]] = defaultdict(set)
    for word, month in _named(languages):
        for spelled in {word, bare(word)}:
            whole[spelled].add(month)
            for length in range(_SHORTEST, len(spelled)):
                cut[spelled[:length]].add(month)
    told = {word: {month} for word, month in _told()["months"].items()}
    # what two languages name differently is nobody's month
    return {word: next(iter(found)) for word, found in (cut | whole | told).items() if len(found) == 1}


def _named(languages: int | None) -> Iterator[tuple[str, int]]:
    for locale in _locales(languages):
        for context, width in _WIDTHS:
            for month, name in locale.months[context][width].items():
                if not any(letter.isdigit() for letter in name):
                    yield plain(name), month


def month(word: str) -> int | None:
    """Give the month, 1 to 12, that a word names in one of the languages; None for any other word.

    A name may be cut to three letters or more, where these are no other month's anywhere.
    """
    return _months(1).get(plain(word)) or _months(None).get(plain(word))


@cache
def _weekdays(languages: int | None) -> frozenset[str]:
    names = {
        plain(name)
        for locale in _locales(languages)
        for context, width in _WIDTHS
        for name in locale.days[context][width].values()
    }
    return frozenset(names | {bare(name) for name in names} | {"tues", "thur", "thurs", "weds"})


def is_weekday(word: str) -> bool:
    """Say whether a word names a day of the week in one of the languages."""
    return plain(word) in _weekdays(1) or plain(word) in _weekdays(None)


@cache
def _halves(languages: int | None) -> Mapping[str, str]:
    halves = {
        plain(name): half[0]
        for locale in _locales(languages)
        for context, width in _WIDTHS
        for half, name in locale.day_periods.get(context, {}).get(width, {}).items()
        if half in ("am", "pm")
    }
    return halves | _told()["halves"]


def half(word: str) -> str | None:
    """Give ``a`` for the half of the day before noon, ``p`` for the other; None for any other word."""
    if zone(word) is not None:
        return None
    return _halves(1).get(plain(word)) or _halves(None).get(plain(word))


def zone(word: str) -> int | None:
    """Give a zone's minutes before (-) or after UTC; None for a name that is not known."""
    found = _told()["zones"].get(plain(word))
    return None if found is None else int(found)


def is_filler(word: str) -> bool:
    """Say whether a word means nothing between the parts of a date."""
    return plain(word) in _told()["fillers"]
