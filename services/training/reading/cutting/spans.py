"""Lines of a file, from the first of a row to the first of the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from services.training.lines.engine import Engine
from services.training.reading.report import ReadOptions

END = 2**62
"""Where the last row of a file ends."""

_T = TypeVar("_T")


class Span(NamedTuple):
    """Lines, or rows of a sheet, counted from 1, without ``end``."""

    first: int
    end: int


@dataclass(frozen=True)
class Work:
    """An engine that has read a file, what is said of the file, and a folder of the run."""

    engine: Engine
    options: ReadOptions
    scratch: Path


def without(lines: Iterable[_T], spans: Sequence[Span]) -> Iterator[_T]:
    """Give the lines that are in no span; the spans are sorted and share no line."""
    ahead = iter(spans)
    span = next(ahead, None)
    for number, line in enumerate(lines, 1):
        while span and number >= span.end:
            span = next(ahead, None)
        if not span or number < span.first:
            yield line


def within(lines: Iterable[str], spans: Sequence[Span]) -> list[str]:
    """Give the text of each span; the spans are sorted and share no line."""
    texts = [""] * len(spans)
    at = 0
    for number, line in enumerate(lines, 1):
        while at < len(spans) and number >= spans[at].end:
            at += 1
        if at == len(spans):
            break
        if number >= spans[at].first:
            texts[at] += line
    return texts
