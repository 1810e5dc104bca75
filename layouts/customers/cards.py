"""A customer's cards as plain values, from which the browser builds tables, bars and the strip of segments.

Each function returns a card's outputs by the names that ``callbacks.customers.wiring`` wires, and under
``parts`` what the browser builds, by the id of its place. A cell is ``[kind, value, …]``; the kinds are
those of ``assets/customers/cards.js``, which writes numbers, money and dates as the grids do. Plain values
become JSON at once, components take ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from layouts import palette, words
from layouts.customers import figures, findings
from layouts.customers import words as customers_words
from layouts.customers.sign import sign
from layouts.customers.states import TURNS_SHOWN
from layouts.ids import Customers
from layouts.movement import words as movement_words
from layouts.parts import borders, empty
from layouts.parts.badges import cluster_cells, segment_cells
from layouts.parts.woven import gap, woven
from layouts.plain import STILL
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment

MOST_GAPS = 10
MOST_BARS = 8
MOST_SQUARES = 12
MOST_VALUES = 40
SQUARES = later("Each square is one order; a filled square means the product was in it.")
BARS = later("A full-width bar would mean a product in every order.")

Parts = dict[str, Any]
#: A column: its title, the kind of its cells, and "optional" where narrow screens leave it out.
Kinds = Sequence[tuple[str, ...]]


def looks(segments: Sequence[Segment], clusters: Sequence[Cluster]) -> Parts:
    """Return how segments and clusters look, for cells that name them by id."""
    return {"segments": segment_cells(segments), "clusters": cluster_cells(clusters)}


def months(standing: Any, details: Any) -> Parts:
    """Return the card of spend by month."""
    if not details.months:
        return {"months": figures.NOTHING, "months_finding": "", "parts": {}}
    few = sum(spent > 0 for _month, spent in details.months) <= figures.LABELLED
    texts = [words.money_sum(spent) if few and spent else "" for _month, spent in details.months]
    kinds = [(_("Month"), "month"), (_("Spend"), "money")]
    return {
        "months": figures.months(details.months, texts, _colour(standing), sign()),
        "months_finding": findings.months(details.months),
        "parts": {Customers.MONTHS_TABLE: _table(_("Spend by month"), kinds, details.months)},
    }


def history(segments: Sequence[Segment], standing: Any, details: Any) -> Parts:
    """Return the card of the segment at each snapshot."""
    known = [segments[index] for _day, index, _cause in details.history if index >= 0]
    if not known:
        return {
            "history_finding": _("This customer has no segment in any snapshot of this release."),
            "parts": {},
        }
    last = known[-1]
    times = sum(segment is last for segment in known)
    which = findings.which_snapshots(standing.profile.first_purchase, details.history)
    rows = [
        [day, segments[index].id if index >= 0 else None, movement_words.CAUSES[cause]() if cause else ""]
        for day, index, cause in details.history
    ]
    kinds = [(_("Snapshot"), "day"), (_("Segment"), "segment"), (_("Why it changed"), "text")]
    return {
        "history_finding": findings.history(last.name, times, len(known), which),
        "parts": {
            Customers.HISTORY: {"history": rows, "without": findings.without_segment(which)},
            Customers.HISTORY_TABLE: _table(_("Segment at each snapshot"), kinds, rows),
        },
    }


def gaps(standing: Any) -> Parts:
    """Return the card of days between orders."""
    if not standing.gaps:
        none = empty(_("No gap yet"), _("A gap needs orders on two different days."))
        return {
            "gaps": figures.NOTHING,
            "gaps_hidden": True,
            "gaps_none": none,
            "gaps_finding": "",
            "parts": {},
        }
    cuts = [turn.recency - 1 for turn in standing.turns[:TURNS_SHOWN]]
    group = customers_words.segment_name(standing.profile.segment)
    finding = findings.gaps(standing.gaps, cuts[0] if cuts else None, group)
    shown = [(gap.days, gap.until.date().isoformat()) for gap in standing.gaps[-MOST_GAPS:]]
    if len(shown) < len(standing.gaps):
        last = _("The last {n} are shown.", n=words.small(len(shown)))
        finding = f"{finding} {last}"
    rows = [[until, days] for days, until in reversed(shown)]
    kinds = [(_("Gap until"), "day"), (_("Days"), "number")]
    return {
        "gaps": figures.gaps(shown, cuts),
        "gaps_hidden": False,
        "gaps_none": "",
        "gaps_finding": finding,
        "parts": {Customers.GAPS_TABLE: _table(_("Days between orders"), kinds, rows)},
    }


def favourites(standing: Any, details: Any) -> Parts:
    """Return the card of the products ordered most often."""
    found, orders = details.favourites, standing.profile.orders
    if not found:
        missing = _("This customer’s orders name no products, so there are no favourites.")
        return {"favourites_finding": missing, "favourites_note": "", "parts": {}}
    colour = _colour(standing)
    rows = [
        [
            ["product", each.description],
            ["squares", each.orders, orders, colour]
            if orders <= MOST_SQUARES
            else ["track", each.orders / orders, colour],
            ["number", each.orders],
            ["moneySum", each.amount],
        ]
        for each in found[:MOST_BARS]
    ]
    kinds = [
        (_("Product"), "product"),
        (_("Orders"), "number"),
        (_("Pieces"), "number"),
        (_("Value"), "money"),
    ]
    table = [[each.description, each.orders, each.pieces, each.amount] for each in found]
    return {
        "favourites_finding": _favourites_finding(standing.profile, found[0]),
        "favourites_note": SQUARES() if orders <= MOST_SQUARES else BARS(),
        "parts": {
            Customers.FAVOURITES: {"rows": rows, "className": "sd-favourites"},
            Customers.FAVOURITES_TABLE: _table(_("Favourite products"), kinds, table),
        },
    }


def _favourites_finding(profile: Any, most: Any) -> Any:
    """Say how many products the customer ordered, and which one most often."""
    n = words.number(profile.products)
    if profile.orders == 1:
        return plural(
            "{n} product in the one order.", "{n} products in the one order.", profile.products, n=n
        )
    said = _(
        "{products} in {orders}; {product} was in {some} of them.",
        products=plural("{n} product", "{n} products", profile.products, n=n),
        orders=plural("{n} order", "{n} orders", profile.orders, n=words.number(profile.orders)),
        product=gap("product"),
        some=words.small(most.orders),
    )
    return woven(said, product=_product(most.description))


def values(standing: Any, details: Any) -> Parts:
    """Return the card of order values, beside the spend an order in the segment."""
    if not standing.orders:
        return {"values": figures.NOTHING, "values_finding": "", "parts": {}}
    orders = [(order.bought_at.date().isoformat(), order.amount) for order in standing.orders]
    group = customers_words.segment_name(standing.profile.segment)
    typical = words.money_sum(details.segment_order)
    usual = words.money_sum(standing.usual_order)
    places = {"usual": usual, "segment": group, "typical": typical}
    finding = (
        _("Median order {usual}; the median customer in {segment} spends {typical} an order.", **places)
        if len(orders) > 1
        else _("One order of {usual}; the median customer in {segment} spends {typical} an order.", **places)
    )
    drawn = figures.order_values(
        orders, details.segment_order, f"{group} {typical}", _colour(standing), sign()
    )
    listed = sorted(orders, reverse=True)[:MOST_VALUES]
    name = (
        _("Order values")
        if len(listed) == len(orders)
        else _("The last {n} order values", n=words.number(len(listed)))
    )
    kinds = [(_("Order of"), "day"), (_("Value"), "money")]
    return {
        "values": drawn,
        "values_finding": finding,
        "parts": {Customers.VALUES_TABLE: _table(name, kinds, listed)},
    }


def distances(clusters: Sequence[Cluster], standing: Any, details: Any) -> Parts:
    """Return the card of the distance to each cluster, nearest first, and how one gets to another."""
    ranked = sorted(zip(standing.profile.distances, clusters, strict=True), key=lambda pair: pair[0])
    longest = ranked[-1][0] or 1.0
    rows = [
        [
            ["cluster", cluster.id],
            ["track", distance / longest, palette.cluster(cluster.colour)],
            ["number", distance, 2],
        ]
        for distance, cluster in ranked
    ]
    nearest, name = ranked[0][0], ranked[0][1].name
    times = ranked[1][0] / nearest if len(ranked) > 1 and nearest > 0 else None
    return {
        "distances_finding": findings.distance(name, times),
        "parts": {
            Customers.DISTANCES: {"rows": rows, "className": "sd-distances"},
            Customers.CROSSING: {
                "crossings": borders.crossings(details.crossings, len(clusters), standing.unit),
                "clusters": [cluster.id for cluster in clusters],
            },
            Customers.NOTES: {
                "notes": borders.notes(
                    standing.profile.margin,
                    details.second.name if details.second else None,
                    details.far,
                    standing.unit,
                )
            },
        },
    }


def similar(segments: Sequence[Segment], standing: Any, details: Any) -> Parts:
    """Return the card of the nearest customers."""
    people, own = details.similar, standing.profile.segment
    if not people:
        return {
            "similar_finding": _("This release has only one customer, so there is nobody to compare with."),
            "parts": {},
        }
    theirs = [segments[each.segment] if each.segment >= 0 else None for each in people]
    finding = findings.similar(
        sum(segment is own for segment in theirs), len(people), customers_words.segment_name(own)
    )
    rows = [
        [
            each.customer_id,
            segment.id if segment else None,
            each.values["recency"],
            each.values["frequency"],
            each.values["monetary"],
            each.distance,
        ]
        for each, segment in zip(people, theirs, strict=True)
    ]
    kinds = [
        (_("Customer"), "customer"),
        (_("Segment"), "segment"),
        (_("Days"), "number", "optional"),
        (customers_words.UNITS[standing.unit](), "number"),
        (_("Spend"), "moneySum"),
        (_("Distance"), "decimal", "optional"),
    ]
    return {
        "similar_finding": finding,
        "parts": {Customers.SIMILAR: _table(_("The nearest customers"), kinds, rows)},
    }


def _table(name: str, kinds: Kinds, rows: Sequence[Sequence[Any]]) -> Parts:
    columns = [{"name": kind[0], "kind": kind[1], "optional": len(kind) > 2} for kind in kinds]
    return {"table": name, "columns": columns, "rows": rows}


def _product(description: str) -> Any:
    return {"namespace": STILL, "type": "Span",
            "props": {"children": description, "className": "sd-prod"}}  # fmt: skip


def _colour(standing: Any) -> str:
    segment = standing.profile.segment
    return palette.segment(segment.id, segment.colour) if segment else palette.segment(None)
