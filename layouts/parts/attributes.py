"""Attributes whose names are no Python names."""

from __future__ import annotations

from typing import Any


def attributes(**named: str) -> dict[str, Any]:
    """Return ``aria-label`` and its like for a component's ``**``.

    Examples
    --------
    >>> attributes(aria_label="Tabs", data_view="chart")
    {'aria-label': 'Tabs', 'data-view': 'chart'}
    """
    return {name.replace("_", "-"): value for name, value in named.items()}


HIDDEN = attributes(aria_hidden="true")
