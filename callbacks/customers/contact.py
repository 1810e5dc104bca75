"""The card "Campaigns and notes" on the tab Customers: what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from callbacks.customers.contact_saving import one_in, register_keeping
from layouts.customers import contact as view
from layouts.ids import Customers, Shell
from layouts.parts import refusal
from layouts.plain import plain
from services.core.refusals import Refusal
from services.site.customers.notes import Notes
from services.site.customers.opt_outs import OptOuts
from services.site.state import StateUnusable
from services.web.access.asking import asking, tells_of

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
CARD = {
    "badge": Output(Customers.OUT, "children"),
    "contact": Output(Customers.CONTACT, "children"),
    "switch": Output(Customers.SWITCH, "children"),
    "switch_hidden": Output(Customers.SWITCH_PART, "hidden"),
    "switch_error": Output(Customers.SWITCH_ERROR, "children"),
    "form_hidden": Output(Customers.REMARK_FORM, "hidden"),
    "remark": Output(Customers.REMARK, "value"),
    "remark_error": Output(Customers.REMARK_ERROR, "children"),
    "remarks": Output(Customers.REMARKS, "children"),
    "kept": Output(Customers.KEPT, "data"),
}

_TYPED: Shown = {"remark": "", "remark_error": []}


def register(app: Dash, services: Services) -> None:
    """Attach the card's callbacks to ``app``."""
    register_keeping(app, services)

    @app.callback(
        output=CARD,
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "_revision": Input(Customers.KEPT_REVISION, "data"),
            "_seen": Input(Shell.SEEN, "data"),
            "release_id": State(Shell.RELEASE, "data"),
            "kept": State(Customers.KEPT, "data"),
        },
    )
    def on_contact(
        search: str | None, _revision: Any, _seen: Any, release_id: str | None, kept: Any
    ) -> Shown:
        return show(services, search, release_id, kept, may_change=asking().may_change)


def show(
    services: Services, search: str | None, release_id: str | None, kept: Any, *, may_change: bool
) -> Shown:
    """Return the card of the one customer that an address asks for; empty for anything else.

    Parameters
    ----------
    services : Services
    search : str or None
        The address's query.
    release_id : str or None
    kept : dict or None
        Of the card as it stands: what was typed for its customer is not the next one's.
    may_change : bool
        Whether who asks may change what is kept.
    """
    try:
        release, profile = one_in(services, search, release_id)
    except Refusal:
        return view.nothing() | _TYPED | {"switch_error": []}
    same = isinstance(kept, dict) and kept.get("id") == profile.customer_id
    typed = dict.fromkeys(_TYPED, no_update) if same else _TYPED
    tells_of(release.id, [profile.customer_id])
    marked = release.customers.get("opted_out")
    try:
        drawn = view.shown(
            profile.customer_id,
            OptOuts(services.state).one(profile.customer_id),
            Notes(services.state).of(profile.customer_id),
            by_ledger=marked is not None and bool(marked[profile.row]),
            may_change=may_change,
        )
    except StateUnusable as fault:
        # what was typed is still of that customer when the records are back
        said = {"contact": str(fault), "kept": no_update, "switch_error": plain(refusal(None))}
        return view.nothing() | typed | said
    shown: Shown = plain(drawn)
    return shown | typed | {"switch_error": []}
