"""What Baskets claims of groups, sets and bundles, and of the best rules of each cluster."""

from __future__ import annotations

import re
from functools import lru_cache

from layouts import words
from tests.truth.baskets.facts import BasketFacts, Products
from tests.truth.claims import Checked, count, share, winner
from tests.truth.clusters.facts import tenths
from tests.truth.said import BAR

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
LARGEST = 9
LISTED, DRAWN = 15, 6  # groups in the table, and in the picture


def _pairs(f: BasketFacts) -> dict[Products, float]:
    """Return the lift of the pairs that are beyond chance."""
    single = (f.columns["antecedents"][f.rows, 1] < 0) & (f.columns["consequents"][f.rows, 1] < 0)
    return {f.products(row): f.lift(row) for row in f.findings(f.rows[single].tolist())}


def _connected(pairs: list[Products]) -> list[set[int]]:
    """Return the products that pairs connect, three and more."""
    groups: list[set[int]] = []
    for pair in pairs:
        joined = [each for each in groups if each & set(pair)]
        groups = [each for each in groups if not each & set(pair)] + [set(pair).union(*joined)]
    return [each for each in groups if len(each) > 2]


@lru_cache(maxsize=8)
def _groups(f: BasketFacts) -> tuple[int, list[set[int]]]:
    """Return the lowest whole lift at which no group has more than nine products, and the groups then."""
    pairs, least = _pairs(f), 1
    while True:
        groups = _connected([pair for pair, lift in pairs.items() if lift >= least])
        if all(len(each) <= LARGEST for each in groups):
            return least, groups
        least += 1


def _top_lift(f: BasketFacts, group: set[int]) -> float:
    return max(lift for pair, lift in _pairs(f).items() if set(pair) <= group)


def _group(f: BasketFacts, lead: str, size: str, name: str, times: str) -> Checked:
    groups = _groups(f)[1]
    most = max(map(len, groups), default=0)
    largest = [each for each in groups if len(each) == most]
    leads = {"The only group": len(groups) == 1, "The largest group": len(largest) == 1 < len(groups),
             "One of the largest groups": len(largest) > 1}  # fmt: skip
    yield "lead", leads.get(lead), True
    yield "products", SMALL.index(size), most
    of_name = [each for each in largest if times == words.number(_top_lift(f, each), 1)]
    yield "times", len(of_name) > 0, True
    if of_name:
        held = [
            sum(f.names[at].casefold().find(word) >= 0 for at in of_name[0])
            for word in name.casefold().split()
        ]
        yield (
            "name",
            all(2 * each > len(of_name[0]) for each in held) or name in [f.names[a] for a in of_name[0]],
            True,
        )


def _no_group(f: BasketFacts) -> Checked:
    yield "groups", _connected(list(_pairs(f))), []


def _crowded(f: BasketFacts) -> Checked:
    yield "groups", _groups(f)[1], []
    yield "connected", any(len(each) > LARGEST for each in _connected(list(_pairs(f)))), True


def _joins(f: BasketFacts, least: str, more: str = "") -> Checked:
    known, groups = _groups(f)
    yield "least", int(least), known
    others = min(len(groups), LISTED) - DRAWN
    yield "more", more.lower(), SMALL[others] if others > 0 else ""


def _ring(f: BasketFacts, told: str) -> Checked:
    _name, lift, many, *codes = told.split(BAR)
    group = {f.codes.index(code) for code in codes}
    least, groups = _groups(f)
    yield "group", group in groups, True
    pairs = [at for pair, at in _pairs(f).items() if set(pair) <= group and at >= least]
    yield "pairs", int(many), len(pairs)
    yield "lift", abs(float(lift) - max(pairs)) < 0.001, True


def _set(f: BasketFacts, people: str, whole: str, verb: str, names: str) -> Checked:
    sets = f.sets
    most = max(sets.values(), default=0)
    yield "most", count(people), most
    yield (
        "names",
        " ".join(names.split()) in [f.listed(held) for held, number in sets.items() if number == most],
        True,
    )
    yield "verb", (whole, verb), _bought(f, most)


