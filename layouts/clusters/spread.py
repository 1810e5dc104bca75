"""The served clusters together: in space, by segment, over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import profile_figures as figures
from layouts.clusters.words import (
    HOURS,
    MONTHS,
    MONTHS_SHORT,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    more_often,
    titled,
)
from layouts.clusters.words import when as at
from layouts.ids import Clusters
from layouts.parts import Column, button, card, empty, segment_badge, table
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.serving.clusters.report import Profile, Times

_TITLES = {"hours": later("Hour"), "weekdays": later("Weekday"), "months": later("Month")}
_GRAPHS = {
    "hours": later("Hour of orders, each cluster against all"),
    "weekdays": later("Weekday of orders, each cluster against all"),
    "months": later("Month of orders, each cluster against all"),
}
_TABLES = {
    "hours": later("Share of orders by hour"),
    "weekdays": later("Share of orders by weekday"),
    "months": later("Share of orders by month"),
}


def space(profiles: Sequence[Profile], release: str) -> html.Section:
    """Return the card of the centres, with the button that draws a release's customers in three axes."""
    spent = max(profiles, key=lambda each: each.revenue_share)
    rows = [
        (
            titled(each.cluster),
            words.number(each.cluster.recency),
            words.number(each.cluster.frequency, 1),
            words.money_sum(each.cluster.monetary),
        )
        for each in profiles
    ]
    heads = [Column(_("Days"), True), Column(_("Frequency"), True), Column(_("Spend"), True)]
    return card(
        _("Recency, frequency and spend"),
        _(
            "{cluster} brings {revenue_share} of the revenue with {share} of the customers.",
            cluster=spent.cluster.letter,
            revenue_share=words.share(spent.revenue_share),
            share=words.share(spent.share),
        ),
        html.Div(
            table([_("Cluster"), *heads], rows, _("Mean recency, frequency and spend")),
            id=Clusters.space(release),
        ),
        tools=[button(_("Show in 3-D"), Clusters.draw(release), small=True)],
        width=6,
    )


def drawn(values: Any, labels: Any, clusters: Sequence[Cluster], of: int) -> list[Component]:
    """Return the picture of customers in three axes."""
    return [
        graph(
            Clusters.graph("drawn"),
            _("Customers in the space of recency, frequency and spend"),
            380,
            figures.space(values, labels, clusters),
        ),
        html.P(_turned(len(labels), of), className="sd-note"),
    ]


def _turned(customers: int, of: int) -> str:
    n = words.number(of)
    if customers == of:
        return plural(
            "All {n} customer; drag to turn. Two axes are logarithmic.",
            "All {n} customers; drag to turn. Two axes are logarithmic.",
            of,
            n=n,
        )
    return plural(
        "A sample of {sample} of {n} customer; drag to turn. Two axes are logarithmic.",
        "A sample of {sample} of {n} customers; drag to turn. Two axes are logarithmic.",
        of,
        n=n,
        sample=words.number(customers),
    )


def by_segment(
    counts: Sequence[Sequence[int]],
    segments: Sequence[Segment],
    clusters: Sequence[Cluster],
) -> html.Section:
    """Return how many customers of each segment are in each cluster, linked to their list."""
    total = sum(map(sum, counts))
    rows = []
    for place, segment in enumerate(segments):
        across = [row[place] for row in counts]
        cells: list[Component | str] = [
            dcc.Link(words.number(count), href=f"/?segment={segment.id}&cluster={cluster.id}")
            if count
            else "–"
            for count, cluster in zip(across, clusters, strict=True)
        ]
        rows.append((segment_badge(segment), *cells, words.number(sum(across))))
    if any(row[-1] for row in counts):
        across = [row[-1] for row in counts]
        rows.append(
            (segment_badge(None), *(words.number(each) for each in across), words.number(sum(across)))
        )
    pure = sum(max(column) for column in zip(*counts, strict=True))
    heads = [Column(cluster.letter, True) for cluster in clusters]
    return card(
        _("Segments and clusters"),
        _(
            "Knowing only the segment, you would name the right cluster for {share} of customers.",
            share=words.share(pure / total),
        ),
        table([_("Segment"), *heads, Column(_("All"), True)], rows, _("Customers by segment and cluster")),
        note=_("Clusters: {clusters}.", clusters=", ".join(map(titled, clusters))),
        flush=True,
        width=12,
    )


def when(part: str, times: Times | None, letters: Sequence[str]) -> html.Section:
    """Return the picture of one of ``hours``, ``weekdays`` and ``months``."""
    title = _TITLES[part]()
    if times is None:
        nothing = (
            _("The file has dates without a time of day.")
            if part == "hours"
            else _("The file has no orders.")
        )
        return card(title, None, empty(_("Not known"), nothing), width=4)
    names, short, ticks = _columns(part)
    note = _("Against all orders: brown at most half as often, green at least twice. Empty: too few orders.")
    if part == "months":
        note = " ".join([note, _("A cluster whose customers stopped ordering has no recent months.")])
    rows = [
        (names[place], *(words.share(own[place], 1) for own in times.shares), words.share(everybody, 1))
        for place, everybody in enumerate(times.everybody)
        if everybody
    ]
    heads = [*(Column(letter, True) for letter in letters), Column(_("All"), True)]
    return card(
        title,
        _of_times(part, times, letters),
        graph(
            Clusters.graph(part),
            _GRAPHS[part](),
            60 + 34 * len(letters),
            figures.times(letters, short, times.ratio, times.shares, ticks),
        ),
        table=written([title, *heads], rows, _TABLES[part]()),
        note=note,
        width=4,
    )


def _columns(part: str) -> tuple[Sequence[str], Sequence[str], Sequence[int]]:
    """Return the names of a picture's columns, how they are written below it, and which of them are."""
    if part == "hours":
        return HOURS, HOURS, tuple(range(0, 24, 3))
    names, short = (WEEKDAYS, WEEKDAYS_SHORT) if part == "weekdays" else (MONTHS, MONTHS_SHORT)
    return [each() for each in names], [each() for each in short], ()


def _of_times(part: str, times: Times, letters: Sequence[str]) -> str:
    """Say which cluster orders most beyond its due, and when."""
    far = times.furthest()
    if far is None:
        return _("Too few orders to tell clusters apart.")
    row, place = far
    if not more_often(float(times.ratio[far])):
        return _("No cluster stands out.")
    return _(
        "{cluster} orders {ratio} times as often {when} as all customers do: {share} of its orders.",
        cluster=letters[row],
        ratio=words.number(float(times.ratio[row][place]), 1),
        when=at(part, place),
        share=words.share(times.shares[row][place]),
    )
