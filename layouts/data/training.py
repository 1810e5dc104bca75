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
from layouts.parts.woven import gap, woven
from services.core.findings import leader, stands_out
from services.core.language.again import again
from services.core.language.messages import _, plural
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
    silhouette = _(
        "{k}; silhouette {silhouette} (1 means far apart, 0 touching)",
        k=manifest.k,
        silhouette=words.number(manifest.silhouette, 2),
    )
    found_in = plural(
        "{rules} from {n} product set",
        "{rules} from {n} product sets",
        rules.sets,
        n=words.number(rules.sets),
        rules=words.number(rules.rules),
    )
    known: list[tuple[Component | str, Any]] = [
        (
            term("preset"),
            [_preset(preset, manifest.preset), dcc.Link(_("Edit its segments"), href="/presets")],
        ),
        (_("Source"), preset["source"]),
        (_("Clusters"), silhouette),
        (_("Basket rules"), found_in),
        (_("Seed"), str(manifest.seed)),
    ]
    if manifest.peak_memory_mb is not None:
        memory = _("{n} MB at most", n=words.number(manifest.peak_memory_mb))
        known.append((_("Memory"), memory))
    if since := found.overview.since:
        moved = dcc.Link(_("See who moved, and why"), href=MOVERS)
        known.append((_("Since the previous release"), [_since(since), " ", moved]))
    longest = max(manifest.seconds.values(), default=0) or 1
    ordered = [name for name in STEPS if name in manifest.seconds]
    ordered += [name for name in manifest.seconds if name not in STEPS]
    effort = bars(
        [
            [
                html.Span(str(STEPS.get(name, name))),
                track(manifest.seconds[name] / longest, open_=True),
                html.Span(_("{n} s", n=words.number(manifest.seconds[name], 1)), className="sd-num"),
            ]
            for name in ordered
        ],
        "minmax(120px, 1.4fr) 1fr 66px",
    )
    versions = html.Details(
        [
            html.Summary(_("Versions of the libraries")),
            facts([("Segment Desk", manifest.made_by), *sorted(manifest.libraries.items())]),
        ],
        className="sd-data-more",
    )
    return card(
        _("How it was trained"), preset["summary"], html.Div([facts(known), effort, versions]), width=6
    )


def _preset(definition: Mapping[str, Any], name: str) -> str:
    if version := definition.get("version"):
        said = _("{title} ({id}, version {version}).", title=definition["name"], id=name, version=version)
        return f"{said} "
    return f"{definition['name']} ({name}). "


def _since(since: Since) -> str:
    segment, cluster = since.segment, since.cluster
    return plural(
        "{moved} of {n} customer changed segment, {in_cluster} cluster.",
        "{moved} of {n} customers changed segment, {in_cluster} cluster.",
        segment.of,
        n=words.number(segment.of),
        moved=words.number(segment.moved),
        in_cluster=words.number(cluster.moved),
    )


def clusters(k: NumberOfClusters) -> html.Section:
    """Return the card of the number of clusters; ``k`` is ``overview.k``."""
    title, evidence = _("Number of clusters"), k.evidence
    if not evidence:
        nothing = empty(_("No comparison"), _("No other number of clusters was tried."))
        return card(title, again(k.reason), nothing, width=7)
    tried = [each.k for each in evidence]
    picture = graph(
        Data.EVIDENCE,
        _("Inertia and agreement when resampled by number of clusters"),
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
            Column(_("Inertia"), True),
            Column(_("Silhouette"), True),
            Column("Davies–Bouldin", True),
            Column("Calinski–Harabasz", True),
            Column(_("Resampled"), True),
            Column(_("Smallest"), True),
        ],
        [
            [
                _("{k},\u00a0chosen", k=each.k) if each.k == k.chosen else str(each.k),
                *(words.number(getattr(each, name), decimals.get(name, 0)) for name in measures),
            ]
            for each in evidence
        ],
        _("Measures by number of clusters"),
    )
    note = woven(
        _(
            "{inertia} always falls; what counts is the bend. Resampled: how similar the clusters are when "
            "customers are resampled; 1 means identical. The large dot marks the number chosen.",
            inertia=gap("inertia"),
        ),
        inertia=term("inertia"),
    )
    return card(title, again(k.reason), picture, table=listed, note=note, width=7)


def cut_points(found: Provenance) -> html.Section:
    """Return the card of the values and customers behind each score."""
    title = _("Cut points")
    if not found.bands:
        nothing = empty(_("No scores"), _("This preset makes its segments without scores."))
        return card(title, None, nothing)
    unit = found.overview.axes["frequency"].unit
    names: dict[Axis, str] = {
        "recency": _("Days since the last order"),
        "frequency": _("Lines") if unit == "lines" else _("Orders"),
        "monetary": _("Spend"),
    }
    heads: list[Column | str] = [Column(_("Score"), term="score")]
    for axis in AXES:
        heads += [Column(names[axis], True), Column(_("Customers"), True, True)]
    rows: list[list[str]] = []
    best_and_worst = {0: _("{score}, best"), len(found.bands) - 1: _("{score}, worst")}
    for place, (score, by_axis) in enumerate(found.bands.items()):
        row = [best_and_worst.get(place, "{score}").format(score=score)]
        for axis in AXES:
            row += [band(by_axis[axis], money=axis == "monetary"), words.number(by_axis[axis].customers)]
        rows.append(row)
    sizes = [
        (axis, score, by_axis[axis].customers) for score, by_axis in found.bands.items() for axis in AXES
    ]
    return card(
        title,
        _largest(sizes, unit, found.manifest.customers),
        table(heads, rows, _("Values and customers of each score")),
        flush=True,
        term="cut-point",
    )


def _largest(sizes: Sequence[tuple[Axis, int, int]], unit: str, customers: int) -> str:
    """Name the largest class where one is larger than equal classes would be; ``sizes`` are of all axes."""
    share = [size / customers for *_, size in sizes]
    place = leader(share, words.share)
    if place is None or not stands_out(share[place], len(AXES) / len(sizes)):
        return _("Which values each score stands for, and how many customers have it.")
    axis, score, size = sizes[place]
    names: dict[Axis, str] = {
        "recency": _("days since the last order"),
        "frequency": _("lines") if unit == "lines" else _("orders"),
        "monetary": _("spend"),
    }
    return _(
        "Equal values share a score, so classes differ in size: the largest, score {score} of {axis}, holds "
        "{share} of the customers.",
        score=score,
        axis=names[axis],
        share=words.share(size / customers),
    )


def band(values: Band, *, money: bool) -> str:
    """Write which values a score stands for: ``14 to 33``, ``£2,054.82 up``, ``no value``."""
    if values.over is not None and values.over == values.up_to:
        return _("no value")
    if money:
        if values.over is None:
            return _("to {high}", high=words.money(values.up_to))
        low = words.money(values.over)
        if values.up_to is None:
            return _("over {low}", low=low)
        return _("over {low} to {high}", low=low, high=words.money(values.up_to))
    return _counted(values)


def _counted(values: Band) -> str:
    low = None if values.over is None else math.floor(values.over) + 1
    high = None if values.up_to is None else math.floor(values.up_to)
    if low is None:
        return _("{n} or fewer", n=words.number(high))
    if high is None:
        return _("{n} or more", n=words.number(low))
    if low > high:
        return _("no value")
    if low == high:
        return words.number(low)
    return _("{low} to {high}", low=words.number(low), high=words.number(high))
