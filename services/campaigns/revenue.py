"""What came of an audience's revenue: one permutation test, computed once for an audience and a release."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from services.campaigns.measuring import Result, present, spent_within
from services.campaigns.past import last_period, narrows, spent_before, spent_between
from services.core.campaigns.effects import Verdict, enough, verdict
from services.core.campaigns.permutation import counted, draws_for, shifts
from services.core.campaigns.trials import Pool, smallest_effect
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audience, Member


@dataclass(frozen=True)
class Revenue:
    """Revenue per customer, treated less holdout, of what counts.

    Attributes
    ----------
    difference, low, high : float
        With its 95 % interval, which excludes 0 exactly where the verdict says which way it goes.
    verdict : {"higher", "lower", "cannot-tell", "too-few"}
    cut : float or None
        No buyer counts with more; None where nobody spent more.
    above : int
        How many did.
    adjusted : bool
        Whether spend before the start is allowed for.
    smallest : float or None
        What such groups show four times in five, where the verdict cannot tell.
    """

    difference: float
    low: float
    high: float
    verdict: Verdict
    cut: float | None
    above: int
    adjusted: bool
    smallest: float | None


def revenue_of(release: Loaded, audience: Audience, members: list[Member], result: Result) -> Revenue | None:
    """Judge the revenue of a campaign that has ended.

    Parameters
    ----------
    release : Loaded
    audience : Audience
    members : list of Member
        Its customers.
    result : Result
        What is known of their purchases.

    Returns
    -------
    Revenue or None
        None before the last day, and where a group has fewer than two customers left.

    Notes
    -----
    Holdouts drawn for comparison are seeded by the audience's name, as its own was, and customers stand in
    the order of their ids, so that an audience has one verdict in a release.
    """
    if result.stage != "ended" or result.rate is None:
        return None
    draft = audience.draft
    rows, held = present(release, members)
    spent = np.nan_to_num(spent_within(release, audience)[rows])
    before = np.nan_to_num(spent_between(release, None, draft.starts_on)[rows])
    past = last_period(release, (draft.ends_on - draft.starts_on).days + 1, draft.starts_on)
    adjust = past is not None and narrows(past, spent_before(release, past))
    counts, cut = counted(spent[:, None])
    found = shifts(
        counts,
        held[:, None],
        draft.holdout_share,
        draws_for(len(rows)),
        int.from_bytes(blake2b(draft.seed.encode(), digest_size=8).digest()),
        before[:, None] if adjust else None,
    )
    low, high = float(found.low[0]), float(found.high[0])
    groups = ((each.buyers, each.customers) for each in (result.treated, result.holdout))
    said = verdict(low, high, enough=enough(*groups, non_buyers=False))
    above = int(np.count_nonzero(spent > cut[0]))
    smallest = None
    if said == "cannot-tell":
        pool = Pool(spent, before, np.full(len(rows), 1 / len(rows)), adjust)
        smallest = smallest_effect(pool, len(rows), draft.holdout_share)
    return Revenue(
        float(found.difference[0]), low, high, said, float(cut[0]) if above else None, above, adjust, smallest
    )
