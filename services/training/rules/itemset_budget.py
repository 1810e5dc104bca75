"""How many frequent sets a support would make, found out before a training begins with it."""

from __future__ import annotations

from scipy import sparse

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.training.rules.frequent import frequent_columns, frequent_pairs, frequent_sets, least_count

MOST_SETS = 20_000


def check_support(baskets: sparse.csr_array, support: float, longest: int) -> None:
    """Refuse a support at which mining would make too many sets.

    Raises
    ------
    Refusal
        Whose ``field`` is ``support``; the sentence says how many sets it would make.
    """
    if not 0 < support <= 1:
        raise Refusal(
            _("--support takes a share of baskets over 0, up to 1, such as 0.01."),
            "support",
            option="--support",
        )
    least = max(1, least_count(support, baskets.shape[0]))
    stop = 5 * MOST_SETS
    columns = len(frequent_columns(baskets, least))
    pairs = frequent_pairs(baskets, least, stop)
    too_many = pairs.least > least
    sets = columns + (stop if too_many else frequent_sets(baskets, pairs, longest, stop).total)
    if sets > MOST_SETS:
        told = _("over {n}", n=f"{stop:,}") if sets > stop or too_many else f"{sets:,}"
        raise Refusal(
            _(
                "At a support of {support} ({least} of {baskets} baskets) mining would find {sets} sets of "
                "products; at most {most} are allowed. Give a higher --support.",
                support=f"{support:g}",
                least=f"{least:,}",
                baskets=f"{baskets.shape[0]:,}",
                sets=told,
                most=f"{MOST_SETS:,}",
            ),
            "support",
            option="--support",
        )
