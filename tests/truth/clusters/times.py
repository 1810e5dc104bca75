"""What Clusters claims of the times at which clusters order."""

from __future__ import annotations

import re

import numpy as np

from layouts import words
from tests.truth.claims import Checked, share
from tests.truth.clusters.facts import ClusterFacts, tenths
from tests.truth.of_playbooks_and_data import DAYS
from tests.truth.said import BAR

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
PLACES = {"Hour": [f"{hour}:00" for hour in range(24)], "Weekday": list(DAYS), "Month": MONTHS}
WRITTEN = {"Hour": "from {}", "Weekday": "on {}s", "Month": "in {}"}
EXPECTED = 5  # orders of a cluster at a time that is judged


def _times(f: ClusterFacts, told: str) -> Checked:
    said = re.findall(r"(?:on|from|in) (\w+?|\d+:00)s? \((.*?) against (.*?) of all\)", told)
    yield "all of it", len(said), told.count(" against ")
    for name, own, rest in said:
        part = next(part for part, names in PLACES.items() if name in names)
        at, orders = PLACES[part].index(name), f.ordered(part)
        mine, all_ = orders[f.letters.index(f.where[0])], orders.sum(axis=0)
        yield f"own {name}", own, share(mine[at], mine.sum())
        yield f"all {name}", rest, share(all_[at], all_.sum())
        yield f"{name} stands out", mine[at] / mine.sum() > all_[at] / all_.sum() and own != rest, True
        yield f"orders enough on {name}", mine.sum() * all_[at] / all_.sum() >= EXPECTED, True


def _excess(f: ClusterFacts) -> dict[str, float]:
    """Return by how much the orders of the cluster exceed all of them at best, by judged part."""
    found = {}
    for part in PLACES if f.orders else ():
        orders = f.ordered(part)
        mine, all_ = orders[f.letters.index(f.where[0])], orders.sum(axis=0) / orders.sum()
        judged = mine.sum() * all_ >= EXPECTED
        if judged.any() and not (part == "Hour" and f.release.overview.glance.hours is None):
            found[part] = float((mine / mine.sum() - all_)[judged].max())
    return found


def _no_time(f: ClusterFacts, told: str) -> Checked:
    found = _excess(f)
    names = {"day": "Weekday", "hour": "Hour", "month": "Month"}
    yield "judged", {names[each] for each in re.split(", | or ", told)}, set(found)
    yield "stands out", max(found.values()) >= 0.01, False


def _few_orders(f: ClusterFacts) -> Checked:
    yield "judged", _excess(f), {}


def _none_apart(f: ClusterFacts) -> Checked:
    orders = f.ordered(f.where)
    expected = orders.sum(axis=1, keepdims=True) * orders.sum(axis=0) / orders.sum()
    yield "enough", bool((expected >= EXPECTED).any()), False


def _even(f: ClusterFacts) -> Checked:
    orders = f.ordered(f.where)
    expected = orders.sum(axis=1, keepdims=True) * orders.sum(axis=0) / orders.sum()
    ratio = np.where(expected >= EXPECTED, orders / np.maximum(expected, 1e-9), 0)
    yield "enough", bool((expected >= EXPECTED).any()), True
    yield "more often", float(words.number(float(ratio.max()), 1)) > 1, False


def _furthest(f: ClusterFacts, letter: str, times: str, where: str, part: str) -> Checked:
    orders = f.ordered(f.where)
    at = [WRITTEN[f.where].format(name) for name in PLACES[f.where]].index(where)
    own, all_ = orders.sum(axis=1, keepdims=True), orders.sum(axis=0) / orders.sum()
    expected = own * all_
    ratio = np.where(expected >= EXPECTED, orders / np.maximum(expected, 1e-9), 0)
    row = f.letters.index(letter)
    yield "times", times, words.number(float(ratio[row, at]), 1)
    yield "furthest", bool(ratio[row, at] >= ratio.max() - 1e-9), True
    yield "more often", float(times.replace(",", "")) > 1, True
    yield "share", part, share(orders[row, at], own[row, 0])


def _cell(f: ClusterFacts, told: str) -> Checked:
    name, *cells = told.split(BAR)
    part = f.where.partition(":")[0]
    orders, at = f.ordered(part), PLACES[part].index(name)
    shares = [row[at] / max(row.sum(), 1) for row in (*orders, orders.sum(axis=0))]
    yield "shares", cells, [tenths(float(each)) for each in shares]


TIMES = (
    ("[A-J] .*: When", "More often than others {t}.", _times),
    ("[A-J] .*: When", "No {t} stands out.", _no_time),
    ("[A-J] .*: When", "The file has too few orders to tell.", _few_orders),
    ("Hour|Weekday|Month", "{v} orders {x} times as often {t} as all customers do: {q} of its orders.",
     _furthest),
    ("Hour|Weekday|Month", "Too few orders to tell clusters apart.", _none_apart),
    ("Hour|Weekday|Month", "No cluster stands out.", _even),
    ("(Hour|Weekday|Month): row", "{t}", _cell),
    ("(Hour|Weekday|Month): note", "Against all orders: brown at most half as often, green at least "
                                   "twice. Empty: too few orders.{u}", lambda _f, *_told: iter(())),
    ("Hour|Weekday|Month", "The file has no orders.", lambda f: iter([("orders", len(f.orders), 0)])),
)  # fmt: skip
