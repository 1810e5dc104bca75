"""Saved campaigns as programs read them: docs/contract.md names what stands in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from services.campaigns.measuring import Compared, Result, measured, stage
from services.campaigns.standings import ARCHIVED
from services.core.refusals import Refusal

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded
    from services.site.customers.audiences import Audience, Audiences
    from services.site.pushes.queue import Queue


def as_contract(release: Loaded, store: Audiences, queue: Queue, state: str) -> list[dict[str, Any]]:
    """Return the campaigns of a state, the latest first, with what a release says of each.

    Parameters
    ----------
    release : Loaded
    store : Audiences
    queue : Queue
        What was sent of them to another tool.
    state : str
        One of ``services.campaigns.standings.STATES``; empty for all that are not archived.

    Raises
    ------
    StateUnusable
    """
    found = [each for each in store.listed() if each.archived == (state == ARCHIVED)]
    if state and state != ARCHIVED:
        found = [each for each in found if stage(release, each) == state]
    pushes: dict[int, list[dict[str, Any]]] = {}
    for push in queue.listed():
        pushes.setdefault(push.audience_id, []).append(push.as_contract())
    return [_entry(release, store, each) | {"pushes": pushes.get(each.id, [])} for each in found]


def _entry(release: Loaded, store: Audiences, audience: Audience) -> dict[str, Any]:
    draft = audience.draft
    try:
        result: Result | None = measured(release, audience, store.members(audience.id))
    except Refusal:  # a table of customers holds no orders
        result = None
    return {
        "id": audience.id,
        "name": draft.name,
        "state": stage(release, audience),
        "archived": audience.archived,
        "owner": draft.owner,
        "playbook": draft.playbook,
        "described": draft.described,
        "made_at": audience.made_at.isoformat(),
        "release": draft.release,
        "starts_on": draft.starts_on.isoformat(),
        "ends_on": draft.ends_on.isoformat(),
        "treated": audience.treated,
        "held_out": audience.holdout,
        "spend_anyway": draft.spend_anyway,
        "point_worth": draft.point_worth,
        "result": _result(result, result.rate) if result and result.rate else None,
    }


def _result(result: Result, rate: Compared) -> dict[str, Any]:
    few = rate.verdict == "too-few"
    return {
        "treated": asdict(result.treated),
        "held_out": asdict(result.holdout),
        "difference": rate.effect.difference,
        "low": None if few else rate.effect.low,
        "high": None if few else rate.effect.high,
        "verdict": rate.verdict if result.stage == "ended" else None,
    }
