"""The callback that saves an audience."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.audiences.view import described, errors, no_errors, typed
from layouts.ids import Audiences, Shell
from services.campaigns import saving
from services.campaigns.selection import SAVE, selected
from services.core.language.messages import ENGLISH, _, use
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.site.customers.audiences import Audiences as Store
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import NOBODY
from services.web.access.asking import asking, seen_contacts

if TYPE_CHECKING:
    from services.campaigns.selection import Selection
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]


def register_saving(
    app: Dash, services: Services, fields: Mapping[str, str], lines: Mapping[str, str]
) -> None:
    """Attach the callback of the button to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    fields, lines : mapping of str to str
        Ids of the fields and of their error lines, by name.
    """

    @app.callback(
        output={
            "errors": {name: Output(line, "children", allow_duplicate=True) for name, line in lines.items()},
            "search": Output(Shell.ADDRESS, "search", allow_duplicate=True),
            "name": Output(Audiences.NAME, "value"),
        },
        inputs={
            "clicks": Input(Audiences.SAVE, "n_clicks"),
            "drafted": Input(Audiences.DRAFT, "n_clicks"),
            "values": {name: State(each, "value") for name, each in fields.items()},
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        running=[
            *((Output(each, "disabled"), True, False) for each in (Audiences.SAVE, Audiences.DRAFT)),
            (Output(Audiences.SAVING, "hidden"), False, True),
        ],
        prevent_initial_call=True,
    )
    def on_save(
        clicks: int | None, drafted: int | None, values: Shown, search: str | None, release_id: str | None
    ) -> Shown:
        # Dash calls this too when the form's buttons appear
        started = ctx.triggered_id == Audiences.SAVE
        if not (clicks if started else drafted):
            raise PreventUpdate
        seen = seen_contacts(services)
        return save(services, release_id, search, values, asking().account, started=started, by_contacts=seen)


def save(
    services: Services,
    release_id: str | None,
    search: str | None,
    values: Shown,
    who: str = NOBODY,
    *,
    started: bool = True,
    by_contacts: ByContacts | None = None,
) -> Shown:
    """Save the view of an address as an audience and lead to it, or say why not beside the field.

    Parameters
    ----------
    services : Services
    release_id : str or None
        The release that the page shows.
    search : str or None
        The address's query.
    values : dict
        The form's fields by name.
    who : str
        Who saves, for the audit log.
    started : bool
        Whether its campaign runs on its days; else it stays a draft.
    by_contacts : ByContacts, optional
        As of ``services.campaigns.selection.selected``.
    """
    try:
        release = services.releases.at(release_id)
        query = query_of(search)
        if SAVE not in query:
            raise Refusal(
                _("There is nothing to save yet. Start on Segments, Movement, Cohorts or Churn."), "save"
            )
        selection = selected(release, query, OptOuts(services.state), by_contacts)
        store, words = Store(services.state, who), copy_context().run(_in_english, release, selection)
        number = saving.save(store, release, selection, typed(values), words, started=started)
    except Refusal as refused:
        return {"errors": errors(refused), "search": no_update, "name": no_update}
    return {"errors": no_errors(), "search": f"?audience={number}", "name": ""}


def _in_english(release: Loaded, selection: Selection) -> str:
    """Say which customers a view is as it is stored: everybody reads it, in whatever language."""
    use(ENGLISH)
    return described(release, selection)
