"""The sentences of the tab Movement, against the arrays of the release."""

from __future__ import annotations

import re

import numpy as np

from tests.truth.claims import Checked, Kind, count, share, winner
from tests.truth.facts import Facts
from tests.truth.of_segments import then_of, who_moved


def _flows(facts: Facts, moved: str, of: str, largest: str, path: str) -> Checked:
    yield from who_moved(facts, moved, of)
    column, names = facts.release.customers, [*(each.name for each in facts.entries), "No segment"]
    then, now = then_of(facts), np.asarray(column["segment"])
    flows: dict[str, float] = {}
    for one, other in zip(then.tolist(), now.tolist(), strict=True):
        if one >= 0 and one != other:
            key = f"{names[one]} to {names[other]}"
            flows[key] = flows.get(key, 0) + 1
    yield from winner(path, flows, str)
    yield "largest", count(largest), flows.get(path)


def _causes(facts: Facts, told: str) -> Checked:
    moved = sum(count(each) for each in re.findall(r"[\d,]*\d", told))
    then = then_of(facts)
    yield (
        "adds up",
        moved,
        int(((then >= 0) & (then != np.asarray(facts.release.customers["segment"]))).sum()),
    )


def _listed(facts: Facts, people: str) -> Checked:
    then = then_of(facts)
    yield (
        "listed",
        count(people),
        int(((then >= 0) & (then != np.asarray(facts.release.customers["segment"]))).sum()),
    )


def _sizes(facts: Facts, then: str, _day: str, now: str, _last: str, *most: str) -> Checked:
    column, last = facts.release.customers, len(facts.release.overview.snapshots) - 1
    there = np.asarray(column["snapshot_frequency"]) > 0
    yield "then", count(then), int(there[:, 0].sum())
    yield "now", count(now), int(there[:, last].sum())
    if most:
        name, early, late = most
        standing, names = np.asarray(column["snapshot_segment"]), [each.name for each in facts.entries]
        shares = [
            [float((standing[there[:, at], at] == place).mean()) for at in (0, last)]
            for place in range(len(names))
        ]
        yield "shares", (early, late), tuple(share(each) for each in shares[names.index(name)])
        changes = {each: abs(held[1] - held[0]) for each, held in zip(names, shares, strict=True)}
        yield from winner(name, changes, share)


def _true(_facts: Facts, *_said: str) -> Checked:
    yield from ()


MOVEMENT = [
    Kind("movement", *each)
    for each in (
        ("diagram_finding", "{n} of {n} customer(s) changed segment.", who_moved),
        ("diagram_finding", "None of {n} customer(s) changed segment.", lambda f, n: who_moved(f, "0", n)),
        (
            "diagram_finding",
            "{n} of {n} customer(s) changed segment; the largest flow is {n} from {t}.",
            _flows,
        ),
        ("flows_finding", "Nobody moved.", lambda f: _causes(f, "")),
        ("flows_finding", "{t}.", _causes),
        (
            "sizes_finding",
            "{n} customer(s) on {t}, {n} on {t}. {A} changed most, from {p} to {p} of them.",
            _sizes,
        ),
        ("sizes_finding", "{n} customer(s) on {t}, {n} on {t}.", _sizes),
        ("list_finding", "{n} customer(s) changed segment.", _listed),
        ("list_finding", "Nobody changed segment.", lambda f: _listed(f, "0")),
        ("Changed segment", "{n} of {n} | {t}", who_moved),
        ("Changed segment", "{n} of {n}", who_moved),
        (".*", "{n}{u}", _true),
    )
]
