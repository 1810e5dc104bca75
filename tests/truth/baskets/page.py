"""What Baskets claims of its rules: how many, how strong, which held up, what to offer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime

import numpy as np

from layouts import words
from tests.truth.baskets.cards import CARDS
from tests.truth.baskets.facts import BasketFacts, classes
from tests.truth.baskets.rules import RULES
from tests.truth.claims import Checked, Kind, count, share
from tests.truth.clusters.argument import taken
from tests.truth.clusters.facts import tenths

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def _sub(f: BasketFacts, told: str, meant: str) -> Checked:
    match = re.fullmatch(
        r"(?:(.*): )?([\d,]+) (invoice|customer)s?(?: from (.*) to (.*))?, ([\d,]+) products?", told
    )
    if match is None:
        yield "understood", told, ""
        return
    group = f.scope.partition("@")[0]
    whose, people = match[1] or "", f.members_of(f.scope)
    yield "whose", whose, "" if group == "all" else f.entry.name
    yield "basket", meant, "an invoice" if f.whole == "invoice" else "everything a customer bought"
    yield "what is counted", match[3], f.whole
    first, last = f.entry.first_day, f.entry.last_day
    yield "days", (match[4], match[5]), (words.date(first), words.date(last)) if first else (None, None)
    orders = [(row, at) for row, at, _ in f.orders if row in people and _within(at, first, last)]
    most = len(orders) if f.whole == "invoice" else len({row for row, _ in orders})
    # an order without any product is no basket
    none = f.release.lookup().execute("SELECT sum(orders) FROM products WHERE NOT sold").fetchone()[0] or 0
    yield "baskets", most - none <= count(match[2]) <= most, True
    sold = f.release.lookup().execute("SELECT count(*) FROM products WHERE orders > 0 AND sold").fetchone()[0]
    yield "products", count(match[6]), sold if group == "all" else f.entry.products
    yield "no more than there are", count(match[6]) <= sold, True


def _within(at: datetime, first: str | None, last: str | None) -> bool:
    return first is None or last is None or first <= at.date().isoformat() <= last


def _found(f: BasketFacts, rules: str, sets: str) -> Checked:
    yield "rules", count(rules), len(f.rows)
    yield "sets", count(sets), len(f.sets)


def _rare(f: BasketFacts, least: str, most: str, whole: str) -> Checked:
    strong = [row for row in f.rows.tolist() if f.lift(row) >= int(least) - 1e-9]
    reach = max(f.value(row, "count") for row in strong) / f.entry.baskets
    yield "none reaches", reach < float(most) / 100 + 1e-9, True
    yield "nearly", reach >= float(most) / 100 - 0.001 - 1e-9, True
    yield (
        "others do",
        max(f.value(row, "count") for row in f.rows.tolist()) > max(f.value(row, "count") for row in strong),
        True,
    )
    yield "class", int(least) in classes(f), True
    yield "of", whole, f.whole


def _strong(f: BasketFacts, some: str, of: str, verb: str, least: str, most: str, whole: str) -> Checked:
    strong = [row for row in f.rows.tolist() if f.lift(row) >= int(least) - 1e-9]
    yield "rules", (count(some), count(of)), (len(strong), len(f.rows))
    yield "verb", verb, "has" if len(strong) == 1 else "have"
    yield "reach", most, tenths(max(f.value(row, "count") for row in strong) / f.entry.baskets)
    yield "of", whole, f.whole


def _one_class(f: BasketFacts, some: str, lift: str) -> Checked:
    yield "rules", count(some), min(len(f.rows), 3_000)
    low, *below = [int(each) for each in re.findall(r"\d+", lift)]
    lifts = sorted(f.lift(row) for row in f.rows.tolist())[-3_000:]
    yield "lift", min(lifts) >= low - 1e-9 and max(lifts) < (below[0] if below else np.inf), True


def _scatter(f: BasketFacts, told: str) -> Checked:
    yield from taken(told, _SCATTERED, f)
    yield "says what is not shown", "Not shown" in told, len(f.rows) > 3_000


_SCATTERED: dict[str, Callable[..., Checked]] = {
    r"Strong rules are rare: none with a lift of (\d+) or more reaches ([\d.]+) % of (\w+)s\.": _rare,
    r"([\d,]+) rules? of ([\d,]+) (has|have) a lift of (\d+) or more, in up to (.*? %) of (\w+)s\.": _strong,
    r"([\d,]+) rules? with a lift (from \d+ to under \d+|of \d+ or more)\.": _one_class,
    r"Not shown: ([\d,]+) rules? with the lowest lift\.": lambda f, left: iter(
        [("not shown", count(left), len(f.rows) - 3_000)]
    ),
}


def _best(f: BasketFacts, first: str, part: str, _its: str, then: str, lift: str, rest: str) -> Checked:
    rows = f.findings(f.rows.tolist())
    known = f.said(first, then, rows)
    yield "is a rule", len(known) > 0, True
    if known:
        row = known[0]
        yield "confidence", part, share(f.confidence(row))
        yield "lift", lift, words.number(f.lift(row), 1)
        yield "strongest", bool(f.lift(row) >= max(f.lift(each) for each in rows) - 1e-9), True
        if not f.judged:
            yield "rest", rest, "."
            return
        held = {1: " It held up later.", 0: " It did not hold up later."}.get(f.value(row, "held_up"), "")
        yield "chance", rest, f" (by chance: {words.number(f.value(row, 'chance_lift'), 1)} times).{held}"
        yield "more than by chance", f.lift(row) > f.value(row, "chance_lift"), True


def _no_best(f: BasketFacts, whole: str) -> Checked:
    yield "beyond chance", f.findings(f.rows.tolist()), []
    yield "of", whole, f.whole


def _no_rules(f: BasketFacts, many: str = "") -> Checked:
    yield "rules", len(f.rows), 0
    if not many:
        return
    asked = (
        len(f.query)
        - ("unpruned" in f.query)
        - ("baskets" in f.query and len(f.query) > 1 and ":" in f.scope)
    )
    yield "filters", {"this filter": 1, "both filters": 2}.get(many) or SMALL.index(many.split()[1]), asked


def _without(f: BasketFacts, name: str, rules: str) -> Checked:
    kind = name.split(" ")[0].lower()
    drop = {"lift": "min_lift", "product": "item", "held": "held_up", "a": "baskets", "start": "basket"}.get(
        kind, kind
    )
    rest = "&".join(f"{key}={value}" for key, values in f.query.items() for value in values if key != drop)
    yield "rules", count(rules), len(BasketFacts(f.release, f"?{rest}").rows)


def _cut(f: BasketFacts, sets: str) -> Checked:
    with_rules = {f.products(row) for row in f.all_rows(f.place)}
    without = [each for each in f.held(f.scope) if each not in with_rules]
    yield "sets without rules", count(sets) <= len(without), True


NOTES: dict[str, Callable[..., Checked]] = {
    r"Too few baskets for rules: ([\d,]+); at least 100 are needed\.": lambda f, n: iter(
        [
            ("baskets", count(n), f.entry.baskets),
            ("too few", count(n) < 100, True),
            ("rules", len(f.all_rows(f.place)), 0),
        ]
    ),
    r"Only sets in at least (\d+) baskets are shown\.": lambda f, n: iter(
        [("least", min(f.held(f.scope).values(), default=int(n)) >= int(n), True)]
    ),
    r"Over [\d,]+ (?:pairs|sets) are frequent; only those in ([\d.]+) % of baskets or more are shown\.": lambda f, part: iter(  # noqa: E501
        [("least", round(100 * f.entry.min_count / f.entry.baskets, 1), float(part)),
         ("none below", min(f.held(f.scope).values(), default=10**9) >= f.entry.min_count, True)]
    ),
    r"([\d,]+) product sets? gives? no rules: fewer than 5 customers bought them together, or one customer "
    r"accounts for over half of (?:its|their) baskets\.": _cut,
    r"Without “(.*?)” there would be ([\d,]+)\.": _without,
}  # fmt: skip


def _noted(f: BasketFacts, told: str) -> Checked:
    yield from taken(told.removeprefix("Note.").strip(), NOTES, f)


def _noted_top(f: BasketFacts, told: str) -> Checked:
    ids = {each.letter: each.id for each in f.release.clusters}
    kind = "&baskets=customers" * (f.whole == "customer")
    own = BasketFacts(f.release, f"?cluster={ids[f.where.removeprefix('top: ')[0]]}{kind}")
    yield from taken(told, NOTES, own)


def _columns(f: BasketFacts, told: str) -> Checked:
    later = f.release.overview.rules_later
    yield "says that it is not compared", "did not" in told, not f.judged
    if not f.judged:
        return
    yield "later", "Held up later: found" in told, later is not None
    if later and (
        match := re.search(r"baskets before (.*?) and still .*? of the ([\d,]+) days from then", told)
    ):
        yield "days", (match[1], count(match[2])), (words.date(later.first_day), later.days)
    having = "who bought all products" if f.whole == "customer" else "with an invoice that has all products"
    yield "customers", having in told, True
    rows = f.all_rows(f.place)
    yield "five customers", min((f.value(row, "customers") for row in rows), default=5) >= 5, True


def _hint(f: BasketFacts, least: str) -> Checked:
    yield "least", float(least), math.floor(1e6 * f.entry.min_support + 0.5) / 1e4  # halves upwards
    yield "none below", min(f.held(f.scope).values(), default=10**9) >= f.entry.min_count, True


def _true(_f: BasketFacts, *_told: str) -> Checked:
    yield from ()


_NOTE = "One row for each product set: its best rule. Press “All … rules” in its row for the others."
_SOLD = "At usual prices: the sum of the median prices its products were sold at. Worth: that sum times the"
BASKETS = [
    Kind("baskets", *each)
    for each in (
        ("missing", "{t}", lambda f, _t: iter([("baskets", len(f.release.overview.rule_scopes), 0)])),
        ("sub", "{t}. A basket is {t}; purchases only, duplicates removed.", _sub),
        ("found", "{n} rule(s) from {n} product set(s)", _found),
        ("scatter_finding", "{t}", _scatter),
        ("rules_finding", "{t}: {q} of {v} invoices also hold {t}, {x} times as often as all invoices{t}",
         _best),
        ("rules_finding", "{t}: {q} of {v} customers also bought {t}, {x} times as often as all customers{t}",
         _best),
        ("rules_finding", "No rule is clearly stronger than chance in such {v}s.", _no_best),
        ("rules_note", _NOTE + "{t}", _columns),
        ("notes", "{t}", _noted),
        ("instead", "No rule fits {t}", _no_rules),
        ("instead", "No rule was found", _no_rules),
        ("instead", "No products are bought together often enough.", _no_rules),
        ("instead", "{t}", _noted),
        ("hint", "mined from {z} %", _hint),
        ("hint", "no sets to choose from", lambda f: iter([("sets", f.held(f.scope), {})])),
        ("bundles_note", _SOLD + "{t}", _true),
        *RULES,
        *CARDS,
        ("top: .*", "{t}", _noted_top),
    )
]  # fmt: skip
