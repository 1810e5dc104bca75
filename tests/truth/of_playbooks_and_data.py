"""What Playbooks and Data claim."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from layouts import words
from tests.truth.claims import LEAST, Checked, Kind, count, share, short, winner
from tests.truth.facts import Facts

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _size(facts: Facts, people: str, part: str, money: str, total: str) -> Checked:
    rows = facts.rows
    spent = facts.spent()
    written = [words.money_sum(spent + slip) for slip in (-0.001, 0.001)]
    yield "customers", count(people), len(rows)
    yield "share", part, share(len(rows), facts.release.count)
    yield "revenue", total in written, True  # sums in another order may differ in the last bit
    yield (
        "share of revenue",
        money,
        share(spent, float(np.asarray(facts.release.customers["monetary"]).sum())),
    )


def _means(facts: Facts, ago: str, often: str, money: str) -> Checked:
    mean = {axis: float(np.mean(facts.values(axis))) for axis in ("recency", "frequency", "monetary")}
    yield "recency", count(ago), round(mean["recency"])
    yield "frequency", often, words.number(mean["frequency"], 1)
    yield "spend", money, words.money_sum(mean["monetary"])


def _products(facts: Facts, told: str) -> Checked:
    for times, people in re.findall(r"\(([^()]*), ([\d,]+) customers?\)(?:;|$)", told):
        yield "people", LEAST <= count(people) <= len(facts.rows), True
        if match := re.match(r"([\d,.]+) times as often", times):
            yield "a fifth more", float(match[1].replace(",", "")) >= 1.2, True


def _words(facts: Facts, told: str) -> Checked:
    for times in re.findall(r"\(([\d,.]+) times", told):
        yield "a fifth more", float(times.replace(",", "")) >= 1.2, True
    yield "people", len(facts.rows) >= LEAST, True


def _above(own: str, rest: str) -> Checked:
    one, other = (float(re.sub(r"under |over | %", "", each)) for each in (own, rest))
    # as written, to a whole per cent
    yield "stands out", one + 0.5 >= min(1.2 * (other - 0.5), other - 0.5 + 5), True


def _price(_facts: Facts, own: str, _band: str, rest: str) -> Checked:
    yield from _above(own, rest)


def _times(facts: Facts, told: str) -> Checked:
    rows = set(facts.rows.tolist())
    own = [at for row, at, _ in facts.orders if row in rows]
    rest = [at for row, at, _ in facts.orders if row not in rows]
    for start, mine, theirs in re.findall(r"between (\d+):00 and \d+:00 \((.*?) against (.*?)\)", told):
        for said, each in ((mine, own), (theirs, rest)):
            yield "hours", said, share(sum(int(start) <= at.hour < int(start) + 2 for at in each), len(each))
        yield from _above(mine, theirs)
    for day, mine, theirs in re.findall(r"on (\w+day)s \((.*?) against (.*?)\)", told):
        for said, each in ((mine, own), (theirs, rest)):
            yield "weekday", said, share(sum(DAYS[at.weekday()] == day for at in each), len(each))
        yield from _above(mine, theirs)


def _month(facts: Facts) -> tuple[dict[str, float], Counter[str]]:
    money: dict[str, float] = {}
    orders: Counter[str] = Counter()
    for _row, at, amount in facts.orders:
        month = words.month(at.date())
        money[month] = money.get(month, 0.0) + amount
        orders[month] += 1
    return money, orders


def _best(facts: Facts, month: str, months: str, amount: str, held: str) -> Checked:
    money, orders = _month(facts)
    first, last = min(at for _, at, _ in facts.orders), max(at for _, at, _ in facts.orders)
    yield from winner(month, money, short)
    yield "months", count(months), (last.year - first.year) * 12 + last.month - first.month + 1
    yield "money", amount, short(money.get(month, 0.0))
    yield "orders", count(held), orders[month]


def _covered(facts: Facts, _what: str, amount: str, held: str) -> Checked:
    money, orders = _month(facts)
    yield "money", amount, short(sum(money.values()))
    yield "orders", count(held), sum(orders.values())


def _busiest(facts: Facts, told: str) -> Checked:
    total = len(facts.orders)
    days = Counter(DAYS[at.weekday()] for _, at, _ in facts.orders)
    hours = Counter(at.hour for _, at, _ in facts.orders)
    written = {"day": lambda value: share(value, total)}["day"]
    if match := re.search(r"(\w+) is the busiest day with (.*?) of orders", told):
        yield from winner(match[1], {day: float(days[day]) for day in DAYS}, written)
        yield "share", match[2], share(days[match[1]], total)
    if match := re.search(r"(\d+):00 to \d+:00 (?:is )?the busiest hour with ((?:over |under )?\d+ %)", told):
        yield from winner(match[1], {str(hour): float(hours[hour]) for hour in range(24)}, written)
        yield "share", match[2], share(hours[int(match[1])], total)
    if match := re.search(r"[Nn]one on (.*)\.", told):
        idle = re.split(r", | and ", match[1])
        yield "idle", idle, [day for day in DAYS if not days[day]]


def _orders(facts: Facts, held: str) -> Checked:
    yield "orders", count(held), len(facts.orders)


def _country(facts: Facts, name: str, money: str, people: str) -> Checked:
    place = np.asarray(facts.release.customers["country"])
    at = [each.name for each in facts.release.overview.countries].index(name)
    spent = np.asarray(facts.release.customers["monetary"])
    yield "customers", people, share(int((place == at).sum()), int((place >= 0).sum()))
    yield "revenue", money, share(float(spent[place == at].sum()), float(spent[place >= 0].sum()))
    yield "most", at, int(np.argmax(np.bincount(place[place >= 0], spent[place >= 0])))


def _all_in(facts: Facts, name: str) -> Checked:
    yield "countries", [each.name for each in facts.release.overview.countries], [name]


def _sellers(facts: Facts, _count: str, money: str, _rest: str) -> Checked:
    sold = facts.release.overview.glance.products
    yield "share", money, share(sum(each.revenue for each in sold), facts.spent())
    yield "many", len(sold) >= 15, True


def _class(facts: Facts, score: str, axis: str, people: str) -> Checked:
    names = {"days since the last order": "r", "spend": "m"}
    values = np.asarray(facts.release.customers[names.get(axis, "f")])
    sizes = {
        f"{column}{each}": float((np.asarray(facts.release.customers[column]) == each).sum())
        for column in "rfm"
        for each in range(1, facts.release.overview.scoring.scale + 1)
    }
    yield from winner(f"{names.get(axis, 'f')}{score}", sizes, lambda size: share(size, facts.release.count))
    yield "share", people, share(int((values == int(score)).sum()), len(values))


def _customers(facts: Facts, people: str, *_below: str) -> Checked:
    yield "customers", count(people), facts.release.count
    yield "groups add up", sum(each.customers for each in facts.release.clusters), facts.release.count


def _revenue(facts: Facts, money: str, orders: str) -> Checked:
    yield "revenue", money, words.money_sum(facts.spent())
    yield "orders", count(orders), len(facts.orders)


def _returned(facts: Facts, money: str, part: str = "") -> Checked:
    gone = facts.release.overview.glance.returns.amount
    yield "amount", money, words.money_sum(gone)
    if part:
        yield "share", part, words.share(gone / facts.spent(), 1).replace("\u00a0", " ")


def _outliers(facts: Facts, people: str, verb: str, part: str, *rest: str) -> Checked:
    far = np.asarray(facts.release.customers["outlier"]).astype(bool)
    spent = np.asarray(facts.release.customers["monetary"])
    yield "outliers", count(people), int(far.sum())
    yield "verb", verb, "is" if far.sum() == 1 else "are"
    yield "share", part, words.share(float(far.mean()), 1).replace("\u00a0", " ")
    if len(rest) > 1:
        yield "revenue", rest[0], share(float(spent[far].sum()), float(spent.sum()))


def _unfit(facts: Facts, part: str) -> Checked:
    yield "nobody is one", np.asarray(facts.release.customers["outlier"]).any(), np.False_
    yield "over a tenth", float(part.removesuffix(" %")) > 10, True


def _true(_facts: Facts, *_said: str) -> Checked:
    yield from ()


PLAYBOOKS = [
    Kind("playbooks", ".*", *each)
    for each in (
        ("{n} customer(s), {p} of all, with {p} of the revenue, {m}.", _size),
        ("0 customers.", lambda f: iter([("customers", 0, len(f.rows))])),
        ("No customer is in this group now.", lambda f: iter([("customers", 0, len(f.rows))])),
        ("On average the last order was {n} day(s) ago, with {d} {unit}s and {m} per customer.", _means),
        ("More often than in other customers’ orders: {t}.", _products),
        ("Words found more often in the names of its products: {t}.", _words),
        ("{p} of its items cost {t}; {p} of others’ do.", _price),
        ("Orders come more often than others’ {t}.", _times),
    )
]
DATA = [
    Kind("data", *each)
    for each in (
        ("Sales by month", "{t} was the best of {n} months: {m} from {n} order(s).", _best),
        ("Sales by month", "The file covers {t}: {m} from {n} order(s).", _covered),
        ("When orders come", "{n} order(s).", _orders),
        ("When orders come", "{t}", _busiest),
        ("Countries", "All customers with a country are in {t}.", _all_in),
        ("Countries", "{t} brings {p} of revenue, with {p} of customers with a country.", _country),
        ("Best-selling products", "The {t} best sellers bring {p} of revenue; {t}.", _sellers),
        ("Best-selling products", "The {t} best sellers bring {p} of revenue.",
         lambda f, n, p: _sellers(f, n, p, "")),
        ("Best-selling products", "{t}", _true),
        ("Cut points", "Equal values share a score, so classes differ in size: the largest, score {n} of "
                       "{t}, holds {p} of the customers.", _class),
        ("Outliers", "{n} customer(s) {v} {u} far from the rest in orders or spend: {q} of all and {q} of "
                     "the revenue; {t}.", _outliers),
        ("Outliers", "{n} customer(s) {v} {u} far from the rest in orders or spend: {q} of all; {t}.",
         _outliers),
        ("Outliers", "The rule for outliers does not fit these customers: it would flag {q} of them, over 10 "
                     "%. Nobody is called an outlier.", _unfit),
        ("Returns", "{m} came back, {q} of revenue.", _returned),
        ("Returns", "{m} came back.", _returned),
        ("Customers", "{n} | {t}", _customers),
        ("Customers", "{n}", _customers),
        ("Revenue.*", "{m} | from {n} order(s)", _revenue),
        # how the file was read and the clusters were chosen: recomputed by tests of their own
        ("Rows used|Returned|Source|Rows|What was detected|How it was trained|Number of clusters|Warnings|"
         "Unreadable rows|Data.*|Last order|Age|Period.*|.*file.*|Spend", "{u}", _true),
    )
]  # fmt: skip
