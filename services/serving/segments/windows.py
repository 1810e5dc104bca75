"""What customers did in the last days, against as many days before: figures that can fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from services.core.rfm.windows import ACTIVE_DAYS, DAYS, end_of
from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Windows:
    """Figures of a view; None where the ledger does not cover a window whole, or did not keep it.

    Attributes
    ----------
    active, active_before : int or None
        Ordered in the 90 days that end with the data, and in those that ended 30 days earlier.
    revenue, revenue_before, revenue_year_ago : float or None
        Of 30 days, shop currency: the last, those before, the same a year ago; returns are taken off.
    new, new_before : int or None
        First ordered in the last 30 days, and in the 30 before, whatever their segment.
    """

    active: int | None
    active_before: int | None
    revenue: float | None
    revenue_before: float | None
    revenue_year_ago: float | None
    new: int | None
    new_before: int | None


def windows_of(release: Loaded, fits: npt.NDArray[np.intp]) -> Windows:
    """Count the windows of the customers in rows ``fits``."""
    manifest, column = release.manifest, release.customers
    end = end_of(manifest.as_of, manifest.data_to)

    def counted(name: str, days: int, until: int = 0) -> int | None:
        start = end - timedelta(days=days + until)
        if release.preset.rfm.table or manifest.data_from > start:
            return None
        moments = column[name][fits]
        inside = (moments >= np.datetime64(start)) & (moments < np.datetime64(end - timedelta(days=until)))
        return int(inside.sum())

    def summed(name: str) -> float | None:
        return float(column[name][fits].sum()) if name in column else None

    before = int(column["active_before"][fits].sum()) if "active_before" in column else None
    return Windows(
        active=counted("last_purchase", ACTIVE_DAYS),
        active_before=before,
        revenue=summed("spent_recently"),
        revenue_before=summed("spent_before"),
        revenue_year_ago=summed("spent_year_ago"),
        new=counted("first_purchase", DAYS),
        new_before=counted("first_purchase", DAYS, until=DAYS),
    )
