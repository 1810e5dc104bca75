"""The callback of the card "Contacts": at a press a file that was sent is kept; what became of it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from layouts.data import contacts as view
from layouts.ids import Data
from layouts.parts import refusal
from layouts.plain import plain
from services.core.refusals import Refusal
from services.site.customers.contacts import Contacts
from services.site.state import StateUnusable
from services.site.uploads import Uploads
from services.web.access.asking import Asking, asking
from services.web.uploads.looking import ask, in_words

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]


def register_contacts(app: Dash, services: Services) -> None:
    """Attach the card's callback to ``app``."""

    @app.callback(
        output={
            "result": Output(Data.CONTACTS_RESULT, "children"),
            "doing": Output(Data.CONTACTS_DOING, "children"),
            "keep_hidden": Output(Data.CONTACTS_KEEP_BAR, "hidden"),
            "finding": Output(Data.CONTACTS_FINDING, "children", allow_duplicate=True),
        },
        inputs={
            "clicks": Input(Data.CONTACTS_KEEP, "n_clicks"),
            "upload": State(Data.CONTACTS_SENT, "data"),
            "choices": State(Data.CONTACTS_CHOICES, "value"),
        },
        running=[
            (Output(each, "disabled"), True, False) for each in (Data.CONTACTS_CHOOSE, Data.CONTACTS_KEEP)
        ],
        prevent_initial_call=True,
    )
    def on_keep(clicks: int | None, upload: str | None, choices: list[str] | None) -> Shown:
        if not clicks or not upload:
            raise PreventUpdate
        return keep(services, upload, choices or [], asking())


def finding(services: Services) -> str:
    """Say how many contacts there are."""
    try:
        return view.of_standing(Contacts(services.state).standing())
    except StateUnusable as fault:
        return str(fault)


def keep(services: Services, upload: str, choices: list[str], who: Asking) -> Shown:
    """Keep the contacts of an upload, which goes afterwards, and say what became of it.

    Parameters
    ----------
    services : Services
    upload : str
        Its id.
    choices : list of str
        Of ``layouts.data.contacts.CHOICES``.
    who : Asking
        Whose upload it is.
    """
    uploads = Uploads(services.settings.state_dir)
    options = [f"--{each.replace('_', '-')}" for each in view.CHOICES if each in choices]
    try:
        sent = uploads.one(upload, who.account)
        try:
            with in_words():
                words = ["contacts", "--json", f"--by={who.account}", *options]
                told = ask(services.settings.state_dir, sent, words)
        finally:
            uploads.remove(sent)  # it is full of addresses, and is chosen again after a refusal
    except Refusal as refused:
        said = plain(refusal(str(refused)))
        return {"result": said, "doing": "", "keep_hidden": True, "finding": no_update}
    kept = plain(view.result(told))
    return {"result": kept, "doing": "", "keep_hidden": True, "finding": finding(services)}
