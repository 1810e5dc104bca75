"""``index.json`` of the store: which releases there are, which is active, and how a host changes that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.core.language.messages import _
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
    forced : frozenset of str
        Those of them that go even if another host has activated them meanwhile.
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
    forced: frozenset[str]
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
        stored = from_json(content)
        form = stored.get("form") if isinstance(stored, dict) else None
        if isinstance(form, int) and form > 1:
            raise StoreAway(
                _(
                    "{file} in the store of releases was written by a later version of Segment Desk. Upgrade "
                    "this host.",
                    file=INDEX,
                )
            )
        return Index.model_validate_json(content)
    except (ValidationError, ValueError) as error:
        raise StoreAway(
            _(
                "{file} in the store of releases is damaged. Remove the object: the next host that looks "
                "writes a new one.",
                file=INDEX,
            )
        ) from error


def merged(index: Index, here: Here) -> Index:
    """Return the index with what happened in a folder since it last agreed with the store.

    New releases and removals add up. Where both sides have activated another release meanwhile, the later
    one stays; a folder that is new to the store takes the store's. Where what is active had to go, because
    somebody in it was erased, what is active here takes its place.
    """
    # Who pruned did not know yet that another host had activated one of those.
    unknown = {index.current} if index.current != here.known else set()
    gone = here.forced | (here.removed - unknown)
    releases = (set(index.releases) | (here.releases - set(index.removed))) - gone
    current, at = index.current, index.at
    chosen = here.bound and here.current != here.known and here.at > index.at
    if here.current in releases and current in gone:
        current, at = here.current, max(here.at, at + 1)
    elif here.current in releases and (chosen or current is None):
        current, at = here.current, here.at
    removed = sorted({*index.removed, *gone})[-REMOVED_KEPT:]
    return Index(
        current=current if current in releases else None, at=at, releases=sorted(releases), removed=removed
    )


def was_told(index: Index, release_id: str) -> bool:
    """Say whether an index shows that a removal reached it; of many removals it forgets the oldest."""
    forgotten = len(index.removed) >= REMOVED_KEPT and release_id < index.removed[0]
    return release_id not in index.releases and (release_id in index.removed or forgotten)
