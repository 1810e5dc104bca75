"""The card "Campaigns and notes" on the tab Customers: what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from callbacks.customers.asked import asked_in
from callbacks.customers.contact_saving import register_keeping
from callbacks.shared.address import one_or_none
from layouts.customers import contact as view
from layouts.ids import Customers, Shell
from layouts.parts import refusal
from layouts.plain import plain
from services.core.text.customer_ids import folded
from services.site.customers.contacts import Contacts
from services.site.customers.notes import Notes
from services.site.customers.opt_outs import OptOuts
from services.site.people.roles import Action
from services.site.state import StateUnusable
from services.web.access.asking import Asking, asking, tells_of

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.customers.profile import Profile
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
CARD = {
    "badge": Output(Customers.OUT, "children"),
    "reach": Output(Customers.REACH, "children"),
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

    # a customer's first card comes with all the others: callbacks/customers/wiring.py
    @app.callback(
        output={
            name: Output(place.component_id, place.component_property, allow_duplicate=True)
            for name, place in CARD.items()
        },
        inputs={
            "search": State(Shell.ADDRESS, "search"),
            "_revision": Input(Customers.KEPT_REVISION, "data"),
            "_seen": Input(Shell.SEEN, "data"),
            "release_id": State(Shell.RELEASE, "data"),
            "kept": State(Customers.KEPT, "data"),
        },
        prevent_initial_call=True,
    )
    def on_change(search: str | None, _revision: Any, _seen: Any, release_id: str | None, kept: Any) -> Shown:
        release = services.releases.at(release_id)
        profile = one_or_none(release, asked_in(release, search).ids)
        if profile:
            tells_of(release.id, [profile.customer_id])
        return show(services, release, profile, kept, asking())


def show(services: Services, release: Loaded, profile: Profile | None, kept: Any, who: Asking) -> Shown:
    """Return the card of a customer; empty where none is shown.

    Parameters
    ----------
    services : Services
    release : Loaded
    profile : Profile or None
    kept : dict or None
        Of the card as it stands: what was typed for its customer is not the next one's.
    who : Asking
        Says whether what is kept may be changed, and whether contacts may be seen.
    """
    if profile is None:
        return view.nothing() | _TYPED | {"switch_error": []}
    same = isinstance(kept, dict) and kept.get("id") == profile.customer_id
    typed = dict.fromkeys(_TYPED, no_update) if same else _TYPED
    marked = release.customers.get("opted_out")
    try:
        drawn = view.shown(
            profile.customer_id,
            OptOuts(services.state).one(profile.customer_id),
            Notes(services.state).of(profile.customer_id),
            by_ledger=marked is not None and bool(marked[profile.row]),
            may_change=who.may(Action.SERVE),
            reach=Contacts(services.state).of(folded(profile.customer_id))
            if who.may(Action.CONTACTS)
            else None,
        )
    except StateUnusable as fault:
        # what was typed is still of that customer when the records are back
        said = {"contact": str(fault), "kept": no_update, "switch_error": plain(refusal(None))}
        return view.nothing() | typed | said
    shown: Shown = plain(drawn)
    return shown | typed | {"switch_error": []}
