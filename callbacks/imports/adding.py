"""The callback that adds a file to the ledger, or puts it in the ledger's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, ctx, no_update

from callbacks.imports.asked import asked
from layouts.ids import Imports, Shell
from layouts.parts import refusal
from layouts.plain import plain
from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.site.uploads import Uploads
from services.web.access.asking import Asking, asking
from services.web.uploads.looking import add, in_words

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]


def register_adding(app: Dash, services: Services) -> None:
    """Attach the callback of the buttons to ``app``."""

    @app.callback(
        output={
            "refused": Output(Imports.ADDING_ERROR, "children", allow_duplicate=True),
            "search": Output(Shell.ADDRESS, "search", allow_duplicate=True),
        },
        inputs={
            "_add": Input(Imports.ADD, "n_clicks"),
            "_replace": Input(Imports.REPLACE, "n_clicks"),
            "search": State(Shell.ADDRESS, "search"),
        },
        running=[
            (Output(Imports.ADD, "disabled"), True, False),
            (Output(Imports.REPLACE, "disabled"), True, False),
        ],
        prevent_initial_call=True,
    )
    def on_press(_add: int | None, _replace: int | None, search: str | None) -> Shown:
        return place(services, search, asking(), replaces=ctx.triggered_id == Imports.REPLACE)


def place(services: Services, search: str | None, who: Asking, *, replaces: bool) -> Shown:
    """Add the file of an address to the ledger, or say why it cannot be added.

    Parameters
    ----------
    services : Services
    search : str or None
        The address's query, with what was answered.
    who : Asking
        Whose upload it is.
    replaces : bool
        Whether all other files of the ledger go.
    """
    wanted, state_dir = asked(search), services.settings.state_dir
    try:
        if wanted.file is None:
            raise NotFound(_("There is no file to add."), "id")
        upload = Uploads(state_dir).one(wanted.file, who.account)
        with in_words():
            done = add(state_dir, upload, wanted.answers, replaces=replaces)
    except Refusal as refused:
        return {"refused": plain(refusal(str(refused))), "search": no_update}
    return {"refused": [], "search": f"?{urlencode({'added': (done['added'] + done['known'])[0]['id']})}"}
