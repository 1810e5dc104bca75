"""What Clusters claims of the clusters in use: what each is like, and how they differ."""

from __future__ import annotations

import re
from statistics import median

import numpy as np

from layouts import words
from tests.truth.claims import Checked, Kind, count, share
from tests.truth.clusters.algorithms import ALGORITHMS
from tests.truth.clusters.facts import ClusterFacts, named
from tests.truth.clusters.names import name, rule
from tests.truth.clusters.times import TIMES
from tests.truth.said import BAR

AXES = ("recency", "frequency", "monetary")
LEAST, MORE = 5, 1.2  # customers of a country, times as often


def _sub(f: ClusterFacts, people: str, clusters: str, day: str) -> Checked:
    yield "customers", count(people), len(f.labels)
    yield "clusters", count(clusters), len(set(f.labels.tolist()))
    yield "day", day, words.date(f.release.manifest.data_to)


def _size(f: ClusterFacts, people: str, part: str, money_part: str, money: str) -> Checked:
    spent = f.raw[:, 2]
    yield "customers", count(people), int(f.own.sum())
    yield "share", part, share(int(f.own.sum()), len(spent))
    yield "revenue", money, words.money_sum(round(float(spent[f.own].sum()), 4))
    yield "share of revenue", money_part, share(float(spent[f.own].sum()), float(spent.sum()))


def _products(f: ClusterFacts, told: str) -> Checked:
    profile = f.report["profiles"]["clusters"][f.letters.index(f.where[0])]
    codes = {each["description"]: each for each in profile["products"]}
    scopes = {each.id: each.baskets for each in f.release.overview.rule_scopes}
    own, all_ = scopes[f"cluster:{f.entries[f.letters.index(f.where[0])].id}"], scopes["all"]
    lookup = f.release.lookup()
    found = re.findall(r"(?:^|; )(.+?) ([\d,.]+) times, ([\d,]+) orders?(?=;|$)", told)
    yield "all of it", len(found), told.count(" times, ")
    for item, times, orders in found:
        known = lookup.execute("SELECT orders FROM products WHERE product = ?", (codes[item]["product"],))
        lift = (count(orders) / own) / (known.fetchone()[0] / all_)
        yield f"times of {item}", times, words.number(lift, 1)
        yield f"{item} more than others", float(times.replace(",", "")) > 1, True
        yield f"orders of {item}", count(orders) >= 10 and codes[item]["customers"] >= LEAST, True


def _no_products(f: ClusterFacts) -> Checked:
    products = f.report["profiles"]["clusters"][f.letters.index(f.where[0])]["products"]
    yield "products", [each for each in products if words.number(each["lift"], 1) != "1.0"], []


def _price(f: ClusterFacts, own: str, band: str, rest: str) -> Checked:
    prices, place = f.report["profiles"]["prices"], f.letters.index(f.where[0])
    low, high = (words.money(edge) for edge in prices["edges"])
    bands = [f"up to {low}", f"over {low}, up to {high}", f"over {high}"]
    at = bands.index(band)
    yield "own", own, share(prices["shares"][place][at])
    yield "all", rest, share(prices["all"][at])
    more = [mine - all_ for mine, all_ in zip(prices["shares"][place], prices["all"], strict=True)]
    yield "differs most", more[at], max(more)
    yield "stands out", own != rest and more[at] > 0, True


def _no_price(f: ClusterFacts) -> Checked:
    prices, place = f.report["profiles"]["prices"], f.letters.index(f.where[0])
    more = [mine - all_ for mine, all_ in zip(prices["shares"][place], prices["all"], strict=True)]
    yield "stands out", max(more) >= 0.01, False


def _where(f: ClusterFacts, told: str) -> Checked:
    column, names = np.asarray(f.release.customers["country"]), [e.name for e in f.release.overview.countries]
    own, known = f.own & (column >= 0), column >= 0

    def part(name: str) -> tuple[int, float, float]:
        there = column == names.index(name)
        return int((own & there).sum()), int((own & there).sum()) / own.sum(), int(there.sum()) / known.sum()

    match = re.fullmatch(
        r"(.*? %) (.*?) \((.*? %) of all\)"
        r"(?:; (.*) ([\d,.]+) times as often as among all customers, ([\d,]+) customers)?\.",
        told,
    )
    if match is None:
        yield "understood", told, ""
        return
    people, mine, all_ = part(match[2])
    yield "home", (match[1], match[3]), (share(mine), share(all_))
    yield "most", people, max(part(name)[0] for name in names)
    yield "enough", people >= LEAST, True
    if match[4]:
        people, mine, all_ = part(match[4])
        yield "away", (count(match[6]), match[5]), (people, words.number(mine / all_, 1))
        yield "more", mine / all_ >= MORE and people >= LEAST, True


def _nowhere(f: ClusterFacts) -> Checked:
    column = np.asarray(f.release.customers["country"])[f.own]
    most = max(
        (int((column == place).sum()) for place in range(len(f.release.overview.countries))), default=0
    )
    yield "countries of five", most >= LEAST, False


def _together(f: ClusterFacts) -> np.ndarray:
    return np.array([f.points[f.labels == place].mean(axis=0) for place in range(f.served)])


def _apart(f: ClusterFacts, axis: str, one: str, low: str, other: str, high: str) -> Checked:
    means, place = _together(f), {"recency": 0, "spend": 2}.get(axis, 1)
    wide = means.max(axis=0) - means.min(axis=0)
    yield "most", bool(wide[place] >= wide.max() - 1e-9), True
    yield (
        "ends",
        (low, high),
        (words.number(means[:, place].min(), 1), words.change(means[:, place].max(), 1)),
    )
    found = named(means[:, place].tolist(), f.letters)
    yield "whose", (found[one], found[other]), (min(found.values()), max(found.values()))


