"""The list of campaigns as an address asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from callbacks.shared.remembered import remembered
from layouts.audiences import listing
from layouts.plain import plain
from services.campaigns.measuring import Result, measured, stage
from services.campaigns.standings import STATES, Standing, Wanted, arranged, fits, standing
from services.core.refusals import Refusal
from services.site.customers.audiences import Audience, Audiences, Member

if TYPE_CHECKING:
    from services.campaigns.standings import Listed
    from services.desk import Services
    from services.serving.release.loaded import Loaded


def stand(
    services: Services, release: Loaded, store: Audiences, audiences: Sequence[Audience]
) -> list[Listed]:
    """Return how each audience stands in a release."""
    return [(each, _standing(services, release, store, each)) for each in audiences]


def shown(found: Sequence[Listed], asked: Wanted) -> Any:
    """Return the list of campaigns, or how one is made."""
    if not found:
        return plain(listing.none_yet())
    counts: Mapping[str, int] = {state: sum(fits(state, *each) for each in found) for state in ("", *STATES)}
    return plain(listing.listed(arranged(found, asked), counts, asked))


def outcome(release: Loaded, audience: Audience, members: list[Member]) -> Result | str:
    """Return what came of an audience, or why that cannot be said."""
    try:
        return measured(release, audience, members)
    except Refusal as refused:
        return str(refused)


def key_of(what: str, release: Loaded, audience: Audience) -> tuple[str, ...]:
    """Return what an answer about an audience depends on: its customers change only by going."""
    return what, repr(audience), release.id


def _standing(services: Services, release: Loaded, store: Audiences, audience: Audience) -> Standing:
    def compute() -> dict[str, Any]:
        result = outcome(release, audience, store.members(audience.id))
        if isinstance(result, str):
            return asdict(Standing(stage(release, audience), 0))
        return asdict(standing(audience, result))

    return Standing(**remembered(services, key_of("audience-standing", release, audience), compute))
