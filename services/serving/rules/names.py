"""Which product is meant by what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ProductNames:
    """Products by their codes and names.

    Attributes
    ----------
    labels : list of str
        What a reader types to mean a product: its name, with the code where the name is not unique.
    texts : list of (str, str)
        Code and name of each product, ready to compare.
    """

    labels: list[str]
    texts: list[tuple[str, str]]

    def meant(self, text: str) -> list[int]:
        """Return the products that a text names: that of the code, else all whose code or name holds it."""
        wanted = text.strip().casefold()
        exact = [place for place, (code, _) in enumerate(self.texts) if code == wanted]
        return exact or [
            place for place, (code, name) in enumerate(self.texts) if wanted in name or wanted in code
        ]

    def place_of(self, text: str) -> int | None:
        """Return the one product that a reader means by its code or its label, or None."""
        wanted = text.strip().casefold()
        codes, labels = [code for code, _ in self.texts], [label.casefold() for label in self.labels]
        return next((known.index(wanted) for known in (codes, labels) if wanted and wanted in known), None)

    def only(self, text: str) -> int | None:
        """Return the product of a code or label, else the one whose code or name alone holds it, or None."""
        place = self.place_of(text)
        known = self.meant(text) if place is None and text.strip() else ()
        return known[0] if len(known) == 1 else place

    def suggestions(self, text: str, limit: int = 12) -> list[str]:
        """Return labels of products that a typed text may mean, those that begin with it first."""
        wanted = text.strip().casefold()
        if not wanted:
            return []
        fitting = self.meant(wanted)
        fitting.sort(key=lambda place: not any(part.startswith(wanted) for part in self.texts[place]))
        return [self.labels[place] for place in fitting[:limit]]


def compared(products: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Make codes and names ready to compare."""
    return [(code.casefold(), name.casefold()) for code, name in products]


def labelled(products: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names of products, with the code where a name is not unique."""
    known = Counter(name.casefold() for _, name in products)
    return [name if known[name.casefold()] == 1 else f"{name} ({code})" for code, name in products]
