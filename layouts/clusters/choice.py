"""How many clusters: the evidence for each k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.clusters import figures
from layouts.clusters.argument import argued
from layouts.clusters.groups import groups, silhouettes
from layouts.clusters.words import FEWEST, STABILITY, TOO_FEW, sample_text
from layouts.ids import Clusters
from layouts.parts import Column, card, empty, grid, table
from layouts.parts.charts import graph
from layouts.parts.late_tables import written

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

HEIGHT = 230
LITTLE = 0.2  # of the spread that is left: less is little


def tried(evidence: Mapping[str, Any], k: int, served: Sequence[Cluster], reason: str) -> Component:
    """Return the cards on the number of clusters.

    Parameters
    ----------
    evidence : mapping
        ``evidence`` of ``clusters.json``.
    k : int
        Looked at.
    served : sequence of Cluster
        ``overview.clusters``.
    reason : str
        Why the release serves its k.
    """
    ks = evidence["ks"]
    if not ks:
        return empty(
            "No number of clusters was tried out",
            "It needs at least three customers with different values. " + reason,
        )
    entry = next((each for each in ks if each["k"] == k), None)
    cards = [_inertia(evidence, k), quality(evidence, k), _indices(evidence, k)]
    cards.append(_measures(evidence, k, served, reason))
    if entry:
        known = served if k == len(served) else ()
        cards += [silhouettes(entry, known, evidence), groups(entry, known, evidence)]
    return grid(cards)


def _few(evidence: Mapping[str, Any]) -> bool:
    return evidence["customers"] < FEWEST


def _inertia(evidence: Mapping[str, Any], k: int) -> html.Section:
    ks = [1, *(each["k"] for each in evidence["ks"])]
    values = [evidence["inertia_of_one"], *(each["inertia"] for each in evidence["ks"])]
    bend = evidence["elbow"]
    at = values[ks.index(bend)]
    left = f"{words.share(at / values[0])} of the spread inside them"
    leave = f"{words.capital(words.small(bend))} clusters leave {left}"
    finding = f"{leave}, {words.small(ks[-1])} leave {words.share(values[-1] / values[0])}."
    if ks[-1] == bend:
        finding = f"{leave}."
    elif at - values[-1] < LITTLE * at:
        finding = f"{leave}; more clusters reduce it only a little."
    if len(ks) <= 3:
        finding = "Too few numbers of clusters were tried to show a bend."
    if _few(evidence):
        finding = TOO_FEW
    rows = [
        (words.number(each), words.number(value), words.share(value / values[0], 1))
        for each, value in zip(ks, values, strict=True)
    ]
    return card(
        "Inertia",
        finding,
        graph(
            Clusters.graph("inertia"),
            "Inertia by number of clusters",
            HEIGHT,
            figures.inertia(ks, values, bend, k),
        ),
        table=written(
            ["Clusters", Column("Inertia", True), Column("Share of one cluster’s", True)],
            rows,
            "Inertia by k",
        ),
        note="The bend is looked for from 2 clusters up.",
        width=4,
        term="inertia",
    )


def _highest(ks: Sequence[Mapping[str, Any]], measure: str) -> tuple[float, str]:
    """Return the highest value of a measure, and each k that has it as it is written with three decimals."""
    best = max(each[measure] for each in ks)
    alike = [each["k"] for each in ks if words.number(each[measure], 3) == words.number(best, 3)]
    return best, words.listing([words.number(k) for k in alike])


def quality(evidence: Mapping[str, Any], k: int) -> html.Section:
    """Return the card of silhouette and stability of each number of clusters; ``k`` is marked."""
    ks = evidence["ks"]
    best, which = _highest(ks, "silhouette")
    known = [each for each in ks if each.get("monthly") is not None]
    finding = f"Silhouette is highest with {which} clusters ({words.number(best, 2)})"
    if known:
        best, which = _highest(known, "monthly")
        finding += f", stability with {which} ({words.share(best)})"
    finding += "."
    if _few(evidence):
        finding = TOO_FEW
    rows = [(words.number(each["k"]), words.number(each["silhouette"], 3), _stability(each)) for each in ks]
    figure = figures.quality(
        [each["k"] for each in ks],
        [each["silhouette"] for each in ks],
        [each.get("monthly") for each in ks],
        k,
    )
    return card(
        "Silhouette and stability",
        finding,
        graph(Clusters.graph("quality"), "Silhouette and stability by number of clusters", HEIGHT, figure),
        table=written(
            ["Clusters", Column("Silhouette", True), Column("Stability", True)],
            rows,
            "Silhouette and stability by k",
        ),
        note=STABILITY if known else "Stability from month to month is not known here.",
        width=4,
    )


def _indices(evidence: Mapping[str, Any], k: int) -> html.Section:
    ks = evidence["ks"]
    low = min(ks, key=lambda each: each["davies_bouldin"])
    high = max(ks, key=lambda each: each["calinski_harabasz"])
    finding = (
        f"Both measures favour {low['k']} clusters."
        if low["k"] == high["k"]
        else f"Davies–Bouldin favours {low['k']} clusters, Calinski–Harabasz {high['k']}."
    )
    if _few(evidence):
        finding = TOO_FEW
    rows = [
        (
            words.number(each["k"]),
            words.number(each["davies_bouldin"], 3),
            words.number(each["calinski_harabasz"]),
        )
        for each in ks
    ]
    figure = figures.indices(
        [each["k"] for each in ks],
        [each["davies_bouldin"] for each in ks],
        [each["calinski_harabasz"] for each in ks],
        k,
    )
    return card(
        "Two more measures",
        finding,
        graph(
            Clusters.graph("indices"),
            "Davies–Bouldin and Calinski–Harabasz by number of clusters",
            HEIGHT,
            figure,
        ),
        table=written(
            ["Clusters", Column("Davies–Bouldin", True), Column("Calinski–Harabasz", True)],
            rows,
            "Two more measures by k",
        ),
        width=4,
    )


def _measures(evidence: Mapping[str, Any], k: int, served: Sequence[Cluster], reason: str) -> html.Section:
    rows = []
    for each in evidence["ks"]:
        marks = ["in use"] * (each["k"] == len(served)) + ["bend"] * (each["k"] == evidence["elbow"])
        marks += ["looked at"] * (each["k"] == k != len(served))
        rows.append(
            (
                ", ".join([words.number(each["k"]), *marks]),
                words.number(each["inertia"]),
                words.number(each["silhouette"], 3),
                words.number(each["davies_bouldin"], 3),
                words.number(each["calinski_harabasz"]),
                _stability(each),
                words.number(each["smallest"]),
            )
        )
    columns = [
        Column("Clusters"),
        Column("Inertia", True, True, "inertia"),
        Column("Silhouette", True, True, "silhouette"),
        Column("Davies–Bouldin", True, True, "davies-bouldin"),
        Column("Calinski–Harabasz", True, True, "calinski-harabasz"),
        Column("Stability", True, term="stability"),
        Column("Smallest", True),
    ]
    said, reasons = [reason], []
    if not _few(evidence):
        best = evidence["recommended"]
        if best and best["k"] != len(served):
            said.append(f"The evidence points to {best['k']}: {best['reason']}")
        reasons = argued(evidence, served)
    elif reason != TOO_FEW:
        said.append(TOO_FEW)
    listed = [part for heading, text in reasons for part in (html.Dt(heading), html.Dd(text))]
    return card(
        f"Why {len(served)}",
        " ".join(said),
        [
            *([html.Dl(listed, className="sd-facts")] if listed else []),
            table(columns, rows, "Measures by number of clusters"),
        ],
        note=f"Measured on {sample_text(evidence['customers'], evidence['of'])}. {STABILITY}",
        flush=True,
    )


def _stability(entry: Mapping[str, Any]) -> str:
    known = entry.get("monthly")
    return words.NOTHING if known is None else words.share(known, 1)
