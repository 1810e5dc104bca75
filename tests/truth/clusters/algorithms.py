"""What Clusters claims of the algorithms that it compares, and of the rules in words."""

from __future__ import annotations

import re

import numpy as np

from layouts import words
from tests.truth.claims import Checked, count, share
from tests.truth.clusters.facts import ClusterFacts
from tests.truth.said import BAR

NAMES = {
    "kmeans": "K-means (in use)", "gaussian-mixture": "Gaussian mixture", "ward": "Ward", "birch": "BIRCH",
    "hdbscan": "HDBSCAN", "rules": "Segments by rule",
}  # fmt: skip


def _ways(f: ClusterFacts) -> list[str]:
    return [NAMES[each["id"]] for each in f.report["algorithms"]["ways"]]


def _closest(f: ClusterFacts, told: str, verb: str, value: str, rest: str) -> Checked:
    found = dict(zip(_ways(f), f.report["algorithms"]["agreement"][0], strict=True))
    others = {each: round(like, 2) for each, like in found.items() if each != "K-means (in use)"}
    first = [each for each, like in others.items() if like == max(others.values())]
    yield "closest", told, words.listing(first)
    yield "verb", verb, "comes" if len(first) == 1 else "come"
    yield "agreement", value, words.number(found[first[0]], 2)
    match = re.fullmatch(
        r"(?:A decision tree trained on ([\d,]+) customers names the right cluster for (.*? %) of ([\d,]+) "
        r"others; always naming the largest cluster would be right for (.*? %)\. )?"
        r"The rules in words are right for (.*? %) of all customers\.",
        rest,
    )
    if match is None:
        yield "understood", rest, ""
        return
    if match[1]:
        tree = f.report["explanation"]["recovery"]
        yield "tried on", (count(match[1]), count(match[3])), (tree["learned"], tree["asked"])
        yield "no one twice", tree["learned"] + tree["asked"] <= len(f.labels), True
        yield (
            "right",
            (match[2], match[4]),
            (share(tree["right"], tree["asked"]), share(tree["largest"], tree["asked"])),
        )
    rules = f.report["explanation"]["rules"]
    yield "right by rules", match[5], share(sum(each["right"] for each in rules), len(f.labels))


def _way(f: ClusterFacts, told: str) -> Checked:
    name, many, sizes, left, _silhouette, _parts, like = told.split(BAR)
    at, found = _ways(f).index(name), f.report["algorithms"]
    listed = [count(each) for each in re.split(", | and ", sizes)] if sizes != "–" else []
    yield "groups", int(many), len(listed)
    yield "everybody", sum(listed) + count(left), found["customers"]
    yield "agreement", like, words.number(found["agreement"][0][at], 2)
    if found["customers"] == len(f.labels) and name in ("K-means (in use)", "Segments by rule"):
        from sklearn.metrics import adjusted_rand_score

        own = f.labels if at == 0 else np.asarray(f.release.customers["segment"])
        yield "sizes", listed, sorted(np.unique(own, return_counts=True)[1].tolist(), reverse=True)
        yield "as measured", like, words.number(float(adjusted_rand_score(f.labels, own)), 2)


def _compared(f: ClusterFacts, *told: str) -> Checked:
    *counts, draws, part = told
    found = f.report["algorithms"]
    yield "customers", [count(each) for each in counts], [found["customers"], found["of"]][: len(counts)]
    yield "draws", (count(draws), part), (found["draws"], share(found["drawn_share"]))


def _agree(f: ClusterFacts, one: str, other: str, value: str, many: str = "1") -> Checked:
    short = [each.removesuffix(" by rule").removeprefix("Gaussian ") for each in _ways(f)]
    table = f.report["algorithms"]["agreement"]
    pairs = {(a, b): round(table[a][b], 2) for a in range(len(short)) for b in range(a)}
    said = (short.index(one), short.index(other))
    yield "most", pairs[max(said), min(said)], max(pairs.values())
    yield "pairs", int(many), list(pairs.values()).count(max(pairs.values()))
    yield "agreement", value, words.number(table[said[0]][said[1]], 2)


def _pairs(f: ClusterFacts, told: str) -> Checked:
    name, *cells = told.split(BAR)
    at = _ways(f).index(name)
    own = f.report["algorithms"]["agreement"][at]
    yield "agreement", cells, ["–" if at == to else words.number(like, 2) for to, like in enumerate(own)]


def _true(_f: ClusterFacts) -> Checked:
    yield from ()


_NOTE = (
    "Parts agree: how alike the groups are when found again in {n} random parts of {q} of them (adjusted "
    "Rand index; 1 means identical). The site uses K-means, because "
    "every new customer then has a nearest centre."
)
ALGORITHMS = (
    ("Algorithms side by side", "{t} {v} closest to the clusters in use (agreement {z}). {t}", _closest),
    ("Algorithms side by side: row", "{t}", _way),
    ("Algorithms side by side: note", "On all {n} customer(s). " + _NOTE, _compared),
    ("Algorithms side by side: note", "On a sample of {n} of {n} customer(s). " + _NOTE, _compared),
    ("Algorithms side by side", "A comparison needs at least 50 customers with different values.",
     lambda f: iter([("compared", f.report["algorithms"], None)])),
    ("Agreement", "{t} and {t} agree most ({z}).", _agree),
    ("Agreement", "{n} pairs agree most ({z}), {t} and {t} among them.",
     lambda f, many, value, one, other: _agree(f, one, other, value, many)),
    ("Agreement: row", "{t}", _pairs),
    ("Agreement: note", "Adjusted Rand index: 1 the same groups, 0 no more than by chance.", _true),
)  # fmt: skip
