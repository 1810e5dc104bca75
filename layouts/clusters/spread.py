"""The served clusters together: in space, by segment, over time, against other algorithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import profile_figures as figures
from layouts.clusters.words import HOURS, MONTHS, WAYS, WEEKDAYS, more_often, sample_text, titled
from layouts.ids import Clusters
from layouts.parts import Column, button, card, empty, segment_badge, table, term
from layouts.parts.charts import graph
from layouts.parts.late_tables import written

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.serving.clusters.report import Profile, Times

_WHEN: dict[str, tuple[str, Sequence[str], Sequence[int], str]] = {
    "hours": ("Hour", HOURS, tuple(range(0, 24, 3)), "from {}"),
    "weekdays": ("Weekday", WEEKDAYS, (), "on {}s"),
    "months": ("Month", MONTHS, (), "in {}"),
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
    heads = [Column("Days", True), Column("Frequency", True), Column("Spend", True)]
    return card(
        "Recency, frequency and spend",
        f"{spent.cluster.letter} brings {words.share(spent.revenue_share)} of the revenue with "
        f"{words.share(spent.share)} of the customers.",
        html.Div(
            table(["Cluster", *heads], rows, "Mean recency, frequency and spend"),
            id=Clusters.space(release),
        ),
        tools=[button("Show in 3-D", Clusters.draw(release), small=True)],
        width=6,
    )


def drawn(values: Any, labels: Any, clusters: Sequence[Cluster], of: int) -> list[Component]:
    """Return the picture of customers in three axes."""
    return [
        graph(
            Clusters.graph("drawn"),
            "Customers in the space of recency, frequency and spend",
            300,
            figures.space(values, labels, clusters),
        ),
        html.P(
            f"{words.capital(sample_text(len(labels), of))}; drag to turn. Two axes are logarithmic.",
            className="sd-note",
        ),
    ]


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
        "Segments and clusters",
        f"Knowing only the segment, you would name the right cluster for {words.share(pure / total)} of "
        "customers.",
        table(["Segment", *heads, Column("All", True)], rows, "Customers by segment and cluster"),
        note="Clusters: " + ", ".join(f"{each.letter} {each.name}" for each in clusters) + ".",
        flush=True,
        width=12,
    )


def when(part: str, times: Times | None, letters: Sequence[str]) -> html.Section:
    """Return the picture of one of ``hours``, ``weekdays`` and ``months``."""
    title, names, ticks, form = _WHEN[part]
    if times is None:
        nothing = (
            "The file has dates without a time of day." if part == "hours" else "The file has no orders."
        )
        return card(title, None, empty("Not known", nothing), width=4)
    far = times.furthest()
    finding = "Too few orders to tell clusters apart."
    if far is not None and not more_often(float(times.ratio[far])):
        finding = "No cluster stands out."
    elif far is not None:
        row, place = far
        ratio = words.number(float(times.ratio[row][place]), 1)
        where = form.format(names[place])
        finding = (
            f"{letters[row]} orders {ratio} times as often {where} as all customers do: "
            f"{words.share(times.shares[row][place])} of its orders."
        )
    rows = [
        (names[place], *(words.share(own[place], 1) for own in times.shares), words.share(everybody, 1))
        for place, everybody in enumerate(times.everybody)
        if everybody
    ]
    heads = [*(Column(letter, True) for letter in letters), Column("All", True)]
    short = names if part == "hours" else [name[:3] for name in names]
    return card(
        title,
        finding,
        graph(
            Clusters.graph(part),
            f"{title} of orders, each cluster against all",
            60 + 34 * len(letters),
            figures.times(letters, short, times.ratio, times.shares, ticks),
        ),
        table=written([title, *heads], rows, f"Share of orders by {title.lower()}"),
        note="Against all orders: brown at most half as often, green at least twice. Empty: too few orders."
        + (" A cluster whose customers stopped ordering has no recent months." if part == "months" else ""),
        width=4,
    )


def algorithms(found: Mapping[str, Any] | None, explained: Mapping[str, Any]) -> list[html.Section]:
    """Return the table of algorithms, and their agreement."""
    if found is None:
        few = empty("Not compared", "A comparison needs at least 50 customers with different values.")
        return [card("Algorithms side by side", None, few)]
    names = [WAYS[way["id"]] for way in found["ways"]]
    alike = [words.number(value, 2) for value in found["agreement"][0]]
    rows = [
        (
            WAYS[way["id"]],
            words.number(len(way["sizes"])),
            words.listing([words.number(size) for size in way["sizes"]]),
            words.number(way["left_out"]),
            words.number(way["silhouette"], 2),
            words.number(way["stability"], 2),
            alike[place],
        )
        for place, way in enumerate(found["ways"])
    ]
    heads = [
        Column("Algorithm"),
        Column("Clusters", True),
        Column("Sizes", False, True),
        Column("In no cluster", True, True),
        Column("Silhouette", True, term="silhouette"),
        Column("Parts agree", True),
        Column("Agreement", True, True, "agreement"),
    ]
    most = words.number(max(found["agreement"][0][1:]), 2)
    nearest = [name for name, own in zip(names[1:], alike[1:], strict=True) if own == most]
    come = "comes" if len(nearest) == 1 else "come"
    return [
        card(
            "Algorithms side by side",
            f"{words.listing(nearest)} {come} closest to the clusters in use (agreement {most}). "
            f"{_recovery(explained)}",
            table(heads, rows, "The algorithms compared"),
            note=f"On {sample_text(found['customers'], found['of'])}. Parts agree: how alike the "
            f"groups are when found again in {found['draws']} random parts of "
            f"{words.share(found['drawn_share'])} of them (adjusted Rand index; 1 means identical). "
            "The site uses K-means, because every new "
            "customer then has a nearest centre.",
            flush=True,
            width=7,
        ),
        _agreement(names, found["agreement"]),
    ]


def _recovery(explained: Mapping[str, Any]) -> str:
    found = explained["recovery"]
    rules = f"The rules in words are right for {words.share(explained['fidelity'])} of all customers."
    if not found:
        return rules
    return (
        f"A decision tree trained on {words.count(found['learned'], 'customer')} names the right cluster for "
        f"{words.share(found['right'] / found['asked'])} of {words.number(found['asked'])} others; always "
        f"naming the largest cluster would be right for "
        f"{words.share(found['largest'] / found['asked'])}. {rules}"
    )


def _agreement(names: Sequence[str], matrix: Sequence[Sequence[float]]) -> html.Section:
    pairs = [(matrix[a][b], a, b) for a in range(len(names)) for b in range(a)]
    best = max(pairs)
    most = words.number(best[0], 2)
    alike = sum(words.number(pair[0], 2) == most for pair in pairs)
    short = [name.partition(",")[0].removesuffix(" by rule").removeprefix("Gaussian ") for name in names]
    one, other = short[best[1]], short[best[2]]
    rows = [
        (name, *("–" if to == place else words.number(value, 2) for to, value in enumerate(row)))
        for place, (name, row) in enumerate(zip(names, matrix, strict=True))
    ]
    return card(
        "Agreement",
        f"{one} and {other} agree most ({most})."
        if alike == 1
        else f"{words.number(alike)} pairs agree most ({most}), {one} and {other} among them.",
        graph(
            Clusters.graph("agreement"),
            "Agreement of each pair of algorithms",
            290,
            figures.agreement([words.capital(name) for name in short], matrix),
        ),
        table=written(
            ["Algorithm", *(Column(words.capital(name), True) for name in short)],
            rows,
            "Agreement of each pair of algorithms",
        ),
        note=[term("agreement"), ": 1 the same groups, 0 no more than by chance."],
        width=5,
    )
