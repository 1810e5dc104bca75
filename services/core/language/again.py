"""What was kept in English, said again in the language that holds.

Releases, jobs, alerts and records keep their sentences in English (decision 120): one form for programs, and
none that is out of date when a translation gets better. A sentence that no message made stays as it is, and
so does what stands in quotes, for somebody typed it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from services.core.language.memory import Found, Place
from services.core.language.messages import ENGLISH, _, language, plural, sense
from services.core.language.written import day, number

_END = re.compile(r"(?<=[.!?:”])\s+|\n+")
_NUMBER = re.compile(r"[+\-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


def again(kept: str) -> str:
    """Say what was kept in English: one sentence or several, a name, or nothing at all.

    Parameters
    ----------
    kept : str
        As it was said in English when it was written.

    Returns
    -------
    str
        In the language that holds. Of several sentences each is said that a message made.
    """
    return kept if language() == ENGLISH else _best(kept)[1]


def _best(kept: str) -> tuple[int, str]:
    """Return how many letters of it messages explain, and what it is in the language.

    The text is one sentence, or falls into sentences in the way of which messages explain the most.
    """
    ends = [(0, 0), *((end.start(), end.end()) for end in _END.finditer(kept)), (len(kept), len(kept))]
    best = [(0, "")] + [(-1, "")] * (len(ends) - 1)
    for at in range(1, len(ends)):
        for before in range(at):
            letters, said = _sentence(kept[ends[before][1] : ends[at][0]])
            if best[before][0] + letters > best[at][0]:
                between = kept[slice(*ends[before])]
                best[at] = best[before][0] + letters, best[before][1] + between + said
    return best[-1]


def _sentence(kept: str) -> tuple[int, str]:
    found = language().memory.find(kept)
    return _said(found) if found else (0, kept)


def _said(found: Found) -> tuple[int, str]:
    message, letters = found.message, found.letters
    places: dict[str, str] = {}
    for name, place in found.places.items():
        more, places[name] = _place(place)
        letters += more
    if found.number is not None:
        return letters, plural(message.one, message.many, found.number, **places)
    if message.context:
        return letters, sense(message.context, message.one, **places)
    return letters, _(message.one, **places)


def _place(place: Place) -> tuple[int, str]:
    text = place.text
    if place.quoted:
        return 0, text
    if _NUMBER.fullmatch(text):
        decimals = len(text.partition(".")[2])
        plain = "," not in text and not decimals  # an id or a year is no amount
        return 0, text if plain else number(float(text.replace(",", "").replace("−", "-")), decimals)
    if _DAY.fullmatch(text):
        with suppress(ValueError):  # of 12 Candles 2024
            return 0, day(datetime.strptime(text, "%d %B %Y"))
    return _best(text)
