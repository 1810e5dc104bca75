"""What the cards of a customer's page claim of clusters and peers."""

from __future__ import annotations

import json
from itertools import product
from math import floor

import numpy as np
import pytest

from layouts import words
from tests.truth.claims import Checked, Kind
from tests.truth.customers.of_cards import rows_of
from tests.truth.customers.of_head import equal
from tests.truth.customers.person import AXES, Person

UNITS = {"recency": 1, "frequency": 1, "monetary": 100}


def _distances(person: Person, name: str, far: str = "") -> Checked:
    away = person.rules.distances(person.values)
    order = np.argsort(away, kind="stable")
    yield "nearest", name, person.release.clusters[order[0]].name
    if far:
        times = away[order[1]] / away[order[0]]
        said = "more than ten" if times > 10 else words.number(times, 1)
        yield "how far", far, said
        yield "further", times >= 1.05, True


def _as_near(person: Person, name: str) -> Checked:
    yield from _distances(person, name)
    near, far = sorted(person.rules.distances(person.values))[:2]
    yield "as near", far < 1.05 * near, True


def _distance_rows(person: Person, told: str) -> Checked:
    away = person.rules.distances(person.values)
    longest = float(away.max()) or 1.0
    ranked = [
        [person.release.clusters[at].id, away[at] / longest, float(away[at])] for at in np.argsort(away)
    ]
    yield from rows_of(json.dumps([[cell[1] for cell in row] for row in json.loads(told)]), ranked)


def _nearest_ways(person: Person) -> dict[bool, list[tuple[float, str, int]]]:
    """Return, by better and worse, length, axis and units of the first change along each axis that moves."""
    found: dict[bool, list[tuple[float, str, int]]] = {True: [], False: []}
    here = int(np.argmin(person.rules.distances(person.values)))
    for (place, axis), way in product(enumerate(AXES), (-1, 1)):
        unit, ends = UNITS[axis], person.release.overview.axes[axis]

        def led(units: int, place: int = place, way: int = way, unit: int = unit) -> tuple[float, ...]:
            changed = list(person.values)
            changed[place] = round(changed[place] + way * units / unit, 6)
            return tuple(changed)

        end = ends.max if way > 0 else ends.min
        low, high = 0, floor(way * (end - person.values[place]) * unit + 1e-6)
        # along a line a cluster is one stretch, so what leads out of it can be halved down to
        if high < 1 or int(np.argmin(person.rules.distances(led(high)))) == here:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            moved = int(np.argmin(person.rules.distances(led(middle)))) != here
            low, high = (low, middle) if moved else (middle, high)
        length = float(np.abs(person.rules.point(led(high)) - person.rules.point(person.values)).max())
        found[(way > 0) == (axis != "recency")].append((length, axis, way * high))
    return found


def _said_change(person: Person, axis: str, units: int) -> str:
    many, better = abs(units), (units > 0) == (axis != "recency")
    if axis == "monetary":
        return f"{words.money(many / 100)} {'more' if better else 'less'}"
    if axis == "frequency":
        unit = person.release.overview.axes["frequency"].unit
        return f"{words.number(many)} {'more' if better else 'fewer'} {unit[:-1] if many == 1 else unit}"
    if not better:
        return f"{words.number(many)} more {'day' if many == 1 else 'days'} without an order"
    left = person.values[0] - many
    return (
        "An order today"
        if left < 1
        else f"An order within the last {'day' if left == 1 else words.days(left)}"
    )


def _crossing(person: Person, lead: str, changes: str, _note: str = "") -> Checked:
    ways = _nearest_ways(person)
    first = [min(ways[better]) for better in (True, False) if ways[better]]
    yield "changes", [each["said"] for each in json.loads(changes)], [
        _said_change(person, axis, units) for _, axis, units in first
    ]  # fmt: skip
    if ways[True]:
        yield "how many", "one better and one worse" in lead, len(first) == 2
        yield "plain", "smallest change" in lead, True
    elif first:
        yield "worse", lead.startswith("Closest other cluster, if"), True


def _note_of(person: Person, told: str) -> Checked:
    if told.startswith("Borderline"):
        near, far = np.argsort(person.rules.distances(person.values))[:2]
        away = person.rules.distances(person.values)
        yield "between", (away[far] - away[near]) / (away[far] + away[near]) < 0.1, True
        other = person.release.clusters[far].name
        yield "other", told, (
            f"Borderline: Almost as near to {other} as to the customer’s own cluster: a small change may "
            f"move "
            "this customer there."
        )  # fmt: skip
    else:
        yield "outlier", person.of("outlier"), True


def _similar(person: Person, told: str) -> Checked:
    near = np.argsort(person.away, kind="stable")[:5]
    near = near[np.isfinite(person.away[near])]
    column = np.asarray(person.release.customers["segment"])
    edge = int(np.sum(np.isclose(person.away, person.away[near[-1]])))
    same, of, group = int((column[near] == person.of("segment")).sum()), len(near), person.group
    if edge > 1:
        return  # whom of several at one distance is a matter of order
    if of == 1:
        said = f"The nearest is {'' if same else 'not '}in {group}{' too' if same else ''}."
    elif same == of:
        said = f"The {words.small(of)} nearest are all in {group} too."
    elif not same:
        said = f"None of the {words.small(of)} nearest is in {group}."
    else:
        verb = "is" if same == 1 else "are"
        said = f"{words.capital(words.small(same))} of the {words.small(of)} nearest {verb} in {group} too."
    yield "peers", told, said


def _similar_rows(person: Person, told: str) -> Checked:
    column, rows = person.release.customers, json.loads(told)
    ids = [each.decode() for each in np.asarray(column["customer_id"]).tolist()]
    groups = [each.id for each in person.entries]
    nearest = np.sort(person.away)[: len(rows)]
    for place, (name, group, *rest) in enumerate(rows):
        row = ids.index(name)
        at = int(np.asarray(column["segment"])[row])
        yield "segment", group, groups[at] if at >= 0 else None
        yield "values", rest[:3], [np.asarray(column[axis])[row].item() for axis in AXES]
        yield "distance", rest[3], pytest.approx(float(person.away[row]), abs=1e-6)
        yield "nearest", float(person.away[row]), pytest.approx(float(nearest[place]), abs=1e-6)


PEERS = [
    Kind("customers", *each)
    for each in (
        ("distances", "Nearest to {t}; the next cluster is {t} times as far.", _distances),
        ("distances", "Nearest to {t}, but the next cluster is about as near.", _as_near),
        ("distances", "Nearest to {t}.", _distances),
        ("distances-div", "{t}", _distance_rows),
        ("crossing-div", "{t}: [{t}] {t}", lambda p, lead, told, note: _crossing(p, lead, f"[{told}]", note)),
        ("crossing-div", "No change to a single value, {t} []", lambda p, _: _crossing(p, "", "[]")),
        ("crossing-div", "There is only one cluster, {t}", lambda p, _: equal(p.release.clusters[1:], [])),
        ("notes-div", "{t}", _note_of),
        ("similar", "{t}", _similar),
        ("similar-div", "{t}", _similar_rows),
    )
]  # fmt: skip
