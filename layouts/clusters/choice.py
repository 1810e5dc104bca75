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
from layouts.clusters.words import FEWEST, TOO_FEW, stability
from layouts.ids import Clusters
from layouts.parts import Column, card, empty, grid, table
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.language.again import again
from services.core.language.messages import _, later, plural

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
        needs = _("It needs at least three customers with different values.")
        return empty(_("No number of clusters was tried out"), f"{needs} {again(reason)}")
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
    finding = _of_bend(ks, values, bend)
    if _few(evidence):
        finding = TOO_FEW()
    rows = [
        (words.number(each), words.number(value), words.share(value / values[0], 1))
        for each, value in zip(ks, values, strict=True)
    ]
    return card(
        later("Inertia"),
        finding,
        graph(
            Clusters.graph("inertia"),
            _("Inertia by number of clusters"),
            HEIGHT,
            figures.inertia(ks, values, bend, k),
        ),
        table=written(
            [_("Clusters"), Column(_("Inertia"), True), Column(_("Share of one cluster’s"), True)],
            rows,
            _("Inertia by k"),
        ),
        note=_("The bend is looked for from 2 clusters up."),
        width=4,
        term="inertia",
    )


def _of_bend(ks: Sequence[int], values: Sequence[float], bend: int) -> str:
    """Say what the clusters at the bend leave, and what the most clusters that were tried do."""
    if len(ks) <= 3:
        return _("Too few numbers of clusters were tried to show a bend.")
    at = values[ks.index(bend)]
    places = {"n": words.capital(words.small(bend)), "left": words.share(at / values[0])}
    if ks[-1] == bend:
        return plural(
            "{n} cluster leaves {left} of the spread inside it.",
            "{n} clusters leave {left} of the spread inside them.",
            bend,
            **places,
        )
    if at - values[-1] < LITTLE * at:
        return plural(
            "{n} cluster leaves {left} of the spread inside it; more clusters reduce it only a little.",
            "{n} clusters leave {left} of the spread inside them; more clusters reduce it only a little.",
            bend,
            **places,
        )
    return plural(
        "{n} cluster leaves {left} of the spread inside it, {most} leave {least}.",
        "{n} clusters leave {left} of the spread inside them, {most} leave {least}.",
        bend,
        most=words.small(ks[-1]),
        least=words.share(values[-1] / values[0]),
        **places,
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
    places = {"which": which, "best": words.number(best, 2)}
    finding = _("Silhouette is highest with {which} clusters ({best}).", **places)
    if known:
        steadiest, steady = _highest(known, "monthly")
        finding = _(
            "Silhouette is highest with {which} clusters ({best}), stability with {steady} ({steadiest}).",
            steady=steady,
            steadiest=words.share(steadiest),
            **places,
        )
    if _few(evidence):
        finding = TOO_FEW()
    rows = [(words.number(each["k"]), words.number(each["silhouette"], 3), _stability(each)) for each in ks]
    figure = figures.quality(
        [each["k"] for each in ks],
        [each["silhouette"] for each in ks],
        [each.get("monthly") for each in ks],
        k,
    )
    return card(
        later("Silhouette and stability"),
        finding,
        graph(Clusters.graph("quality"), _("Silhouette and stability by number of clusters"), HEIGHT, figure),
        table=written(
            [_("Clusters"), Column(_("Silhouette"), True), Column(_("Stability"), True)],
            rows,
            _("Silhouette and stability by k"),
        ),
        note=stability() if known else _("Stability from month to month is not known here."),
        width=4,
    )


def _indices(evidence: Mapping[str, Any], k: int) -> html.Section:
    ks = evidence["ks"]
    low = min(ks, key=lambda each: each["davies_bouldin"])
    high = max(ks, key=lambda each: each["calinski_harabasz"])
    finding = (
        plural("Both measures favour {n} cluster.", "Both measures favour {n} clusters.", low["k"])
        if low["k"] == high["k"]
        else plural(
            "Davies–Bouldin favours {n} cluster, Calinski–Harabasz {other}.",
            "Davies–Bouldin favours {n} clusters, Calinski–Harabasz {other}.",
            low["k"],
            other=high["k"],
        )
    )
    if _few(evidence):
        finding = TOO_FEW()
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
        later("Two more measures"),
        finding,
        graph(
            Clusters.graph("indices"),
            _("Davies–Bouldin and Calinski–Harabasz by number of clusters"),
            HEIGHT,
            figure,
        ),
        table=written(
            [_("Clusters"), Column(_("Davies–Bouldin"), True), Column(_("Calinski–Harabasz"), True)],
            rows,
            _("Two more measures by k"),
        ),
        width=4,
    )


def _measures(evidence: Mapping[str, Any], k: int, served: Sequence[Cluster], reason: str) -> html.Section:
    rows = []
    for each in evidence["ks"]:
        marks = [_("in use")] * (each["k"] == len(served)) + [_("bend")] * (each["k"] == evidence["elbow"])
        marks += [_("looked at")] * (each["k"] == k != len(served))
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
        Column(_("Clusters")),
        Column(_("Inertia"), True, True, "inertia"),
        Column(_("Silhouette"), True, True, "silhouette"),
        Column(_("Davies–Bouldin"), True, True, "davies-bouldin"),
        Column(_("Calinski–Harabasz"), True, True, "calinski-harabasz"),
        Column(_("Stability"), True, term="stability"),
        Column(_("Smallest"), True),
    ]
    said, reasons = [again(reason)], []
    if not _few(evidence):
        best = evidence["recommended"]
        if best and best["k"] != len(served):
            said.append(_("The evidence points to {k}: {reason}", k=best["k"], reason=again(best["reason"])))
        reasons = argued(evidence, served)
    elif reason != TOO_FEW.text:
        said.append(TOO_FEW())
    listed = [part for heading, text in reasons for part in (html.Dt(heading), html.Dd(text))]
    return card(
        _("Why {k}", k=len(served)),
        " ".join(said),
        [
            *([html.Dl(listed, className="sd-facts")] if listed else []),
            table(columns, rows, _("Measures by number of clusters")),
        ],
        note=f"{_measured(evidence['customers'], evidence['of'])} {stability()}",
        flush=True,
    )


def _measured(customers: int, of: int) -> str:
    n = words.number(of)
    if customers == of:
        return plural("Measured on all {n} customer.", "Measured on all {n} customers.", of, n=n)
    return plural(
        "Measured on a sample of {sample} of {n} customer.",
        "Measured on a sample of {sample} of {n} customers.",
        of,
        n=n,
        sample=words.number(customers),
    )


def _stability(entry: Mapping[str, Any]) -> str:
    known = entry.get("monthly")
    return words.NOTHING if known is None else words.share(known, 1)
