"""What the tab Baskets answers to a step of the reader: plain functions, values in, values out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import no_update

from callbacks.baskets.builder import PRESSES, from_set, show_builder
from callbacks.baskets.cards import show_following, show_group
from callbacks.baskets.filter_lists import CHOICES
from callbacks.baskets.filters import focus, narrow, put_in_basket
from callbacks.baskets.outputs import OUTPUTS, SHOWN
from callbacks.baskets.view import missing, show
from callbacks.shared.grid_requests import first_rows, portion_of
from callbacks.shared.kept import kept
from callbacks.shared.remembered import remembered
from layouts.baskets.details import set_details
from layouts.baskets.filters import FIELDS
from layouts.baskets.table import PORTION
from layouts.baskets.words import basket
from layouts.ids import Baskets
from layouts.plain import plain
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.rules.address import view_at
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.index import rule_index
from services.serving.rules.sets import best_of_sets, of_one_set
from services.serving.rules.table import (
    DEFAULT_SORT,
    SORTABLE,
    Sort,
    ordered,
    page,
    read_sort,
    sort_text,
)

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.serving.rules.index import Rows

Shown = dict[str, Any]
_FIELD_OF = {place: name for name in FIELDS for place in (Baskets.apply(name), Baskets.field(name))}


def answer(
    services: Services, release: Loaded, search: str | None, pressed: str | None, given: Shown, there: Shown
) -> Shown:
    """Return the whole page for its address, or for what was pressed on it, with the address it then has.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query.
    pressed : str or None
        Id of what was pressed, chosen or entered; None for the address itself.
    given : dict
        ``choices`` by list, ``point`` of the picture, ``values`` of the fields, ``product`` for the basket,
        and what stands in the fields of the ``builder``.
    there : dict
        What stands on the page: the group's ``scope`` and ``tests``, and what its table last ``asked``.
    """
    same = kept(OUTPUTS)
    if release.overview.baskets_missing:
        return same | {"shown": missing(release.overview.baskets_missing)}
    done = step(release, search, pressed, given)
    same |= {part: same[part] | done[part] for part in ("values", "product", "builder") if part in done}
    to = done["address"]
    if to is no_update:
        return same | {"shown": same["shown"] | {name: done[name] for name in SHOWN if name in done}}
    asked = view_at(release, to)
    filters, scope = asked.filters, asked.filters.scope
    found = find(release, filters)
    key = ("baskets-cards", release.id, filters.to_query())
    built = show_builder(release, asked, pressed, given["builder"]["of"])
    for part, changed in done.get("builder", {}).items():
        built[part] |= changed
    shown = same | {
        "builder": built,
        "shown": show(release, asked, found, there["scope"]),
        "cards": remembered(services, key, lambda: show_following(release, filters, found)),
        "list": first(release, to, filters, found, there["asked"] if there["tests"] else None),
    }
    if scope != there["scope"] or not there["tests"]:
        of = remembered(services, ("baskets-group", release.id, scope), lambda: show_group(release, scope))
        known = ("options", "periods") if there["tests"] == of["tests"] else ()
        shown["group"] = of | dict.fromkeys(known, no_update)
    return shown | {"address": no_update if to == (search or "") else to}


def step(release: Loaded, search: str | None, pressed: str | None, given: Shown) -> Shown:
    """Return the address that a step leads to, with what it does to the fields; or a refusal.

    Parameters
    ----------
    release : Loaded
    search : str or None
    pressed : str or None
    given : dict
        As :func:`answer` takes them.

    Returns
    -------
    dict
        ``address``, no_update where nothing is to be shown; and what else changes.
    """
    if pressed in _FIELD_OF:
        return narrow(release, search, _FIELD_OF[pressed], given["values"][_FIELD_OF[pressed]])
    if pressed in (Baskets.BASKET_ADD, Baskets.BASKET_INPUT):
        return put_in_basket(release, search, given["product"])
    if pressed in PRESSES:
        return PRESSES[pressed](release, search, given["builder"])
    if pressed in CHOICES:
        return {"address": CHOICES[pressed](release, search, given["choices"][pressed])}
    if pressed == Baskets.SCATTER:
        return {"address": focus(release, search, given["point"])}
    return {"address": search or ""}


def first(release: Loaded, search: str | None, filters: RuleFilters, found: Rows, asked: Any) -> Shown:
    """Return the first rows of a view in the order of the table, or of the address where it opens."""
    try:
        sort = read_sort(query_of(search).get("sort", [sort_text(DEFAULT_SORT)])[-1])
    except Refusal:
        sort = DEFAULT_SORT
    model = [{"colId": name, "sort": "desc" if falling else "asc"} for name, falling in sort]
    model = asked["sortModel"] if isinstance(asked, dict) and "sortModel" in asked else model
    request = {"startRow": 0, "endRow": PORTION, "sortModel": model}
    listed = _portion(release, request, filters, found)
    return listed | {"portion": first_rows(request, search, "", listed.pop("rows"))}


def rows(release: Loaded, asked: Shown, search: str | None) -> Shown:
    """Return the portion of the table that the grid asks for, and where the same view is a file.

    Parameters
    ----------
    release : Loaded
    asked : dict
        ``startRow``, ``endRow`` and ``sortModel``, as AG Grid sends them.
    search : str or None
        The address's query.
    """
    if release.overview.baskets_missing:
        return {"rows": {"rowData": [], "rowCount": 0}, "export": no_update, "export_rows": no_update}
    filters = view_at(release, search).filters
    return _portion(release, asked, filters, find(release, filters))


def details(release: Loaded, search: str | None, opened: Shown) -> Any:
    """Return what is known of the set of products whose row was opened; nothing where there is no such row.

    Parameters
    ----------
    release : Loaded
    search : str or None
        The address's query.
    opened : dict
        ``row``, the row's id in the table.
    """
    asked = view_at(release, search)
    filters = asked.filters
    there = {str(row): row for row in find(release, replace(filters, unpruned=True)).tolist()}
    if opened["row"] not in there:
        return []
    whole = basket(rule_index(release).entry(filters.scope))
    rules = page(release, of_one_set(release, there[opened["row"]]))
    return plain(set_details(rules, whole, from_set(asked, tuple(sorted(rules[0]["items"])))))


def _portion(release: Loaded, asked: Shown, filters: RuleFilters, found: Rows) -> Shown:
    sort = _sort(asked.get("sortModel"))
    listed = ordered(release, best_of_sets(release, found), sort)
    address = export_address(release, filters, sort)
    portion = {"rowData": page(release, listed[portion_of(asked)]), "rowCount": len(listed)}
    return {"rows": portion, "export": address, "export_rows": address}


def _sort(model: Any) -> Sort:
    parts = [part for part in model or () if isinstance(part, dict) and part.get("colId") in SORTABLE]
    return tuple((part["colId"], part.get("sort") == "desc") for part in parts)


def export_address(release: Loaded, filters: RuleFilters, sort: Sort = DEFAULT_SORT) -> str:
    """Return where the rules of a view are a file, in the table's order."""
    parts = [filters.to_query(), f"sort={sort_text(sort)}" if sort else "", f"release={release.id}"]
    return "/export/rules.csv?" + "&".join(part for part in parts if part)
