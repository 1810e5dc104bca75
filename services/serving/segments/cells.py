"""The cells of the map: customers of a view by the two scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.serving.release.loaded import Loaded
from services.serving.release.map_cells import places


def cells_of(release: Loaded, column: dict[str, npt.NDArray]) -> list[tuple[int, int, int, int, float]]:
    """Return row, column, segment index of most customers in the release, customers and revenue by cell."""
    grid = release.overview.grid
    if grid is None:
        return []
    place, size = places(release, column)
    counts = np.bincount(place, minlength=size * size)
    sums = np.bincount(place, column["monetary"], minlength=size * size)
    return [
        (each.row, each.column, each.segment, int(counts[at]), float(sums[at]))
        for each in grid.cells
        for at in (each.row * size + each.column,)
    ]


def mixed_cells(release: Loaded, column: dict[str, npt.NDArray]) -> dict[int, list[tuple[int, int]]]:
    """Return the segments and their customers, most first, by the place of each cell that holds several."""
    grid = release.overview.grid
    if grid is None:
        return {}
    place, size = places(release, column)
    segments, named = len(release.segments), column["segment"] >= 0
    counts = np.bincount(
        place[named] * segments + column["segment"][named], minlength=size * size * segments
    ).reshape(-1, segments)
    found = {}
    for at, cell in enumerate(grid.cells):
        held = counts[cell.row * size + cell.column]
        if np.count_nonzero(held) > 1:
            ranked = np.argsort(-held, kind="stable")[: np.count_nonzero(held)]
            found[at] = [(int(segment), int(held[segment])) for segment in ranked]
    return found
