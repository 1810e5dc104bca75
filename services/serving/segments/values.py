"""What the groups of a view are expected to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from services.serving.release.expected import spend_of, valued

if TYPE_CHECKING:
    from services.serving.lists.filters import Filters
    from services.serving.release.loaded import Loaded
    from services.serving.segments.view import Grouping

_DECIMALS = 4  # of sums: the order in which floats are summed is not seen


def expected_by_group(release: Loaded, filters: Filters, grouping: Grouping) -> list[float] | None:
    """Return what the customers of each segment or cluster are expected to spend in 90 days.

    Parameters
    ----------
    release : Loaded
    filters : Filters
        Which customers count.
    grouping : {"segment", "cluster"}

    Returns
    -------
    list of float or None
        Shop currency, in the overview's order; None where the release does not say.
    """
    if not valued(release):
        return None
    group = np.asarray(release.customers[grouping])
    inside = filters.mask(release) & (group >= 0)
    groups = len(release.segments if grouping == "segment" else release.clusters)
    sums = np.bincount(group[inside], spend_of(release)[inside].astype(np.float64), minlength=groups)
    return [round(each, _DECIMALS) for each in sums.tolist()]
