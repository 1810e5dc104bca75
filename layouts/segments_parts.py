"""The Segments tab in its states: chips, figures, map, bars, table of groups, nothing found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.components import (
    alert,
    bars,
    button,
    chip,
    cluster_cells,
    cluster_chip,
    empty,
    kpi,
    kpis,
    segment_badge,
    segment_cells,
    table,
    track,
)
from layouts.components.attributes import attributes
from layouts.components.tables import Column

RANGE_NAMES = {"r": "Recency", "f": "Orders", "m": "Spend"}
_DEEPEST, _PALEST = 44, 10


def group_sign(entry: Mapping[str, Any], grouping: str) -> Component:
    """Return the badge of a segment or the chip of a cluster."""
    return segment_badge(entry) if grouping == "segment" else cluster_chip(entry)


def group_colour(entry: Mapping[str, Any], grouping: str) -> str:
    """Return the colour of a segment or of a cluster."""
    return palette.segment(entry["id"]) if grouping == "segment" else palette.cluster(entry["letter"])


def chips(filters: Any, names: Mapping[str, str]) -> list[Component]:
    """Return a chip for each filter that is set; pressing one removes it.

    Parameters
    ----------
    filters : services.serving.filters.Filters
    names : mapping
        Id of a segment or cluster to its name.
    """
    shown: list[Component] = []
    for kind in ("segment", "cluster", "country"):
        values = getattr(filters, kind)
        if values:
            said = words.listing([names.get(value, value) for value in values]).replace(" and ", ", ")
            shown.append(_dropping(chip(kind.capitalize(), said), kind))
    for letter, label in RANGE_NAMES.items():
        low, high = getattr(filters, f"{letter}_min"), getattr(filters, f"{letter}_max")
        if low is not None or high is not None:
            shown.append(_dropping(chip(label, _bounds(letter, low, high)), f"{letter}_min {letter}_max"))
    if len(shown) > 1:
        clear = html.Button("Clear all", type="button", className="sd-link")
        shown.append(_dropping(clear, "segment cluster country r_min r_max f_min f_max m_min m_max"))
    return shown


def _dropping(part: Component, names: str) -> html.Span:
    return html.Span(part, className="sd-going", **attributes(data_drop_filter=names))


def _bounds(letter: str, low: float | None, high: float | None) -> str:
    def said(value: float) -> str:
        return (
            words.money_sum(value) if letter == "m" else words.number(value, 0 if value == int(value) else 1)
        )

    if low is None:
        return f"at most {said(high or 0)}"
    return f"at least {said(low)}" if high is None else f"{said(low)} to {said(high)}"


def menu(kind: str, entries: Sequence[tuple[str, str]]) -> list[Component]:
    """Return the entries of a filter's window, ``(value, name)`` each."""
    return [
        html.Button(
            name, type="button", className="sd-menu-entry",
            **attributes(aria_pressed="false", data_toggle_filter=f"{kind}={value}"),
        )
        for value, name in entries
    ]  # fmt: skip


