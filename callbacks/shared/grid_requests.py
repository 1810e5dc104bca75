"""What a list of customers asks for as AG Grid's infinite model sends it: a portion, and an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from services.serving.lists.listing import DEFAULT_SORT, SORTABLE
from services.web.access.asking import lists

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded

LONGEST_PORTION = 500


def sort_of(asked: Mapping[str, Any]) -> str:
    """Return the order asked for, as addresses write it: ``monetary:desc``."""
    for part in asked.get("sortModel") or ():
        if isinstance(part, dict) and part.get("colId") in SORTABLE:
            return f"{part['colId']}:{'desc' if part.get('sort') == 'desc' else 'asc'}"
    return DEFAULT_SORT


def portion_of(asked: Mapping[str, Any]) -> slice:
    """Return which rows are asked for, ``LONGEST_PORTION`` at most."""
    start = max(int(asked.get("startRow") or 0), 0)
    return slice(start, min(int(asked.get("endRow") or 0), start + LONGEST_PORTION))


def told(release: Loaded, page: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Have a portion logged as a page's list, narrowed as ``shown`` says, and return what the page takes."""
    lists(release.id, page, shown.pop("narrowed"), len(shown["rows"]["rowData"]))
    return shown
