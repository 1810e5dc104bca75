"""Presets as data: what F counts, how values are scored, how segments are drawn, what clusters see.

The shipped ones are the TOML files beside this module; ``load`` also takes a file of the user's own.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from services.core.features import Feature, axis_of
from services.core.presets.places import line_of
from services.core.refusals import NotFound, Refusal

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT = "standard"
_Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
_Text = Annotated[str, Field(min_length=1, max_length=300)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rfm(_Data):
    """What one unit of frequency is, and whether the file is a table of customers with R, F, M in it."""

    frequency: Literal["orders", "lines"]
    table: bool = False


class Cleaning(_Data):
    """Which optional cleaning rules are on."""

    price: bool


class Scoring(_Data):
    """How many scores, and which end is best."""

    classes: Annotated[int, Field(ge=2, le=9)]
    best: Literal["high", "low"]


class Group(_Data):
    """One named segment and the condition that puts a customer in it."""

    id: _Slug
    name: _Text
    playbook: _Text
    at_risk: bool = False
    at_least: int | None = None
    when: dict[Literal["r", "f", "m"], int] | None = None


class Segments(_Data):
    """The segment map.

    Three kinds read scores: a ``grid`` of R by buying score, thresholds on a ``score`` of 100 R + 10 F + M,
    ordered ``rules``. ``means`` are ordered rules on 2 (better than the base's mean) and 1; with ``clusters``
    each cluster is a segment, so its groups are found in training and a file names none.
    """

    kind: Literal["grid", "score", "rules", "means", "clusters"]
    groups: tuple[Group, ...] = ()
    grid: tuple[tuple[_Slug, ...], ...] | None = None

    @property
    def needs_scores(self) -> bool:
        """Whether customers must be scored before they fall into segments."""
        return self.kind in ("grid", "score", "rules")

    @model_validator(mode="after")
    def _complete(self) -> Segments:
        known = [group.id for group in self.groups]
        if len(set(known)) != len(known):
            raise ValueError("two segments have the same id")
        if bool(known) == (self.kind == "clusters"):
            raise ValueError(
                "segments are listed under groups, but for the kind clusters, which makes its own"
            )
        if self.kind == "grid":
            named = {cell for row in self.grid or () for cell in row}
            if named != set(known):
                raise ValueError("the grid and the list of segments must name the same segments")
        if self.kind == "score" and any(group.at_least is None for group in self.groups):
            raise ValueError("every segment of a score needs at_least")
        if self.kind in ("rules", "means") and any(group.when is None for group in self.groups):
            raise ValueError("every segment of ordered rules needs when = {…}")
        return self


class Clusters(_Data):
    """What K-means sees and how it is fitted; ``k`` None means chosen by evidence.

    Outliers that are set aside are left out of fitting only; they belong to their nearest centre.
    """

    features: tuple[Feature, Feature, Feature]
    k: Annotated[int, Field(ge=2, le=20)] | None = None
    set_outliers_aside: bool = False
    n_init: Annotated[int, Field(ge=1, le=200)]
    tol: Annotated[float, Field(ge=0)]
    seed: int

    @model_validator(mode="after")
    def _one_per_axis(self) -> Clusters:
        if [axis_of(feature) for feature in self.features] != [0, 1, 2]:
            raise ValueError("features must be recency, frequency and monetary, in this order")
        return self


class Preset(_Data):
    """A whole way of segmenting; each names its source. Without ``scoring`` nobody has scores."""

    id: _Slug
    name: _Text
    summary: _Text
    source: _Text
    rfm: Rfm
    cleaning: Cleaning
    scoring: Scoring | None = None
    segments: Segments
    clusters: Clusters

    @model_validator(mode="after")
    def _grid_fits_scale(self) -> Preset:
        if self.scoring is None:
            if self.segments.needs_scores:
                raise ValueError(f"segments of the kind {self.segments.kind} need a table [scoring]")
            return self
        size = self.scoring.classes
        grid = self.segments.grid
        if grid is not None and (len(grid) != size or any(len(row) != size for row in grid)):
            raise ValueError(f"the grid must be {size} by {size}, like the scores")
        return self


def shipped() -> dict[str, Preset]:
    """Return the presets that come with the product, by id."""
    folder = files(__name__)
    presets = (
        _parse(entry.read_text("utf-8"), entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return {
        preset.id: preset for preset in sorted(presets, key=lambda preset: (preset.id != DEFAULT, preset.id))
    }


def load(name_or_path: str) -> Preset:
    """Return a shipped preset by id, or one from a TOML file.

    Raises
    ------
    NotFound
        If it is neither.
    Refusal
        If the file is no valid preset.
    """
    known = shipped()
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path)
    if path.suffix == ".toml" and path.is_file():
        try:
            return _parse(path.read_text("utf-8"), path.name)
        except UnicodeDecodeError:
            raise Refusal(f"{path.name} is no text in UTF-8. Save it as UTF-8.", "preset") from None
    raise NotFound(f"There is no preset {name_or_path!r}. These exist: {', '.join(known)}.", "preset")


def _parse(text: str, name: str) -> Preset:
    try:
        return Preset.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{name} is not valid TOML: {error}.", "preset") from None
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(text, first["loc"])
        where = ".".join(str(part) for part in first["loc"]) or "the preset"
        place = f"{name}, line {line}" if line else name
        raise Refusal(f"{place}: {where}: {_reason(first)}.", "preset") from None


def _reason(error: ErrorDetails) -> str:
    """Say what is wrong in the file's words where pydantic speaks of its own."""
    said = {"missing": "is missing", "extra_forbidden": "there is no such setting"}
    return said.get(error["type"], error["msg"].removeprefix("Value error, "))
