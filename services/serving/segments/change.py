"""How many customers a group had before: of the same selection, taken at that moment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.core.filters import RANGES
from services.serving.lists.filters import Filters, options
from services.serving.release.loaded import Loaded


def sizes_before(release: Loaded, filters: Filters) -> npt.NDArray[np.intp] | None:
    """Count each segment's customers at the snapshot compared with, shape (n_segments,).

    Parameters
    ----------
    release : Loaded
    filters : Filters
        Asked of the customers as they were then: their segment and values of that day, their country.

    Returns
    -------
    ndarray or None
        None where there is no such snapshot, or it did not keep what a filter asks for, such as clusters.
    """
    previous, column = release.overview.previous, release.customers
    if previous is None:
        return None
    then = np.asarray(column["snapshot_segment"][:, previous])
    fits = then >= 0
    left = set(filters.active)
    for name in ("segment", "country"):
        if asked := filters.chosen(name):
            held, known = then if name == "segment" else column[name], options(release)[name]
            fits &= np.isin(held, [known.index(value) for value in asked])
            left.discard(name)
    for of in RANGES.values():
        kept = f"snapshot_{of.column}"
        if kept not in column:
            continue
        for name, end in zip(of.parameters, ("min", "max"), strict=True):
            if (bound := filters.bound(name)) is not None:
                values = column[kept][:, previous]
                fits &= values >= bound if end == "min" else values <= bound
                left.discard(name)
    return None if left else np.bincount(then[fits], minlength=len(release.segments))
