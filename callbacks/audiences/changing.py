"""The callbacks that start, rename, archive, bring back and delete a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, no_update, set_props
from dash.exceptions import PreventUpdate

from callbacks.audiences.view import ANSWERS, show
from layouts.audiences import list_words as said
from layouts.ids import Audiences, Shell
from layouts.parts import refusal, toast
from layouts.plain import plain
from services.campaigns.saving import days_from, line
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.audience_changes import Changes
from services.site.customers.audiences import Audiences as Store
from services.site.people.audit import NOBODY
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
BUTTONS = {
    "start": Audiences.BEGIN,
    "rename": Audiences.RENAME,
    "archive": Audiences.ARCHIVE,
    "restore": Audiences.RESTORE,
    "delete": Audiences.DELETE,
}


def register_changing(app: Dash, services: Services, page: Mapping[str, Output]) -> None:
    """Attach the callback of the buttons to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    page : mapping of str to Output
        All that the page shows for an address.
    """

    @app.callback(
        output={
            "page": {
                name: Output(each.component_id, each.component_property, allow_duplicate=True)
                for name, each in page.items()
            },
            "error": Output(Audiences.CHANGE_ERROR, "children"),
            "word": Output(Audiences.DELETE_WORD, "value"),
        },
        inputs={
            "clicks": {name: Input(each, "n_clicks") for name, each in BUTTONS.items()},
            "name": State(Audiences.RENAME_NAME, "value"),
            "word": State(Audiences.DELETE_WORD, "value"),
            "seen": State(Audiences.SEEN, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        running=[(Output(each, "disabled"), True, False) for each in BUTTONS.values()],
        prevent_initial_call=True,
    )
    def on_change(
        clicks: dict[str, int | None],
        name: str | None,
        word: str | None,
        seen: Shown | None,
        search: str | None,
        release_id: str | None,
    ) -> Shown:
        what = next((each for each, of in BUTTONS.items() if of == ctx.triggered_id), None)
        if what is None or not clicks[what] or seen is None:
            raise PreventUpdate
        release = services.releases.at(release_id)
        typed = (word if what == "delete" else name) or ""
        told = change(services, release, search, what, seen, typed, asking().account)
        # As outputs, these two would have Dash ask for all of it as soon as the buttons appear.
        beside = {Shell.ADDRESS: ("search", told.pop("search")), Shell.TOAST: ("data", told.pop("toast"))}
        for component, (name, value) in beside.items():
            if value is not no_update:
                set_props(component, {name: value})
        return told


def change(
    services: Services,
    release: Loaded,
    search: str | None,
    what: str,
    seen: Shown,
    typed: str = "",
    who: str = NOBODY,
) -> Shown:
    """Change the campaign that a page shows, or say why not under its buttons.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query.
    what : str
        One of ``BUTTONS``.
    seen : dict
        ``audience`` and ``name`` as the page shows them.
    typed : str
        The new name, or the word that deleting asks for.
    who : str
        For the audit log.
    """
    untouched = dict.fromkeys(ANSWERS, no_update)
    try:
        told = _done(services, release, what, int(seen["audience"]), str(seen["name"]), typed, who)
    except Refusal as refused:
        error = plain(refusal(str(refused)))
        return {"page": untouched, "error": error, "word": no_update, "search": no_update, "toast": no_update}
    receipt = toast(told)
    if what == "delete":
        return {"page": untouched, "error": [], "word": "", "search": "", "toast": receipt}
    page = show(services, release, search)
    return {"page": page, "error": [], "word": "", "search": no_update, "toast": receipt}


def _done(
    services: Services, release: Loaded, what: str, number: int, name: str, typed: str, who: str
) -> str:
    changes = Changes(services.state, who)
    if what == "start":
        draft = Store(services.state).one(number).draft
        changes.start(number, name, *days_from(release, draft))
        return said.started(name)
    if what == "rename":
        new = line(typed, "name")
        changes.rename(number, name, new)
        return said.renamed(new)
    if what == "delete":
        if typed.strip().casefold() != said.WORD:
            raise Refusal(
                _("Type the word “{word}” first, so that nothing is deleted by accident.", word=said.WORD),
                "change",
            )
        return said.deleted(name, changes.delete(number, name))
    changes.archive(number, name, archived=what == "archive")
    return said.archived(name, back=what == "restore")
