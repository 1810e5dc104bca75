"""In which cell of the map of scores each customer is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from services.core.rfm.scoring import buying_score
from services.serving.release.loaded import Loaded


def places(release: Loaded, column: Mapping[str, npt.NDArray]) -> tuple[npt.NDArray[np.intp], int]:
    """Return each customer's cell, the cells numbered row by row.

    Parameters
    ----------
    release : Loaded
    column : mapping
        Scores ``r``, ``f`` and ``m`` of the customers, shape (n,) each.

    Returns
    -------
    (ndarray of int, shape (n,), int)
        The numbers, and how many a row has.
    """
    grid, scale = release.overview.grid, release.scale
    across = buying_score(column["f"], column["m"]) if grid and grid.column == "b" else column["f"]
    size = scale.classes + 1 if scale else 1
    return column["r"].astype(np.intp) * size + across, size


def cell_of_each(release: Loaded) -> npt.NDArray[np.intp]:
    """Return each customer's cell as an index in ``overview.cells``, shape (n_customers,).

    A customer who is in none has -1, as all have where the preset has no map.
    """
    grid = release.overview.grid
    if grid is None:
        return np.full(release.count, -1, dtype=np.intp)
    numbers, size = places(release, release.customers)
    known = np.full(size * size, -1, dtype=np.intp)
    known[[each.row * size + each.column for each in grid.cells]] = np.arange(len(grid.cells))
    found: npt.NDArray[np.intp] = known[numbers]
    return found
