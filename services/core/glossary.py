"""What the words of the pages mean: one text for each, for tooltips, notes and the page Help."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.core.language.messages import _, later

GROUPS = {
    "customers": later("Customers and segments"),
    "clusters": later("Clusters"),
    "baskets": later("Baskets and rules"),
    "churn": later("Churn"),
    "campaigns": later("Campaigns"),
    "data": later("Data and releases"),
}
"""What words are about, in the order in which Help lists them."""


@dataclass(frozen=True)
class Word:
    """A word and its meaning.

    Attributes
    ----------
    id : str
    written : str
        As a heading has it, in English.
    group : str
        A key of ``GROUPS``.
    meaning : str
        Whole sentences, true of every release, in English.
    tabs : tuple of str
        Keys of the tabs on which the word is dotted; empty where Help alone explains it.
    """

    id: str
    written: str
    group: str
    meaning: str
    tabs: tuple[str, ...]

    @property
    def word(self) -> str:
        """As a heading has it, in the language that holds."""
        return shown(self.written)

    @property
    def says(self) -> str:
        """What it means, in the language that holds."""
        return shown(self.meaning)


def shown(text: str) -> str:
    """Say a text of ``glossary.toml``: ``make messages`` extracts them all."""
    return _(text)


@cache
def glossary() -> Mapping[str, Word]:
    """Return the words by id, in the order of the groups."""
    read = tomllib.loads(files("services.core").joinpath("glossary.toml").read_text("utf-8"))
    found = [
        Word(name, of["word"], of["group"], of["says"], tuple(of.get("tabs", ())))
        for name, of in read.items()
    ]
    return {word.id: word for word in sorted(found, key=lambda word: list(GROUPS).index(word.group))}


def says(name: str) -> str:
    """Return what a word means.

    Raises
    ------
    KeyError
        If the glossary lacks the word.

    Examples
    --------
    >>> says("zhang")
    'Zhang’s metric, from −1 (never together) to 1 (always).'
    """
    return glossary()[name].says
