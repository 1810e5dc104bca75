"""What all grids share: their look, and AG Grid's own words in the reader's language."""

from __future__ import annotations

from typing import Any

from services.core.language.messages import later

WORDS = {
    "noRowsToShow": later("No Rows To Show"),
    "loadingOoo": later("Loading..."),
    "loadingError": later("ERR"),
    "ariaSkeletonCellLoading": later("Row data is loading"),
    "ariaSkeletonCellLoadingFailed": later("Row failed to load"),
    "ariaSortableColumn": later("Press ENTER to sort"),
    "ariaLabelTooltip": later("Tooltip"),
}
"""Those that our grids can show, by AG Grid's names; its English ones are the same."""


def grid_options(**options: Any) -> dict[str, Any]:
    """Return ``dashGridOptions`` of a grid: those that all have, and its own.

    Parameters
    ----------
    **options
        By AG Grid's names.
    """
    said = {name: word() for name, word in WORDS.items() if word() != word.text}
    return {"theme": {"function": "themeQuartz"}, "localeText": said, **options}
