"""The clusters of the k that is looked at: silhouette values, sizes, means, whether they are stable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import figures
from layouts.clusters.words import RESAMPLED, STABLE, sample_text, verdict
from layouts.ids import Clusters
from layouts.parts import Column, card, cluster_chip, table, unseen
from layouts.parts.badges import lettered_chip
from layouts.parts.charts import graph
from layouts.parts.late_tables import written

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

Served = Sequence["Cluster"]


def _lettered(entry: Mapping[str, Any], served: Served) -> list[dict[str, Any]]:
    colours = [cluster.colour for cluster in served] or range(1, len(entry["clusters"]) + 1)
    return [
        {**cluster, "letter": chr(ord("A") + place), "colour": colour}
        for place, (cluster, colour) in enumerate(zip(entry["clusters"], colours, strict=True))
    ]


def silhouettes(entry: Mapping[str, Any], served: Served, evidence: Mapping[str, Any]) -> html.Section:
    """Return the silhouette plot of an entry of ``evidence.ks``; ``served`` is empty for a preview."""
    clusters = _lettered(entry, served)
    below = sum(cluster["below_zero"] for cluster in clusters)
    means = [words.number(cluster["silhouette"], 3) for cluster in clusters]
    worst = min(clusters, key=lambda cluster: cluster["silhouette"])
    loosest = [
        cluster["letter"]
        for cluster, mean in zip(clusters, means, strict=True)
        if mean == words.number(worst["silhouette"], 3)
    ]
    closer, own = ("is", "its own") if below == 1 else ("are", "their own")
    finding = (
        f"{words.number(below)} of {words.count(evidence['customers'], 'customer')} {closer} closer to "
        f"another cluster than to {own}; {words.listing(loosest)} {'is' if len(loosest) == 1 else 'are'} the "
        f"loosest (silhouette {words.number(worst['silhouette'], 2)})."
    )
    rows = [
        (
            cluster["letter"],
            mean,
            words.number(cluster["values"][len(cluster["values"]) // 2], 3),
            words.number(cluster["below_zero"]),
        )
        for cluster, mean in zip(clusters, means, strict=True)
    ]
    return card(
        f"Silhouette of each customer, {entry['k']} clusters",
        finding,
        graph(
            Clusters.graph("silhouettes"),
            f"Silhouette values of the customers in {entry['k']} clusters",
            300,
            figures.silhouettes(clusters, entry["silhouette"]),
        ),
        table=written(
            ["Cluster", Column("Mean", True), Column("Median", True), Column("Below zero", True)],
            rows,
            "Silhouette values by cluster",
        ),
        note="1: far from every other cluster; 0: on the border. A taller band means a larger cluster.",
        width=4,
    )


def groups(entry: Mapping[str, Any], served: Served, evidence: Mapping[str, Any]) -> html.Section:
    """Return the table of an entry's clusters; ``served`` gives their names and is empty for a preview."""
    clusters = _lettered(entry, served)
    total = sum(cluster["customers"] for cluster in clusters)
    rows: list[tuple[Component | str, ...]] = []
    for place, cluster in enumerate(clusters):
        chip = (
            cluster_chip(served[place])
            if served
            else lettered_chip(cluster["letter"], cluster["name"], cluster["colour"])
        )
        rows.append(
            (
                chip,
                words.number(cluster["customers"]),
                words.share(cluster["customers"] / total, 1),
                words.number(cluster["recency"]),
                words.number(cluster["frequency"], 1),
                words.money_sum(cluster["monetary"]),
                verdict(cluster["jaccard"]),
                *([_rules(served[place])] if served else []),
            )
        )
    lost = [cluster["letter"] for cluster in clusters if verdict(cluster["jaccard"]) != STABLE]
    finding = (
        "All clusters are stable when resampled."
        if not lost
        else f"{words.listing(lost)} {'is' if len(lost) == 1 else 'are'} not stable when resampled."
    )
    columns = [
        Column("Cluster" if served else "Cluster, preview"),
        Column("Customers", True),
        Column("Share", True, True),
        Column("Days", True),
        Column("Frequency", True, True),
        Column("Spend", True),
        Column("When resampled"),
        *([Column("Bought together")] if served else []),
    ]
    return card(
        "Clusters in use" if served else f"Preview of {entry['k']} clusters, not in use",
        finding,
        table(columns, rows, f"The {entry['k']} clusters"),
        note=f"Of {sample_text(evidence['customers'], evidence['of'])}. Days, frequency and spend are means. "
        f"{RESAMPLED.format(resamples=evidence['resamples'])}",
        width=8,
        flush=True,
    )


def _rules(cluster: Cluster) -> dcc.Link:
    """Lead to what this cluster's customers buy together."""
    return dcc.Link(["Rules", unseen(f" of {cluster.name}")], href=f"/baskets?cluster={cluster.id}")
