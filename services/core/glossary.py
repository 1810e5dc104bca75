"""What the words of the pages mean: one text for each, for tooltips, notes and the page Help."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

GROUPS = {
    "customers": "Customers and segments",
    "clusters": "Clusters",
    "baskets": "Baskets and rules",
    "churn": "Churn",
    "campaigns": "Campaigns",
    "data": "Data and releases",
}
"""What words are about, in the order in which Help lists them."""


@dataclass(frozen=True)
class Word:
    """A word and its meaning.

    Attributes
    ----------
    id : str
    word : str
        As a heading has it.
    group : str
        A key of ``GROUPS``.
    says : str
        Whole sentences, true of every release.
    tabs : tuple of str
        Keys of the tabs on which the word is dotted; empty where Help alone explains it.
    """

    id: str
    word: str
    group: str
    says: str
    tabs: tuple[str, ...]


@cache
def glossary() -> Mapping[str, Word]:
    """Return the words by id, in the order of the groups."""
    read = tomllib.loads(files("services.core").joinpath("glossary.toml").read_text("utf-8"))
    found = [Word(id=name, **{**of, "tabs": tuple(of.get("tabs", ()))}) for name, of in read.items()]
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
