"""What Clusters claims of the numbers of clusters: the measures, and the clusters of the one looked at."""

from __future__ import annotations

import re
from typing import Any

from layouts import words
from tests.truth.claims import Checked, Kind, count, share
from tests.truth.clusters.argument import CHOICE, TOO_FEW, few
from tests.truth.clusters.facts import ClusterFacts, tenths
from tests.truth.said import BAR

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
STABLE, DISSOLVED = 0.75, 0.5  # of Jaccard similarity


def _bend(f: ClusterFacts, first: str, left: str, last: str = "", rest: str = "") -> Checked:
    yield "enough customers", f.few, False
    at, end = SMALL.index(first.lower()), max(f.ks)
    one = f.evidence["inertia_of_one"]
    yield "bend", at, f.bend
    yield "left", left, share(f.ks[at]["inertia"], one)
    if last:
        yield "last", SMALL.index(last), end
        yield "left at last", rest, share(f.ks[end]["inertia"], one)
        yield "falls much", f.ks[end]["inertia"] <= 0.8 * f.ks[at]["inertia"], True


def _last(f: ClusterFacts, first: str, left: str) -> Checked:
    yield from _bend(f, first, left)
    yield "nothing after it", f.bend, max(f.ks)


def _little(f: ClusterFacts, first: str, left: str) -> Checked:
    yield from _bend(f, first, left)
    yield "falls little", f.ks[max(f.ks)]["inertia"] > 0.8 * f.ks[f.bend]["inertia"], True


def _inertia(f: ClusterFacts, k: str, value: str, part: str) -> Checked:
    one = f.evidence["inertia_of_one"]
    inertia = one if k == "1" else f.ks[int(k)]["inertia"]
    yield "inertia", value, words.number(inertia)
    yield "share", part, tenths(inertia / one)
    if f.evidence["customers"] == len(f.labels) and k == "1":
        spread = float(((f.points - f.points.mean(axis=0)) ** 2).sum())
        yield "spread of all", round(one / spread, 6), 1.0
    if f.same and int(k) == f.served:
        own = [f.points[f.labels == place] for place in range(f.served)]
        spread = sum(float(((each - each.mean(axis=0)) ** 2).sum()) for each in own)
        yield "spread inside", abs(inertia / spread - 1) < 0.01, True


