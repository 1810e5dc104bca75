"""Which customers of a release fit what their contacts say: kept in its order until contacts change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from services.core.filters import AGREED, ATTRIBUTE, CHANNELS, CONTACTS, attribute_of, attribute_text
from services.core.language.messages import _, later
from services.core.parameters import LeftOut, texts_of
from services.core.refusals import NotFound, Refusal
from services.serving.lists.contact_columns import Column, column_of, places_of
from services.serving.release.loaded import Loaded
from services.site.state import StateUnusable

Mask = npt.NDArray[np.bool_]
#: Bytes of columns that a process keeps.
MOST_BYTES = 64 * 2**20
_SHOWN = 60
_HOW = later("In an address, write both with a colon, such as {example}.")
_EXAMPLE = f"attribute={attribute_text('Tier', 'Gold')}"
_WITHHELD = {
    ATTRIBUTE: later("Only people who may see contacts can filter by an attribute"),
    AGREED: later("Only people who may see contacts can filter by what customers agreed to"),
}
_Built = TypeVar("_Built", Column, Mask)


class Source(Protocol):
    """Where contacts are kept: ``services.site.customers.attributes.Attributes``."""

    def stamp(self) -> str:
        """Return what is another one after each change of contacts."""

    def columns(self) -> list[str]:
        """Return the columns that some contact has a value of."""

    def known(self) -> bool:
        """Whether there is any contact."""

    def values(self, column: str) -> Iterator[Sequence[Sequence[str]]]:
        """Give portions of pairs of value and customer's id."""

    def agreed(self, channel: str) -> Iterator[Sequence[str]]:
        """Give portions of the ids of who agreed to a channel."""


@dataclass(frozen=True)
class Asked:
    """What one parameter asks of contacts.

    Attributes
    ----------
    values : tuple of str
        As they are written, without what cannot be followed.
    fits : ndarray of bool or None, shape (n,)
        Who fits; None where nothing is left to ask for.
    left_out : list of LeftOut
    """

    values: tuple[str, ...]
    fits: Mask | None
    left_out: list[LeftOut]


