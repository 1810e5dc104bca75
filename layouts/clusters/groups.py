"""The clusters of the k that is looked at: silhouette values, sizes, means, whether they are stable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import figures
from layouts.clusters.words import customers_text, resampled, stable, verdict
from layouts.ids import Clusters
from layouts.parts import Column, card, cluster_chip, table, unseen
from layouts.parts.attributes import HIDDEN
from layouts.parts.badges import lettered_chip
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.language.messages import _, plural

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
    closer = plural(
        "{n} of {customers} is closer to another cluster than to its own",
        "{n} of {customers} are closer to another cluster than to their own",
        below,
        n=words.number(below),
        customers=customers_text(evidence["customers"]),
    )
    loose = plural(
        "{clusters} is the loosest (silhouette {mean}).",
        "{clusters} are the loosest (silhouette {mean}).",
        len(loosest),
        clusters=words.listing(loosest),
        mean=words.number(worst["silhouette"], 2),
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
        plural(
            "Silhouette of each customer, {n} cluster",
            "Silhouette of each customer, {n} clusters",
            entry["k"],
        ),
        f"{closer}; {loose}",
        graph(
            Clusters.graph("silhouettes"),
            plural(
                "Silhouette values of the customers in {n} cluster",
                "Silhouette values of the customers in {n} clusters",
                entry["k"],
            ),
            300,
            figures.silhouettes(clusters, entry["silhouette"]),
        ),
        table=written(
            [_("Cluster"), Column(_("Mean"), True), Column(_("Median"), True), Column(_("Below zero"), True)],
            rows,
            _("Silhouette values by cluster"),
        ),
        note=_("1: far from every other cluster; 0: on the border. A taller band means a larger cluster."),
        width=4,
        address=f"silhouette of each customer, {entry['k']} clusters",
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
    lost = [cluster["letter"] for cluster in clusters if not stable(cluster["jaccard"])]
    finding = (
        _("All clusters are stable when resampled.")
        if not lost
        else plural(
            "{clusters} is not stable when resampled.",
            "{clusters} are not stable when resampled.",
            len(lost),
            clusters=words.listing(lost),
        )
    )
    columns = [
        Column(_("Cluster") if served else _("Cluster, preview")),
        Column(_("Customers"), True),
        Column(_("Share"), True, True),
        Column(_("Days"), True),
        Column(_("Frequency"), True, True),
        Column(_("Spend"), True),
        Column(_("When resampled")),
        *([Column(_("Bought together"))] if served else []),
    ]
    return card(
        _("Clusters in use")
        if served
        else plural("Preview of {n} cluster, not in use", "Preview of {n} clusters, not in use", entry["k"]),
        finding,
        table(columns, rows, plural("The {n} cluster", "The {n} clusters", entry["k"])),
        note=f"{_measured(evidence['customers'], evidence['of'])} {resampled(evidence['resamples'])}",
        width=8,
        flush=True,
    )


def _measured(customers: int, of: int) -> str:
    n = words.number(of)
    if customers == of:
        return plural(
            "Of all {n} customer. Days, frequency and spend are means.",
            "Of all {n} customers. Days, frequency and spend are means.",
            of,
            n=n,
        )
    return plural(
        "Of a sample of {sample} of {n} customer. Days, frequency and spend are means.",
        "Of a sample of {sample} of {n} customers. Days, frequency and spend are means.",
        of,
        n=n,
        sample=words.number(customers),
    )


def _rules(cluster: Cluster) -> dcc.Link:
    """Lead to what this cluster's customers buy together."""
    said = [html.Span(_("Rules"), **HIDDEN), unseen(_("Rules of {cluster}", cluster=cluster.name))]
    return dcc.Link(said, href=f"/baskets?cluster={cluster.id}")
