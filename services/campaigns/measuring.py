"""What came of an audience: purchases of the treated against the holdout, in a later release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from services.campaigns.past import spent_between
from services.core.campaigns.detecting import smallest_rate_effect
from services.core.campaigns.effects import Effect, Verdict, enough, rate_effect, verdict
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audience, Member

Stage = Literal["draft", "planned", "running", "ended"]
STAGES: tuple[Stage, ...] = get_args(Stage)


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
    stage : {"draft", "planned", "running", "ended"}
        By the days that the release's data covers, once it has started.
    data_to : date
        Its last day.
    missing : int
        Customers of the audience who are not in the release; they are left out.
    treated, holdout : Group
    rate : Compared or None
        Of the purchase rate; None before the data reaches the first day, and where a group has fewer than two
        customers left.
    """

    stage: Stage
    data_to: date
    missing: int
    treated: Group
    holdout: Group
    rate: Compared | None


def stage(release: Loaded, audience: Audience) -> Stage:
    """Say how far a release's data reaches into an audience's period; a draft has none yet."""
    if not audience.started:
        return "draft"
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
            _(
                "This release was made from a table of customers, which holds no orders. Train on "
                "transactions to see the result."
            )
        )
    reached = stage(release, audience)
    rows, held = present(release, members)
    begun = reached in ("running", "ended")
    spent = spent_within(release, audience)[rows] if begun else np.full(len(rows), np.nan)
    treated, holdout = (_group(spent[part]) for part in (~held, held))
    comparable = begun and min(treated.customers, holdout.customers) > 1
    return Result(
        reached,
        release.manifest.data_to.date(),
        len(members) - len(rows),
        treated,
        holdout,
        _rate(treated, holdout) if comparable else None,
    )


def present(release: Loaded, members: list[Member]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return the rows, ascending, of those members who are in a release, and who of them was held out."""
    found = sorted(
        (row, member.held_out)
        for member in members
        if (row := release.row_of(member.customer_id)) is not None
    )
    return np.array([row for row, _held in found], np.intp), np.array(
        [held for _row, held in found], np.bool_
    )


def spent_within(release: Loaded, audience: Audience) -> npt.NDArray[np.float64]:
    """Return the sum of each customer's orders within the period; NaN for who has none."""
    draft = audience.draft
    return spent_between(release, draft.starts_on, draft.ends_on + timedelta(days=1))


def _group(spent: npt.NDArray[np.float64]) -> Group:
    return Group(len(spent), int(np.count_nonzero(~np.isnan(spent))), float(np.nansum(spent)))


def _rate(treated: Group, holdout: Group) -> Compared:
    counts = (treated.buyers, treated.customers), (holdout.buyers, holdout.customers)
    effect = rate_effect(*counts)
    smallest = smallest_rate_effect(effect.holdout, treated.customers, holdout.customers)
    return Compared(
        effect, smallest, verdict(effect.low, effect.high, enough=enough(*counts, non_buyers=True))
    )
