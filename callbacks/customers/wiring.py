"""Callbacks of the tab Customers, and of the look-up at the top of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.customers import contact
from callbacks.customers import offers as customers_offers
from callbacks.customers import orders as customers_orders
from callbacks.customers.asked import asked_in
from callbacks.customers.places import CARDS, HEAD, PLACES, STATE
from callbacks.customers.view import BUYERS_SHOWN, answer, cards
from callbacks.shared.address import one_or_none
from layouts.customers import states as view
from layouts.ids import Customers, Shell
from layouts.plain import plain
from services.core.refusals import Refusal
from services.serving.customers import profile as customers
from services.serving.customers.bought import buyers_of
from services.web.access.asking import asking, lists, seen_contacts, tells_of

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    customers_offers.register(app, services, tell)
    customers_orders.register(app, services, tell)
    contact.register(app, services)
    app.clientside_callback(
        ClientsideFunction("desk_customers", "find"),
        Output(Customers.ENTRY, "value"),
        Input(Customers.FIND, "n_clicks"),
        State(Customers.ENTRY, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk_customers", "entitle"),
        Output(Customers.ID, "title"),
        Input(Customers.ID, "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk_cards", "build"),
        [Output(place, "children") for place in PLACES],
        Input(Customers.CARDS, "data"),
        Input(Customers.MONTHS_FINDING, "children"),
    )

    @app.callback(
        Output(Shell.LOOKUP_OPTIONS, "children"),
        Input(Shell.LOOKUP, "value"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_typing(typed: str | None, release_id: str | None) -> Any:
        return plain(view.options(customers.complete(services.releases.at(release_id), typed or "")))

    @app.callback(
        output=STATE | HEAD,
        inputs={"search": Input(Shell.ADDRESS, "search"), "release_id": State(Shell.RELEASE, "data")},
    )
    def on_address(search: str | None, release_id: str | None) -> Shown:
        release = services.releases.at(release_id)
        asked = asked_in(release, search)
        if len(asked.products) == 1:
            shown = min(BUYERS_SHOWN, len(buyers_of(release, asked.products[0])))
            lists(release.id, "/customers", [("bought", asked.products[0].name)], shown)
        elif asked.sharing:
            shown = len({each.row for each in asked.sharing.found})
            lists(release.id, "/customers", [("order", asked.ids[0].strip())], shown)
        else:
            tell(release, asked.looked_up)
        return answer(release, asked, seen_contacts(services))

    @app.callback(
        output={"cards": CARDS, "contact": contact.CARD},
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "kind": State(Customers.OFFERS_KIND, "value"),
            "method": State(Customers.OFFERS_METHOD, "value"),
            "kept": State(Customers.KEPT, "data"),
        },
    )
    def on_address_cards(
        search: str | None, release_id: str | None, kind: str, method: str, kept: Any
    ) -> Shown:
        release = services.releases.at(release_id)
        asked = asked_in(release, search)
        tell(release, asked.looked_up)
        profile = one_or_none(release, asked.ids)
        return {
            "cards": cards(release, profile, kind, method, asked.order),
            "contact": contact.show(services, release, profile, kept, asking()),
        }


def tell(release: Loaded, asked: list[str]) -> None:
    """Have it logged who is looked up."""
    if asking().name is None or not asked:
        return  # nobody signs in, or nobody is looked up
    if len(asked) == 1 and (row := release.row_of(asked[0])) is not None:
        tells_of(release.id, [release.id_of(row)])  # as most are, without making profiles
        return
    try:
        found, unknown = customers.several(release, asked)
    except Refusal:
        return
    tells_of(release.id, [*(each.customer_id for each in found), *unknown])
