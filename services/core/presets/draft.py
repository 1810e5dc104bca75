"""From what stands in the editor's fields to a preset, or to what is wrong beside each field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


def tidy(text: object, longest: int, what: str) -> str:
    """Return a text on one line with single spaces.

    Raises
    ------
    Refusal
        If it is empty, too long, or holds signs that cannot be seen, such as those that turn the direction
        of writing.
    """
    kept = " ".join(text.split()) if isinstance(text, str) else ""
    if not kept:
        raise Refusal(f"Give {what}.")
    if len(kept) > longest:
        raise Refusal(f"Give {what} of at most {longest} characters; this one has {len(kept)}.")
    if not kept.isprintable():
        raise Refusal(f"Give {what} without invisible characters; it has one that cannot be shown.")
    return kept


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
                    "name": self._text("name", place, LONGEST_NAME, "a name"),
                    "playbook": self._text("playbook", place, LONGEST_PLAYBOOK, "something to do"),
                    "at_least": self._threshold(place),
                }
            )
            for place, group in enumerate(listed)
        ]
        place, scored = len(listed), bool(self.fields.thresholds)
        wanted = any(ADDED in row for row in self.fields.cells)
        if wanted or any(each[place].strip() for each in self._typed_lists()):
            name = self._text("name", place, LONGEST_NAME, "a name for the segment to be added")
            playbook = self._text("playbook", place, LONGEST_PLAYBOOK, "something to do")
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
            "name", [group.name.casefold() for group in made], "Another segment has this name."
        )
        if scored:
            begins = [str(group.at_least) for group in made]
            self._refuse_twins("threshold", begins, "Another segment begins at this score.")
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
            self.problems["map"] = "Give every cell of the map one of the segments listed below."
            return None
        return tuple(tuple(known[cell] for cell in row) for row in cells)

    def _typed_lists(self) -> list[Sequence[str]]:
        lists = [self.fields.names, self.fields.playbooks]
        return [*lists, self.fields.thresholds] if self.fields.thresholds else lists

    def _text(self, kind: str, place: int, longest: int, what: str) -> str:
        typed = self.fields.names if kind == "name" else self.fields.playbooks
        try:
            return tidy(typed[place], longest, what)
        except Refusal as refusal:
            self.problems[f"{kind}:{place}"] = str(refusal)
            return ""

    def _threshold(self, place: int) -> int | None:
        if not self.fields.thresholds:
            return None
        typed = self.fields.thresholds[place].strip()
        if typed.isascii() and typed.isdigit() and len(typed) <= len(str(HIGHEST_SCORE)):
            return int(typed)
        self.problems[f"threshold:{place}"] = f"Give a score from 0 to {HIGHEST_SCORE}, such as 443."
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
            raise Refusal(f"Give every cut point, which makes {count} numbers.")
        if wrong := [place for place, cut in enumerate(cuts) if not cut >= 0]:
            which = self._mark(axis, wrong)
            numbers = "a number" if len(wrong) == 1 else "numbers"
            raise Refusal(f"Give {which} as {numbers} from 0 up, such as 30 or {written.write(1797.24)}.")
        if large := [place for place, cut in enumerate(cuts) if cut > HIGHEST_CUT]:
            which = self._mark(axis, large)
            too_large = f"{which.capitalize()} {'is' if len(large) == 1 else 'are'} too large."
            raise Refusal(f"{too_large} Give less than {written.write(1e12)}.")
        for place, (low, high) in enumerate(pairwise(cuts)):
            if high < low:
                self._mark(axis, (place, place + 1))
                second, first = written.write(high), written.write(low)
                raise Refusal(
                    f"Cut points rise from left to right, but cut point {place + 2} ({second}) is less than "
                    f"cut point {place + 1} ({first})."
                )
        return tuple(cuts)

    def _mark(self, axis: Axis, places: Sequence[int]) -> str:
        """Mark fields of cut points, and name them in the middle of a sentence."""
        self.cuts_marked += [f"cut:{axis}:{place}" for place in places]
        *others, last = (str(place + 1) for place in places)
        return f"cut points {', '.join(others)} and {last}" if others else f"cut point {last}"


def _number(read: Callable[[object], float], text: str) -> float:
    """Return what a field holds; not a number where it cannot be read."""
    try:
        return read(text)
    except Refusal:
        return math.nan
