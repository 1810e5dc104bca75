"""Who stood where at two moments, and why they moved: counted from what the snapshots kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.rfm.movement import CAUSES, STAYED, causes, with_cut_points
from services.core.rfm.segments import Segmentation
from services.core.vocabulary import AXES
from services.releases.overview.groups import Cluster, Segment
from services.releases.overview.moments import Named
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

#: Ids beside those of segments, which hold no underscore.
NOT_YET, NO_SEGMENT = "not_yet", "no_segment"
_ABSENT = -2


@dataclass(frozen=True)
class Movement:
    """Where each customer of a release stood at two moments.

    Attributes
    ----------
    groups : list of Segment, Cluster or Named
        The segments, then "no segment" and "not yet a customer".
    then, now : ndarray of int16, shape (n,)
        Place in ``groups``; ``now`` is −2 for who was no customer at the later moment (not yet, or between
        sending everything back and ordering again), and for who is not counted.
    cause : ndarray of int8, shape (n,)
        Place in ``services.core.rfm.movement.CAUSES``; −1 for who stayed, came, or was not there.
    """

    groups: list[Segment | Cluster | Named]
    then: npt.NDArray[np.int16]
    now: npt.NDArray[np.int16]
    cause: npt.NDArray[np.int8]

    @property
    def not_yet(self) -> int:
        """The place of "not yet a customer"."""
        return len(self.groups) - 1

    def place_of(self, group_id: str) -> int:
        """Return a group's place; −1 for an id that is none."""
        ids = [group.id for group in self.groups]
        return ids.index(group_id) if group_id in ids else -1


@dataclass(frozen=True)
class Flow:
    """Customers that went from one group to another, or stayed.

    Attributes
    ----------
    then, now : int
        Places in ``Movement.groups``.
    customers : int
    causes : list of int
        How many moved by each of ``CAUSES``; all zero for who stayed or came.
    """

    then: int
    now: int
    customers: int
    causes: list[int]


def why_not(release: Loaded) -> str | None:
    """Say why two moments of a release cannot be compared; None where they can."""
    if not release.segments:
        return _("The preset makes no segments, so nobody can move from one to another.")
    if len(release.overview.snapshots) < 2:
        if release.preset.rfm.table:
            return _(
                "A table of customers shows one moment only. A file of transactions also shows the past."
            )
        return _("The file does not reach back far enough: no earlier month end has five customers or more.")
    if "snapshot_frequency" not in release.customers:
        return _(
            "This release was made by an earlier version, which kept no past values. Train again to see who "
            "moved."
        )
    return None


def movement(release: Loaded, start: int, end: int) -> Movement:
    """Compare two snapshots.

    Parameters
    ----------
    release : Loaded
        One for which :func:`why_not` is None.
    start, end : int
        Places of the snapshots, the earlier one first.
    """
    groups: list[Segment | Cluster | Named] = [*release.segments, *_beside(_("Not yet a customer"))]
    then, now = (_standing(release, place, len(release.segments)) for place in (start, end))
    not_yet = len(groups) - 1
    both = np.flatnonzero((then != now) & (then != not_yet) & (now != not_yet))
    cause = np.full(release.count, STAYED, dtype=np.int8)
    # Who did not move has no cause, so only movers are scored again.
    cause[both] = _causes(release, start, end, both)
    now[now == not_yet] = _ABSENT
    return Movement(groups, then, now, cause)


def movement_since(release: Loaded, kind: Literal["segment", "cluster"]) -> Movement:
    """Compare a release with the one before, as training did when it made it.

    Parameters
    ----------
    release : Loaded
        Whose overview has ``since``.
    kind : {"segment", "cluster"}
    """
    known: dict[str, Segment | Cluster] = {
        entry.id: entry for entry in (release.segments if kind == "segment" else release.clusters)
    }
    since = release.overview.since
    # What is retired since has but its name.
    groups: list[Segment | Cluster | Named] = (
        [known.get(group.id, group) for group in since.moved(kind).groups] if since else []
    )
    then = np.array(release.customers[f"earlier_{kind}"])
    now = np.array(release.customers[kind])
    now[now < 0] = len(groups)
    then = np.select([then >= 0, then == -1], [then, len(groups)], len(groups) + 1).astype(np.int16)
    groups += _beside(_("Not in that release"))
    return Movement(groups, then, now, np.array(release.customers[f"earlier_{kind}_cause"]))


def of_some(moved: Movement, fits: npt.NDArray[np.bool_]) -> Movement:
    """Return the movement of the customers marked in ``fits``, shape (n,); the others are as if not there."""
    now = np.where(fits, moved.now, np.int16(_ABSENT))
    return replace(moved, now=now, cause=np.where(fits, moved.cause, np.int8(STAYED)))


