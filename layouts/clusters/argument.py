"""Why this number of clusters: what another one would part or join, and what one would do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.clusters.words import STABLE, favoured, verdict

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

Entry = Mapping[str, Any]
_WHOLE = 0.8  # of a new cluster: so many from one are parted from that one
_ARGUMENTS = 3


def argued(evidence: Entry, served: Sequence[Cluster]) -> list[tuple[str, str]]:
    """Return headings and sentences that argue for the number of clusters served.

    Parameters
    ----------
    evidence : mapping
        ``evidence`` of ``clusters.json``; in releases made before it held them, nothing is argued.
    served : sequence of Cluster
        ``overview.clusters``.
    """
    by = {each["k"]: each for each in evidence["ks"]}
    own = by.get(len(served))
    if own is None or "next" not in own:
        return []
    own = own | {"clusters": [c | {"name": s.name} for c, s in zip(own["clusters"], served, strict=True)]}
    by[len(served)] = own
    found = [("To do", _plans(own, [cluster.letter for cluster in served]))]
    if own["next"]:
        found.append((f"With {own['k'] + 1}", _more(own, by[own["k"] + 1], evidence["least"])))
    for k, measures in favoured(evidence["ks"], own["k"]).items():
        found.append((f"Not {k}", _against(by, k, own, measures, evidence)))
    return found


def _plans(own: Entry, letters: Sequence[str]) -> str:
    """Say which clusters have one plan between them."""
    of: dict[str, list[str]] = defaultdict(list)
    for letter, cluster in zip(letters, own["clusters"], strict=True):
        of[cluster["plan"]].append(letter)
    if len(of) == len(letters):
        each = words.listing([f"{plan} for {who[0]}" for plan, who in of.items()])
        return f"Each cluster has a different default plan: {each}."
    shared = [f"{words.listing(who)} share “{plan}”" for plan, who in of.items() if len(who) > 1]
    many = f"{words.count(len(of), 'default plan')}"
    return f"The {len(letters)} clusters have {many} between them: {words.listing(shared)}."


def _more(own: Entry, finer: Entry, least: int) -> str:
    """Say whom one more cluster parts from whom, and whether one would do something else for them."""
    found, k = own["next"], finer["k"]
    new, source = finer["clusters"][found["cluster"]], own["clusters"][found["source"]]
    many = f"{words.count(found['customers'], 'customer')}, called “{new['name']}” there"
    if found["taken"] >= _WHOLE * found["customers"]:
        said = [f"{k} clusters would split off {many}, from “{source['name']}”."]
    else:
        taken = words.number(found["taken"])
        said = [f"{k} clusters would make a group of {many}; {taken} of them are in “{source['name']}”."]
    said.append(_two_plans(source["plan"], new["plan"], finer["clusters"][found["rest"]]))
    if found["moved"]:
        said.append(f"{words.count(found['moved'], 'other')} would change cluster.")
    if finer["smallest"] < least:
        said.append(f"The smallest cluster would hold only {words.count(finer['smallest'], 'customer')}.")
    said += [f"Stability would be {shares}." for shares in _less_stable(finer, own)]
    return " ".join(said)


def _two_plans(before: str, plan: str, rest: Entry) -> str:
    """Say what one would do for a new cluster and for the rest of the one that it is parted from."""
    if plan == rest["plan"] == before:
        return f"Both keep the default plan “{plan}”, so you would do the same for both."
    if plan == rest["plan"]:
        return (
            f"The default plan of both would be “{plan}” instead of “{before}”, so you would do the same for "
            "both."
        )
    if rest["plan"] == before:
        return f"Their default plan would be “{plan}” instead of “{before}”."
    own = f"keep the default plan “{plan}”" if plan == before else f"have the default plan “{plan}”"
    return f"They would {own}; the rest, called “{rest['name']}” there, would have “{rest['plan']}” instead."


def _less_stable(other: Entry, own: Entry) -> list[str]:
    one, two = other.get("monthly"), own.get("monthly")
    if one is None or two is None or words.share(one) == words.share(two) or one > two:
        return []
    return [f"{words.share(one)} instead of {words.share(two)}"]


def _against(by: Mapping[int, Entry], k: int, own: Entry, measures: Sequence[str], evidence: Entry) -> str:
    """Say what speaks against a number that measures favour; that nothing does where that is so."""
    other = by[k]
    favour = f"{words.capital(words.listing(measures))} {'favours' if len(measures) == 1 else 'favour'} {k}."
    said = []
    if other["smallest"] < evidence["least"]:
        said.append(f"its smallest cluster would hold only {words.count(other['smallest'], 'customer')}")
    if k == own["k"] - 1 and other["next"]["taken"] >= _WHOLE * other["next"]["customers"]:
        both = [own["clusters"][other["next"][which]]["name"] for which in ("cluster", "rest")]
        said.append(f"it would keep “{both[0]}” and “{both[1]}” together")
    many, fewer = (len({cluster["plan"] for cluster in each["clusters"]}) for each in (own, other))
    if k < own["k"] and fewer < many:
        said.append(f"its clusters have {words.count(fewer, 'default plan')} instead of {many}")
    if k > own["k"] and fewer <= many:
        said.append(f"{k} clusters have no more default plans than {own['k']}")
    said += [f"its stability is {shares}" for shares in _less_stable(other, own)]
    unsteady = sum(verdict(cluster["jaccard"]) != STABLE for cluster in other["clusters"])
    if unsteady:
        verb = "is" if unsteady == 1 else "are"
        said.append(f"{words.number(unsteady)} of its clusters {verb} not stable when resampled")
    if k < own["k"]:
        left, here = (words.share(each["inertia"] / evidence["inertia_of_one"]) for each in (other, own))
        if left != here:
            said.append(f"it leaves {left} of the spread inside its clusters instead of {here}")
    if not said:
        return f"{favour} Nothing measured here speaks against it."
    return f"{favour} But {words.listing(said[:_ARGUMENTS])}."
