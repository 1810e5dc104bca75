"""What a list asks for as AG Grid's infinite model sends it, and the first rows, which come with the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.shared.kept import kept
from layouts.ids import Baskets, Churn, Cohorts, Movement, Segments, Shell
from services.serving.lists.listing import DEFAULT_SORT, SORTABLE
from services.web.access.asking import lists

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded

LONGEST_PORTION = 500
Beside = dict[str, Output]
Tab = type[Segments] | type[Movement] | type[Cohorts] | type[Churn] | type[Baskets]


def register_portions(app: Dash, tab: Tab, beside: Beside, containing: str | None = None) -> None:
    """Have a grid take its first rows from the page's answer, and all others from the server's.

    Parameters
    ----------
    app : Dash
    tab : type
        Ids: ``PORTION`` has what the page answers, see :func:`first_rows`; ``ASKED`` holds what the server
        is to be asked for, and ``ANSWERED`` what it answers, see :func:`answered`.
    beside : dict of str to Output
        What is written beside the list, by name.
    containing : str, optional
        Id of the field with a part of an id.
    """
    app.clientside_callback(
        ClientsideFunction("portions", "serve"),
        Output(tab.GRID, "getRowsResponse"),
        Output(tab.ASKED, "data"),
        Input(tab.GRID, "getRowsRequest"),
        Input(tab.PORTION, "data"),
        State(Shell.ADDRESS, "search"),
        *([State(containing, "value")] if containing else []),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("portions", "take"),
        Output(tab.GRID, "getRowsResponse", allow_duplicate=True),
        *_again(beside).values(),
        Input(tab.ANSWERED, "data"),
        prevent_initial_call=True,
    )


def answer_outputs(tab: Tab, beside: Beside) -> dict[str, Any]:
    """Return what a callback that answers a grid's requests writes: the answer.

    The rest stays as it is, unless the answer fails: then the grid gets nothing, and the list has no words.
    """
    return {
        "answer": Output(tab.ANSWERED, "data"),
        "beside": _again(beside),
    }


def answered(asked: Mapping[str, Any], shown: Mapping[str, Any], beside: Beside) -> dict[str, Any]:
    """Return the answer to a grid's request as ``assets/portions.js`` takes it, with its number.

    Parameters
    ----------
    asked : mapping
        The request.
    shown : mapping
        ``rows``, and what is written beside the list by name, no_update for what stays.
    beside : dict of str to Output
    """
    written = [None if shown[name] is no_update else shown[name] for name in beside]
    return {
        "answer": {"request": asked.get("request", 0), "rows": shown["rows"], "beside": written},
        "beside": kept(beside),
    }


def _again(beside: Beside) -> Beside:
    return {
        name: Output(place.component_id, place.component_property, allow_duplicate=True)
        for name, place in beside.items()
    }


def first_asked(asked: Any, rows: int, sort: tuple[str, bool]) -> dict[str, Any]:
    """Return the request for the first rows of a view.

    Parameters
    ----------
    asked : dict or None
        The last request of a list that is there already; its order stays.
    rows : int
        How many a grid asks for at once.
    sort : (str, bool)
        The column that a list begins with, and whether it falls.
    """
    model = asked.get("sortModel") if isinstance(asked, dict) else None
    if model is None:
        name, falling = sort
        model = [{"colId": name, "sort": "desc" if falling else "asc"}]
    return {"startRow": 0, "endRow": rows, "sortModel": model}


def first_rows(asked: Mapping[str, Any], search: str | None, containing: str, rows: Any) -> dict[str, Any]:
    """Return the first rows of a view as ``assets/portions.js`` takes them.

    Parameters
    ----------
    asked : mapping
        The request that they answer.
    search : str or None
        The address's query that they are of.
    containing : str
        Part of an id that they hold.
    rows : dict
        ``rowData`` and ``rowCount``.
    """
    order = ",".join(f"{by.get('colId')}:{by.get('sort')}" for by in asked["sortModel"])
    return {"search": search or "", "order": order, "containing": containing, "rows": rows}


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
