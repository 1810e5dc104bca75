"""The small things of a release that describe its customers, for ``overview.json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from services.core.clusters.positions import Position, levels
from services.core.presets import Group, Preset
from services.core.rfm.group_figures import group_figures
from services.core.rfm.scoring import buying_score, class_sizes
from services.core.vocabulary import AXES
from services.training.clusters.identities import Identities
from services.training.customers.columns import Columns, Segmented


def axes(segmented: Segmented, preset: Preset) -> dict[str, Any]:
    """Return each axis's range and unit as seen in training."""
    units = {"recency": "days", "frequency": preset.rfm.frequency, "monetary": "currency"}
    rfm = segmented.rfm
    return {
        axis: {
            "min": float(rfm[axis].min()),
            "max": float(rfm[axis].max()),
            "median": float(rfm[axis].median()),
            "unit": units[axis],
        }
        for axis in AXES
    }


def scoring(segmented: Segmented) -> dict[str, Any] | None:
    """Return the cut points and how many customers each score holds; None where nobody has scores."""
    scale = segmented.segmentation.scale
    if scale is None or segmented.scores is None:
        return None
    return {
        "scale": scale.classes,
        "best": scale.best,
        "edges": {axis: list(scale.edges[axis]) for axis in AXES},
        "sizes": {axis: class_sizes(segmented.scores[axis], scale.classes) for axis in AXES},
    }


def countries(customers: pd.DataFrame) -> list[dict[str, Any]]:
    """Return countries with customers and revenue, most customers first, then by name."""
    sizes = {"customers": ("customer_id", "size"), "revenue": ("monetary", "sum")}
    grouped = customers.groupby("country").agg(**sizes).rename_axis("name").reset_index()
    ranked = grouped.sort_values(["customers", "name"], ascending=[False, True])
    return [dict(zip(ranked.columns, row, strict=True)) for row in ranked.itertuples(index=False)]


def segments(
    columns: Columns, groups: Sequence[Group], preset: Preset, identities: Identities
) -> list[dict[str, Any]]:
    """Return the segments with their sizes and means, in the order of their indices.

    A segment that is a cluster has its colour.
    """
    cells = _cells_of(columns, groups, preset)
    found = []
    for index, group in enumerate(groups):
        found.append(
            {
                "id": group.id,
                "name": group.name,
                "colour": identities.colours[index] if preset.segments.kind == "clusters" else index + 1,
                "playbook": group.playbook,
                "at_risk": group.at_risk,
            }
            | group_figures(columns, columns["segment"] == index)
            | {"cells": [[row, column] for row, column, segment, *_ in cells if segment == index]}
        )
    return found


def clusters(
    columns: Columns, identities: Identities, found: list[Position], preset: Preset
) -> list[dict[str, Any]]:
    """Return the clusters with identity, sizes, means and medians, in the order of their labels."""
    orders = preset.rfm.frequency == "orders"
    return [
        {
            "id": identities.ids[index],
            "letter": chr(ord("A") + index),
            "colour": identities.colours[index],
            "name": identities.names[index],
            "formerly": identities.formerly[index],
            "levels": levels(found[index], frequency_is_orders=orders),
            "median": found[index].median,
        }
        | group_figures(columns, columns["cluster"] == index)
        for index in range(len(found))
    ]


def grid(columns: Columns, groups: Sequence[Group], preset: Preset) -> dict[str, Any] | None:
    """Return the map of recency score by buying (or frequency) score with its cells' sizes, or None."""
    if preset.scoring is None:
        return None
    return {"row": "r", "column": _column_axis(preset), "cells": _cells_of(columns, groups, preset)}


def _column_axis(preset: Preset) -> str:
    return "b" if preset.segments.kind == "grid" else "f"


def _cells_of(columns: Columns, groups: Sequence[Group], preset: Preset) -> list[list[Any]]:
    """List the cells: row, column, the segment most of the cell's customers are in, customers, revenue."""
    if preset.scoring is None:
        return []
    size = preset.scoring.classes
    across = buying_score(columns["f"], columns["m"]) if _column_axis(preset) == "b" else columns["f"]
    cells = []
    for row in range(1, size + 1):
        for column in range(1, size + 1):
            inside = (columns["r"] == row) & (across == column)
            named = columns["segment"][inside]
            counts = np.bincount(named[named >= 0], minlength=len(groups))
            cells.append(
                [row, column, int(counts.argmax()) if counts.any() else _planned(preset, row, column),
                 int(inside.sum()), float(columns["monetary"][inside].sum())]
            )  # fmt: skip
    return cells


def _planned(preset: Preset, row: int, column: int) -> int:
    """Return the segment an empty cell belongs to by the preset's map, −1 where only scores decide."""
    if preset.segments.grid is None:
        return -1
    ids = [group.id for group in preset.segments.groups]
    return ids.index(preset.segments.grid[row - 1][column - 1])
