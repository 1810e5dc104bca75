"""From what stands in the editor's fields to a preset, or to what is wrong beside each field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.core.language.messages import _, plural
from services.core.presets.lines import ADDED_SEGMENT, PLAN, SEGMENT, Line, tidy
from services.core.presets.model import HIGHEST_CUT, Group, Preset, Scoring
from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH, Notation
from services.core.text.slugs import slug
from services.core.vocabulary import Axis

#: Stands for the segment that is being added, where a cell of the map names its segment.
ADDED = "+"
LONGEST_NAME = 60
LONGEST_PLAYBOOK = 200
HIGHEST_SCORE = 999


@dataclass(frozen=True)
class Fields:
    """What a reader typed.

    Attributes
    ----------
    cuts : mapping of axis to sequence of str, or None
        The cut points of each axis; None where the axis is cut into equal shares.
    names, playbooks, thresholds : sequence of str
        One for each segment of the preset, and then one for a segment to be added, all blank where none is.
        ``thresholds`` is empty but for presets whose segments are thresholds on a score.
    cells : sequence of sequence of str
        Ids of segments, recency score 1 first, or ``ADDED``; empty where the preset has no grid.
    written : Notation
        How the site's people write numbers.
    """

    cuts: Mapping[Axis, Sequence[str] | None]
    names: Sequence[str]
    playbooks: Sequence[str]
    thresholds: Sequence[str]
    cells: Sequence[Sequence[str]]
    written: Notation = BRITISH


@dataclass(frozen=True)
class Draft:
    """A preset as edited, or why there is none.

    Attributes
    ----------
    preset : Preset or None
    problems : dict of str to str
        A sentence by field: an axis, ``name:2``, ``playbook:2``, ``threshold:2`` or ``map``, counted from 0.
    left_out : tuple of str
        Names of segments without a cell of the map, which the edited preset lacks.
    marked : frozenset of str
        The fields that a sentence is about: ``name:2``, and ``cut:frequency:1`` where it stands by an axis.
    """

    preset: Preset | None
    problems: dict[str, str]
    left_out: tuple[str, ...] = ()
    marked: frozenset[str] = frozenset()


def draft(base: Preset, fields: Fields) -> Draft:
    """Apply what was typed to a preset.

    Parameters
    ----------
    base : Preset
        Whose segments are listed in the file, so not of the kind ``clusters``.
    fields : Fields
    """
    reading = _Reading(base, fields)
    scoring = reading.scoring()
    groups = reading.groups()
    grid = reading.grid(groups)
    if reading.problems:
        return Draft(None, reading.problems, marked=frozenset({*reading.problems, *reading.cuts_marked}))
    left_out: tuple[str, ...] = ()
    if grid is not None:
        used = {cell for row in grid for cell in row}
        left_out = tuple(group.name for group in groups if group.id not in used)
        groups = [group for group in groups if group.id in used]
    if base.segments.kind == "score":
        groups.sort(key=lambda group: -(group.at_least or 0))
    segments = base.segments.model_copy(update={"groups": tuple(groups), "grid": grid})
    edited = base.model_copy(update={"scoring": scoring, "segments": segments})
    # a copy is not checked by itself
    return Draft(Preset.model_validate(edited.model_dump()), {}, left_out)


class _Reading:
    """Reads the fields one after the other and keeps what is wrong with them."""

    def __init__(self, base: Preset, fields: Fields) -> None:
        self.base, self.fields = base, fields
        self.problems: dict[str, str] = {}
        self.cuts_marked: list[str] = []

    def scoring(self) -> Scoring | None:
        if self.base.scoring is None:
            return None
        edges: dict[Axis, tuple[float, ...]] = {}
        for axis, typed in self.fields.cuts.items():
            if typed is not None:
                try:
                    edges[axis] = self._cuts(axis, typed, self.base.scoring.classes - 1)
                except Refusal as refusal:
                    self.problems[axis] = str(refusal)
        return self.base.scoring.model_copy(update={"edges": edges})

    def groups(self) -> list[Group]:
        listed = self.base.segments.groups
        made = [
            group.model_copy(
                update={
                    "name": self._text("name", place, LONGEST_NAME, SEGMENT),
                    "playbook": self._text("playbook", place, LONGEST_PLAYBOOK, PLAN),
                    "at_least": self._threshold(place),
                }
            )
            for place, group in enumerate(listed)
        ]
        place, scored = len(listed), bool(self.fields.thresholds)
        wanted = any(ADDED in row for row in self.fields.cells)
        if wanted or any(each[place].strip() for each in self._typed_lists()):
            name = self._text("name", place, LONGEST_NAME, ADDED_SEGMENT)
            playbook = self._text("playbook", place, LONGEST_PLAYBOOK, PLAN)
            made.append(
                Group.model_construct(
                    id=slug(name, "segment", {ADDED, *(group.id for group in listed)}),
                    name=name,
                    playbook=playbook,
                    at_risk=False,
                    at_least=self._threshold(place) if scored else None,
                    when=None,
                )
            )
        self._refuse_twins(
            "name", [group.name.casefold() for group in made], _("Another segment has this name.")
        )
        if scored:
            begins = [str(group.at_least) for group in made]
            self._refuse_twins("threshold", begins, _("Another segment begins at this score."))
        return made

    def grid(self, groups: Sequence[Group]) -> tuple[tuple[str, ...], ...] | None:
        if self.base.segments.grid is None:
            return None
        known = {group.id: group.id for group in self.base.segments.groups}
        if len(groups) > len(known):
            known[ADDED] = groups[-1].id
        size = len(self.base.segments.grid)
        cells = self.fields.cells
        if len(cells) != size or any(len(row) != size or not set(row) <= set(known) for row in cells):
            self.problems["map"] = _("Give every cell of the map one of the segments listed below.")
            return None
        return tuple(tuple(known[cell] for cell in row) for row in cells)

    def _typed_lists(self) -> list[Sequence[str]]:
        lists = [self.fields.names, self.fields.playbooks]
        return [*lists, self.fields.thresholds] if self.fields.thresholds else lists

    def _text(self, kind: str, place: int, longest: int, line: Line) -> str:
        typed = self.fields.names if kind == "name" else self.fields.playbooks
        try:
            return tidy(typed[place], longest, line)
        except Refusal as refusal:
            self.problems[f"{kind}:{place}"] = str(refusal)
            return ""

    def _threshold(self, place: int) -> int | None:
        if not self.fields.thresholds:
            return None
        typed = self.fields.thresholds[place].strip()
        if typed.isascii() and typed.isdigit() and len(typed) <= len(str(HIGHEST_SCORE)):
            return int(typed)
        said = _("Give a score from 0 to {most}, such as 443.", most=HIGHEST_SCORE)
        self.problems[f"threshold:{place}"] = said
        return None

    def _refuse_twins(self, kind: str, values: Sequence[str], sentence: str) -> None:
        for place, value in enumerate(values):
            if value and value != "None" and value in values[:place]:
                self.problems.setdefault(f"{kind}:{place}", sentence)

    def _cuts(self, axis: Axis, typed: Sequence[str], count: int) -> tuple[float, ...]:
        written = self.fields.written
        read = written.read_money if axis == "monetary" else written.read
        cuts = [_number(read, text) for text in typed]
        if len(cuts) != count:
            raise Refusal(
                plural(
                    "Give every cut point, which makes {n} number.",
                    "Give every cut point, which makes {n} numbers.",
                    count,
                )
            )
        if wrong := [place for place, cut in enumerate(cuts) if not cut >= 0]:
            self._mark(axis, wrong)
            raise Refusal(
                plural(
                    "Give cut point {places} as a number from 0 up, such as 30 or {example}.",
                    "Give cut points {places} as numbers from 0 up, such as 30 or {example}.",
                    len(wrong),
                    places=_listed(wrong),
                    example=written.write(1797.24),
                )
            )
        if large := [place for place, cut in enumerate(cuts) if cut > HIGHEST_CUT]:
            self._mark(axis, large)
            raise Refusal(
                plural(
                    "Cut point {places} is too large. Give less than {most}.",
                    "Cut points {places} are too large. Give less than {most}.",
                    len(large),
                    places=_listed(large),
                    most=written.write(1e12),
                )
            )
        for place, (low, high) in enumerate(pairwise(cuts)):
            if high < low:
                self._mark(axis, (place, place + 1))
                raise Refusal(
                    _(
                        "Cut points rise from left to right, but cut point {second} ({high}) is less than "
                        "cut point {first} ({low}).",
                        second=place + 2,
                        high=written.write(high),
                        first=place + 1,
                        low=written.write(low),
                    )
                )
        return tuple(cuts)

    def _mark(self, axis: Axis, places: Sequence[int]) -> None:
        self.cuts_marked += [f"cut:{axis}:{place}" for place in places]


def _listed(places: Sequence[int]) -> str:
    *others, last = (str(place + 1) for place in places)
    return _("{others} and {last}", others=", ".join(others), last=last) if others else last


def _number(read: Callable[[object], float], text: str) -> float:
    """Return what a field holds; not a number where it cannot be read."""
    try:
        return read(text)
    except Refusal:
        return math.nan
