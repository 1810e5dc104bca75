"""The filters by what contacts say: whom they are offered to, and a column's values as it is chosen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.ids import Shell
from layouts.parts import contact_filters as view
from layouts.plain import plain
from services.core.filters import AGREED, ATTRIBUTE
from services.core.refusals import Refusal
from services.site.state import StateUnusable

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
SHOWN = 50
"""Values of a column that are listed at once."""


def offering(tab: str) -> Shown:
    """Return the outputs of :func:`offered` on a tab."""
    of = view.ContactFilters(tab)
    return {
        "attribute_hidden": Output(of.place(ATTRIBUTE), "hidden"),
        "agreed_hidden": Output(of.place(AGREED), "hidden"),
        "columns": Output(of.column, "options"),
    }


def offered(by_contacts: ByContacts | None) -> Shown:
    """Return which of the filters can be used: none by who may not see contacts, or without contacts."""
    columns: list[str] = []
    known = False
    if by_contacts is not None:
        with suppress(StateUnusable):  # as without contacts; the page tells of what its address asks for
            columns, known = by_contacts.columns(), by_contacts.known()
    return {
        "attribute_hidden": not columns,
        "agreed_hidden": not known,
        "columns": [{"value": name, "label": name} for name in columns],
    }


def values(release: Loaded, by_contacts: ByContacts, column: str, part: str) -> Any:
    """Return a column's values to choose from, as customers of the release have them, or why there are none.

    Parameters
    ----------
    release : Loaded
        Whose customers are counted.
    by_contacts : ByContacts
    column, part : str
        A header of the contacts, and what is typed of a value, in small or capital letters; empty for all.
    """
    try:
        known = by_contacts.column(release, column)
    except StateUnusable as fault:
        return str(fault)
    except Refusal as refused:
        return f"{refused}."
    wanted = " ".join(part.split()).casefold()
    found = [
        (value, customers)
        for value, customers in zip(known.values, known.customers, strict=True)
        if customers and wanted in value.casefold()
    ]
    return plain(view.values(column, found[:SHOWN], None if wanted else known.without, len(found)))


def register_contact_filters(app: Dash, services: Services, tab: str) -> None:
    """Attach the filters of a tab to ``app``; :func:`offered` comes with the tab's own answers."""
    of = view.ContactFilters(tab)

    @app.callback(
        Output(of.menu(ATTRIBUTE), "children"),
        Input(of.column, "value"),
        Input(of.part, "value"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_column(column: str | None, part: str | None, release_id: str | None) -> Any:
        release = services.releases.at(release_id)
        return values(release, services.by_contacts, column, part or "") if column else []

    app.clientside_callback(
        ClientsideFunction("filters", "mark"),
        Output(of.marked, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(of.menu(ATTRIBUTE), "children"),
    )
