"""Contacts that need no database: stands for ``services.site.customers.attributes.Attributes``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


class Said:
    """What some contacts say.

    Parameters
    ----------
    attributes : mapping of str to mapping of str to str
        By column, the value by customer's id.
    agreed : mapping of str to sequence of str, optional
        By channel, who agreed.
    """

    def __init__(
        self, attributes: Mapping[str, Mapping[str, str]], agreed: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.attributes = {column: dict(held) for column, held in attributes.items()}
        self.who_agreed = dict(agreed or {})
        self.changes, self.read = 0, 0

    def stamp(self) -> str:
        """Return the number of changes that a test made."""
        return str(self.changes)

    def columns(self) -> list[str]:
        """Return the columns that somebody has a value of."""
        return sorted(column for column, held in self.attributes.items() if held)

    def known(self) -> bool:
        """Whether there is any contact."""
        return bool(self.columns() or self.who_agreed)

    def values(self, column: str) -> Iterator[Sequence[Sequence[str]]]:
        """Give a column in portions of two."""
        self.read += 1
        pairs = sorted((value, customer) for customer, value in self.attributes.get(column, {}).items())
        for start in range(0, len(pairs), 2):
            yield pairs[start : start + 2]

    def agreed(self, channel: str) -> Iterator[Sequence[str]]:
        """Give who agreed in portions of two."""
        self.read += 1
        ids = list(self.who_agreed.get(channel, ()))
        for start in range(0, len(ids), 2):
            yield ids[start : start + 2]
