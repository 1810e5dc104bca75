"""Callbacks of the tab Customers, and of the look-up at the top of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.customers import contact
from callbacks.customers import offers as customers_offers
from callbacks.shared.address import ids_in, one_or_none
from layouts.customers import cards as customers_cards
from layouts.customers import states as view
from layouts.customers import value as customers_value
from layouts.customers.figures import NOTHING
from layouts.ids import Customers, Shell
from layouts.parts import empty
from layouts.plain import plain
from services.core.refusals import Refusal
from services.core.vocabulary import AXES
from services.serving.customers import near_ids
from services.serving.customers import profile as customers
from services.serving.customers.page import details, habits, standing
from services.serving.customers.returns import returned_all
from services.serving.release.expected import expected_spend, own_value, why_no_value
from services.web.access.asking import asking, tells_of

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.customers.profile import Profile
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]

STATE = {
    "finder": Output(Customers.FINDER, "hidden"),
    "page": Output(Customers.PAGE, "hidden"),
    "answer": Output(Customers.ANSWER, "children"),
}
HEAD = {
    "id": Output(Customers.ID, "children"),
    "segment": Output(Customers.SEGMENT, "children"),
    "cluster": Output(Customers.CLUSTER, "children"),
    "reason": Output(Customers.REASON, "children"),
    "country": Output(Customers.COUNTRY, "children"),
    "first": Output(Customers.FIRST, "children"),
    "last": Output(Customers.LAST, "children"),
    "margin": Output(Customers.MARGIN, "children"),
    "with_order": Output(Customers.WITH, "children"),
    "without": Output(Customers.WITHOUT, "children"),
    "expected": Output(Customers.EXPECTED, "children"),
    "leaving": Output(Customers.LEAVING, "children"),
    "counted": Output(Customers.COUNTED, "children"),
    "values": {axis: Output(Customers.amount(axis), "children") for axis in AXES},
    "squares": {axis: Output(Customers.squares(axis), "style") for axis in AXES},
    "scores": {axis: Output(Customers.score(axis), "children") for axis in AXES},
    "missing": Output(Customers.MISSING, "children"),
    "crumb": Output(Customers.CRUMB, "children"),
}
FINDINGS = {
    "months_finding": Output(Customers.MONTHS_FINDING, "children"),
    "history_finding": Output(Customers.HISTORY_FINDING, "children"),
    "gaps_finding": Output(Customers.GAPS_FINDING, "children"),
    "favourites_finding": Output(Customers.FAVOURITES_FINDING, "children"),
    "values_finding": Output(Customers.VALUES_FINDING, "children"),
    "value_finding": Output(Customers.VALUE_FINDING, "children"),
    "distances_finding": Output(Customers.DISTANCES_FINDING, "children"),
    "orders_finding": Output(Customers.ORDERS_FINDING, "children"),
    "similar_finding": Output(Customers.SIMILAR_FINDING, "children"),
}
CARDS = FINDINGS | {
    "months": Output(Customers.MONTHS, "figure"),
    "gaps": Output(Customers.GAPS, "figure"),
    "gaps_hidden": Output(Customers.GAPS_BODY, "hidden"),
    "favourites_note": Output(Customers.FAVOURITES_NOTE, "children"),
    "gaps_none": Output(Customers.GAPS_NONE, "children"),
    "values": Output(Customers.VALUES, "figure"),
    "orders": Output(Customers.ORDERS, "rowData"),
    "value": Output(Customers.VALUE, "figure"),
    "value_note": Output(Customers.VALUE_NOTE, "children"),
    "parts": Output(Customers.CARDS, "data"),
    **customers_offers.OUTPUTS,
}
SEARCHED = 2_000
_LOOKS: WeakKeyDictionary[Loaded, view.Looks] = WeakKeyDictionary()
#: Where the browser puts what it builds of ``parts``.
PLACES = (
    Customers.MONTHS_TABLE,
    Customers.HISTORY,
    Customers.HISTORY_TABLE,
    Customers.GAPS_TABLE,
    Customers.FAVOURITES,
    Customers.FAVOURITES_TABLE,
    Customers.VALUES_TABLE,
    Customers.VALUE_TABLE,
    Customers.DISTANCES,
    Customers.CROSSING,
    Customers.NOTES,
    Customers.RETURNS,
    Customers.SIMILAR,
)


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    customers_offers.register(app, services, tell)
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
        release, asked = services.releases.at(release_id), ids_in(search)
        tell(release, asked)
        return show(release, asked)

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
        release, asked = services.releases.at(release_id), ids_in(search)
        tell(release, asked)
        profile = one_or_none(release, asked)
        return {
            "cards": cards(release, profile, kind, method),
            "contact": contact.show(services, release, profile, kept, asking()),
        }


def tell(release: Loaded, asked: list[str]) -> None:
    """Have it logged who is looked up."""
    if asking().name is None:
        return  # nobody signs in
    if len(asked) == 1 and (row := release.row_of(asked[0])) is not None:
        tells_of(release.id, [release.id_of(row)])  # as most are, without making profiles
        return
    try:
        found, unknown = customers.several(release, asked)
    except Refusal:
        return
    tells_of(release.id, [*(each.customer_id for each in found), *unknown])


def show(release: Loaded, asked: list[str]) -> Shown:
    """Return the head of the one customer asked for; or what stands in its place, the head emptied.

    Parameters
    ----------
    release : Loaded
    asked : list of str
        The address's ids; each may hold several that were pasted.
    """
    if not asked:
        return _without_page(view.before(examples(release)))
    try:
        found, unknown = customers.several(release, asked)
    except Refusal as refusal:
        return _without_page(empty(str(refusal), art="search"))
    if not found and len(unknown) == 1:
        if returned := returned_all(release, unknown[0]):
            return _without_page(view.all_returned(returned))
        sentence = customers.NOBODY.format(unknown[0])
        return _without_page(view.not_found(sentence, near_ids.close_by(release, unknown[0])))
    if len(found) != 1 or unknown:
        gone = [each for each in unknown if returned_all(release, each)]
        return _without_page(view.several(found, [each for each in unknown if each not in gone], gone))
    alike = near_ids.alike(release, found[0].customer_id)
    shown = plain(view.head(standing(release, found[0]), _looks(release), alike))
    return {"finder": True, "page": False, "answer": "", **shown}


def cards(release: Loaded, profile: Profile | None, kind: str = "new", method: str = "best") -> Shown:
    """Return the cards of the one customer asked for; all empty where it is not one.

    Parameters
    ----------
    release : Loaded
    profile : Profile or None
    kind, method : str
        Which products to offer: see ``callbacks.customers.offers.offers``.
    """
    if profile is None:
        blank: Shown = dict.fromkeys(CARDS, "")
        nothing = dict.fromkeys(("months", "gaps", "values", "value"), NOTHING)
        return {**blank, **nothing, "gaps_hidden": True, "offers_hidden": True, "orders": [], "parts": None}
    head = habits(release, profile)
    known = details(release, head)
    drawn = [
        customers_cards.months(head, known),
        customers_cards.history(release.segments, head, known),
        customers_cards.gaps(head),
        customers_cards.favourites(head, known),
        customers_cards.values(head, known),
        customers_value.shown(
            own_value(release, profile.row), expected_spend(release), why_no_value(release)
        ),
        customers_cards.distances(release.clusters, head, known),
        customers_cards.orders(head, known),
        customers_cards.similar(release.segments, head, known),
    ]
    parts = {place: part for card in drawn for place, part in card.pop("parts").items()}
    shown = {name: value for card in drawn for name, value in card.items()}
    looks = customers_cards.looks(release.segments, release.clusters)
    shown["gaps_none"] = plain(shown["gaps_none"])
    offers = customers_offers.offers(release, profile.row, kind, method)
    return {**shown, **offers, "parts": {"looks": looks, "parts": parts}}


def examples(release: Loaded) -> list[Profile]:
    """Return the customer who spent most, and the one who spent most of those at risk."""
    by_spend = release.customers["order_monetary"][::-1]
    at_risk = [index for index, segment in enumerate(release.segments) if segment.at_risk]
    risky = (row for row in by_spend[:SEARCHED] if release.customers["segment"][row] in at_risk)
    rows = [int(row) for row in (*by_spend[:1], next(risky, None)) if row is not None]
    return [customers.at(release, row) for row in dict.fromkeys(rows)]


def _looks(release: Loaded) -> view.Looks:
    known = _LOOKS.get(release)
    if known is None:
        known = _LOOKS[release] = plain(view.looks(release.segments, release.clusters))
    return known


def _without_page(answer: Any) -> Shown:
    nothing: Shown = {
        name: dict.fromkeys(output, "") if isinstance(output, dict) else "" for name, output in HEAD.items()
    }
    nothing["squares"] = {axis: {} for axis in AXES}
    return {**nothing, "finder": False, "page": True, "answer": plain(answer)}
