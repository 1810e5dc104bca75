"""A digest before it is written: sentences under headings, with links to the very views they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode


@dataclass(frozen=True)
class Link:
    """A view of the site: its name, and its address without that of the site."""

    name: str
    path: str


@dataclass(frozen=True)
class Section:
    """Sentences under a heading, and the views that they are about."""

    heading: str
    sentences: list[str]
    links: list[Link]


@dataclass(frozen=True)
class Told:
    """A digest, whoever gets it.

    Attributes
    ----------
    subject : str
    opening : list of str
        What of the digest itself is to be known first.
    sections : list of Section
    closing : str
        Why it comes, and when.
    ending : str
        Where it is ended, with a gap for that address: :func:`layouts.parts.woven.gap`.
    release : str
        What it tells of; empty without one.
    data_to : date or None
        The last day of its data.
    language : str
        Of its sentences, as ``lang`` says it: ``en-GB``.
    """

    subject: str
    opening: list[str]
    sections: list[Section]
    closing: str
    ending: str
    release: str
    data_to: date | None
    language: str


def address(path: str, release: str, pairs: Iterable[tuple[str, str | Sequence[str]]] = ()) -> str:
    """Return the address of a page of a release: it goes on showing that one when another is active.

    Parameters
    ----------
    path, release : str
    pairs : iterable of (str, str or sequence of str)
        Parameters, in their order; of a sequence each value.
    """
    return f"{path}?{urlencode([*pairs, ('release', release)], doseq=True)}"
