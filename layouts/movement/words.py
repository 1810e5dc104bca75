"""The sentences of movement: what a cause is called, what moved, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layouts import words
from services.core.findings import leader

CAUSES: Mapping[str, str] = {
    "ordered": "Ordered",
    "stayed-away": "Stayed away",
    "cut-offs": "Cut point moved",
    "model": "Model changed",
    "data": "Data corrected",
}
_BECAUSE: Mapping[str, str] = {
    "ordered": "ordered",
    "stayed-away": "stayed away",
    "cut-offs": "moved only because the cut points moved",
    "model": "moved because the model changed",
    "data": "moved because the data was corrected",
}
_MEANING = (
    "Each mover has one cause. Ordered: bought between the two days. Stayed away: did not, and the longer "
    "wait alone moved them, measured by the earlier cut points. Cut point moved: by the earlier ones they "
    "would not have moved."
)
_CLUSTERS = (
    " The segments of this preset are clusters; both days are measured by today’s, so no cut point can move."
)
_RELEASES = (
    " Model changed: by the earlier rules, or with the clusters’ earlier centres, they would not have moved. "
    "Data corrected: the new file shows a different past for them. "
)


def day(key: str) -> str:
    """Name a snapshot by its key in the address: a day, with the time where two share it."""
    return words.date_time(key) if "T" in key else words.date(key)


def head(start: str, end: str, preset: str, release: str) -> str:
    """Return what fixes the page: the two days, the preset and the release."""
    return f"From {day(start)} to {day(end)}. Preset {preset}, release {release}."


def since_head(as_of: str, end: str, preset: str, earlier: str) -> str:
    """Return what fixes the page where two releases are compared."""
    return f"From release {earlier}, {words.date(as_of)}, to this one, {day(end)}. Preset {preset}."


def release_choice(as_of: str) -> str:
    """Name the previous release in the choice of the earlier moment."""
    return f"The previous release, {words.date(as_of)}"


def meaning(*, clusters: bool) -> str:
    """Say what the causes mean; ``clusters`` are segments of this preset."""
    return _MEANING + _CLUSTERS if clusters else _MEANING


def since_meaning(agreement: float | None, gone: int) -> str:
    """Say what the causes mean between two releases, how far these agree, and how many are gone."""
    agree = (
        ""
        if agreement is None
        else f"Adjusted Rand index (1: the same groups): {words.number(agreement, 2)}."
    )
    return _MEANING + _RELEASES + agree + _lost(gone)


def _lost(gone: int) -> str:
    if not gone:
        return ""
    are = "is" if gone == 1 else "are"
    return f" {words.count(gone, 'customer')} of the previous release {are} not in this one."


def of_flows(moved: int, of: int, largest: tuple[str, str, int] | None, by: str) -> str:
    """Say how many moved, and which flow is the largest, if one is.

    Parameters
    ----------
    moved, of : int
        Who changed segment, of the customers of both days.
    largest : (str, str, int) or None
        Names and customers.
    by : str
        Segment or cluster.
    """
    if not of:
        return "Nobody was a customer on both days."
    if not moved:
        return f"None of {words.count(of, 'customer')} changed {by}."
    told = f"{words.number(moved)} of {words.count(of, 'customer')} changed {by}"
    if largest is None:
        return f"{told}."
    then, now, customers = largest
    return f"{told}; the largest flow is {words.number(customers)} from {then} to {now}."


def of_sizes(
    names: Sequence[str],
    customers: Sequence[int],
    segments: Sequence[Sequence[int]],
    days: Sequence[str],
) -> str:
    """Say how many customers there were and are, and which segment's share of them changed most, if one did.

    Parameters
    ----------
    names : sequence of str
        Of the segments.
    customers : sequence of int
        At each moment, oldest first; all have days.
    segments : sequence of sequence of int
        By moment and segment.
    days : sequence of str
    """
    told = (
        f"{words.count(customers[0], 'customer')} on {days[0]}, {words.number(customers[-1])} on {days[-1]}."
    )
    if not customers[0] or not customers[-1]:
        return told
    then, now = (
        [held / of for held in found]
        for found, of in ((segments[0], customers[0]), (segments[-1], customers[-1]))
    )
    most = leader([abs(late - early) for early, late in zip(then, now, strict=True)], words.share)
    if most is None or words.share(then[most]) == words.share(now[most]):
        return told
    shares = f"from {words.share(then[most])} to {words.share(now[most])} of them"
    return f"{told} {names[most]} changed most, {shares}."


def of_causes(causes: Mapping[str, int], then: str | None = None, now: str | None = None) -> str:
    """Say why: ``1,134 stayed away, 785 ordered and 151 moved only because the cut points moved``.

    Parameters
    ----------
    causes : mapping of str to int
        Of those who left and came to the groups that are named.
    then, now : str or None
        Names of these groups.
    """
    who = f"left {then}" * bool(then) + " and " * bool(then and now) + f"came to {now}" * bool(now)
    ranked = sorted((count, cause) for cause, count in causes.items() if count)
    said = [f"{words.number(count)} {_BECAUSE[cause]}" for count, cause in reversed(ranked)]
    if not said:
        return f"Nobody {who}." if who else "Nobody moved."
    return f"Of those who {who}, {words.listing(said)}." if who else f"{words.listing(said)}."


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
    counted = words.count(customers, "customer") if customers else "Nobody"
    return f"{counted} {_path(then, now, cause, by, 'were' if customers > 1 else 'was')}."


def _path(then: str | None, now: str | None, cause: str | None, by: str, were: str) -> str:
    because = f", and {_BECAUSE[cause]}" if cause else ""
    if then and then == now:
        return f"stayed in {now}{because}"
    if then and now:
        return f"went from {then} to {now}{because}"
    if then:
        return f"left {then}{because}" if cause else f"{were} in {then} on the earlier day"
    if now:
        return f"came to {now}{because}" if cause else f"{were} in {now} on the later day"
    return f"changed {by}{because}"
