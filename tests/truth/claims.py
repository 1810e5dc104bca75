"""The claims of sentences by kind: how each is written, and what of the arrays it has to agree with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from layouts import words
from tests.truth.facts import Facts
from tests.truth.said import Said

LEAST = 30
_TOKENS = {
    "n": r"([\d,]+)",
    "x": r"([\d,]+(?:\.\d)?)",
    "p": r"((?:[Uu]nder |[Oo]ver )?[\d.]+ %)",
    "m": r"(−?£[\d,.]+[mk]?)",
    "t": r"(.+)",
    "q": r"((?:under |over )?[\d.,]+ %)",
    "d": r"([\d,]+\.\d)",
    "u": r"(?:.*)",
    "w": r"(more|fewer)",
    "v": r"(\w+)",
    "z": r"([−+]?[\d,]+(?:\.\d+)?)",
    "unit": r"(?:order|line)",
}
#: Of such words a sentence is made that claims something: one that no kind knows is a fault.
CLAIMING = re.compile(
    r"\b(most|least|more|fewer|largest|smallest|best|busiest|only|nobody|none|no|half|together|grew|shrank|twice|"
    r"times|against|peak\w*|highest|lowest|all)\b|\d",
    re.IGNORECASE,
)

Checked = Iterator[tuple[str, object, object]]
Check = Callable[..., Checked]


@dataclass(frozen=True)
class Kind:
    """A kind of sentence: its tab, how it is written, and what compares it with the facts."""

    tab: str
    where: str
    written: str
    check: Check


def share(part: float, whole: float = 1.0) -> str:
    """Write a share as the tabs do, with plain blanks."""
    return words.share(part / whole if whole else 0.0).replace("\u00a0", " ")


def short(amount: float) -> str:
    """Write money in short."""
    return words.money_short(amount)


def winner(said: str, values: dict[str, float], written: Callable[[float], str]) -> Checked:
    """Compare a superlative: it has rivals, is the highest, and is written differently from the next."""
    ranked = sorted(values, key=lambda name: -values[name])
    yield "has rivals", len(ranked) > 1, True
    yield "is first", said, ranked[0]
    yield "leads", len(ranked) > 1 and written(values[ranked[0]]) != written(values[ranked[1]]), True


def count(text: str) -> int:
    """Read a whole number."""
    return int(text.replace(",", "").replace("−", "-").replace("+", ""))


def days(value: float) -> str:
    """Write days or times, halves with a decimal."""
    return words.number(value, int(value % 1 > 0))


@lru_cache(maxsize=64)
def pattern(written: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """Compile how a kind is written: ``{A}`` a group's name, ``{n}``, ``{p}``, ``{m}`` figures, ``(s)``."""
    found = re.escape(written).replace(r"\(s\)", "s?").replace(r"\ ", " ")
    name = "(" + "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True)) + ")"
    for token, said in {"A": name, **_TOKENS}.items():
        found = found.replace(r"\{" + token + r"\}", said)
    return re.compile(found)


def _within(told: str) -> str:
    """Write a share that opens a sentence as within one."""
    return re.sub(r"^(Under|Over) (?=[\d.]+ %$)", lambda word: word[0].lower(), told or "")


def check(said: Said, facts: Facts, kinds: Sequence[Kind]) -> list[str]:
    """Return what is wrong with a sentence; empty where it is true, or claims nothing."""
    text = said.text.replace("\u00a0", " ").strip()
    names = tuple(each.name for each in facts.entries) or ("-",)
    facts.where = said.where
    known = [each for each in kinds if each.tab == said.tab and re.fullmatch(each.where, said.where)]
    for kind in known:
        if match := pattern(kind.written, names).fullmatch(text):
            return [
                f"{said.tab} {said.search} {said.where}: “{text}”: {what}: said {told!r}, is {is_!r}"
                for what, told, is_ in kind.check(facts, *map(_within, match.groups()))
                if told != is_
            ]
    if CLAIMING.search(text):
        return [f"{said.tab} {said.search} {said.where}: “{text}”: not understood"]
    return []
