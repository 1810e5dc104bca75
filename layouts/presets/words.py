"""What a version of a preset changed, and what else is said of versions, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from layouts import words
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.core.presets.changes import Change

_AXES: dict[Axis, str] = {"recency": "recency", "frequency": "frequency", "monetary": "spend"}
_MOST = 6


def changed(changes: Sequence[Change]) -> str:
    """Say what a version changed, to go on in a line; long lists end with how much more there is."""
    if not changes:
        return "nothing changed"
    said = [_one(change) for change in changes]
    if len(said) > _MOST:
        rest = len(said) - _MOST + 1
        said = [*said[: _MOST - 1], f"{rest} more changes"]
    return "; ".join(said)


def _one(change: Change) -> str:
    before, after = change.before, change.after
    if change.what == "cuts":
        axis = _AXES[cast("Axis", change.of)]
        if not isinstance(after, tuple):
            return f"{axis} set back to equal shares"
        cuts = words.listing([_cut(cut) for cut in after])
        return f"{axis} cut points at {cuts}"
    if change.what == "cells":
        return f"{words.count(change.count, 'cell')} of the map from {before} to {after}"
    said = {
        "added": f"{change.of} added",
        "removed": f"{change.of} removed",
        "renamed": f"{before} renamed {after}",
        "playbook": f"new action for {change.of}",
        "threshold": f"{change.of} from score {after} instead of {before}",
        "preset": f"the preset is called {after}",
        "returns": "returns taken off orders" if after == "match" else "returns ignored",
    }
    return said[change.what]


def _cut(value: float) -> str:
    return words.number(value, 0 if value == int(value) else 2)
