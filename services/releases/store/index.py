"""``index.json`` of the store: which releases there are, which is active, and how a host changes that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.releases.manifest import ReleaseId
from services.releases.store.objects import StoreAway
from services.releases.strictjson import from_json, to_json

INDEX = "index.json"
REMOVED_KEPT = 1_000
"""So many releases that were removed are remembered, the youngest."""


class Index(BaseModel):
    """What the store has.

    ``at`` is when ``current`` was activated, in nanoseconds since 1970. A host that was away drops what
    ``removed`` names instead of bringing it back.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    form: Literal[1] = 1
    current: ReleaseId | None = None
    at: Annotated[int, Field(ge=0)] = 0
    releases: list[ReleaseId] = Field(default_factory=list)
    removed: list[ReleaseId] = Field(default_factory=list)

    def to_bytes(self) -> bytes:
        """Return the content of ``index.json``."""
        return to_json(self.model_dump(mode="json"))


@dataclass(frozen=True)
class Here:
    """What the folder of a host has.

    Attributes
    ----------
    releases : frozenset of str
    removed : frozenset of str
        Those that were removed on purpose, of which the store is still to be told.
    current : str or None
        The active release.
    at : int
        When it was activated, in nanoseconds since 1970.
    known : str or None
        What was active when the folder and the store last agreed.
    bound : bool
        Whether they ever did.
    """

    releases: frozenset[str]
    removed: frozenset[str]
    current: str | None
    at: int
    known: str | None
    bound: bool


def read_index(content: bytes) -> Index:
    """Read ``index.json``.

    Raises
    ------
    StoreAway
        If it is damaged, or was written by a later version.
    """
    try:
        from_json(content)
        return Index.model_validate_json(content)
    except (ValidationError, ValueError) as error:
        raise StoreAway(
            f"{INDEX} in the store of releases is damaged, or of a later version of Segment Desk. Upgrade "
            "this host, or remove the object: the next host that looks writes it anew."
        ) from error


def merged(index: Index, here: Here) -> Index:
    """Return the index with what happened in a folder since it last agreed with the store.

    New releases and removals add up. Where both sides have activated another release meanwhile, the later
    one stays; a folder that is new to the store takes the store's.
    """
    # Who pruned did not know yet that another host had activated one of those.
    unknown = {index.current} if index.current != here.known else set()
    gone = here.removed - unknown
    releases = (set(index.releases) | (here.releases - set(index.removed))) - gone
    current, at = index.current, index.at
    chosen = here.bound and here.current != here.known and here.at > index.at
    if here.current in releases and (chosen or current is None):
        current, at = here.current, here.at
    removed = sorted({*index.removed, *gone})[-REMOVED_KEPT:]
    return Index(
        current=current if current in releases else None, at=at, releases=sorted(releases), removed=removed
    )
