"""What the tab Customers answers an address with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from callbacks.customers import offers as customers_offers
from callbacks.customers import orders as customers_orders
from callbacks.customers.places import CARDS, HEAD
from layouts.customers import cards as customers_cards
from layouts.customers import orders as orders_view
from layouts.customers import products as products_view
from layouts.customers import states as view
from layouts.customers import value as customers_value
from layouts.customers.figures import NOTHING
from layouts.parts import empty
from layouts.plain import plain
from services.core.language.messages import language
from services.core.refusals import Refusal
from services.core.vocabulary import AXES
from services.serving.customers import near_ids
from services.serving.customers import profile as customers
from services.serving.customers.bought import best_of, buyers_of
from services.serving.customers.page import details, habits, standing
from services.serving.customers.returns import are_matched, returned_all
from services.serving.customers.way import way_through
from services.serving.release.expected import expected_spend, own_value, why_no_value

if TYPE_CHECKING:
    from callbacks.customers.asked import Asked
    from services.serving.customers.bought import Product
    from services.serving.customers.orders import Numbered
    from services.serving.customers.profile import Profile
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]

SEARCHED = 2_000
BUYERS_SHOWN = 50
_LOOKS: WeakKeyDictionary[Loaded, dict[str, view.Looks]] = WeakKeyDictionary()
"""How segments and clusters look, by language."""


def answer(release: Loaded, asked: Asked, by_contacts: ByContacts | None = None) -> Shown:
    """Return the head of whom or what an address asks for, as :func:`show` does for ids."""
    if asked.refused:
        return _without_page(products_view.none(asked.refused))
    if len(asked.products) == 1:
        return _without_page(_buyers(release, asked.products[0]))
    if asked.products:
        return _without_page(products_view.choice(asked.ids[0].strip(), asked.products))
    return show(release, asked.ids, asked.sharing, asked.came_from, by_contacts)


def _buyers(release: Loaded, product: Product) -> Any:
    rows = buyers_of(release, product)
    most = best_of(release, rows, BUYERS_SHOWN)
    found = customers.portion(release, most)
    return products_view.buyers(product, found, len(rows), matched=are_matched(release))


def show(
    release: Loaded,
    asked: list[str],
    sharing: Numbered | None = None,
    came_from: str = "",
    by_contacts: ByContacts | None = None,
) -> Shown:
    """Return the head of the one customer asked for; or what stands in its place, the head emptied.

    Parameters
    ----------
    release : Loaded
    asked : list of str
        The address's ids; each may hold several that were pasted.
    sharing, came_from
        As ``callbacks.customers.asked.Asked`` has them.
    by_contacts : ByContacts, optional
        For the list that the reader came from.
    """
    if not asked:
        return _without_page(view.before(examples(release)))
    if sharing:
        found = customers.portion(release, [each.row for each in sharing.found])
        return _without_page(view.sharing(asked[0].strip(), found, sharing))
    try:
        found, unknown = customers.several(release, asked)
    except Refusal as refusal:
        return _without_page(empty(str(refusal), art="search"))
    if not found and len(unknown) == 1:
        if returned := returned_all(release, unknown[0]):
            return _without_page(view.all_returned(returned))
        sentence = customers.NOBODY(customer=unknown[0])
        return _without_page(view.not_found(sentence, near_ids.close_by(release, unknown[0])))
    if len(found) != 1 or unknown:
        gone = [each for each in unknown if returned_all(release, each)]
        return _without_page(view.several(found, [each for each in unknown if each not in gone], gone))
    alike = near_ids.alike(release, found[0].customer_id)
    came = way_through(release, found[0].row, came_from, by_contacts) if came_from else None
    shown = plain(view.head(standing(release, found[0]), _looks(release), alike, came))
    return {"finder": True, "page": False, "answer": "", **shown}


def cards(
    release: Loaded, profile: Profile | None, kind: str = "new", method: str = "best", order: str = ""
) -> Shown:
    """Return the cards of the one customer asked for; all empty where it is not one.

    Parameters
    ----------
    release : Loaded
    profile : Profile or None
    kind, method : str
        Which products to offer: see ``callbacks.customers.offers.offers``.
    order : str
        The order that is open; empty for none.
    """
    if profile is None:
        blank: Shown = dict.fromkeys(CARDS, "")
        nothing = dict.fromkeys(("months", "gaps", "values", "value"), NOTHING)
        return {
            **blank,
            **nothing,
            "gaps_hidden": True,
            "offers_hidden": True,
            "orders": [],
            "orders_room": orders_view.room(0),
            "order": None,
            "parts": None,
        }
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
        orders_view.orders(head, known, matched=are_matched(release)),
        customers_cards.similar(release.segments, head, known),
    ]
    parts = {place: part for card in drawn for place, part in card.pop("parts").items()}
    shown = {name: value for card in drawn for name, value in card.items()}
    looks = customers_cards.looks(release.segments, release.clusters)
    shown["gaps_none"] = plain(shown["gaps_none"])
    offers = customers_offers.offers(release, profile.row, kind, method)
    opened = customers_orders.order(release, profile.row, order) if order else None
    return {**shown, **offers, "order": opened, "parts": {"looks": looks, "parts": parts}}


def examples(release: Loaded) -> list[Profile]:
    """Return the customer who spent most, and the one who spent most of those at risk."""
    by_spend = release.customers["order_monetary"][::-1]
    at_risk = [index for index, segment in enumerate(release.segments) if segment.at_risk]
    risky = (row for row in by_spend[:SEARCHED] if release.customers["segment"][row] in at_risk)
    rows = [int(row) for row in (*by_spend[:1], next(risky, None)) if row is not None]
    return [customers.at(release, row) for row in dict.fromkeys(rows)]


def _looks(release: Loaded) -> view.Looks:
    known, code = _LOOKS.setdefault(release, {}), language().code
    if code not in known:
        known[code] = plain(view.looks(release.segments, release.clusters))
    return known[code]


def _without_page(answer: Any) -> Shown:
    nothing: Shown = {
        name: dict.fromkeys(output, "") if isinstance(output, dict) else "" for name, output in HEAD.items()
    }
    nothing["squares"] = {axis: {} for axis in AXES}
    return {**nothing, "finder": False, "page": True, "answer": plain(answer)}
