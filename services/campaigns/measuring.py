"""What came of an audience: purchases of the treated against the holdout, in a later release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from services.core.campaigns.effects import Effect, Verdict, enough, mean_effect, rate_effect, verdict
from services.core.campaigns.holdout import smallest_mean_effect, smallest_rate_effect
from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audience, Member

Stage = Literal["planned", "running", "ended"]


@dataclass(frozen=True)
class Group:
    """The treated or the holdout: how many, how many of them bought, what they spent."""

    customers: int
    buyers: int
    revenue: float


@dataclass(frozen=True)
class Compared:
    """An effect, the smallest that groups like these show four times in five, and what can be said."""

    effect: Effect
    smallest: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Result:
    """What a release knows of an audience's outcome.

    Attributes
    ----------
    stage : {"planned", "running", "ended"}
        By the days that the release's data covers.
    data_to : date
        Its last day.
    missing : int
        Customers of the audience who are not in the release; they are left out.
    treated, holdout : Group
    rate, revenue : Compared or None
        Purchase rate, and revenue per head; None before the data reaches the first day, and where a group
        has fewer than two customers left.
    """

    stage: Stage
    data_to: date
    missing: int
    treated: Group
    holdout: Group
    rate: Compared | None
    revenue: Compared | None


def stage(release: Loaded, audience: Audience) -> Stage:
    """Say how far a release's data reaches into an audience's period."""
    data_to = release.manifest.data_to.date()
    if data_to < audience.draft.starts_on:
        return "planned"
    return "ended" if data_to >= audience.draft.ends_on else "running"


def measured(release: Loaded, audience: Audience, members: list[Member]) -> Result:
    """Compare the treated with the holdout by the orders of a release.

    Parameters
    ----------
    release : Loaded
        Whose lookup holds orders.
    audience : Audience
    members : list of Member
        Its customers.

    Raises
    ------
    Refusal
        If the release was made from a table of customers, which holds no orders.

    Notes
    -----
    A customer counts as a buyer with one order between the first and the last day, both included, and with
    all that these orders amount to. Everybody stays in the group that was drawn, reached or not.
    """
    if release.preset.rfm.table:
        raise Refusal(
            "This release was made from a table of customers, which holds no orders. Train on transactions "
            "to see the result."
        )
    reached = stage(release, audience)
    rows = [release.row_of(member.customer_id) for member in members]
    spent = _spent(release, audience) if reached != "planned" else {}
    revenues: dict[bool, list[float]] = {True: [], False: []}
    buyers = {True: 0, False: 0}
    for member, row in zip(members, rows, strict=True):
        if row is not None:
            revenues[member.held_out].append(spent.get(row, 0.0))
            buyers[member.held_out] += row in spent
    treated, holdout = (
        Group(len(revenues[held]), buyers[held], float(sum(revenues[held]))) for held in (False, True)
    )
    comparable = reached != "planned" and min(treated.customers, holdout.customers) > 1
    return Result(
        reached,
        release.manifest.data_to.date(),
        rows.count(None),
        treated,
        holdout,
        _rate(treated, holdout) if comparable else None,
        _revenue(treated, holdout, np.array(revenues[False]), np.array(revenues[True]))
        if comparable
        else None,
    )


def _spent(release: Loaded, audience: Audience) -> dict[int, float]:
    """Return the sum of each buyer's orders within the period, by row."""
    after = audience.draft.ends_on + timedelta(days=1)
    # Moments are ISO texts, whose order is that of time; a day comes before each of its moments.
    asked = (
        "SELECT customer, sum(amount) FROM orders WHERE bought_at >= ? AND bought_at < ? GROUP BY customer"
    )
    period = (audience.draft.starts_on.isoformat(), after.isoformat())
    return dict(release.lookup().execute(asked, period).fetchall())


def _rate(treated: Group, holdout: Group) -> Compared:
    counts = (treated.buyers, treated.customers), (holdout.buyers, holdout.customers)
    effect = rate_effect(*counts)
    smallest = smallest_rate_effect(effect.holdout, treated.customers, holdout.customers)
    return Compared(effect, smallest, verdict(effect, enough=enough(*counts, non_buyers=True)))


def _revenue(
    treated: Group,
    holdout: Group,
    first: npt.NDArray[np.float64],
    second: npt.NDArray[np.float64],
) -> Compared:
    counts = (treated.buyers, treated.customers), (holdout.buyers, holdout.customers)
    effect = mean_effect(first, second)
    within = float(((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum())
    deviation = (within / (len(first) + len(second) - 2)) ** 0.5
    smallest = smallest_mean_effect(deviation, len(first), len(second))
    return Compared(effect, smallest, verdict(effect, enough=enough(*counts, non_buyers=False)))