def _bought(f: BasketFacts, number: int) -> tuple[str, str]:
    return f.whole, "bought" if f.whole == "customer" else "holds" if number == 1 else "hold"


def _no_set(f: BasketFacts) -> Checked:
    yield "rules", f.rows.tolist(), []


def _held(f: BasketFacts, told: str) -> Checked:
    number, part, *codes = told.split(BAR)
    held = tuple(sorted(f.codes.index(code) for code in codes))
    sets = f.sets
    yield "baskets", int(number), sets.get(held)
    yield "as mined", int(number), f.held(f.scope).get(held)
    yield "share", float(part), round(int(number) / f.entry.baskets, 5)
    yield "is one of ten", sum(each > int(number) for each in sets.values()) < 10, True


def _price(f: BasketFacts, held: Products) -> float | None:
    known = [f.prices[f.codes[each]] for each in held]
    return None if None in known else round(sum(each for each in known if each is not None), 4)


def _bundle(f: BasketFacts, told: str) -> Checked:
    number, part, price, best, of, *codes = told.split(BAR)
    held = tuple(sorted(f.codes.index(code) for code in codes))
    yield "baskets", int(number), f.sets.get(held)
    yield "share", float(part), round(int(number) / f.entry.baskets, 5)
    worth = _price(f, held)
    yield (
        "price",
        price if worth is None else abs(float(price) - worth) < 0.001,
        "None" if worth is None else True,
    )
    if best != "–":
        match = re.fullmatch(r"(.*? %) of its ([\d,]+) (invoice|customer)s?(?:, (.*? %) of all)?", of)
        yield "understood", match is not None, True
        if match:
            yield from _sells_best(f, held, best[0], match[1], match[2])
            everybody = "all@customers" if f.whole == "customer" else "all"
            baskets = f.release.overview.rule_scopes[f.place_of(everybody) or 0].baskets
            known = f.held(everybody).get(held)
            yield "of all", match[4], tenths(known / baskets) if known else None


def _sells_best(f: BasketFacts, held: Products, letter: str, part: str, of: str = "") -> Checked:
    shares = {}
    for cluster in f.release.clusters:
        scope = f"cluster:{cluster.id}" + "@customers" * (f.whole == "customer")
        place = f.place_of(scope)
        if place is None:
            continue
        entry, known = f.release.overview.rule_scopes[place], f.held(scope).get(held)
        # of a cluster that is too small to be mined any share is possible
        shares[cluster.letter] = known / entry.baskets if known else -1.0 if entry.itemsets else 1.0
        if not known and entry.itemsets:
            yield f"{cluster.letter} has less", entry.min_support <= shares.get(letter, 1.0), True
        if cluster.letter == letter:
            yield "of its", part, tenths(shares[letter])
            yield "its baskets", count(of) if of else entry.baskets, entry.baskets
        if known and f.whole == "customer":
            yield "who bought all", known, len(f.bought_all(held) & f.members_of(scope))
    yield "best", shares[letter], max(shares.values())
    yield "alone", list(shares.values()).count(shares[letter]), 1


def _sold(f: BasketFacts, told: str) -> Checked:
    match = re.fullmatch(
        r"(?P<names>.*?) (?:are sold together in (?P<n>[\d,]+) invoices?|"
        r"were bought by (?P<p>[\d,]+) customers?)"
        r"(?:, for (?P<price>£[\d,.]+) at usual prices)?"
        r"(?:; most often in cluster (?P<best>[A-J]), (?:in|by) (?P<part>.*? %) of its "
        r"(?:invoice|customer)s)?\.",
        told,
    )
    if match is None:
        yield "understood", told, ""
        return
    sets = f.sets
    named = [held for held in sets if f.listed(held) == " ".join(match["names"].split())]
    yield "is a set", len(named) > 0, True
    yield "what is counted", f.whole, "invoice" if match["n"] else "customer"
    if named:
        yield "baskets", count(match["n"] or match["p"]), sets[named[0]]
        price = _price(f, named[0])
        yield "price", match["price"], None if price is None else words.money(price)
        worth = {held: sets[held] * (_price(f, held) or 0) for held in sets if _is_sold(f, held)}
        yield "worth most", round(worth[named[0]], 2), round(max(worth.values()), 2)
        if match["best"]:
            yield from _sells_best(f, named[0], match["best"], match["part"])


