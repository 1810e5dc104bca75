"""What an address asks of two moments: which ones, which flow; and the customers of it as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from services.core.filters import CONTACTS
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.rfm.movement import CAUSES
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.filters import Filters, read_filters
from services.serving.lists.listing import in_order, listed
from services.serving.movement.moments import (
    Movement,
    chosen,
    last_day,
    movement,
    movement_since,
    of_some,
    why_not,
)
from services.serving.release.loaded import Loaded

#: Keys of the address. One of them makes the file of customers the file of a flow.
KEYS = ("from", "to", "by", "from_segment", "to_segment", "cause")
#: In the place of an earlier day: the release before.
RELEASE = "release"


@dataclass(frozen=True)
class Moment:
    """A snapshot as addresses and readers name it.

    Attributes
    ----------
    place : int
        In ``overview.snapshots``.
    key : str
        Its last day, ``2011-10-31``; with the time where an earlier snapshot has the same day.
    as_of : datetime
    """

    place: int
    key: str
    as_of: datetime


@dataclass(frozen=True)
class Asked:
    """Two moments and a flow between them.

    Attributes
    ----------
    start, end : Moment
        The earlier and the later one.
    then, now : str or None
        Groups that the flow leaves and reaches; None for any.
    cause : str or None
        Of ``CAUSES``.
    by : {"segment", "cluster"}
        What is compared; clusters only with the release before.
    notes : list of str
        A sentence for each part of the address that was left out.
    filters : Filters
        Of what contacts say: whose movement is counted.
    """

    start: Moment
    end: Moment
    then: str | None
    now: str | None
    cause: str | None
    by: Literal["segment", "cluster"]
    notes: list[str]
    filters: Filters

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Keys and values of the address that asks for this and nothing else."""
        kept: list[tuple[str, Any]] = [("from", self.start.key), ("to", self.end.key)]
        flow = (("from_segment", self.then), ("to_segment", self.now), ("cause", self.cause))
        kept += [*((key, value) for key, value in flow if value), *self.filters.pairs]
        return [*kept, ("by", self.by)] if self.releases else kept

    @property
    def releases(self) -> bool:
        """Whether the earlier moment is another release."""
        return self.start.key == RELEASE


@dataclass(frozen=True)
class Answer:
    """An address answered.

    Attributes
    ----------
    asked : Asked
    moved : Movement
    fits : ndarray of bool, shape (n,)
        Who is in the flow.
    """

    asked: Asked
    moved: Movement
    fits: npt.NDArray[np.bool_]


def moments(release: Loaded) -> list[Moment]:
    """Return a release's snapshots, oldest first, each with a key of its own."""
    found: list[Moment] = []
    for place, snapshot in enumerate(release.overview.snapshots):
        as_of = datetime.fromisoformat(snapshot.as_of)
        day = last_day(release, place)
        key = f"{as_of:%Y-%m-%dT%H:%M}" if any(each.key == day for each in found) else day
        found.append(Moment(place, key, as_of))
    return found


def before(release: Loaded) -> Moment | None:
    """Return the moment of the release before; None where a release is not compared with one."""
    since = release.overview.since
    return Moment(-1, RELEASE, datetime.fromisoformat(since.as_of)) if since else None


def answer(
    release: Loaded, query: Mapping[str, Sequence[str]], by_contacts: ByContacts | None = None
) -> Answer:
    """Compare the moments that an address asks for, and find its flow.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``services.core.text.addresses`` reads them.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.

    Raises
    ------
    Refusal
        If the release knows one moment only.
    """
    if reason := why_not(release):
        raise Refusal(reason)
    notes: list[str] = []
    start, end = _two(release, query, notes)
    by = _kind(query, start, notes)
    moved = movement_since(release, by) if start.key == RELEASE else movement(release, start.place, end.place)
    read = read_filters({name: query[name] for name in CONTACTS if name in query}, release, by_contacts)
    notes += read.notes
    if read.filters.active:
        moved = of_some(moved, read.filters.mask(release))
    then, now = (_group(moved, query, name, notes) for name in ("from_segment", "to_segment"))
    cause = _one(query, "cause")
    if cause and cause not in CAUSES:
        notes.append(_("“{asked}” is not a cause of a move, so it was left out.", asked=cause[:60]))
        cause = None
    asked = Asked(start, end, then, now, cause, by, notes, read.filters)
    fits = chosen(
        moved,
        None if then is None else moved.place_of(then),
        None if now is None else moved.place_of(now),
        None if cause is None else CAUSES.index(cause),
    )
    return Answer(asked, moved, fits)


def rows_in_flow(release: Loaded, found: Answer, sort: str) -> npt.NDArray[np.int32]:
    """Return the rows of a flow's customers in order; ties follow the id."""
    return in_order(release, found.fits, sort)


def listed_movers(release: Loaded, moved: Movement, rows: npt.NDArray[np.int32]) -> list[dict[str, Any]]:
    """Return customers as values for a table or a file, with both groups and the cause of their move."""
    then, now, cause = (each[rows].tolist() for each in (moved.then, moved.now, moved.cause))
    return [
        customer
        | {
            "from_segment": moved.groups[then[place]].id,
            "to_segment": moved.groups[now[place]].id,
            "cause": CAUSES[cause[place]] if cause[place] >= 0 else None,
        }
        for place, customer in enumerate(listed(release, rows))
    ]


def _two(release: Loaded, query: Mapping[str, Sequence[str]], notes: list[str]) -> tuple[Moment, Moment]:
    known = moments(release)
    by_key = {moment.key: moment for moment in known}
    if _one(query, "from") == RELEASE and (since := before(release)):
        return since, known[-1]
    previous = release.overview.previous
    usual = {"from": known[-2 if previous is None else previous], "to": known[-1]}
    for name in usual:
        key = _one(query, name)
        if key in by_key:
            usual[name] = by_key[key]
        elif key == RELEASE:
            notes.append(
                _(
                    "There is no earlier release of this preset to compare with, so two days of this release "
                    "are compared."
                )
            )
        elif key:
            notes.append(
                _("This release has no snapshot of “{day}”, so the usual one is compared.", day=key[:60])
            )
    start, end = usual["from"], usual["to"]
    if start.place > end.place:
        return end, start
    if start is end:
        notes.append(_("Movement needs two different days, so the neighbouring snapshot is compared."))
        return (known[end.place - 1], end) if end.place else (end, known[1])
    return start, end


def _kind(
    query: Mapping[str, Sequence[str]], start: Moment, notes: list[str]
) -> Literal["segment", "cluster"]:
    asked = _one(query, "by") or "segment"
    if asked == "cluster" and start.key == RELEASE:
        return "cluster"
    if asked == "cluster":
        notes.append(_("Clusters can only be compared with the previous release, so segments are shown."))
    elif asked != "segment":
        notes.append(_("Movement is between segments or clusters, not by “{asked}”.", asked=asked[:60]))
    return "segment"


def _group(moved: Movement, query: Mapping[str, Sequence[str]], name: str, notes: list[str]) -> str | None:
    asked = _one(query, name)
    if asked and moved.place_of(asked) < 0:
        notes.append(
            _("There is no segment “{asked}” in this release, so it was left out.", asked=asked[:60])
        )
        return None
    return asked


def _one(query: Mapping[str, Sequence[str]], name: str) -> str | None:
    values = query.get(name, ())
    return values[-1] if values else None
