"""Why this number of clusters: what another one would part or join, and what one would do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.clusters.words import clusters_text, favoured, stable
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

Entry = Mapping[str, Any]
_WHOLE = 0.8  # of a new cluster: so many from one are parted from that one
_ARGUMENTS = 3
_NOTHING = later("Nothing measured here speaks against it.")


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
    found = [(_("To do"), _plans(own, [cluster.letter for cluster in served]))]
    if own["next"]:
        k = own["k"] + 1
        found.append((_("With {k}", k=k), _more(own, by[k], evidence["least"])))
    for k, measures in favoured(evidence["ks"], own["k"]).items():
        found.append((_("Not {k}", k=k), _against(by, k, own, measures, evidence)))
    return found


def _plans(own: Entry, letters: Sequence[str]) -> str:
    """Say which clusters have one plan between them."""
    of: dict[str, list[str]] = defaultdict(list)
    for letter, cluster in zip(letters, own["clusters"], strict=True):
        of[again(cluster["plan"])].append(letter)
    if len(of) == len(letters):
        each = [_("{plan} for {cluster}", plan=plan, cluster=who[0]) for plan, who in of.items()]
        return _("Each cluster has a different default plan: {plans}.", plans=words.listing(each))
    shared = [
        _("{clusters} share “{plan}”", clusters=words.listing(who), plan=plan)
        for plan, who in of.items()
        if len(who) > 1
    ]
    return plural(
        "{clusters} have {n} default plan between them: {shared}.",
        "{clusters} have {n} default plans between them: {shared}.",
        len(of),
        clusters=plural("The {n} cluster", "The {n} clusters", len(letters)),
        shared=words.listing(shared),
    )


def _more(own: Entry, finer: Entry, least: int) -> str:
    """Say whom one more cluster parts from whom, and whether one would do something else for them."""
    found, k = own["next"], finer["k"]
    new, source = finer["clusters"][found["cluster"]], own["clusters"][found["source"]]
    who = {
        "n": words.number(found["customers"]),
        "clusters": clusters_text(k),
        "name": new["name"],
        "source": source["name"],
    }
    if found["taken"] >= _WHOLE * found["customers"]:
        first = plural(
            "{clusters} would split off {n} customer, called “{name}” there, from “{source}”.",
            "{clusters} would split off {n} customers, called “{name}” there, from “{source}”.",
            found["customers"],
            **who,
        )
    else:
        first = plural(
            "{clusters} would make a group of {n} customer, called “{name}” there; {taken} of them are in "
            "“{source}”.",
            "{clusters} would make a group of {n} customers, called “{name}” there; {taken} of them are in "
            "“{source}”.",
            found["customers"],
            taken=words.number(found["taken"]),
            **who,
        )
    rest = finer["clusters"][found["rest"]]
    said = [first, _two_plans(again(source["plan"]), again(new["plan"]), rest["name"], again(rest["plan"]))]
    if found["moved"]:
        moved = words.number(found["moved"])
        said.append(
            plural(
                "{n} other would change cluster.", "{n} others would change cluster.", found["moved"], n=moved
            )
        )
    if finer["smallest"] < least:
        said.append(
            plural(
                "The smallest cluster would hold only {n} customer.",
                "The smallest cluster would hold only {n} customers.",
                finer["smallest"],
                n=words.number(finer["smallest"]),
            )
        )
    if shares := _less_stable(finer, own):
        said.append(_("Stability would be {other} instead of {own}.", other=shares[0], own=shares[1]))
    return " ".join(said)


def _two_plans(before: str, plan: str, rest: str, other: str) -> str:
    """Say what one would do for a new cluster and for ``rest`` of the one that it is parted from."""
    if plan == other == before:
        return _("Both keep the default plan “{plan}”, so you would do the same for both.", plan=plan)
    if plan == other:
        return _(
            "The default plan of both would be “{plan}” instead of “{before}”, so you would do the same for "
            "both.",
            plan=plan,
            before=before,
        )
    if other == before:
        return _("Their default plan would be “{plan}” instead of “{before}”.", plan=plan, before=before)
    who = {"plan": plan, "rest": rest, "other": other}
    if plan == before:
        return _(
            "They would keep the default plan “{plan}”; the rest, called “{rest}” there, would have "
            "“{other}” instead.",
            **who,
        )
    return _(
        "They would have the default plan “{plan}”; the rest, called “{rest}” there, would have “{other}” "
        "instead.",
        **who,
    )


def _less_stable(other: Entry, own: Entry) -> tuple[str, str] | None:
    """Return the stability of other and own clusters as written, where the others are less stable."""
    one, two = other.get("monthly"), own.get("monthly")
    if one is None or two is None or words.share(one) == words.share(two) or one > two:
        return None
    return words.share(one), words.share(two)


def _against(by: Mapping[int, Entry], k: int, own: Entry, measures: Sequence[str], evidence: Entry) -> str:
    """Say what speaks against a number that measures favour; that nothing does where that is so."""
    favour = plural(
        "{measures} favours {k}.",
        "{measures} favour {k}.",
        len(measures),
        measures=words.capital(words.listing(measures)),
        k=k,
    )
    said = list(_arguments(by, k, own, evidence))[:_ARGUMENTS]
    if not said:
        return f"{favour} {_NOTHING()}"
    but = _("But {arguments}.", arguments=words.listing(said))
    return f"{favour} {but}"


def _arguments(by: Mapping[int, Entry], k: int, own: Entry, evidence: Entry) -> Iterator[str]:
    other = by[k]
    if other["smallest"] < evidence["least"]:
        yield plural(
            "its smallest cluster would hold only {n} customer",
            "its smallest cluster would hold only {n} customers",
            other["smallest"],
            n=words.number(other["smallest"]),
        )
    if k == own["k"] - 1 and other["next"]["taken"] >= _WHOLE * other["next"]["customers"]:
        one, two = (own["clusters"][other["next"][which]]["name"] for which in ("cluster", "rest"))
        yield _("it would keep “{one}” and “{two}” together", one=one, two=two)
    many, fewer = (len({cluster["plan"] for cluster in each["clusters"]}) for each in (own, other))
    if k < own["k"] and fewer < many:
        yield plural(
            "its clusters have {n} default plan instead of {many}",
            "its clusters have {n} default plans instead of {many}",
            fewer,
            many=many,
        )
    if k > own["k"] and fewer <= many:
        yield plural(
            "{n} cluster has no more default plans than {own}",
            "{n} clusters have no more default plans than {own}",
            k,
            own=own["k"],
        )
    if shares := _less_stable(other, own):
        yield _("its stability is {other} instead of {own}", other=shares[0], own=shares[1])
    unsteady = sum(not stable(cluster["jaccard"]) for cluster in other["clusters"])
    if unsteady:
        yield plural(
            "{n} of its clusters is not stable when resampled",
            "{n} of its clusters are not stable when resampled",
            unsteady,
        )
    if k < own["k"]:
        left, here = (words.share(each["inertia"] / evidence["inertia_of_one"]) for each in (other, own))
        if left != here:
            yield _(
                "it leaves {left} of the spread inside its clusters instead of {here}", left=left, here=here
            )