class ByContacts:
    """Answers for one process; whoever is not to see contacts is not given it.

    Parameters
    ----------
    source : Source
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: OrderedDict[tuple[str, str, str], tuple[str, Column | Mask]] = OrderedDict()
        self._names: tuple[str | None, list[str]] = (None, [])
        self._guard, self._building = threading.Lock(), threading.Lock()

    def columns(self) -> list[str]:
        """Return the names of the contacts' columns, in the order of their letters.

        Raises
        ------
        StateUnusable
        """
        stamp = self._source.stamp()
        with self._building:
            kept, names = self._names
            if kept != stamp:
                names = self._source.columns()
                self._names = stamp, names
        return list(names)

    def known(self) -> bool:
        """Whether there is any contact.

        Raises
        ------
        StateUnusable
        """
        return self._source.known()

    def column(self, release: Loaded, name: str) -> Column:
        """Return a column in the order of a release's customers.

        Raises
        ------
        NotFound
            If no contact has such a column.
        Refusal
            If it has too many values.
        StateUnusable
        """
        return self._column(release, name, self._source.stamp())

    def asked(self, release: Loaded, parameter: str, texts: Sequence[str]) -> Asked:
        """Read what a parameter of an address asks of contacts; what cannot be followed is left out.

        Parameters
        ----------
        release : Loaded
        parameter : str
            Of ``services.core.filters.CONTACTS``.
        texts : sequence of str
            Its values.
        """
        read = self._attributes if parameter == ATTRIBUTE else self._agreed
        try:
            return read(release, list(dict.fromkeys(texts)), self._source.stamp())
        except StateUnusable:
            why, how = _("Contacts cannot be read at the moment"), _("Try again in a minute.")
            return Asked((), None, [LeftOut(parameter, why, how)])

    def _attributes(self, release: Loaded, texts: Sequence[str], stamp: str) -> Asked:
        left_out: list[LeftOut] = []
        chosen: dict[str, tuple[Column, list[int]]] = {}
        for each in texts:
            try:
                name, column, place = self._placed(release, each, stamp)
            except StateUnusable:
                raise
            except Refusal as refused:
                how = "" if ":" in each else _HOW(example=_EXAMPLE)
                left_out.append(LeftOut(ATTRIBUTE, str(refused), how))
            else:
                chosen.setdefault(name, (column, []))[1].append(place)
        fits = np.ones(release.count, dtype=bool)
        written = []
        for name, (column, places) in chosen.items():
            taken = np.zeros(len(column.values) + 1, dtype=bool)
            taken[places] = True
            fits &= taken[column.codes]
            written += [attribute_text(name, column.values[at - 1] if at else "") for at in places]
        return Asked(tuple(dict.fromkeys(written)), fits if written else None, left_out)

    def _placed(self, release: Loaded, written: str, stamp: str) -> tuple[str, Column, int]:
        """Return the column that a text names, and the value's code in it."""
        pair = attribute_of(written)
        if pair is None:
            raise Refusal(_("“{text}” is not a column and a value", text=written[:_SHOWN]))
        name, value = pair
        column = self._column(release, name, stamp)
        if not value:
            return name, column, 0
        if value not in column.values:
            said = _("No contact has “{value}” as {column}", value=value[:_SHOWN], column=name[:_SHOWN])
            raise NotFound(said)
        return name, column, column.values.index(value) + 1

    def _agreed(self, release: Loaded, texts: Sequence[str], stamp: str) -> Asked:
        known = [each for each in texts if each in CHANNELS]
        ways = _("{one} or {other}", one="email", other="phone")
        left_out = [
            LeftOut(AGREED, _("Customers agree by {ways}, not by “{way}”", ways=ways, way=each[:_SHOWN]))
            for each in texts
            if each not in CHANNELS
        ]
        fits = [self._who_agreed(release, each, stamp) for each in known]
        return Asked(tuple(known), np.logical_or.reduce(fits) if fits else None, left_out)

    def _column(self, release: Loaded, name: str, stamp: str) -> Column:
        key = release.id, ATTRIBUTE, name
        return self._at(key, stamp, lambda: column_of(release, name, self._source.values(name)))

    def _who_agreed(self, release: Loaded, channel: str, stamp: str) -> Mask:
        def build() -> Mask:
            found = np.zeros(release.count, dtype=bool)
            for ids in self._source.agreed(channel):
                found[places_of(release, ids)[0]] = True
            return found

        return self._at((release.id, AGREED, channel), stamp, build)

    def _at(self, key: tuple[str, str, str], stamp: str, build: Callable[[], _Built]) -> _Built:
        """Return what was built since contacts changed last, or build it: one thread at a time."""
        found = self._known(key, stamp)
        if found is None:
            with self._building:
                found = self._known(key, stamp)
                if found is None:
                    found = build()
                    self._keep(key, stamp, found)
        return found  # type: ignore[return-value]

    def _known(self, key: tuple[str, str, str], stamp: str) -> Column | Mask | None:
        with self._guard:
            kept, found = self._kept.get(key, (None, None))
            if kept != stamp:
                return None
            self._kept.move_to_end(key)
            return found

    def _keep(self, key: tuple[str, str, str], stamp: str, built: Column | Mask) -> None:
        with self._guard:
            self._kept = OrderedDict(
                {each: held for each, held in self._kept.items() if held[0] == stamp and each != key}
            )
            self._kept[key] = (stamp, built)
            while (
                len(self._kept) > 1 and sum(_size(each) for _stamp, each in self._kept.values()) > MOST_BYTES
            ):
                self._kept.popitem(last=False)


def withheld(parameter: str) -> LeftOut:
    """Return what is said to those who may not see contacts."""
    return LeftOut(parameter, _WITHHELD[parameter]())


@dataclass(frozen=True)
class ReadContacts:
    """What an address asks of contacts.

    Attributes
    ----------
    values : dict of str to tuple of str
        By parameter.
    fitting : dict of str to ndarray of bool
        Who fits, by parameter.
    left_out : list of LeftOut
    """

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fitting: dict[str, Mask] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


def read_contacts(
    query: Mapping[str, Sequence[str] | str], release: Loaded, by_contacts: ByContacts | None
) -> ReadContacts:
    """Read what an address asks of contacts.

    Parameters
    ----------
    query : mapping
        Keys to one value or several.
    release : Loaded
    by_contacts : ByContacts or None
        None for whoever may not see contacts: all of it is left out then.
    """
    read = ReadContacts()
    for name in CONTACTS:
        if not (texts := texts_of(query.get(name, ()))):
            continue
        if by_contacts is None:
            read.left_out.append(withheld(name))
            continue
        asked = by_contacts.asked(release, name, texts)
        read.left_out.extend(asked.left_out)
        if asked.fits is not None:
            read.values[name], read.fitting[name] = asked.values, asked.fits
    return read


def _size(built: Column | Mask) -> int:
    return built.codes.nbytes + 64 * len(built.values) if isinstance(built, Column) else built.nbytes
