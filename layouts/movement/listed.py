"""Who is listed on the tab Movement: whole sentences, as each way between two days needs its own."""

from __future__ import annotations

from collections.abc import Mapping

from layouts import words
from services.core.language.messages import later, plural

_NOBODY: Mapping[str, later] = {
    "stayed": later("Nobody stayed in {now}."),
    "went": later("Nobody went from {then} to {now}."),
    "left": later("Nobody was in {then} on the earlier day."),
    "came": later("Nobody was in {now} on the later day."),
    "segment": later("Nobody changed segment."),
    "cluster": later("Nobody changed cluster."),
}
_NOBODY_BECAUSE: Mapping[str, later] = {
    "stayed": later("Nobody stayed in {now}, {because}."),
    "went": later("Nobody went from {then} to {now}, {because}."),
    "left": later("Nobody left {then}, {because}."),
    "came": later("Nobody came to {now}, {because}."),
    "segment": later("Nobody changed segment, {because}."),
    "cluster": later("Nobody changed cluster, {because}."),
}


def of_list(customers: int, then: str | None, now: str | None, cause: str | None, by: str) -> str:
    """Say who is listed.

    Parameters
    ----------
    customers : int
    then, now : str or None
        Names of the groups that the flow leaves and reaches.
    cause : str or None
        Its id.
    by : str
        Segment or cluster.
    """
    way = _way(then, now, by)
    if not customers:
        if cause:
            return _NOBODY_BECAUSE[way](then=then, now=now, because=_because(cause, 1))
        return _NOBODY[way](then=then, now=now)
    if cause:
        return _who_because(way, customers, then or "", now or "", _because(cause, customers))
    return _who(way, customers, then or "", now or "")


def _way(then: str | None, now: str | None, by: str) -> str:
    if then and now:
        return "stayed" if then == now else "went"
    if then or now:
        return "left" if then else "came"
    return "cluster" if by == "cluster" else "segment"


def _who(way: str, k: int, then: str, now: str) -> str:
    n = words.number(k)
    match way:
        case "stayed":
            return plural("{n} customer stayed in {now}.", "{n} customers stayed in {now}.", k, n=n, now=now)
        case "went":
            return plural(
                "{n} customer went from {then} to {now}.",
                "{n} customers went from {then} to {now}.",
                k,
                n=n,
                then=then,
                now=now,
            )
        case "left":
            return plural(
                "{n} customer was in {then} on the earlier day.",
                "{n} customers were in {then} on the earlier day.",
                k,
                n=n,
                then=then,
            )
        case "came":
            return plural(
                "{n} customer was in {now} on the later day.",
                "{n} customers were in {now} on the later day.",
                k,
                n=n,
                now=now,
            )
        case "cluster":
            return plural("{n} customer changed cluster.", "{n} customers changed cluster.", k, n=n)
    return plural("{n} customer changed segment.", "{n} customers changed segment.", k, n=n)


def _who_because(way: str, k: int, then: str, now: str, because: str) -> str:
    places = {"n": words.number(k), "then": then, "now": now, "because": because}
    match way:
        case "stayed":
            return plural(
                "{n} customer stayed in {now}, {because}.",
                "{n} customers stayed in {now}, {because}.",
                k,
                **places,
            )
        case "went":
            return plural(
                "{n} customer went from {then} to {now}, {because}.",
                "{n} customers went from {then} to {now}, {because}.",
                k,
                **places,
            )
        case "left":
            return plural(
                "{n} customer left {then}, {because}.", "{n} customers left {then}, {because}.", k, **places
            )
        case "came":
            return plural(
                "{n} customer came to {now}, {because}.",
                "{n} customers came to {now}, {because}.",
                k,
                **places,
            )
        case "cluster":
            return plural(
                "{n} customer changed cluster, {because}.",
                "{n} customers changed cluster, {because}.",
                k,
                **places,
            )
    return plural(
        "{n} customer changed segment, {because}.", "{n} customers changed segment, {because}.", k, **places
    )


def _because(cause: str, k: int) -> str:
    """Say why at the end of a sentence, of this many customers: the verb may differ."""
    match cause:
        case "ordered":
            return plural("and ordered", "and ordered", k)
        case "stayed-away":
            return plural("and stayed away", "and stayed away", k)
        case "cut-offs":
            return plural(
                "and moved only because the cut points moved",
                "and moved only because the cut points moved",
                k,
            )
        case "model":
            return plural("and moved because the model changed", "and moved because the model changed", k)
    return plural("and moved because the data was corrected", "and moved because the data was corrected", k)
