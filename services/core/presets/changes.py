"""What differs between two presets of one family, thing by thing, for a history of versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from services.core.presets.model import Preset
from services.core.vocabulary import AXES

What = Literal["cuts", "added", "removed", "renamed", "playbook", "threshold", "cells", "returns", "preset"]
Value = str | int | tuple[float, ...] | None


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes
    ----------
    what : str
        ``cuts`` of an axis (None: equal shares); a segment ``added``, ``removed``, ``renamed``, with another
        ``playbook`` or ``threshold``; ``cells`` of the map that went from one segment to another; the name of
        the ``preset``; what becomes of ``returns``.
    of : str
        The axis, or the name of the segment.
    before, after : str, int, tuple of float or None
        For ``cells`` the names of the segments.
    count : int
        Cells of the map.
    """

    what: What
    of: str
    before: Value = None
    after: Value = None
    count: int = 1


def changes(before: Preset, after: Preset) -> list[Change]:
    """Return what the later preset changes in the earlier one; empty where they segment and speak alike."""
    found = [Change("preset", before.name, before.name, after.name)] if before.name != after.name else []
    if before.cleaning.returns != after.cleaning.returns:
        found.append(Change("returns", before.name, before.cleaning.returns, after.cleaning.returns))
    return [*found, *_cuts(before, after), *_groups(before, after), *_cells(before, after)]


def _cuts(before: Preset, after: Preset) -> Iterator[Change]:
    was = before.scoring.edges if before.scoring else {}
    now = after.scoring.edges if after.scoring else {}
    for axis in AXES:
        if was.get(axis) != now.get(axis):
            yield Change("cuts", axis, was.get(axis), now.get(axis))


def _groups(before: Preset, after: Preset) -> Iterator[Change]:
    was = {group.id: group for group in before.segments.groups}
    now = {group.id: group for group in after.segments.groups}
    for name, group in was.items():
        if name not in now:
            yield Change("removed", group.name)
            continue
        then = now[name]
        if group.name != then.name:
            yield Change("renamed", group.name, group.name, then.name)
        if group.playbook != then.playbook:
            yield Change("playbook", then.name, group.playbook, then.playbook)
        if group.at_least != then.at_least:
            yield Change("threshold", then.name, group.at_least, then.at_least)
    yield from (Change("added", group.name) for name, group in now.items() if name not in was)


def _cells(before: Preset, after: Preset) -> Iterator[Change]:
    was, now = before.segments.grid or (), after.segments.grid or ()
    before_names = {group.id: group.name for group in before.segments.groups}
    after_names = {group.id: group.name for group in after.segments.groups}
    moved = Counter(
        (old, new)
        for old_row, new_row in zip(was, now, strict=False)
        for old, new in zip(old_row, new_row, strict=False)
        if old != new
    )
    for (old, new), count in moved.items():
        yield Change("cells", before_names[old], before_names[old], after_names[new], count)