def found(customers: int, everybody: int, filtered: bool) -> list[Component | str]:
    """Return ``261 of 4,339 customers``."""
    if not filtered:
        return [
            html.B(words.number(customers)),
            f" {'customer' if customers == 1 else 'customers'}, no filter",
        ]
    return [html.B(words.number(customers)), f" of {words.count(everybody, 'customer')}"]


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out."""
    return [alert("Note.", sentence, "info") for sentence in sentences]


def nothing(dropped: tuple[str, int] | None, count: int, names: Mapping[str, str]) -> Component:
    """Say that nobody fits, and which filter to drop."""
    heading = (
        "No customer fits this filter" if count == 1 else f"No customer fits all {words.small(count)} filters"
    )
    if dropped is None:
        clear = button("Clear all filters", **attributes(data_drop_filter=" ".join(names)))
        return empty(heading, "No single filter is to blame: together they leave nobody.", clear)
    field, left = dropped
    sentence = f"Without “{names[field]}” there would be {words.number(left)}."
    return empty(heading, sentence, button("Remove that filter", **attributes(data_drop_filter=field)))


def figures(view: Any, overview: Mapping[str, Any], filtered: bool) -> Component:
    """Return the strip of key figures: changes for everybody, shares for a view."""
    snapshots, previous = overview["snapshots"], overview["previous"]
    then = None if filtered or previous is None else snapshots[previous]
    base = f"since {words.date_short(then['as_of'])[:-5]}" if then else ""
    past = [] if filtered else [each for place, each in enumerate(snapshots) if place != previous][-12:]
    risk = view.at_risk_revenue / view.revenue if view.revenue else 0.0
    of_all = lambda part, whole, what: f"{words.share(part / whole if whole else 0)} of all {what}"  # noqa: E731
    cells = [
        kpi("Customers", words.number(view.customers), change=words.change(view.customers - then["customers"]) if then else "",
            judged="good" if then and view.customers > then["customers"] else "",
            base=base or (of_all(view.customers, view.everybody, "customers") if filtered else ""),
            history=[each["customers"] for each in past]),
        kpi("Revenue, purchases only", words.money_sum(view.revenue),
            change=words.money_change(view.revenue - then["revenue"]) if then else "",
            judged="good" if then and view.revenue > then["revenue"] else "",
            base=base or (of_all(view.revenue, view.all_revenue, "revenue") if filtered else ""),
            history=[each["revenue"] for each in past]),
    ]  # fmt: skip
    risky = [segment["name"] for segment in overview["segments"] if segment.get("at_risk")]
    if risky:
        points = (risk - then["at_risk_share"]) * 100 if then else 0.0
        cells.append(
            kpi(f"Revenue in {', '.join(risky)}", words.number(risk * 100, 1), "%",
                change=f"{words.change(points, 1)} points" if then else "",
                judged=("good" if points < 0 else "bad" if points > 0 else "") if then else "",
                base=base or words.money_short(view.at_risk_revenue), history=[each["at_risk_share"] for each in past])
        )  # fmt: skip
    cells.append(
        kpi("Ordered in the last 30 days", words.number(view.recent), f"of {words.number(view.customers)}",
            change=words.change(view.recent - then["ordered_30_days"]) if then else "",
            judged="good" if then and view.recent > then["ordered_30_days"] else "",
            base=base or words.share(view.recent / view.customers), history=[each["ordered_30_days"] for each in past])
    )  # fmt: skip
    if view.moved is not None and previous is not None:
        cuts = overview["changed"]["only_cuts"] if overview["changed"] and not filtered else None
        said = f"{words.number(cuts)} because cut-offs moved" if cuts is not None else ""
        cells.append(
            kpi("Changed segment", words.number(view.moved[0]), f"of {words.number(view.moved[1])}",
                base=said or f"since {words.date_short(snapshots[previous]['as_of'])[:-5]}")
        )  # fmt: skip
    return kpis(cells)


def segment_map(view: Any, overview: Mapping[str, Any]) -> Component:
    """Draw the map of recency score by buying score (or frequency score) as buttons."""
    scoring, segments = overview["scoring"], overview["segments"]
    size, best_high = scoring["scale"], scoring["best"] == "high"
    by_place = {(row, column): (segment, count, money) for row, column, segment, count, money in view.cells}
    most = max((count for _, count, _ in by_place.values()), default=1) or 1
    up = range(size, 0, -1) if best_high else range(1, size + 1)
    across = range(1, size + 1) if best_high else range(size, 0, -1)
    chosen, named = set(view.filters.segment), set()
    parts: list[Component] = []
    for column in up:
        edge = "most" if column == up[0] else "least" if column == up[-1] else ""
        parts.append(html.Div([html.B(str(column)), html.Span(edge)], className="sd-map-y"))
        for row in across:
            segment, count, money = by_place[row, column]
            entry = segments[segment] if segment >= 0 else None
            first = entry is not None and entry["id"] not in named
            if entry:
                named.add(entry["id"])
            parts.append(_cell(entry, row, column, count, money, most, chosen, first))
    parts.append(html.Div())
    cuts = scoring["edges"]["recency"]
    for row in across:
        parts.append(
            html.Div([html.B(str(row)), html.Span(_days(row, size, cuts, best_high))], className="sd-map-x")
        )
    style = {"gridTemplateColumns": f"52px repeat({size}, minmax(0, 1fr))"}
    axis = "buying score" if overview["grid"]["column"] == "b" else "frequency score"
    return html.Div(
        [
            html.Div(parts, className="sd-map" + " sd-map-filtered" * bool(chosen), style=style, role="group",
                     **attributes(aria_label=f"Customers by recency score and {axis}")),
            html.P(f"Across: recency score, by time since the last order. Up: {axis}.", className="sd-map-axis"),
        ]
    )  # fmt: skip


def _cell(
    entry: Any, row: int, column: int, count: int, money: float, most: int, chosen: set[str], first: bool
) -> Component:
    name = entry["name"] if entry else "No segment"
    tint = _PALEST + (_DEEPEST - _PALEST) * count / most
    style = {
        "--c": palette.segment(entry["id"] if entry else None),
        "--k": f"calc({_PALEST}% + {tint - _PALEST:.0f}% * var(--sd-map))",
    }
    inside: list[Component] = [html.Span(name, className="sd-map-name")] if first else []
    inside += [html.B(words.number(count)), html.Small(words.money_short(money))]
    label = (
        f"{name}: recency {row}, up {column}: {words.count(count, 'customer')}, {words.money_short(money)}"
    )
    selected = " sd-map-on" if entry and entry["id"] in chosen else ""
    if entry is None:
        return html.Div(inside, className="sd-map-cell", style=style)
    return html.Button(
        inside, type="button", className=f"sd-map-cell{selected}", style=style,
        **attributes(aria_label=label, data_toggle_filter=f"segment={entry['id']}"),
    )  # fmt: skip


def _days(score: int, size: int, cuts: Sequence[float], best_high: bool) -> str:
    """Say which recencies a score stands for: "14 to 33"."""
    place = size - score if best_high else score - 1
    low = 0 if place == 0 else int(cuts[place - 1]) + 1
    if place == size - 1:
        return f"{words.number(low)} days or more"
    high = int(cuts[place])
    return f"{words.days(high)} or fewer" if place == 0 else f"{words.number(low)} to {words.number(high)}"


def sizes(groups: Sequence[Any], grouping: str) -> Component:
    """Draw customers and revenue of each group beside each other, most revenue first."""
    most = max((group.customers for group in groups), default=1) or 1
    richest = max((group.revenue for group in groups), default=1.0) or 1.0
    rows = []
    for group in sorted(groups, key=lambda group: -group.revenue):
        colour = group_colour(group.entry, grouping)
        rows.append(
            [
                html.Span(
                    html.Button(group_sign(group.entry, grouping), type="button", className="sd-plain",
                                **attributes(data_toggle_filter=f"{grouping}={group.entry['id']}"))
                ),
                track(group.customers / most, colour, faint=True, open_=True),
                html.Span(words.number(group.customers), className="sd-num"),
                track(group.revenue / richest, colour, open_=True),
                html.Span(words.money_short(group.revenue), className="sd-num"),
            ]
        )  # fmt: skip
    head = ["Segment" if grouping == "segment" else "Cluster", "Customers", "", "Revenue", ""]
    return bars(
        rows,
        "minmax(132px, 1.5fr) minmax(24px, 1fr) 44px minmax(24px, 1fr) 58px",
        [html.Span(each) for each in head],
    )


def groups_table(view: Any, frequency: str) -> Component:
    """List the groups with their means, changes and playbooks."""
    segments = view.grouping == "segment"
    columns = [Column("Segment" if segments else "Cluster"), Column("Customers", True), Column("Share", True)]
    if segments:
        columns.append(Column("Change", True))
    columns += [Column("Recency, days", True), Column(words.capital(frequency), True), Column("Spend", True),
                Column("Revenue share", True)]  # fmt: skip
    if segments:
        columns.append(Column("Playbook", optional=True))
    rows = []
    for group in view.groups:
        cells: list[Component | str] = [
            group_sign(group.entry, view.grouping),
            words.number(group.customers),
            words.share(group.customers / view.customers, 1),
        ]
        if segments:
            cells.append("–" if group.before is None else words.change(group.customers - group.before))
        cells += [
            words.number(group.means.get("recency")),
            words.number(group.means.get("frequency"), 1),
            words.money_sum(group.means.get("monetary")),
            words.share(group.revenue / view.revenue if view.revenue else 0, 1),
        ]
        rows.append([*cells, group.entry["playbook"]] if segments else cells)
    return table(columns, rows, "Groups with their means")


def columns_of(segments: Sequence[Any], clusters: Sequence[Any], frequency: str) -> list[dict[str, Any]]:
    """Return the columns of the list of customers."""
    number = {"type": "rightAligned", "sortable": True}
    return [
        {"field": "customer_id", "headerName": "Customer", "sortable": True, "cellRenderer": "CustomerLink"},
        {"field": "segment", "headerName": "Segment", "sortable": True, "minWidth": 150, "cellRenderer": "SegmentCell",
         "cellRendererParams": {"segments": segment_cells(segments)}},
        {"field": "cluster", "headerName": "Cluster", "sortable": True, "minWidth": 190, "cellRenderer": "ClusterCell",
         "cellRendererParams": {"clusters": cluster_cells(clusters)}},
        {"field": "country", "headerName": "Country", "sortable": True, "minWidth": 120},
        {"field": "recency", "headerName": "Recency, days", **number, "valueFormatter": {"function": "number(params.value, 0)"}},
        {"field": "frequency", "headerName": words.capital(frequency), **number,
         "valueFormatter": {"function": "number(params.value, 0)"}},
        {"field": "monetary", "headerName": "Spend", **number, "sort": "desc",
         "valueFormatter": {"function": "money(params.value)"}},
        {"field": "rfm", "headerName": "R F M", "sortable": False, "type": "rightAligned"},
        {"field": "last_purchase", "headerName": "Last order", **number, "valueFormatter": {"function": "day(params.value)"}},
    ]  # fmt: skip
