"""What the editor of presets shows of a preset, and from its fields back to one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from services.core.language.messages import _, later
from services.core.presets import Preset
from services.core.presets.draft import Draft, Fields, draft
from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH, Notation
from services.core.vocabulary import AXES, Axis
from services.serving.presets.preview import scale_for, values_for
from services.serving.release.loaded import Loaded

#: What stands in a page's fields: kind (``cut``, ``mode``, ``cell``, ``name``, …), then the field's index.
Typed = Mapping[str, Mapping[str, object]]

_BY_MEAN = {
    ("r", 2): later("recency better"),
    ("r", 1): later("recency not better"),
    ("f", 2): later("frequency better"),
    ("f", 1): later("frequency not better"),
    ("m", 2): later("spend better"),
    ("m", 1): later("spend not better"),
}
_BY_SCORE = {
    "r": later("recency score {score}"),
    "f": later("frequency score {score}"),
    "m": later("spend score {score}"),
}
_FIXED = "fixed"


@dataclass(frozen=True)
class Cuts:
    """Cut points as the form begins with them.

    Attributes
    ----------
    shown : dict of axis to list of str
        The preset's where they are fixed, else those of equal shares.
    shares : dict of axis to list of str
        Of equal shares of the release's customers; blank where the release cannot tell them.
    """

    shown: dict[Axis, list[str]]
    shares: dict[Axis, list[str]]


def editable(preset: Preset) -> bool:
    """Whether a preset lists its segments, instead of finding them in training."""
    return preset.segments.kind != "clusters"


def cuts_of(release: Loaded, preset: Preset, written: Notation = BRITISH) -> Cuts | None:
    """Return the cut points of a preset on a release; None where it gives no scores."""
    scoring = preset.scoring
    if scoring is None:
        return None
    by_shares = preset.model_copy(update={"scoring": scoring.model_copy(update={"edges": {}})})
    try:
        found = scale_for(release, by_shares, values_for(release, preset))
        edges = found.edges if found else {}
    except Refusal:
        edges = {}
    shares = {
        axis: [written.write(_rounded(cut)) for cut in edges.get(axis, ())] or [""] * (scoring.classes - 1)
        for axis in AXES
    }
    fixed = {axis: [written.write(cut) for cut in cuts] for axis, cuts in scoring.edges.items()}
    return Cuts(shares | fixed, shares)


def _rounded(cut: float) -> float:
    # Rounded down: no whole day, order or penny lies between a cut point and what stands for it.
    return math.floor(round(cut * 100, 4)) / 100


def rule_of(preset: Preset, place: int) -> str:
    """Say who belongs to a segment that is a rule on scores or on the means; empty for other kinds."""
    group = preset.segments.groups[place]
    if group.when is None:
        return ""
    if not group.when:
        return _("Everybody else")
    if preset.segments.kind == "means":
        compared = ", ".join(_BY_MEAN[letter, score]() for letter, score in group.when.items())
        return _("{compared} than the mean", compared=compared)
    return ", ".join(_BY_SCORE[letter](score=score) for letter, score in group.when.items())


def drafted(preset: Preset, typed: Typed, written: Notation = BRITISH) -> Draft:
    """Apply a page's fields to the preset that they began with; a field that is missing is blank."""
    segments, scoring = preset.segments, preset.scoring
    cuts: dict[Axis, list[str] | None] = {}
    if scoring is not None:
        for axis in AXES:
            fixed = _text(typed, "mode", axis) == _FIXED
            places = range(scoring.classes - 1)
            cuts[axis] = [_text(typed, "cut", f"{axis}:{place}") for place in places] if fixed else None
    rows = range(len(segments.groups) + 1)
    size = range(1, len(segments.grid or ()) + 1)
    return draft(
        preset,
        Fields(
            cuts=cuts,
            names=[_text(typed, "name", place) for place in rows],
            playbooks=[_text(typed, "playbook", place) for place in rows],
            thresholds=[_text(typed, "threshold", place) for place in rows]
            if segments.kind == "score"
            else [],
            cells=[[_text(typed, "cell", f"{row}:{column}") for column in size] for row in size],
            written=written,
        ),
    )


def _text(typed: Typed, kind: str, index: object) -> str:
    value = typed.get(kind, {}).get(str(index))
    return value if isinstance(value, str) else ""
