"""The served clusters beside those of other algorithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts import words
from layouts.clusters import profile_figures as figures
from layouts.clusters.words import WAYS
from layouts.ids import Clusters
from layouts.parts import Column, card, empty, table, term
from layouts.parts.charts import graph
from layouts.parts.late_tables import written
from services.core.language.messages import _, later, plural

_SHORT = {
    "kmeans": later("K-means (in use)"),
    "gaussian-mixture": later("mixture"),
    "ward": later("Ward"),
    "birch": later("BIRCH"),
    "hdbscan": later("HDBSCAN"),
    "rules": later("Segments"),
}


def algorithms(found: Mapping[str, Any] | None, explained: Mapping[str, Any]) -> list[html.Section]:
    """Return the table of algorithms, and their agreement."""
    if found is None:
        few = empty(_("Not compared"), _("A comparison needs at least 50 customers with different values."))
        return [card(_("Algorithms side by side"), None, few)]
    ways = [way["id"] for way in found["ways"]]
    names = [WAYS[way]() for way in ways]
    alike = [words.number(value, 2) for value in found["agreement"][0]]
    rows = [
        (
            names[place],
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
        Column(_("Algorithm")),
        Column(_("Clusters"), True),
        Column(_("Sizes"), False, True),
        Column(_("In no cluster"), True, True),
        Column(_("Silhouette"), True, term="silhouette"),
        Column(_("Parts agree"), True),
        Column(_("Agreement"), True, True, "agreement"),
    ]
    most = words.number(max(found["agreement"][0][1:]), 2)
    nearest = [name for name, own in zip(names[1:], alike[1:], strict=True) if own == most]
    closest = plural(
        "{ways} comes closest to the clusters in use (agreement {most}).",
        "{ways} come closest to the clusters in use (agreement {most}).",
        len(nearest),
        ways=words.listing(nearest),
        most=most,
    )
    return [
        card(
            _("Algorithms side by side"),
            f"{closest} {_recovery(explained)}",
            table(heads, rows, _("The algorithms compared")),
            note=f"{_measured(found['customers'], found['of'])} {_parts(found)}",
            flush=True,
            width=7,
        ),
        _agreement(ways, found["agreement"]),
    ]


def _measured(customers: int, of: int) -> str:
    n = words.number(of)
    if customers == of:
        return plural("On all {n} customer.", "On all {n} customers.", of, n=n)
    return plural(
        "On a sample of {sample} of {n} customer.",
        "On a sample of {sample} of {n} customers.",
        of,
        n=n,
        sample=words.number(customers),
    )


def _parts(found: Mapping[str, Any]) -> str:
    return plural(
        "Parts agree: how alike the groups are when found again in {n} random part of {share} of them "
        "(adjusted Rand index; 1 means identical). The site uses K-means, because every new customer then "
        "has a nearest centre.",
        "Parts agree: how alike the groups are when found again in {n} random parts of {share} of them "
        "(adjusted Rand index; 1 means identical). The site uses K-means, because every new customer then "
        "has a nearest centre.",
        found["draws"],
        share=words.share(found["drawn_share"]),
    )


def _recovery(explained: Mapping[str, Any]) -> str:
    found = explained["recovery"]
    rules = _(
        "The rules in words are right for {share} of all customers.",
        share=words.share(explained["fidelity"]),
    )
    if not found:
        return rules
    tree = plural(
        "A decision tree trained on {n} customer names the right cluster for {right} of {asked} others; "
        "always naming the largest cluster would be right for {largest}.",
        "A decision tree trained on {n} customers names the right cluster for {right} of {asked} others; "
        "always naming the largest cluster would be right for {largest}.",
        found["learned"],
        n=words.number(found["learned"]),
        right=words.share(found["right"] / found["asked"]),
        asked=words.number(found["asked"]),
        largest=words.share(found["largest"] / found["asked"]),
    )
    return f"{tree} {rules}"


def _agreement(ways: Sequence[str], matrix: Sequence[Sequence[float]]) -> html.Section:
    pairs = [(matrix[a][b], a, b) for a in range(len(ways)) for b in range(a)]
    best = max(pairs)
    most = words.number(best[0], 2)
    alike = sum(words.number(pair[0], 2) == most for pair in pairs)
    short = [_SHORT[way]() for way in ways]
    heads = [words.capital(name) for name in short]
    one, other = short[best[1]], short[best[2]]
    title = _("Agreement of each pair of algorithms")
    rows = [
        (WAYS[way](), *("–" if to == place else words.number(value, 2) for to, value in enumerate(row)))
        for place, (way, row) in enumerate(zip(ways, matrix, strict=True))
    ]
    return card(
        later("Agreement"),
        _("{one} and {other} agree most ({most}).", one=one, other=other, most=most)
        if alike == 1
        else plural(
            "{n} pair agrees most ({most}), {one} and {other} among them.",
            "{n} pairs agree most ({most}), {one} and {other} among them.",
            alike,
            n=words.number(alike),
            most=most,
            one=one,
            other=other,
        ),
        graph(
            Clusters.graph("agreement"),
            title,
            290,
            figures.agreement(heads, matrix),
        ),
        table=written(
            [_("Algorithm"), *(Column(name, True) for name in heads)],
            rows,
            title,
        ),
        note=[term("agreement"), ": ", _("1 the same groups, 0 no more than by chance.")],
        width=5,
    )
