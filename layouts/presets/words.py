"""What a version of a preset changed, and what else is said of versions, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from layouts import words
from services.core.language.messages import _, plural
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.core.presets.changes import Change

_MOST = 6


def changed(changes: Sequence[Change]) -> str:
    """Say what a version changed, to go on in a line; long lists end with how much more there is."""
    if not changes:
        return _("nothing changed")
    said = [_one(change) for change in changes]
    if len(said) > _MOST:
        rest = len(said) - _MOST + 1
        more = plural("{n} more change", "{n} more changes", rest, n=words.number(rest))
        said = [*said[: _MOST - 1], more]
    return "; ".join(said)


def _one(change: Change) -> str:
    before, after, of = change.before, change.after, change.of
    match change.what:
        case "cuts":
            return _cuts(cast("Axis", of), after if isinstance(after, tuple) else None)
        case "cells":
            return plural(
                "{n} cell of the map from {before} to {after}",
                "{n} cells of the map from {before} to {after}",
                change.count,
                n=words.number(change.count),
                before=before,
                after=after,
            )
        case "added":
            return _("{segment} added", segment=of)
        case "removed":
            return _("{segment} removed", segment=of)
        case "renamed":
            return _("{before} renamed {after}", before=before, after=after)
        case "playbook":
            return _("new action for {segment}", segment=of)
        case "threshold":
            return _(
                "{segment} from score {after} instead of {before}", segment=of, after=after, before=before
            )
        case "preset":
            return _("the preset is called {name}", name=after)
        case "returns":
            return _("returns taken off orders") if after == "match" else _("returns ignored")


def _cuts(axis: Axis, after: Sequence[float] | None) -> str:
    if after is None:
        return {
            "recency": _("recency set back to equal shares"),
            "frequency": _("frequency set back to equal shares"),
            "monetary": _("spend set back to equal shares"),
        }[axis]
    cuts = words.listing([_cut(cut) for cut in after])
    return {
        "recency": _("recency cut points at {cuts}", cuts=cuts),
        "frequency": _("frequency cut points at {cuts}", cuts=cuts),
        "monetary": _("spend cut points at {cuts}", cuts=cuts),
    }[axis]


def _cut(value: float) -> str:
    return words.number(value, 0 if value == int(value) else 2)
