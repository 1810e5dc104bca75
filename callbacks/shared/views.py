"""The menu of saved views on a tab: listed as it is opened, and what is saved, renamed and deleted in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update, set_props
from dash.exceptions import PreventUpdate

from layouts.ids import Shell
from layouts.parts import refusal, toast
from layouts.parts import views as menu
from layouts.plain import plain
from services.core.filters import CONTACTS
from services.core.language.messages import _
from services.core.parameters import LOOKS
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.site.people.roles import Action, Role
from services.site.state import StateUnusable
from services.site.tabs import TABS
from services.site.views import View, Views
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
_PATHS = {tab.key: tab.path for tab in TABS}


def register_views(app: Dash, services: Services, tab: str, parameters: Collection[str]) -> None:
    """Attach the menu of a tab to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    tab : str
        Its key.
    parameters : collection of str
        All that its address can ask for; a view keeps nothing else of it.
    """
    of = menu.ViewsMenu(tab)

    @app.callback(
        output={
            "listed": Output(of.listed, "children"),
            "choices": Output(of.choices, "options"),
            "chosen": Output(of.choices, "value"),
            "name": Output(of.name, "value"),
            "error": Output(of.error, "children"),
            "change_hidden": Output(of.change, "hidden"),
            "change_error": Output(of.change_error, "children"),
        },
        inputs={
            "asked": Input(of.asked, "data"),
            "name": State(of.name, "value"),
            "chosen": State(of.choices, "value"),
            "new_name": State(of.new_name, "value"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_asked(
        asked: Shown | None,
        name: str | None,
        chosen: list[str] | None,
        new_name: str | None,
        release_id: str | None,
    ) -> Shown:
        if not asked:
            raise PreventUpdate
        pins = asked["what"] == "save" and menu.PINNED in (chosen or ())
        pinned = services.releases.at(release_id).id if pins else None
        who = asking()
        query = kept(asked["search"], understood(parameters, who), pinned)
        typed = new_name if asked["what"] == "rename" else name
        team = menu.TEAM in (chosen or ())
        shown = answer(services, who, asked, _PATHS[tab], query, typed or "", team=team)
        told = shown.pop("toast")
        # as an output it would be there before the page is, and the page as it opens would ask for it
        if told is not no_update:
            set_props(Shell.TOAST, {"data": told})
        return shown


def understood(parameters: Collection[str], who: Asking) -> frozenset[str]:
    """Return the parameters that a page follows for somebody: contacts’ for those alone who may see them."""
    known = frozenset(parameters)
    return known if who.may(Action.CONTACTS) else known - CONTACTS.keys()


def kept(search: str, parameters: Collection[str], pinned: str | None) -> str:
    """Return what a view keeps of an address: what its page understands, and a release that is pinned.

    Parameters
    ----------
    search : str
        The address's query.
    parameters : collection of str
        The page's.
    pinned : str or None
        Id of the release whose numbers the view is to show.
    """
    known = {*parameters, *LOOKS} - {"release"}
    pairs = [(name, values) for name, values in query_of(search).items() if name in known]
    return urlencode([*pairs, *([("release", pinned)] if pinned else [])], doseq=True)


def answer(
    services: Services, who: Asking, asked: Shown, path: str, query: str, typed: str, *, team: bool
) -> Shown:
    """Do what is asked for in the menu, and return what it shows then.

    Parameters
    ----------
    services : Services
    who : Asking
    asked : dict
        ``what``: save, rename, delete, or open, which only lists; ``view`` and ``seen``, the id and the name
        of the view that is changed.
    path, query : str
        Of the page, as a view keeps them.
    typed : str
        The name.
    team : bool
        Whether a view is saved for everybody; on a site that nobody signs in to every one is, so that it is
        still there once people do.
    """
    views = Views(services.state, who.account, keeps_all=who.role is Role.ADMIN)
    what: str = asked["what"]
    told: Any = no_update
    same: Shown = {"name": no_update, "chosen": no_update, "change_hidden": no_update, "toast": no_update}
    alone = who.name is None
    try:
        if what == "save":
            if team and not who.may(Action.CAMPAIGNS):
                raise Refusal(_("Your role cannot save views for the team. Save it for yourself."), "name")
            made = views.add(typed, path, query, shared=team or alone)
            told = toast(_("View saved"), _saved(made))
            same |= {"name": "", "chosen": []}
        elif what == "rename":
            renamed = views.rename(asked["view"] or 0, asked["seen"], typed)
            told = toast(_("View renamed"), _("“{old}” is now “{new}”.", old=asked["seen"], new=renamed.name))
        elif what == "delete":
            gone = views.delete(asked["view"] or 0, asked["seen"])
            told = toast(_("View deleted"), _deleted(gone))
        shown = _listed(views, who)
    except Refusal as refused:
        errors: Shown = {"error": [], "change_error": []}
        changes = what in ("rename", "delete")
        errors["change_error" if changes else "error"] = plain(refusal(str(refused)))
        # what was changed meanwhile is seen beside the sentence
        now = _listed(views, who) if changes and not isinstance(refused, StateUnusable) else no_update
        return same | {"listed": now, "choices": no_update, **errors}
    return same | {
        "listed": shown,
        "choices": menu.choices(for_team=not alone and who.may(Action.CAMPAIGNS)),
        "error": [],
        "change_error": [],
        # one that is chosen while the list is on its way stays
        "change_hidden": no_update if what == "open" else True,
        "toast": told,
    }


def _listed(views: Views, who: Asking) -> Any:
    """Return the list; a view that narrows by contacts is shown only to whoever saved it or may see contacts.

    Somebody whose role was lowered still sees their own views: the names are taken and the places used.
    """
    found = [
        view
        for view in views.listed()
        if who.may(Action.CONTACTS)
        or view.owner == who.account
        or not CONTACTS.keys() & query_of(view.query).keys()
    ]
    names = {tab.path: tab.name for tab in TABS}
    rows = {
        shared: [
            menu.Listed(
                view.id,
                view.name,
                names.get(view.path, view.path),
                view.address,
                view.owner if shared and who.name is not None else "",
                views.may_change(view),
            )
            for view in found
            if view.shared is shared
        ]
        for shared in (False, True)
    }
    if who.name is None:
        return plain(menu.listed(rows[True]))
    return plain(menu.listed(rows[False], rows[True]))


def _saved(view: View) -> str:
    if view.shared:
        return _("“{name}” is under Views for everybody.", name=view.name)
    return _("“{name}” is under Views for you.", name=view.name)


def _deleted(view: View) -> str:
    if view.shared:
        return _("“{name}” is gone for everybody.", name=view.name)
    return _("“{name}” is gone.", name=view.name)
