"""The tab Customers in its states: before a look-up, nobody found, several found, and a customer's parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.customers import findings, way
from layouts.customers import words as customers_words
from layouts.customers.leaving import leaving
from layouts.parts import alert, card, cluster_chip, customer_link, empty, segment_badge, table
from layouts.parts.tables import Column
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.customers.orders import Numbered

TURNS_SHOWN = 2
Looks = dict[str, dict[Any, Any]]
NO_ORDERS = later(
    "This release was made from a table of customers, so there are no individual orders to show. With a file "
    "of transactions you would also see spend by month, gaps, favourite products and order values."
)


def options(ids: Sequence[str]) -> list[Component]:
    """Return what the look-up offers."""
    return [html.Option(value=each) for each in ids]


def before(examples: Sequence[Any]) -> Component:
    """Show what the tab is for, and customers to begin with."""
    links = [
        html.Span(
            [customer_link(each.customer_id), f" ({each.segment.name})" if each.segment else ""],
            className="sd-nowrap",
        )
        for each in examples
    ]
    return empty(
        _("Type an ID, or paste several"),
        [
            _("The search at the top works on every page; press / to reach it."),
            " ",
            *woven(_("For example: {customers}.", customers=gap("customers")), customers=_spaced(links)),
        ],
        art="search",
    )


def not_found(sentence: str, near: Sequence[str]) -> Component:
    """Say that nobody has this id, and which ids are close to it, if any."""
    links: list[Component | str] = []
    if near:
        said = _("Similar IDs: {customers}.", customers=gap("customers"))
        links = [*woven(said, customers=_spaced([customer_link(each) for each in near])), " "]
    more = _("Customers whose rows were all left out in cleaning are not listed; the Data tab counts them.")
    return empty(sentence, [*links, more], art="search")


def all_returned(sentence: str) -> Component:
    """Say that the customer has sent everything back."""
    more = _("To count orders as they were bought, train with {option}.", option="--returns ignore")
    return empty(sentence, more, art="search")


def several(found: Sequence[Any], unknown: Sequence[str], returned: Sequence[str] = ()) -> Component:
    """List the customers of pasted ids; name the ids that nobody has, and who has returned everything."""
    parts: list[Component] = []
    if unknown:
        heading = plural(
            "{n} ID is not in this release.",
            "{n} IDs are not in this release.",
            len(unknown),
            n=words.number(len(unknown)),
        )
        parts.append(alert(heading, _listed(unknown), "warn"))
    if returned:
        heading = plural(
            "{n} customer has returned all their orders.",
            "{n} customers have returned all their orders.",
            len(returned),
            n=words.number(len(returned)),
        )
        parts.append(alert(heading, _listed(returned), "warn"))
    if found:
        together = words.money_sum(sum(each.values["monetary"] for each in found))
        parts.append(
            card(
                _("Customers"),
                plural(
                    "{n} customer, {money} in total.",
                    "{n} customers, {money} in total.",
                    len(found),
                    n=words.number(len(found)),
                    money=together,
                ),
                people(found, _("Customers looked up")),
                flush=True,
            )
        )
    return html.Div(parts, className="sd-stack")


def _listed(ids: Sequence[str]) -> str:
    return words.listing(list(ids[:20])) + (" …" if len(ids) > 20 else "")


def sharing(number: str, found: Sequence[Any], shared: Numbered) -> Component:
    """List the orders and returns that have the same number.

    Parameters
    ----------
    number : str
        As it was typed.
    found : sequence of services.serving.customers.profile.Profile
        Whose they are, one each.
    shared : Numbered
    """
    if all(each.returned for each in shared.found):
        heading = _("Return {invoice}", invoice=number)
        name = _("Customers with return {invoice}", invoice=number)
    else:
        heading = _("Order {invoice}", invoice=number)
        name = _("Customers with order {invoice}", invoice=number)
    listed = people(found, name, [each.invoice for each in shared.found])
    return card(heading, findings.sharing(shared), listed, flush=True)


def people(found: Sequence[Any], name: str, orders: Sequence[str] = ()) -> Component:
    """List customers with their figures; where orders are named, these have a column, and links open them."""
    numbers = [Column(name, numeric=True) for name in (_("Days"), _("Orders"), _("Spend"))]
    invoice = [_("Invoice")] if orders else []
    rows: list[list[Component | str]] = [
        [
            customer_link(each.customer_id, order),
            *([order] if orders else []),
            segment_badge(each.segment),
            words.number(each.values["recency"]),
            words.number(each.orders),
            words.money(each.values["monetary"]),
        ]
        for each, order in zip(found, orders or [""] * len(found), strict=True)
    ]
    return table([_("Customer"), *invoice, _("Segment"), *numbers], rows, name)


def looks(segments: Sequence[Any], clusters: Sequence[Any]) -> Looks:
    """Return how segments and clusters look, the same for all customers of a release; None is no segment."""
    each = {None: None, **{segment.id: segment for segment in segments}}
    return {
        "pills": {name: segment_badge(segment, pill=True) for name, segment in each.items()},
        "badges": {name: segment_badge(segment) for name, segment in each.items()},
        "chips": {cluster.id: cluster_chip(cluster) for cluster in clusters},
    }


def head(standing: Any, known: Looks, alike: Sequence[str] = (), came: Any = None) -> dict[str, Any]:
    """Return the values of the page's head by the names that ``callbacks.customers.wiring`` wires.

    Parameters
    ----------
    standing : services.serving.customers.page.Standing
    known : dict
        From :func:`looks`, as components or as plain values.
    alike : sequence of str
        Ids of other customers that are easily taken for this one.
    came : services.serving.customers.way.Way or None
        The list that the reader came from.
    """
    profile = standing.profile
    values = profile.values
    amounts = {
        "recency": [
            words.number(values["recency"]),
            html.Small(plural("day", "days", int(values["recency"]))),
        ],
        "frequency": words.number(values["frequency"]),
        "monetary": words.money(values["monetary"]),
    }
    return {
        "id": profile.customer_id,
        "segment": known["pills"][_id(profile.segment)],
        "cluster": known["chips"][profile.cluster.id],
        "reason": customers_words.reason(standing),
        "country": profile.country or _("unknown"),
        "first": words.date_short(profile.first_purchase) if profile.first_purchase else _("unknown"),
        "last": words.date_short(profile.last_purchase),
        "margin": customers_words.margin(profile.margin, len(profile.distances)),
        "with_order": customers_words.with_order(standing),
        "without": _without(standing, known["badges"]),
        "expected": customers_words.expected(standing),
        "leaving": leaving(standing),
        "counted": customers_words.UNITS[standing.unit](),
        "values": amounts,
        "squares": _squares(standing),
        "scores": {axis: _score(standing, axis) for axis in values},
        "missing": _notes(standing, alike),
        "crumb": way.crumb(profile.segment, came),
        "actions": way.actions(profile.segment, came),
    }


def _score(standing: Any, axis: str) -> str:
    said = customers_words.score(standing.profile.scores.get(axis), standing.profile.top[axis])
    if axis != "recency":
        return said
    return _("{score}, as of {day}", score=said, day=words.date_short(standing.as_of))


def _squares(standing: Any) -> dict[str, dict[str, int]]:
    """Say how many squares of how many are filled: all for the best, whichever end of the scale that is."""
    scores = standing.profile.scores
    if not scores:
        return {axis: {"--of": 0} for axis in standing.profile.values}
    return {
        axis: {
            "--on": score if standing.best == "high" else standing.scale + 1 - score,
            "--of": standing.scale,
        }
        for axis, score in scores.items()
    }


def _id(segment: Any) -> str | None:
    return segment.id if segment else None


def _notes(standing: Any, alike: Sequence[str]) -> Any:
    missing = "" if standing.orders else NO_ORDERS()
    if not alike:
        return missing
    said = _("Not to be confused with {customers}.", customers=gap("customers"))
    return [*woven(said, customers=_spaced([customer_link(each) for each in alike])), " ", missing]


def _without(standing: Any, badges: dict[str | None, Any]) -> Any:
    if not standing.turns:
        return customers_words.nothing_changes(standing.looked)
    turns: list[Any] = []
    for place, turn in enumerate(standing.turns[:TURNS_SHOWN]):
        said = _("{segment} from {day}", segment=gap("segment"), day=words.date_short(turn.on))
        turns += [", " if place else "", *woven(said, segment=badges[_id(turn.segment)])]
    return woven(_("{segments}, by today’s cut points.", segments=gap("segments")), segments=turns)


def _spaced(parts: Sequence[Component]) -> list[Component | str]:
    spaced: list[Component | str] = []
    for place, part in enumerate(parts):
        spaced += [", " if place else "", part]
    return spaced