def flows(moved: Movement) -> list[Flow]:
    """Return all flows with at least one customer, those that stayed too: most customers first.

    The flows out of "not yet a customer" hold who came; all others add up to the customers of the earlier
    moment, but for those who had sent everything back by the later one, and all of them to those of that.
    """
    size = len(moved.groups)
    there = np.flatnonzero(moved.now >= 0)
    pair = moved.then[there].astype(np.intp) * size + moved.now[there]
    found = np.bincount(
        pair * (len(CAUSES) + 1) + moved.cause[there] + 1, minlength=size * size * (len(CAUSES) + 1)
    ).reshape(size * size, -1)
    counted = found.sum(axis=1)
    held = np.flatnonzero(counted)
    ranked = held[np.argsort(-counted[held], kind="stable")]
    return [
        Flow(int(place) // size, int(place) % size, int(counted[place]), found[place, 1:].tolist())
        for place in ranked
    ]


def chosen(moved: Movement, then: int | None, now: int | None, cause: int | None) -> npt.NDArray[np.bool_]:
    """Return who is in a flow, shape (n,): by where they were, where they are and why; all given ones hold.

    Nothing given means everybody who moved.
    """
    if then is None and now is None and cause is None:
        return moved.cause != STAYED
    fits = moved.now >= 0
    for wanted, places in ((then, moved.then), (now, moved.now), (cause, moved.cause)):
        if wanted is not None:
            fits = fits & (places == wanted)
    return fits


def steps(release: Loaded, row: int, places: Sequence[int]) -> list[str | None]:
    """Return why one customer moved from each snapshot of ``places`` to the next; None where they did not.

    Parameters
    ----------
    release : Loaded
        One for which :func:`why_not` is None.
    row : int
    places : sequence of int
        Of snapshots, oldest first.
    """
    column = release.customers
    segment = np.array(column["snapshot_segment"][row])
    raw = np.stack([column[f"snapshot_{axis}"][row].astype(np.float64) for axis in AXES], axis=1)
    # Who was not there, before the first order or after sending everything back, cannot move.
    moves = [
        raw[start, 1] > 0 and raw[end, 1] > 0 and segment[start] != segment[end]
        for start, end in pairwise(places)
    ]
    then = np.array([start for moved, start in zip(moves, places, strict=False) if moved], dtype=np.intp)
    now = np.array([end for moved, end in zip(moves, places[1:], strict=True) if moved], dtype=np.intp)
    held = [
        _earlier(release)[start].segment(raw[end : end + 1])[0] for start, end in zip(then, now, strict=True)
    ]
    found = causes(segment[then], segment[now], np.array(held, dtype=np.int16), raw[now, 1] > raw[then, 1])
    named = iter(found.tolist())
    return [CAUSES[next(named)] if moved else None for moved in moves]


def _beside(not_yet: str) -> list[Named]:
    """Return what stands beside segments or clusters: no segment, and ``not_yet`` there."""
    return [Named(id=NO_SEGMENT, name=_("No segment")), Named(id=NOT_YET, name=not_yet)]


def _standing(release: Loaded, place: int, segments: int) -> npt.NDArray[np.int16]:
    """Return the place of each customer's group at a snapshot."""
    found = np.array(release.customers["snapshot_segment"][:, place])
    found[found < 0] = segments
    found[release.customers["snapshot_frequency"][:, place] == 0] = segments + 1
    return found


@once
def _earlier(release: Loaded) -> list[Segmentation]:
    """Return the segmentation of each snapshot, which keeps its table of scores."""
    stored = [snapshot.cut_points for snapshot in release.overview.snapshots]
    return [
        with_cut_points(release.segmentation, None if each is None else each.model_dump()) for each in stored
    ]


def _causes(release: Loaded, start: int, end: int, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.int8]:
    column = release.customers
    raw = np.stack(
        [np.asarray(column[f"snapshot_{axis}"][rows, end], dtype=np.float64) for axis in AXES], axis=1
    )
    times = column["snapshot_frequency"]
    return causes(
        column["snapshot_segment"][rows, start],
        column["snapshot_segment"][rows, end],
        _earlier(release)[start].segment(raw),
        times[rows, end] > times[rows, start],
    )


def last_day(release: Loaded, place: int) -> str:
    """Return the day a snapshot is about, as ISO 8601: at midnight, the day before.

    The release's own, a day after the last purchase unless another moment was asked for, is about the last
    day of the data.
    """
    snapshots = release.overview.snapshots
    as_of = datetime.fromisoformat(snapshots[place].as_of)
    data_to = release.manifest.data_to
    if place == len(snapshots) - 1 and as_of == data_to + timedelta(days=1):
        return data_to.date().isoformat()
    return (as_of - timedelta(seconds=1)).date().isoformat()
