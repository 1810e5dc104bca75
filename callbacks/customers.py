"""Callbacks of the tab Customer, and of the look-up at the top of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, html
from dash.development.base_component import Component

from layouts import customers_answers as view
from layouts import customers_words, palette, words
from layouts.components import breadcrumb, empty, table
from layouts.components.tables import Column
from layouts.figures import customers as figures
from layouts.ids import Customers, Shell
from services.core.refusals import Refusal
from services.core.vocabulary import AXES
from services.serving import customers
from services.serving.customer_view import Details, Standing, details, standing

if TYPE_CHECKING:
    from services.serving import Services
    from services.serving.loaded import Loaded

Shown = dict[str, Any]

HEAD = {
    "id": Output(Customers.ID, "children"),
    "segment": Output(Customers.SEGMENT, "children"),
    "cluster": Output(Customers.CLUSTER, "children"),
    "reason": Output(Customers.REASON, "children"),
    "country": Output(Customers.COUNTRY, "children"),
    "first": Output(Customers.FIRST, "children"),
    "last": Output(Customers.LAST, "children"),
    "margin": Output(Customers.MARGIN, "children"),
    "keeps": Output(Customers.KEEPS, "children"),
    "without": Output(Customers.WITHOUT, "children"),
    "expected": Output(Customers.EXPECTED, "children"),
    "values": {axis: Output(Customers.amount(axis), "children") for axis in AXES},
    "dots": {axis: Output(Customers.dots(axis), "children") for axis in AXES},
    "scores": {axis: Output(Customers.score(axis), "children") for axis in AXES},
    "crumb": Output(Customers.CRUMB, "children"),
}
STATE = {
    "finder": Output(Customers.FINDER, "hidden"),
    "page": Output(Customers.PAGE, "hidden"),
    "answer": Output(Customers.ANSWER, "children"),
}
CARDS = {
    "months": Output(Customers.MONTHS, "figure"),
    "months_finding": Output(Customers.MONTHS_FINDING, "children"),
    "months_table": Output(Customers.MONTHS_TABLE, "children"),
    "history": Output(Customers.HISTORY, "children"),
    "history_finding": Output(Customers.HISTORY_FINDING, "children"),
    "history_table": Output(Customers.HISTORY_TABLE, "children"),
    "gaps": Output(Customers.GAPS, "figure"),
    "gaps_hidden": Output(Customers.GAPS_BODY, "hidden"),
    "gaps_empty": Output(Customers.GAPS_EMPTY, "children"),
    "gaps_finding": Output(Customers.GAPS_FINDING, "children"),
    "gaps_table": Output(Customers.GAPS_TABLE, "children"),
    "favourites": Output(Customers.FAVOURITES, "children"),
    "favourites_finding": Output(Customers.FAVOURITES_FINDING, "children"),
    "favourites_table": Output(Customers.FAVOURITES_TABLE, "children"),
    "values": Output(Customers.VALUES, "figure"),
    "values_finding": Output(Customers.VALUES_FINDING, "children"),
    "values_table": Output(Customers.VALUES_TABLE, "children"),
    "distances": Output(Customers.DISTANCES, "children"),
    "distances_finding": Output(Customers.DISTANCES_FINDING, "children"),
    "orders": Output(Customers.ORDERS, "rowData"),
    "orders_finding": Output(Customers.ORDERS_FINDING, "children"),
    "similar": Output(Customers.SIMILAR, "children"),
    "similar_finding": Output(Customers.SIMILAR_FINDING, "children"),
}
NO_FIGURE: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    app.clientside_callback(
        ClientsideFunction("desk_customers", "find"),
        Output(Customers.ENTRY, "value"),
        Input(Customers.FIND, "n_clicks"),
        State(Customers.ENTRY, "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(Shell.LOOKUP_OPTIONS, "children"),
        Input(Shell.LOOKUP, "value"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_typing(typed: str | None, release_id: str | None) -> list[Component]:
        return [
            html.Option(value=each)
            for each in customers.complete(services.releases.at(release_id), typed or "")
        ]

    @app.callback(
        output={**STATE, **HEAD},
        inputs={"search": Input(Shell.ADDRESS, "search"), "release_id": State(Shell.RELEASE, "data")},
    )
    def on_address(search: str | None, release_id: str | None) -> Shown:
        return show(services.releases.at(release_id), ids_in(search))

    @app.callback(
        output=CARDS,
        inputs={"search": Input(Shell.ADDRESS, "search"), "release_id": State(Shell.RELEASE, "data")},
    )
    def on_address_cards(search: str | None, release_id: str | None) -> Shown:
        return cards(services.releases.at(release_id), ids_in(search))


def ids_in(search: str | None) -> list[str]:
    """Return the ids an address asks for."""
    return [each for each in parse_qs((search or "").removeprefix("?")).get("id", []) if each.strip()]


def show(release: Loaded, asked: list[str]) -> Shown:
    """Return the head of the one customer asked for, or what stands in its place, the head emptied."""
    try:
        found, unknown = customers.several(release, asked)
    except Refusal as refusal:
        return _without_page(empty(str(refusal), art="search"))
    if not asked:
        return _without_page(view.before(_examples(release)))
    if not found and len(unknown) == 1:
        sentence = f"No customer {unknown[0]} in this release"
        return _without_page(view.not_found(sentence, customers.close_by(release, unknown[0])))
    if len(found) != 1 or unknown:
        return _without_page(view.several(found, unknown))
    shown = standing(release, found[0])
    head = view.head(shown)
    head["dots"] = {axis: head["dots"].get(axis) for axis in AXES}
    return {"finder": True, "page": False, "answer": [], "crumb": _crumb(shown), **head}


def cards(release: Loaded, asked: list[str]) -> Shown:
    """Return the cards of the one customer asked for; all empty for anything else."""
    try:
        found, unknown = customers.several(release, asked)
    except Refusal:
        found, unknown = [], []
    if len(found) != 1 or unknown:
        blank: Shown = dict.fromkeys(CARDS, "")
        return blank | {
            "months": NO_FIGURE,
            "gaps": NO_FIGURE,
            "values": NO_FIGURE,
            "orders": [],
            "gaps_hidden": True,
        }
    profile = found[0]
    head, known = standing(release, profile), details(release, profile)
    colour = palette.segment(profile.segment["id"] if profile.segment else None)
    return {
        **_months(known, colour),
        **_history(known),
        **_gaps(head, known),
        **_favourites(head, known),
        **_values(head, known, colour),
        **_distances(release, head),
        **_orders(known),
        **_similar(head, known),
    }


def _without_page(answer: Component) -> Shown:
    nothing: Shown = {
        name: dict.fromkeys(output, "") if isinstance(output, dict) else "" for name, output in HEAD.items()
    }
    return {**nothing, "finder": False, "page": True, "answer": answer}


def _examples(release: Loaded) -> list[Any]:
    """Return the best customer by spend, and the best of those at risk."""
    by_spend = release.customers["order_monetary"][::-1]
    at_risk = [index for index, segment in enumerate(release.segments) if segment.get("at_risk")]
    rows = [int(by_spend[0])]
    rows += [int(row) for row in by_spend[:2000] if release.customers["segment"][row] in at_risk][:1]
    return [customers.at(release, row) for row in dict.fromkeys(rows)]


def _crumb(shown: Standing) -> list[Component]:
    segment = shown.profile.segment
    steps: list[tuple[str, str | None]] = [("Segments", "/")]
    if segment:
        named = f"{segment['name']}, {words.number(segment['customers'])}"
        steps.append((named, "/?" + urlencode({"segment": segment["id"]})))
    children: list[Component] = breadcrumb(steps).children
    return children


def _months(known: Details, colour: str) -> Shown:
    names = [words.month(f"{month}-01") for month, _ in known.months]
    spent = [amount for _, amount in known.months]
    texts = [words.money(amount) for amount in spent]
    rows = [[name, text] for name, text in zip(names, texts, strict=True)]
    return {
        "months": figures.months(names, spent, texts, colour, words.currency_symbol()),
        "months_finding": customers_words.months_finding(known.months),
        "months_table": table(["Month", Column("Spend", True)], rows, "Spend by month"),
    }


def _history(known: Details) -> Shown:
    drawn = view.history(known.history)
    return {"history": drawn["strip"], "history_finding": drawn["finding"], "history_table": drawn["table"]}


def _gaps(head: Standing, known: Details) -> Shown:
    if not known.gaps:
        missing = empty(
            "One order, so no gap to measure", "Two orders give a gap, four give an expected date."
        )
        return {
            "gaps": NO_FIGURE,
            "gaps_hidden": True,
            "gaps_empty": missing,
            "gaps_finding": "",
            "gaps_table": missing,
        }
    allowed = head.turns[0].recency - 1 if head.turns else None
    shown = known.gaps[-view.MOST_GAPS :]
    labels = [f"{gap.days}, to {words.date_short(gap.until)}" for gap in shown]
    days = sorted(gap.days for gap in known.gaps)
    finding = customers_words.gaps_finding(known.gaps, allowed)
    if len(shown) < len(known.gaps):
        finding += f" Shown are the last {words.small(len(shown))}."
    rows = [[words.date_short(gap.until), words.number(gap.days)] for gap in reversed(shown)]
    return {
        "gaps": figures.gaps([gap.days for gap in shown], labels, allowed, days[len(days) // 2]),
        "gaps_hidden": False,
        "gaps_empty": "",
        "gaps_finding": finding,
        "gaps_table": table(["Gap until", Column("Days", True)], rows, "Days between orders"),
    }


def _favourites(head: Standing, known: Details) -> Shown:
    drawn = view.favourites(known.favourites, head.profile.orders, head.profile.products)
    return {
        "favourites": drawn["bars"],
        "favourites_finding": drawn["finding"],
        "favourites_table": drawn["table"],
    }


def _values(head: Standing, known: Details, colour: str) -> Shown:
    amounts = [order.amount for order in known.orders]
    texts = [f"{words.date_short(order.bought_at)}: {words.money(order.amount)}" for order in known.orders]
    group = head.profile.segment["name"] if head.profile.segment else "all customers"
    one = len(amounts) == 1
    subject = (
        f"One order of {words.money(amounts[0])}"
        if one
        else f"Median order {words.money_sum(known.median_order)}"
    )
    rows = [
        ["Smallest order", words.money(min(amounts))],
        ["Median order", words.money(known.median_order)],
        ["Largest order", words.money(max(amounts))],
        [f"Median in {group}", words.money(known.segment_median)],
    ]
    return {
        "values": figures.order_values(amounts, texts, known.segment_median, colour, words.currency_symbol()),
        "values_finding": f"{subject}, against {words.money_sum(known.segment_median)} in {group}.",
        "values_table": table(["Order", Column("Value", True)], rows, "Order values"),
    }


def _distances(release: Loaded, head: Standing) -> Shown:
    drawn = view.distances(release.clusters, head.profile.distances)
    return {"distances": drawn["bars"], "distances_finding": drawn["finding"]}


def _orders(known: Details) -> Shown:
    orders = known.orders
    pieces = sum(order.pieces or 0 for order in orders)
    counted = f", {words.count(pieces, 'piece')}" if pieces else ""
    total = words.money(sum(order.amount for order in orders))
    return {
        "orders": [
            {
                "invoice": order.invoice,
                "bought_at": order.bought_at.isoformat(),
                "lines": order.lines,
                "pieces": order.pieces,
                "amount": order.amount,
            }
            for order in orders
        ],
        "orders_finding": f"{words.count(len(orders), 'order')}{counted}, {total}.",
    }


def _similar(head: Standing, known: Details) -> Shown:
    people = [each.profile for each in known.similar]
    if not people:
        return {
            "similar": empty("Nobody to compare with", "This release has one customer."),
            "similar_finding": "",
        }
    segment = head.profile.segment
    same = sum(each.segment == segment for each in people)
    group = segment["name"] if segment else "no segment"
    finding = (
        f"{words.capital(words.small(same))} of the {words.small(len(people))} nearest are in {group} too."
    )
    return {
        "similar": view.people(people, "The nearest customers", [each.distance for each in known.similar]),
        "similar_finding": finding,
    }
