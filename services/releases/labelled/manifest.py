"""What a churn model of a labelled table says about itself: ``manifest.json``, read strictly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from services.core.labelled.columns import Feature
from services.core.language.messages import _
from services.core.refusals import ReleaseUnusable
from services.releases.manifest import Digest, ReleaseId
from services.releases.strictjson import from_json, to_json

MANIFEST, PIPELINE, REPORT, INSIGHT = "manifest.json", "pipeline.pkl", "report.json", "insight.json"
FILES = (PIPELINE, REPORT, INSIGHT)


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Column(_Strict):
    """A column that the model uses, as ``services.core.labelled.columns.Feature``."""

    name: str
    kind: Literal["number", "category"]
    words: list[str]
    low: float | None
    middle: float | None
    high: float | None

    def feature(self) -> Feature:
        """Give it as the rules take it."""
        return Feature(self.name, self.kind, tuple(self.words), self.low, self.middle, self.high)


class LabelledManifest(_Strict):
    """A model of a labelled table.

    ``target`` is the column that said who churned, ``churned`` its value of who did, ``libraries`` what has
    to be installed in the very version for the pipeline to be read, ``files`` the digest of each other file.
    """

    id: ReleaseId
    made_at: AwareDatetime
    source: str
    sha256: Digest
    target: str
    churned: str
    id_column: str | None
    features: Annotated[list[Column], Field(min_length=1)]
    served: str
    threshold: Annotated[float, Field(ge=0, le=1)]
    seed: int
    libraries: dict[str, str]
    files: dict[Literal["pipeline.pkl", "report.json", "insight.json"], Digest]

    def to_bytes(self) -> bytes:
        """Write it as strict JSON."""
        return to_json(self.model_dump(mode="json"))


def parse_manifest(content: bytes, model_id: str) -> LabelledManifest:
    """Read a manifest.

    Raises
    ------
    ReleaseUnusable
        If it is none, or that of another model.
    """
    try:
        from_json(content)  # no key twice, no NaN
        manifest = LabelledManifest.model_validate_json(content)
    except (ValidationError, ValueError) as error:
        raise unusable(model_id, _("{file} is not the manifest of a churn model.", file=MANIFEST)) from error
    if manifest.id != model_id or set(manifest.files) != set(FILES):
        raise unusable(model_id, _("{file} belongs to another model.", file=MANIFEST))
    return manifest


def unusable(model_id: str, fault: str) -> ReleaseUnusable:
    """Return the refusal for a fault in one file of a model, which the fault names."""
    said = _("The churn model {model} cannot be used: {fault}", model=model_id[:64], fault=fault)
    way = _("Train it again with train-churn.")
    return ReleaseUnusable(f"{said} {way}")
