"""What Clusters claims for its number of clusters: why it is this one, and what another would do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.truth.claims import Checked, count, share
from tests.truth.clusters.facts import FEW, ClusterFacts, plans

TOO_FEW = "Too few customers to trust the comparison of numbers of clusters."
STEADY, STABLE, WHOLE = 0.8, 0.75, 0.8
MEASURES = {
    "silhouette": ("silhouette", 3, 1),
    "davies–bouldin": ("davies_bouldin", 3, -1),
    "calinski–harabasz": ("calinski_harabasz", 0, 1),
    "stability": ("monthly", 2, 1),
}


def taken(text: str, known: dict[str, Callable[..., Checked]], facts: ClusterFacts) -> Checked:
    """Check sentence after sentence of a text; what no pattern knows is not understood."""
    while text:
        for written, check in known.items():
            if match := re.match(rf"{written}(?:, | and | |$)", text):
                yield from check(facts, *match.groups())
                text = text[match.end() :]
                break
        else:
            yield "understood", text, ""
            return


def few(f: ClusterFacts) -> Checked:
    yield "too few", f.evidence["customers"] < FEW, True


def _why(f: ClusterFacts, told: str) -> Checked:
    if told.endswith(TOO_FEW):
        yield from few(f)
        told = told.removesuffix(TOO_FEW).strip()
    if match := re.search(r" ?The evidence points to (\d+): (.*)$", told):
        yield "pointed to", int(match[1]), f.evidence["recommended"]["k"]
        yield "is another", int(match[1]) != f.served, True
        yield from taken(match[2], REASONS, f)
        told = told[: match.start()]
    yield from taken(told, REASONS, f)


def _smallest(f: ClusterFacts, k: int, people: str) -> Checked:
    yield "smallest", count(people), f.ks[k]["smallest"]


def _passing(f: ClusterFacts) -> list[int]:
    return [k for k, each in f.ks.items() if each["smallest"] >= f.least]


def _at_bend(f: ClusterFacts, k: str, people: str) -> Checked:
    yield "bend", int(k), f.bend
    yield "stable", f.ks[int(k)]["stability"] >= STEADY and int(k) in _passing(f), True
    yield from _smallest(f, int(k), people)


def _nearest(f: ClusterFacts, k: str, bend: str, people: str) -> Checked:
    yield "bend", int(bend), f.bend
    steady = [each for each in _passing(f) if f.ks[each]["stability"] >= STEADY]
    yield "nearest", abs(int(k) - f.bend), min(abs(each - f.bend) for each in steady)
    yield "not the bend", f.bend in steady, False
    yield "is large enough", int(k) in steady, True
    yield from _smallest(f, int(k), people)


def _most_stable(f: ClusterFacts, k: str, people: str) -> Checked:
    steady = {each: f.ks[each]["stability"] for each in _passing(f)}
    yield "most stable", steady.get(int(k)), max(steady.values(), default=None)
    yield "none is stable", max(steady.values(), default=0.0) < STEADY, True
    yield from _smallest(f, int(k), people)


def _none_passes(f: ClusterFacts, k: str, people: str) -> Checked:
    yield "none is large enough", _passing(f), []
    yield from _smallest(f, int(k), people)
    yield "largest", f.ks[int(k)]["smallest"], max(each["smallest"] for each in f.ks.values())


REASONS: dict[str, Callable[..., Checked]] = {
    r"(\d+) was chosen by hand\.": lambda f, k: iter([("in use", int(k), f.served)]),
    r"(\d+) is set by the preset “(.*?)”\.": lambda f, k, name: iter(
        [("in use", int(k), f.served), ("preset", name, f.release.preset.name)]
    ),
    r"(\d+) is where the inertia curve bends, and its clusters are stable when resampled; the smallest has "
    r"([\d,]+) customers?\.": _at_bend,
    r"Of the numbers whose clusters are large enough and stable when resampled, (\d+) is nearest to the bend "
    r"of the inertia curve, at (\d+); the smallest has ([\d,]+) customers?\.": _nearest,
    r"No number of clusters that are large enough is stable when resampled; (\d+) are the most stable\. "
    r"The smallest has ([\d,]+) customers?\.": _most_stable,
    "No number of clusters is recommended: with each, the smallest cluster holds under 20 customers or under "
    r"2 % of them\. It is largest with (\d+), which are used: ([\d,]+) customers?\.": _none_passes,
}


def _to_do(f: ClusterFacts, k: str, many: str, told: str) -> Checked:
    own = plans(f.ks[f.served])
    yield "clusters", int(k), f.served
    yield "plans", int(many), len(set(own))
    pairs = re.findall(r"((?:[A-Z](?:, | and )?)+) share “(.*?)”", told)
    for letters, plan in pairs:
        those = [letter for letter, each in zip(f.letters, own, strict=True) if each == plan]
        yield plan, re.findall("[A-Z]", letters), those
    yield "shared", len(pairs), sum(own.count(plan) > 1 for plan in set(own))


def _each(f: ClusterFacts, told: str) -> Checked:
    own = plans(f.ks[f.served])
    yield "different", len(set(own)), f.served
    pairs = re.findall(r"(?:^|, | and )(.+?) for ([A-Z])(?=, | and |$)", told)
    yield "plans", [(letter, plan) for plan, letter in pairs], list(zip(f.letters, own, strict=True))


def _parted(f: ClusterFacts, k: str, people: str, name: str, source: str) -> Checked:
    own, finer = f.ks[f.served], f.ks[f.served + 1]
    new = finer["clusters"][own["next"]["cluster"]]
    yield "k", int(k), f.served + 1
    yield "customers", count(people), new["customers"]
    yield "name", name, new["name"]
    yield "source", source, f.entries[own["next"]["source"]].name
    yield "split off", own["next"]["taken"] >= WHOLE * new["customers"], True


def _made(f: ClusterFacts, k: str, people: str, name: str, taken_: str, source: str) -> Checked:
    *parts, _ = _parted(f, k, people, name, source)
    yield from parts
    own = f.ks[f.served]
    yield "of them", count(taken_), own["next"]["taken"]
    yield "not split off", own["next"]["taken"] < WHOLE * own["next"]["customers"], True
    fits = min(own["next"]["customers"], own["clusters"][own["next"]["source"]]["customers"])
    yield "there are so many", own["next"]["taken"] <= fits, True


def _three(f: ClusterFacts, plan: str, before: str, rest: str) -> Checked:
    """Compare the plans of the new cluster, of the one it is parted from, and of what is left of that."""
    own, finer = f.ks[f.served], f.ks[f.served + 1]
    yield "new", plan, plans(finer)[own["next"]["cluster"]]
    yield "source", before, plans(own)[own["next"]["source"]]
    yield "what is left", rest, plans(finer)[own["next"]["rest"]]


def _both(f: ClusterFacts, plan: str) -> Checked:
    yield from _three(f, plan, plan, plan)


def _instead(f: ClusterFacts, plan: str, before: str) -> Checked:
    yield from _three(f, plan, before, before)
    yield "differ", plan != before, True


def _parted_plans(f: ClusterFacts, verb: str, plan: str, name: str, rest: str) -> Checked:
    own, finer = f.ks[f.served], f.ks[f.served + 1]
    before = plans(own)[own["next"]["source"]]
    yield from _three(f, plan, before, rest)
    yield "keep", verb == "keep", plan == before
    yield "differ", rest in (plan, before), False
    yield "rest", name, finer["clusters"][own["next"]["rest"]]["name"]


def _others(f: ClusterFacts, people: str) -> Checked:
    yield "moved", count(people), f.ks[f.served]["next"]["moved"]


def _tiny(f: ClusterFacts, people: str, k: int = 0) -> Checked:
    smallest = min(each["customers"] for each in f.ks[k or f.served + 1]["clusters"])
    yield "smallest", count(people), smallest
    yield "is too small", smallest < f.least, True


def _steadier(f: ClusterFacts, there: str, here: str, k: int = 0) -> Checked:
    one, own = (f.ks[each]["monthly"] for each in (k or f.served + 1, f.served))
    yield "stability", (there, here), (share(one), share(own))
    yield "is lower", one < own, True


_MORE: dict[str, Callable[..., Checked]] = {
    r"(\d+) clusters would split off ([\d,]+) customers?, called “(.*?)” there, from “(.*?)”\.": _parted,
    r"(\d+) clusters would make a group of ([\d,]+) customers?, called “(.*?)” there; ([\d,]+) of them are "
    r"in “(.*?)”\.": _made,
    r"Both keep the default plan “(.*?)”, so you would do the same for both\.": _both,
    r"The default plan of both would be “(.*?)” instead of “(.*?)”, so you would do the same for both\.": (
        lambda f, plan, before: _three(f, plan, before, plan)
    ),
    r"Their default plan would be “(.*?)” instead of “(.*?)”\.": _instead,
    r"They would (keep|have) the default plan “(.*?)”; the rest, called “(.*?)” there, would have “(.*?)” "
    r"instead\.": _parted_plans,
    r"([\d,]+) others? would change cluster\.": _others,
    r"The smallest cluster would hold only ([\d,]+) customers?\.": _tiny,
    r"Stability would be (.*? %) instead of (.*? %)\.": _steadier,
}


def _more(f: ClusterFacts, told: str) -> Checked:
    yield from taken(told, _MORE, f)
    found = f.ks[f.served]["next"]
    yield "says who moves", "would change cluster" in told, found["moved"] > 0
    yield "says what is small", "would hold only" in told, f.ks[f.served + 1]["smallest"] < f.least


def _not(f: ClusterFacts, told: str) -> Checked:
    match = re.fullmatch(
        r"(.*?) favours? (\d+)\. (?:But (.*)\.|Nothing measured here speaks against it\.)", told
    )
    if match is None:
        yield "understood", told, ""
        return
    measures, k = re.split(", | and ", match[1].lower()), int(match[2])
    for name, (key, decimals, sign) in MEASURES.items():
        known = any(each[key] is not None for each in f.ks.values())
        best = f.best(key, decimals, sign)[0] if known else []
        yield f"{name} favours it", name in measures, best[:1] == [k] and f.served not in best
    yield from taken(match[3] or "", _clauses(k), f)
    against = _speaks(f, k)
    yield "clauses", len(re.findall("|".join(_clauses(k)), match[3] or "")), min(sum(against), 3)


def _clauses(k: int) -> dict[str, Callable[..., Checked]]:
    """Return how each argument against k is written, and its check."""
    return {
        r"its smallest cluster would hold only ([\d,]+) customers?": lambda f, n: _tiny(f, n, k),
        "it would keep “(.*?)” and “(.*?)” together": lambda f, *names: iter(
            [
                (
                    "together",
                    list(names),
                    [f.entries[f.ks[k]["next"][each]].name for each in ("cluster", "rest")],
                )
            ]
        ),
        r"its clusters have (\d+) default plans? instead of (\d+)": lambda f, one, two: iter(
            [("plans", (int(one), int(two)), (len({*plans(f.ks[k])}), len({*plans(f.ks[f.served])})))]
        ),
        r"(\d+) clusters have no more default plans than (\d+)": lambda f, one, two: iter(
            [
                ("numbers", (int(one), int(two)), (k, f.served)),
                ("no more", len({*plans(f.ks[k])}) <= len({*plans(f.ks[f.served])}), True),
            ]
        ),
        "its stability is (.*? %) instead of (.*? %)": lambda f, one, two: _steadier(f, one, two, k),
        r"([\d,]+) of its clusters (?:is|are) not stable when resampled": lambda f, n: iter(
            [("not stable", count(n), sum(each["jaccard"] < STABLE for each in f.ks[k]["clusters"]))]
        ),
        "it leaves (.*? %) of the spread inside its clusters instead of (.*? %)": lambda f, one, two: iter(
            [("left", (one, two), tuple(_left(f, each) for each in (k, f.served)))]
        ),
    }


def _left(f: ClusterFacts, k: int) -> str:
    return share(f.ks[k]["inertia"], f.evidence["inertia_of_one"])


def _speaks(f: ClusterFacts, k: int) -> list[bool]:
    """Say what speaks against k, of all that is measured."""
    own, other = f.ks[f.served], f.ks[k]
    many, fewer = (len(set(plans(each))) for each in (own, other))
    found: Any = other["next"]
    one, two = other["monthly"], own["monthly"]
    return [
        other["smallest"] < f.least,
        k == f.served - 1 and found["taken"] >= WHOLE * found["customers"],
        (k < f.served and fewer < many) or (k > f.served and fewer <= many),
        one is not None and two is not None and one < two and share(one) != share(two),
        any(each["jaccard"] < STABLE for each in other["clusters"]),
        k < f.served and _left(f, k) != _left(f, f.served),
    ]


CHOICE = (
    (r"Why \d+: To do", "Each cluster has a different default plan: {t}.", _each),
    (r"Why \d+: To do", "The {n} clusters have {n} default plan(s) between them: {t}.", _to_do),
    (r"Why \d+: With \d+", "{t}", _more),
    (r"Why \d+: Not \d+", "{t}", _not),
    (r"Why \d+", "{t}", _why),
)