def _ks(told: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", told)]


def _highest(f: ClusterFacts, k: str, value: str, other: str = "", steady: str = "") -> Checked:
    best, _ = f.best("silhouette", 3)
    yield "highest", _ks(k), best
    yield "silhouette", value, words.number(max(f.ks[each]["silhouette"] for each in best), 2)
    if other:
        best, _ = f.best("monthly", 3)
        yield "steadiest", _ks(other), best
        yield "stability", steady, share(max(f.ks[each]["monthly"] for each in best))
    else:
        yield "no stability", [each["monthly"] for each in f.ks.values() if each["monthly"] is not None], []


def _steadiness(f: ClusterFacts, k: str, value: str, steady: str) -> Checked:
    own = f.ks[int(k)]
    yield "silhouette", value, words.number(own["silhouette"], 3)
    yield "stability", steady, "–" if own["monthly"] is None else tenths(own["monthly"])


def _unknown(f: ClusterFacts) -> Checked:
    yield "stability", [each["monthly"] for each in f.ks.values() if each["monthly"] is not None], []


def _indices(f: ClusterFacts, k: str, davies: str, calinski: str) -> Checked:
    yield "Davies–Bouldin", davies, words.number(f.ks[int(k)]["davies_bouldin"], 3)
    yield "Calinski–Harabasz", calinski, words.number(f.ks[int(k)]["calinski_harabasz"])


def _favour(f: ClusterFacts, low: str, high: str) -> Checked:
    yield "Davies–Bouldin", int(low) in f.best("davies_bouldin", 3, -1)[0], True
    yield "Calinski–Harabasz", int(high) in f.best("calinski_harabasz", 0)[0], True


def _measured(f: ClusterFacts, told: str) -> Checked:
    first, inertia, silhouette, davies, calinski, steady, smallest = told.split(BAR)
    k, *marks = first.split(", ")
    own = f.ks[int(k)]
    is_ = ["in use"] * (int(k) == f.served) + ["bend"] * (int(k) == f.bend)
    yield "marks", marks, is_ + ["looked at"] * (int(k) == f.k != f.served)
    yield "inertia", inertia, words.number(own["inertia"])
    yield "silhouette", silhouette, words.number(own["silhouette"], 3)
    yield "Davies–Bouldin", davies, words.number(own["davies_bouldin"], 3)
    yield "Calinski–Harabasz", calinski, words.number(own["calinski_harabasz"])
    yield "stability", steady, "–" if own["monthly"] is None else tenths(own["monthly"])
    yield "smallest", count(smallest), min(each["customers"] for each in own["clusters"])
    yield "add up", sum(each["customers"] for each in own["clusters"]), f.evidence["customers"]
    if f.same and int(k) == f.served:
        from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

        yield "as measured", round(float(f.silhouettes.mean()), 2), round(own["silhouette"], 2)
        yield (
            "as measured",
            round(davies_bouldin_score(f.points, f.labels), 2),
            round(own["davies_bouldin"], 2),
        )
        ratio = calinski_harabasz_score(f.points, f.labels) / own["calinski_harabasz"]
        yield "as measured", round(float(ratio), 2), 1.0


def _loosest(
    f: ClusterFacts, below: str, of: str, verb: str, whose: str, letters: str, _verb: str, value: str
) -> Checked:
    yield "verb", (verb, whose), ("is", "its") if below == "1" else ("are", "their")
    own = f.ks[f.k]["clusters"]
    means = {chr(65 + place): round(each["silhouette"], 3) for place, each in enumerate(own)}
    yield "below zero", count(below), sum(each["below_zero"] for each in own)
    yield "of", count(of), f.evidence["customers"]
    loosest = [letter for letter, mean in means.items() if mean == min(means.values())]
    yield "loosest", letters, words.listing(loosest)
    yield "silhouette", value, words.number(min(each["silhouette"] for each in own), 2)
    if f.same and f.k == f.served:
        yield "as measured", count(below), int((f.silhouettes < 0).sum())


def _silhouette(f: ClusterFacts, letter: str, mean: str, middle: str, below: str) -> Checked:
    place = ord(letter) - 65
    own = f.ks[f.k]["clusters"][place]
    yield "mean", mean, words.number(own["silhouette"], 3)
    yield "below zero", count(below), own["below_zero"]
    low, high = (words.number(own["values"][at], 3) for at in (24, 25))
    yield "median", middle in (low, high), True
    if f.same and f.k == f.served:
        inside = f.silhouettes[f.labels == place]
        yield "as measured", round(float(inside.mean()), 2), round(own["silhouette"], 2)
        yield "below zero, as measured", int((inside < 0).sum()), own["below_zero"]


def _verdict(jaccard: float) -> str:
    return "dissolved" if jaccard < DISSOLVED else "stable" if jaccard >= STABLE else "unsteady"


def _all_steady(f: ClusterFacts) -> Checked:
    yield "stable", min(each["jaccard"] for each in f.ks[f.k]["clusters"]) >= STABLE, True


def _unsteady(f: ClusterFacts, letters: str, verb: str) -> Checked:
    lost = [chr(65 + at) for at, each in enumerate(f.ks[f.k]["clusters"]) if each["jaccard"] < STABLE]
    yield "not stable", re.findall("[A-Z]", letters), lost
    yield "verb", verb, "is" if len(lost) == 1 else "are"


def _group(f: ClusterFacts, told: str) -> Checked:
    chip, people, part, waited, often, spent, steady, *_rules = told.split(BAR)
    place = ord(chip[0]) - 65
    own = f.ks[f.k]["clusters"][place]
    inside = f.labels == place
    values: Any = [own[axis] for axis in ("recency", "frequency", "monetary")]
    if f.same and f.k == f.served:
        own = own | {"customers": int(inside.sum()), "name": f.entries[place].name}
        values = f.raw[inside].mean(axis=0).tolist()
    elif f.k == f.served:
        own = own | {"name": f.entries[place].name}
    yield "name", chip[2:], own["name"]
    yield "customers", count(people), own["customers"]
    yield "share", part, tenths(own["customers"] / f.evidence["customers"])
    yield "recency", waited, words.number(values[0])
    yield "frequency", often, words.number(values[1], 1)
    yield "spend", spent, words.money_sum(values[2])
    yield "verdict", steady, _verdict(f.ks[f.k]["clusters"][place]["jaccard"])


def _of(f: ClusterFacts, *counts: str) -> Checked:
    numbers = [count(each) for each in counts]
    everybody = [f.evidence["customers"], f.evidence["of"]]
    yield "measured on", numbers, everybody if len(numbers) == 2 else everybody[:1]
    yield "all of them", everybody[0] == everybody[1], len(numbers) == 1


def _resampled(f: ClusterFacts, *told: str) -> Checked:
    *counts, samples = told
    yield from _of(f, *counts)
    yield "samples", count(samples), f.evidence["resamples"]


def _preview(f: ClusterFacts, k: str, train: str, served: str) -> Checked:
    yield "preview", [int(k), int(train), int(served)], [f.k, f.k, f.served]
    yield "is one", f.k == f.served, False


def _true(_f: ClusterFacts, *_told: str) -> Checked:
    yield from ()


_STEADY = "Stability: the share of customers who stay in their cluster when the clusters are found again a month later, the mean over the last six months."  # noqa: E501
_MEANS = "Days, frequency and spend are means. Resampled: the clusters were found again in {n} bootstrap samples. A cluster is stable if its Jaccard similarity with the matching cluster is 0.75 or more, and dissolved if it is under 0.5."  # noqa: E501
MEASURED = [
    Kind("clusters", *each)
    for each in (
        ("Inertia", "{t} clusters leave {q} of the spread inside them, {t} leave {q}.", _bend),
        ("Inertia", "{t} clusters leave {q} of the spread inside them; more clusters reduce it only a "
                    "little.", _little),
        ("Inertia", "{t} clusters leave {q} of the spread inside them.", _last),
        ("Inertia", "Too few numbers of clusters were tried to show a bend.",
         lambda f: iter([("tried", len(f.ks) > 2, False)])),
        ("Inertia|Silhouette and stability|Two more measures", TOO_FEW, few),
        ("Inertia: row", "{n} | {n} | {q}", _inertia),
        ("Inertia: note", "The bend is looked for from 2 clusters up.", _true),
        ("Silhouette and stability", "Silhouette is highest with {t} clusters ({z}), stability with {t} "
                                     "({q}).", _highest),
        ("Silhouette and stability", "Silhouette is highest with {t} clusters ({z}).", _highest),
        ("Silhouette and stability: row", "{n} | {z} | {t}", _steadiness),
        ("Silhouette and stability: note", _STEADY, _true),
        ("Silhouette and stability: note", "Stability from month to month is not known here.", _unknown),
        ("Two more measures", "Both measures favour {n} clusters.", lambda f, k: _favour(f, k, k)),
        ("Two more measures", "Davies–Bouldin favours {n} clusters, Calinski–Harabasz {n}.", _favour),
        ("Two more measures: row", "{n} | {z} | {n}", _indices),
        ("Why {n}: row".replace("{n}", r"\d+"), "{t}", _measured),
        (r"Why \d+: note", "Measured on all {n} customer(s). " + _STEADY, _of),
        (r"Why \d+: note", "Measured on a sample of {n} of {n} customer(s). " + _STEADY, _of),
        ("Silhouette of each customer, .* clusters", "{n} of {n} customer(s) {v} closer to another cluster "
         "than to {v} own; {t} {v} the loosest (silhouette {z}).", _loosest),
        ("Silhouette of each customer, .* clusters: row", "{v} | {z} | {z} | {n}", _silhouette),
        ("Silhouette of each customer, .*: note", "1: far from every other cluster; 0: on the border. A "
         "taller band means a larger cluster.", _true),
        ("Clusters in use|Preview.*", "All clusters are stable when resampled.", _all_steady),
        ("Clusters in use|Preview.*", "{t} {v} not stable when resampled.", _unsteady),
        ("Clusters in use: row|Preview.*: row", "{t}", _group),
        ("Clusters in use: note|Preview.*: note", "Of all {n} customer(s). " + _MEANS, _resampled),
        ("Clusters in use: note|Preview.*: note", "Of a sample of {n} of {n} customer(s). " + _MEANS,
         _resampled),
        ("missing", "This release has no report on its clusters", lambda f: iter([("report", f.ks, {})])),
        ("preview", "Preview of {n} clusters, not in use; train with --k {n} to use it. All other pages "
                    "show the {n} in use.", _preview),
        *CHOICE,
    )
]  # fmt: skip
