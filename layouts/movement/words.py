"""The sentences of movement: what a cause is called, what moved, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layouts import words
from services.core.findings import leader
from services.core.language.messages import _, later, plural

CAUSES: Mapping[str, later] = {
    "ordered": later("Ordered"),
    "stayed-away": later("Stayed away"),
    "cut-offs": later("Cut point moved"),
    "model": later("Model changed"),
    "data": later("Data corrected"),
}
_MEANING = later(
    "Each mover has one cause. Ordered: bought between the two days. Stayed away: did not, and the longer "
    "wait alone moved them, measured by the earlier cut points. Cut point moved: by the earlier ones they "
    "would not have moved."
)
_CLUSTERS = later(
    "The segments of this preset are clusters; both days are measured by today’s, so no cut point can move."
)
_RELEASES = later(
    "Model changed: by the earlier rules, or with the clusters’ earlier centres, they would not have moved. "
    "Data corrected: the new file shows a different past for them."
)


def day(key: str) -> str:
    """Name a snapshot by its key in the address: a day, with the time where two share it."""
    return words.date_time(key) if "T" in key else words.date(key)


def head(start: str, end: str, preset: str, release: str) -> str:
    """Return what fixes the page: the two days, the preset and the release."""
    return _(
        "From {start} to {end}. Preset {preset}, release {release}.",
        start=day(start),
        end=day(end),
        preset=preset,
        release=release,
    )


def since_head(as_of: str, end: str, preset: str, earlier: str) -> str:
    """Return what fixes the page where two releases are compared."""
    return _(
        "From release {earlier}, {start}, to this one, {end}. Preset {preset}.",
        earlier=earlier,
        start=words.date(as_of),
        end=day(end),
        preset=preset,
    )


def release_choice(as_of: str) -> str:
    """Name the previous release in the choice of the earlier moment."""
    return _("The previous release, {day}", day=words.date(as_of))


def meaning(*, clusters: bool) -> str:
    """Say what the causes mean; ``clusters`` are segments of this preset."""
    return f"{_MEANING()} {_CLUSTERS()}" if clusters else _MEANING()


def since_meaning(agreement: float | None, gone: int) -> str:
    """Say what the causes mean between two releases, how far these agree, and how many are gone."""
    told = [_MEANING(), _RELEASES()]
    if agreement is not None:
        told.append(_("Adjusted Rand index (1: the same groups): {n}.", n=words.number(agreement, 2)))
    if gone:
        told.append(
            plural(
                "{n} customer of the previous release is not in this one.",
                "{n} customers of the previous release are not in this one.",
                gone,
                n=words.number(gone),
            )
        )
    return " ".join(told)


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
        return _("Nobody was a customer on both days.")
    n, changed = words.number(of), words.number(moved)
    if not moved:
        return (
            plural("None of {n} customer changed cluster.", "None of {n} customers changed cluster.", of, n=n)
            if by == "cluster"
            else plural(
                "None of {n} customer changed segment.", "None of {n} customers changed segment.", of, n=n
            )
        )
    if largest is None:
        return (
            plural(
                "{changed} of {n} customer changed cluster.",
                "{changed} of {n} customers changed cluster.",
                of,
                n=n,
                changed=changed,
            )
            if by == "cluster"
            else plural(
                "{changed} of {n} customer changed segment.",
                "{changed} of {n} customers changed segment.",
                of,
                n=n,
                changed=changed,
            )
        )
    then, now, customers = largest
    places = {"changed": changed, "n": n, "largest": words.number(customers), "then": then, "now": now}
    return (
        plural(
            "{changed} of {n} customer changed cluster; the largest flow is {largest} from {then} to {now}.",
            "{changed} of {n} customers changed cluster; the largest flow is {largest} from {then} to {now}.",
            of,
            **places,
        )
        if by == "cluster"
        else plural(
            "{changed} of {n} customer changed segment; the largest flow is {largest} from {then} to {now}.",
            "{changed} of {n} customers changed segment; the largest flow is {largest} from {then} to {now}.",
            of,
            **places,
        )
    )


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
    told = plural(
        "{n} customer on {first}, {end} on {last}.",
        "{n} customers on {first}, {end} on {last}.",
        customers[0],
        n=words.number(customers[0]),
        end=words.number(customers[-1]),
        first=days[0],
        last=days[-1],
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
    changed = _(
        "{segment} changed most, from {before} to {after} of them.",
        segment=names[most],
        before=words.share(then[most]),
        after=words.share(now[most]),
    )
    return f"{told} {changed}"


def of_causes(causes: Mapping[str, int], then: str | None = None, now: str | None = None) -> str:
    """Say why: ``1,134 stayed away, 785 ordered and 151 moved only because the cut points moved``.

    Parameters
    ----------
    causes : mapping of str to int
        Of those who left and came to the groups that are named.
    then, now : str or None
        Names of these groups.
    """
    ranked = sorted((count, cause) for cause, count in causes.items() if count)
    if not ranked:
        return _nobody(then, now)
    why = words.listing([_moved(cause, count) for count, cause in reversed(ranked)])
    if then and now:
        return _("Of those who left {then} and came to {now}, {causes}.", then=then, now=now, causes=why)
    if then:
        return _("Of those who left {then}, {causes}.", then=then, causes=why)
    if now:
        return _("Of those who came to {now}, {causes}.", now=now, causes=why)
    return _("{causes}.", causes=why)


def _nobody(then: str | None, now: str | None) -> str:
    if then and now:
        return _("Nobody left {then} and came to {now}.", then=then, now=now)
    if then:
        return _("Nobody left {then}.", then=then)
    return _("Nobody came to {now}.", now=now) if now else _("Nobody moved.")


def _moved(cause: str, count: int) -> str:
    n = words.number(count)
    match cause:
        case "ordered":
            return plural("{n} ordered", "{n} ordered", count, n=n)
        case "stayed-away":
            return plural("{n} stayed away", "{n} stayed away", count, n=n)
        case "cut-offs":
            return plural(
                "{n} moved only because the cut points moved",
                "{n} moved only because the cut points moved",
                count,
                n=n,
            )
        case "model":
            return plural(
                "{n} moved because the model changed", "{n} moved because the model changed", count, n=n
            )
    return plural(
        "{n} moved because the data was corrected", "{n} moved because the data was corrected", count, n=n
    )
