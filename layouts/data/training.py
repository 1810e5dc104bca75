"""How a release was trained: preset, number of clusters and its evidence, cut points, effort."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.data import figures
from layouts.data.words import STEPS, facts
from layouts.ids import Data
from layouts.parts import Column, bars, card, empty, table, term, track
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.findings import leader, stands_out
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.releases.overview.groups import NumberOfClusters
    from services.releases.overview.moments import Since
    from services.serving.release.provenance import Band, Provenance
    from services.serving.rules.sets import RuleCount


MOVERS = "/movement?from=release"


def steps(found: Provenance, rules: RuleCount) -> html.Section:
    """Return the card of preset, choices and effort; ``rules`` are those of everybody's invoices."""
    manifest = found.manifest
    preset = manifest.preset_definition
    closeness = "1 means far apart, 0 touching"
    known: list[tuple[Component | str, Any]] = [
        (term("preset"), [_preset(preset, manifest.preset), dcc.Link("Edit its segments", href="/presets")]),
        ("Source", preset["source"]),
        ("Clusters", f"{manifest.k}; silhouette {words.number(manifest.silhouette, 2)} ({closeness})"),
        ("Basket rules", f"{words.number(rules.rules)} from {words.count(rules.sets, 'product set')}"),
        ("Seed", str(manifest.seed)),
    ]
    if manifest.peak_memory_mb is not None:
        known.append(("Memory", f"{words.number(manifest.peak_memory_mb)} MB at most"))
    if since := found.overview.since:
        known.append(
            ("Since the previous release", [_since(since), dcc.Link("See who moved, and why", href=MOVERS)])
        )
    longest = max(manifest.seconds.values(), default=0) or 1
    ordered = [name for name in STEPS if name in manifest.seconds]
    ordered += [name for name in manifest.seconds if name not in STEPS]
    effort = bars(
        [
            [
                html.Span(STEPS.get(name, name)),
                track(manifest.seconds[name] / longest, open_=True),
                html.Span(f"{words.number(manifest.seconds[name], 1)} s", className="sd-num"),
            ]
            for name in ordered
        ],
        "minmax(150px, 1.4fr) 1fr 66px",
    )
    versions = html.Details(
        [
            html.Summary("Versions of the libraries"),
            facts([("Segment Desk", manifest.made_by), *sorted(manifest.libraries.items())]),
        ],
        className="sd-data-more",
    )
    return card("How it was trained", preset["summary"], html.Div([facts(known), effort, versions]), width=6)


def _preset(definition: Mapping[str, Any], name: str) -> str:
    version = definition.get("version")
    return f"{definition['name']} ({name}{f', version {version}' if version else ''}). "


def _since(since: Since) -> str:
    segment, cluster = since.segment, since.cluster
    return (
        f"{words.number(segment.moved)} of {words.count(segment.of, 'customer')} changed segment, "
        f"{words.number(cluster.moved)} cluster. "
    )


def clusters(k: NumberOfClusters) -> html.Section:
    """Return the card of the number of clusters; ``k`` is ``overview.k``."""
    title, evidence = "Number of clusters", k.evidence
    if not evidence:
        nothing = empty("No comparison", "No other number of clusters was tried.")
        return card(title, k.reason, nothing, width=7)
    tried = [each.k for each in evidence]
    picture = graph(
        Data.EVIDENCE,
        "Inertia and agreement when resampled by number of clusters",
        300,
        figures.evidence(
            tried,
            [each.inertia for each in evidence],
            [each.stability for each in evidence],
            k.chosen,
        ),
    )
    measures = ("inertia", "silhouette", "davies_bouldin", "calinski_harabasz", "stability", "smallest")
    decimals = {"silhouette": 3, "davies_bouldin": 3, "stability": 3}
    listed = written(
        [
            "k",
            Column("Inertia", True),
            Column("Silhouette", True),
            Column("Davies–Bouldin", True),
            Column("Calinski–Harabasz", True),
            Column("Resampled", True),
            Column("Smallest", True),
        ],
        [
            [
                f"{each.k},\u00a0chosen" if each.k == k.chosen else str(each.k),
                *(words.number(getattr(each, name), decimals.get(name, 0)) for name in measures),
            ]
            for each in evidence
        ],
        "Measures by number of clusters",
    )
    note: list[Component | str] = [
        term("inertia"),
        " always falls; what counts is the bend. Resampled: how similar the clusters are when customers are "
        "resampled; 1 means identical. The large dot marks the number chosen.",
    ]
    return card(title, k.reason, picture, table=listed, note=note, width=7)


def cut_points(found: Provenance) -> html.Section:
    """Return the card of the values and customers behind each score."""
    title = "Cut points"
    if not found.bands:
        nothing = empty("No scores", "This preset makes its segments without scores.")
        return card(title, None, nothing)
    unit = found.overview.axes["frequency"].unit
    names: dict[Axis, str] = {
        "recency": "Days since the last order",
        "frequency": words.capital(unit),
        "monetary": "Spend",
    }
    heads: list[Column | str] = [Column("Score", term="score")]
    for axis in AXES:
        heads += [Column(names[axis], True), Column("Customers", True, True)]
    rows: list[list[str]] = []
    for place, (score, by_axis) in enumerate(found.bands.items()):
        end = {0: ", best", len(found.bands) - 1: ", worst"}.get(place, "")
        row = [f"{score}{end}"]
        for axis in AXES:
            row += [band(by_axis[axis], money=axis == "monetary"), words.number(by_axis[axis].customers)]
        rows.append(row)
    sizes = [
        (axis, score, by_axis[axis].customers) for score, by_axis in found.bands.items() for axis in AXES
    ]
    return card(
        title,
        _largest(sizes, names, found.manifest.customers),
        table(heads, rows, "Values and customers of each score"),
        flush=True,
        term="cut-point",
    )


def _largest(sizes: Sequence[tuple[Axis, int, int]], names: Mapping[Axis, str], customers: int) -> str:
    """Name the largest class where one is larger than equal classes would be; ``sizes`` are of all axes."""
    share = [size / customers for *_, size in sizes]
    place = leader(share, words.share)
    if place is None or not stands_out(share[place], len(AXES) / len(sizes)):
        return "Which values each score stands for, and how many customers have it."
    axis, score, size = sizes[place]
    return (
        f"Equal values share a score, so classes differ in size: the largest, score {score} of "
        f"{names[axis].lower()}, holds {words.share(size / customers)} of the customers."
    )


def band(values: Band, *, money: bool) -> str:
    """Write which values a score stands for: ``14 to 33``, ``£2,054.82 up``, ``no value``."""
    if values.over is not None and values.over == values.up_to:
        return "no value"
    if money:
        if values.over is None:
            return f"to {words.money(values.up_to)}"
        return f"over {words.money(values.over)}" + (
            f" to {words.money(values.up_to)}" if values.up_to is not None else ""
        )
    low = None if values.over is None else math.floor(values.over) + 1
    high = None if values.up_to is None else math.floor(values.up_to)
    if low is None:
        return f"{words.number(high)} or fewer"
    if high is None:
        return f"{words.number(low)} or more"
    if low > high:
        return "no value"
    return words.number(low) if low == high else f"{words.number(low)} to {words.number(high)}"
