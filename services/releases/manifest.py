"""What a release says about itself: ``manifest.json``, read strictly."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from services.core.language.messages import _
from services.releases.faults import unusable
from services.releases.ids import ID_PATTERN
from services.releases.strictjson import from_json, to_json

MANIFEST = "manifest.json"

ReleaseId = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]
Count = Annotated[int, Field(ge=0)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
FilePath = Annotated[
    str,
    Field(
        pattern=r"^(scaler\.pkl|model\.pkl|lookup\.sqlite|orders\.npy|overview\.json|(clusters|segments|recommendations)\.json|(customers|rules|itemsets)/[a-z_]+\.npy)$"
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class SourceFile(_Strict):
    """A file that the release was trained from, with the rows that were read of it."""

    name: str
    sha256: Digest
    bytes: Count
    rows: Count


class Source(_Strict):
    """What the release was trained from; ``form`` is what it was read as, ``several`` where that differs.

    Of several files the name of the first and how many more, their bytes and rows in sum, and one digest of
    all; ``files`` names each, and is empty in a release from before there could be several.
    """

    name: str
    sha256: Digest
    bytes: Count
    rows: Count
    form: str
    files: list[SourceFile] = Field(default_factory=list)


class Rows(_Strict):
    """Where every row of the source went: read = kept + rejected."""

    read: Count
    kept: Count
    rejected: dict[str, Count]

    @model_validator(mode="after")
    def _reconciles(self) -> Rows:
        if self.read != self.kept + sum(self.rejected.values()):
            raise ValueError("rows read are not rows kept and rejected")
        return self


class Detected(_Strict):
    """How the source was read; None where its form has no such thing.

    ``reasons`` says of each role why it was given to its column; None in a release from before it was noted.
    """

    encoding: str | None
    separator: str | None
    decimal: str | None
    date_order: str | None
    columns: dict[str, str]
    ignored: list[str]
    money: str | None = None
    currency: str | None = None
    reasons: dict[str, str] | None = None


class Unreadable(_Strict):
    """A row of the source that could not be read: its line, why, and the file where there are several."""

    line: Count
    reason: str
    file: str | None = None


class FileEntry(_Strict):
    """One file of the release; ``rows`` is None where it holds no rows of one kind."""

    sha256: Digest
    bytes: Count
    rows: Count | None


class Manifest(_Strict):
    """``manifest.json`` as docs/architecture.md lists it; moments of the data are the shop's local time.

    ``layout`` is the id of the export that the source is of, None where it is of none that is known.
    ``options``, ``revenue``, ``unreadable`` (the first rows that could not be read) and ``statuses`` (rows
    left out for the status of their order, by status) are None in a release from before they were noted.
    """

    id: ReleaseId
    made_at: AwareDatetime
    made_by: str
    preset: str
    preset_definition: dict[str, Any]
    options: dict[str, Any] | None = None
    seed: int
    source: Source
    as_of: datetime
    data_from: datetime
    data_to: datetime
    rows: Rows
    detected: Detected
    ledger: dict[str, bool]
    layout: str | None = None
    revenue: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]{2,}$")] | None = None
    unreadable: list[Unreadable] | None = None
    statuses: dict[str, Count] | None = None
    customers: Annotated[int, Field(ge=1)]
    k: Annotated[int, Field(ge=1)]
    silhouette: float | None
    itemsets: Count
    rules: Count
    metrics: dict[str, Any]
    warnings: list[str]
    seconds: dict[str, float]
    peak_memory_mb: float | None
    previous: ReleaseId | None
    libraries: dict[str, str]
    files: dict[FilePath, FileEntry]

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> Manifest:
        """Return the manifest with ``fields``; moments may be datetimes or ISO text.

        Raises
        ------
        ValueError
            If a field is missing, unknown or of the wrong kind.
        """
        return cls.model_validate_json(to_json(dict(fields)))

    def to_bytes(self) -> bytes:
        """Return the content of ``manifest.json``."""
        return to_json(self.model_dump(mode="json"))


def read_manifest(folder: Path, release_id: str) -> Manifest:
    """Read the manifest in ``folder``, which claims to be release ``release_id``.

    Raises
    ------
    ReleaseUnusable
        If it is missing, damaged, has unknown or missing fields, or is another release's.
    """
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise unusable(release_id, _("{file} is not a plain file.", file=MANIFEST))
        content = path.read_bytes()
        from_json(content)
        manifest = Manifest.model_validate_json(content)
    except FileNotFoundError:
        raise unusable(release_id, _("{file} is missing.", file=MANIFEST)) from None
    except OSError as error:
        raise unusable(
            release_id, _("{file} cannot be read ({why}).", file=MANIFEST, why=error.strerror)
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or _("its content")
        raise unusable(
            release_id,
            _("{file} is not as expected at {place} ({why}).", file=MANIFEST, place=place, why=first["msg"]),
        ) from error
    except ValueError as error:
        raise unusable(release_id, _("{file} is damaged.", file=MANIFEST)) from error
    if manifest.id != release_id:
        raise unusable(
            release_id, _("{file} belongs to release {release}.", file=MANIFEST, release=manifest.id)
        )
    return manifest


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits; each state of a file is read once per process.

    A server opens the release before it forks, so its workers inherit what was read.
    """
    status = path.stat()
    return _digest(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4096)
def _digest(path: Path, _inode: int, _size: int, _mtime_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