def _is_sold(f: BasketFacts, held: Products) -> bool:
    return all(f.sold[f.codes[each]] for each in held)


def _no_bundle(f: BasketFacts) -> Checked:
    yield "sets", [held for held in f.sets if _is_sold(f, held)], []


def _highest(f: BasketFacts, letter: str, names: str, lift: str) -> Checked:
    tops = {each: max(map(f.lift, rows)) for each, rows in f.tops.items() if rows}
    yield "lift", lift, words.number(tops.get(letter, 0), 1)
    if len(tops) > 1:
        yield from winner(letter, tops, lambda value: words.number(value, 1))
    best = [row for row in f.tops[letter] if abs(f.lift(row) - tops[letter]) < 1e-9]
    both = [f.listed((*f.side(row, "antecedents"), *f.side(row, "consequents"))) for row in best]
    yield "products", " ".join(names.split()) in both, True


def _none_high(f: BasketFacts) -> Checked:
    yield "beyond chance", [row for rows in f.tops.values() for row in rows], []


def _top(f: BasketFacts, first: str, then: str, lift: str, part: str, both: str, of: str) -> Checked:
    letter = f.where.removeprefix("top: ")[0]
    rows = f.tops[letter]
    known = f.said(first, then, rows)
    yield "is a rule", len(known) > 0, True
    if known:
        yield "lift", lift, words.number(f.lift(known[0]), 1)
        yield "confidence", part, share(f.confidence(known[0]))
        counts = (f.value(known[0], "count"), f.value(known[0], "antecedent_count"))
        yield "counts", (count(both), count(of)), counts
        better = {f.products(row) for row in rows if f.lift(row) > f.lift(known[0]) + 1e-9}
        yield "is one of five", len(better) < 5, True
        alike = [row for row in rows if f.products(row) == f.products(known[0])]
        yield "the best of its set", bool(f.lift(known[0]) >= max(map(f.lift, alike)) - 1e-9), True


def _nothing_top(f: BasketFacts, *_told: str) -> Checked:
    yield "beyond chance", f.tops[f.where.removeprefix("top: ")[0]], []


_NETWORK = (
    "A line joins two products with a lift of {n} or more; the darker, the higher it is. A larger circle "
    "means a product in more baskets. Press a circle or a name to see the rules of its product. "
)
CARDS = (
    ("groups_finding", "{t}: {v} products around “{t}”, up to {x} times as likely together as if bought "
                       "independently.", _group),
    ("groups_finding", "No three products are connected by rules that are clearly beyond chance.", _no_group),
    ("groups_finding", "More than nine products are linked by similar lifts, so no smaller group stands "
                       "out.", _crowded),
    ("groups_note", _NETWORK + "{v} more in the table.", _joins),
    ("groups_note", _NETWORK.strip(), _joins),
    ("groups: row", "{t}", _ring),
    ("sets_finding", "{n} {v} {v} {t}.", lambda f, n, whole, verb, t: _set(f, n, whole.rstrip("s"), verb, t)),
    ("sets_finding", "No product set has a rule here.", _no_set),
    ("sets: row", "{t}", _held),
    ("bundles_finding", "No products are sold together in these rules.", _no_bundle),
    ("bundles_finding", "{t}", _sold),
    ("bundles: row", "{t}", _bundle),
    ("clusters_finding", "The highest lift is in cluster {v}: {t}, {x} times as likely together as if bought "
                         "independently.", _highest),
    ("clusters_finding", "No cluster has rules of its own that are beyond chance.", _none_high),
    ("top: .*", "{t} → {t} lift {x}; confidence {q}, {n} of {n} {v}", lambda f, *told: _top(f, *told[:-1])),
    ("top: .*", "No product set is clearly beyond chance.", _nothing_top),
    ("top: .*", "No products are bought together often enough.", _nothing_top),
)  # fmt: skip