def _standard(f: ClusterFacts, told: str) -> Checked:
    title, *cells = told.split(BAR)
    place = f.letters.index(title[0])
    yield "name", title[2:], f.entries[place].name
    yield "means", cells, [words.change(value, 2) for value in _together(f)[place].tolist()]


def _money_and_people(f: ClusterFacts, letter: str, money: str, people: str) -> Checked:
    inside = f.row(letter)
    yield "revenue", money, share(float(f.raw[inside, 2].sum()), float(f.raw[:, 2].sum()))
    yield "customers", people, share(int(inside.sum()), len(inside))


def _mean(f: ClusterFacts, told: str) -> Checked:
    title, *cells = told.split(BAR)
    inside = f.row(title[0])
    days, often, money = f.raw[inside].mean(axis=0).tolist()
    yield "means", cells, [words.number(days), words.number(often, 1), words.money_sum(money)]


def _axis(f: ClusterFacts) -> int:
    return {"Recency, days": 0, "Spend": 2}.get(f.where.partition(":")[0], 1)


def _halves(f: ClusterFacts, high: str, above: str, low: str, below: str) -> Checked:
    axis = _axis(f)
    write = words.money_sum if axis == 2 else words.number
    middles = {letter: float(median(f.raw[f.row(letter), axis])) for letter in f.letters}
    yield "medians", (above, below), (write(middles[high]), write(middles[low]))
    yield "ends", (middles[high], middles[low]), (max(middles.values()), min(middles.values()))
    yield "half", (f.raw[f.row(high), axis] >= middles[high]).mean() >= 0.5, True


def _spread(f: ClusterFacts, told: str) -> Checked:
    title, *cells = told.split(BAR)
    values = np.quantile(f.raw[f.row(title[0]), _axis(f)], [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    yield "quantiles", cells, [(words.money_sum if _axis(f) == 2 else words.number)(each) for each in values]


def _segments(f: ClusterFacts, part: str) -> Checked:
    pairs = list(zip(np.asarray(f.release.customers["segment"]).tolist(), f.labels.tolist(), strict=True))
    most = [max(pairs.count((one, two)) for two in range(f.served)) for one in {one for one, _ in pairs}]
    yield "right", part, share(sum(most), len(pairs))


def _segment(f: ClusterFacts, told: str) -> Checked:
    name, *cells = told.split(BAR)
    names = [each.name for each in f.release.segments]
    place = names.index(name) if name in names else -1
    there = np.asarray(f.release.customers["segment"]) == place
    counts = [int((there & (f.labels == each)).sum()) for each in range(f.served)]
    written = [words.number(each) if each or place < 0 else "–" for each in counts]
    yield "customers", cells, [*written, words.number(sum(counts))]


def _listed(f: ClusterFacts, told: str) -> Checked:
    yield "clusters", told, ", ".join(f"{each.letter} {each.name}" for each in f.entries)


def _true(_f: ClusterFacts, *_told: str) -> Checked:
    yield from ()


_CARD = r"[A-J] .*"
PROFILES = [
    Kind("clusters", *each)
    for each in (
        ("sub", "{n} customer(s) in {n} cluster(s), alike in recency, frequency and spend, on {t}.", _sub),
        (_CARD + ": Name", "{t}", name),
        (_CARD + ": Rule", "{t}. Right for {n} of the {n} customer(s) it matches; it covers {q} of the "
                           "cluster.", rule),
        (_CARD + ": Rule", "No short rule describes this cluster.", _true),
        (_CARD + ": Buys more", "No product with enough orders is bought clearly more often here than by "
                                "customers overall.", _no_products),
        (_CARD + ": Buys more", "{t}", _products),
        (_CARD + ": Prices", "{q} of its items cost {t}; {q} of all do.", _price),
        (_CARD + ": Prices", "No price band stands out.", _no_price),
        (_CARD + ": Prices", "The file has no product prices.",
         lambda f: iter([("prices", f.report["profiles"]["prices"], None)])),
        (_CARD + ": Where", "The file has no country with at least five customers of this cluster.",
         _nowhere),
        (_CARD + ": Where", "{t}", _where),
        (_CARD, "{n} customer(s), {q} of all, bring {q} of the revenue, {m}.", _size),
        ("Means, standardised", "They differ most in {t}: {v} lies {z} and {v} {z} standard deviations from "
                                "the mean.", _apart),
        ("Means, standardised: row", "{t}", _standard),
        ("Means, standardised: note", "0 is the average of the customers that were clustered, {t}", _true),
        ("Recency, frequency and spend", "{v} brings {q} of the revenue with {q} of the customers.",
         _money_and_people),
        ("Recency, frequency and spend: row", "{t}", _mean),
        ("Recency, days|Orders|Lines|Spend", "Half of {v} lie at or above {t}, half of {v} at or below {t}.",
         _halves),
        ("(Recency, days|Orders|Lines|Spend): row", "{t}", _spread),
        ("(Recency, days|Orders|Lines|Spend): note", "Box: the middle half; whiskers: 5 % to 95 %.{u}",
         _true),
        ("Segments and clusters", "Knowing only the segment, you would name the right cluster for {q} of "
                                  "customers.", _segments),
        ("Segments and clusters: row", "{t}", _segment),
        ("Segments and clusters: note", "Clusters: {t}.", _listed),
        *TIMES,
        *ALGORITHMS,
    )
]  # fmt: skip
