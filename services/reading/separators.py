"""Which sign parts the columns of a text."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

SEPARATORS = (",", ";", "\t", "|")

#: Lines among which the header is looked for.
HEADER_WITHIN = 30


def likeliest(
    lines: Sequence[str], separators: Sequence[str], roles: Callable[[list[str]], int]
) -> tuple[str, int]:
    """Choose the separator under which a line names most roles, then most lines have one width.

    The header need not be the first line: titles and comments may stand above it.

    Parameters
    ----------
    lines : sequence of str
        The first lines of the text, each whole.
    separators : sequence of str
        Those to choose from, the likeliest first. A space stands for any number of spaces.
    roles : callable
        Says how many columns of a header are known.

    Returns
    -------
    tuple of str and int
        The separator, and how many cells most lines have; 0 where not a single line can be read.
    """
    judged = {separator: _judge(lines, separator, roles) for separator in separators}
    best = max(separators, key=lambda separator: judged[separator])
    return best, judged[best][2]


def most_roles(lines: Sequence[str], separator: str, roles: Callable[[list[str]], int]) -> int:
    """Count the roles in the line that names most under a separator."""
    return max(map(roles, _rows(lines, separator)[:HEADER_WITHIN]), default=0)


def _rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    rows = [line.split() for line in lines] if separator == " " else list(_parsed(lines, separator))
    return [row for row in rows if row]


def _judge(lines: Sequence[str], separator: str, roles: Callable[[list[str]], int]) -> tuple[int, float, int]:
    """Roles in the line that names most, share of lines with the usual number of cells, that number."""
    rows = _rows(lines, separator)
    if not rows:
        return 0, 0.0, 0
    width, often = Counter(map(len, rows)).most_common(1)[0]
    return max(map(roles, rows[:HEADER_WITHIN])), often / len(rows) if width > 1 else 0.0, width


def _parsed(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Give the rows that can be read; under a wrong separator a line may be one cell too long for csv."""
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            yield from reader
            return
        except csv.Error:
            continue
