"""What a preset consists of, and what makes one whole; the sentences of its errors name the setting."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from services.core.features import Feature, axis_of
from services.core.language.messages import _, plural
from services.core.vocabulary import Axis

LONGEST_TEXT = 300
HIGHEST_CUT = 1e12
SLUG = r"^[a-z0-9][a-z0-9-]*$"

#: What becomes of returns.
Returns = Literal["match", "ignore"]


def _ascending(cuts: tuple[float, ...]) -> tuple[float, ...]:
    for low, high in pairwise(cuts):
        if high < low:
            raise ValueError(
                _("cut points ascend, but {high} comes after {low}", high=f"{high:g}", low=f"{low:g}")
            )
    return cuts


_Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
_Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
_Cut = Annotated[float, Field(ge=0, le=HIGHEST_CUT, allow_inf_nan=False)]
_Cuts = Annotated[tuple[_Cut, ...], AfterValidator(_ascending)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rfm(_Data):
    """What one unit of frequency is, and whether the file is a table of customers with R, F, M in it."""

    frequency: Literal["orders", "lines"]
    table: bool = False


class Cleaning(_Data):
    """Which optional cleaning rules are on, and what becomes of returns.

    ``match`` takes what came back off the purchases, ``ignore`` leaves these as they were. Presets saved
    before there was a choice do not name it, and go on ignoring returns as they did.
    """

    price: bool
    returns: Returns = "ignore"


class Scoring(_Data):
    """How many scores, which end is best, and cut points that are fixed.

    An axis without ``edges`` is cut into equal shares of the customers, anew in every training; with them,
    its cut points stay: ascending, one fewer than classes, a value equal to one belongs below it. Equal ones
    leave the scores between them to nobody.
    """

    classes: Annotated[int, Field(ge=2, le=9)]
    best: Literal["high", "low"]
    edges: dict[Axis, _Cuts] = {}

    @field_validator("edges")
    @classmethod
    def _one_fewer_than_classes(
        cls, edges: dict[Axis, tuple[float, ...]], info: ValidationInfo
    ) -> dict[Axis, tuple[float, ...]]:
        classes = info.data.get("classes")
        for axis, cuts in edges.items():
            if classes is not None and len(cuts) != classes - 1:
                raise ValueError(
                    plural(
                        "{classes} classes need {n} cut point, and {axis} has {given}",
                        "{classes} classes need {n} cut points, and {axis} has {given}",
                        classes - 1,
                        classes=classes,
                        axis=axis,
                        given=len(cuts),
                    )
                )
        return edges


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
            raise ValueError(_("two segments have the same id"))
        if bool(known) == (self.kind == "clusters"):
            raise ValueError(
                _("segments are listed under groups, except for the kind clusters, which makes its own")
            )
        if self.kind == "grid":
            named = {cell for row in self.grid or () for cell in row}
            if named != set(known):
                raise ValueError(_("the grid and the list of segments must name the same segments"))
        if self.kind == "score" and any(group.at_least is None for group in self.groups):
            raise ValueError(_("every segment of a score needs at_least"))
        if self.kind in ("rules", "means") and any(group.when is None for group in self.groups):
            raise ValueError(_("every segment of ordered rules needs when = {…}"))
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
            raise ValueError(_("features must be recency, frequency and monetary, in this order"))
        return self


class Preset(_Data):
    """A whole way of segmenting; each names its source. Without ``scoring`` nobody has scores.

    Versions count what was saved on the site under one id; presets that ship and files have none.
    """

    id: _Slug
    name: _Text
    summary: _Text
    source: _Text
    version: Annotated[int, Field(ge=1)] | None = None
    rfm: Rfm
    cleaning: Cleaning
    scoring: Scoring | None = None
    segments: Segments
    clusters: Clusters

    @model_validator(mode="after")
    def _grid_fits_scale(self) -> Preset:
        if self.scoring is None:
            if self.segments.needs_scores:
                raise ValueError(
                    _("segments of the kind {kind} need a table [scoring]", kind=self.segments.kind)
                )
            return self
        size = self.scoring.classes
        grid = self.segments.grid
        if grid is not None and (len(grid) != size or any(len(row) != size for row in grid)):
            raise ValueError(_("the grid must be {size} by {size}, like the scores", size=size))
        return self
