"""How saved audiences stand in a release, for the list of all: which are wanted, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.campaigns.measuring import STAGES, Result, Stage
from services.core.campaigns.effects import Verdict
from services.core.language.messages import _
from services.core.parameters import LeftOut
from services.site.customers.audiences import Audience

ARCHIVED = "archived"
#: What the list can be narrowed to; without any it holds all that are not archived.
STATES: tuple[str, ...] = (*STAGES, ARCHIVED)


@dataclass(frozen=True)
class Standing:
    """What a release says of an audience, in short.

    Attributes
    ----------
    stage : {"draft", "planned", "running", "ended"}
    day : int
        Which of its days the release's data ends on; 0 before the first one.
    verdict : {"higher", "lower", "cannot-tell", "too-few"} or None
        On the purchase rate, once it has ended; None before, and where nothing can be compared.
    difference, low, high : float or None
        Of the purchase rate, campaign minus holdout, with its 95 % interval; None where unknown.
    """

    stage: Stage
    day: int
    verdict: Verdict | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None


Listed = tuple[Audience, Standing]


def standing(audience: Audience, result: Result) -> Standing:
    """Return in short what came of an audience."""
    passed = (result.data_to - audience.draft.starts_on).days + 1
    length = (audience.draft.ends_on - audience.draft.starts_on).days + 1
    day = min(max(passed, 0), length)
    if result.rate is None:
        return Standing(result.stage, day)
    effect, few = result.rate.effect, result.rate.verdict == "too-few"
    verdict = result.rate.verdict if result.stage == "ended" else None
    low, high = (None, None) if few else (effect.low, effect.high)
    return Standing(result.stage, day, verdict, effect.difference, low, high)


_Key = Callable[[Listed], Any]
#: What the list can be ordered by; what is not known comes last either way.
SORTS: Mapping[str, _Key] = {
    "name": lambda each: each[0].draft.name.casefold(),
    "state": lambda each: STAGES.index(each[1].stage),
    "owner": lambda each: each[0].draft.owner.casefold(),
    "days": lambda each: each[0].draft.starts_on,
    "customers": lambda each: each[0].treated + each[0].holdout,
    "worth": lambda each: each[0].draft.spend_anyway,
    "point": lambda each: each[0].draft.point_worth,
    "difference": lambda each: each[1].difference,
}


@dataclass(frozen=True)
class Wanted:
    """Which audiences are listed, and in which order.

    Attributes
    ----------
    state : str
        One of ``STATES``; empty for all that are not archived.
    sort : str
        One of ``SORTS``; empty for the latest first.
    descending : bool
    left_out : list of LeftOut
        What of an address could not be used.
    """

    state: str
    sort: str
    descending: bool
    left_out: list[LeftOut]


def wanted(query: Mapping[str, Sequence[str]]) -> Wanted:
    """Read an address: ``state=running&sort=worth:desc``."""
    state, order = (query.get(name, [""])[-1] for name in ("state", "sort"))
    left_out: list[LeftOut] = []
    if state and state not in STATES:
        left_out.append(LeftOut("state", _("Campaigns have no state “{state}”", state=state[:60])))
        state = ""
    sort, _colon, way = order.partition(":")
    if order and (sort not in SORTS or way not in ("asc", "desc")):
        left_out.append(LeftOut("sort", _("Campaigns cannot be sorted by “{order}”", order=order[:60])))
        sort = ""
    return Wanted(state, sort, way == "desc", left_out)


def fits(state: str, audience: Audience, found: Standing) -> bool:
    """Whether an audience is listed under a state; the empty one is of all that are not archived."""
    if audience.archived or state == ARCHIVED:
        return audience.archived and state == ARCHIVED
    return state in ("", found.stage)


def arranged(all_of_them: Sequence[Listed], asked: Wanted) -> list[Listed]:
    """Return those that are wanted, in order; ties and all else with the latest first."""
    listed = [each for each in all_of_them if fits(asked.state, *each)]
    if not asked.sort:
        return listed
    key = SORTS[asked.sort]
    known = [each for each in listed if key(each) is not None]
    return sorted(known, key=key, reverse=asked.descending) + [each for each in listed if key(each) is None]
