"""What the head of a customer's page claims: who they are, and what to expect."""

from __future__ import annotations

import re

import numpy as np

from layouts import words
from tests.truth.claims import Checked, Kind, count, days
from tests.truth.customers.person import AXES, Person

SMALL = {words.small(value): value for value in range(11)}
TIMES = {"once": 1, "twice": 2}


def number(text: str) -> int:
    """Read a count in words or digits."""
    return SMALL[text.lower()] if text.lower() in SMALL else count(text)


def true(_person: Person, *_said: str) -> Checked:
    """Hold of what claims nothing of its own."""
    yield from ()


def equal(said: object, value: object) -> Checked:
    """Compare one thing with what it is."""
    yield "value", said, value


def _who(person: Person, name: str, told: str, money: str) -> Checked:
    yield "segment", name, person.group
    yield "spend", money, words.money(person.counted[2])
    found = re.fullmatch(
        r"(?:last )?ordered(?: (once),)? ([\d,]+) days? ago \(as of ([^)]+)\)"
        r"(?:, ordered (\w+)(?: times)?(?: in (.+))?)?",
        told,
    )
    yield "understood", bool(found), True
    if found:
        once, ago, day, often, span = found.groups()
        yield "as of", day, words.date_short(person.release.manifest.as_of)
        yield "recency", count(ago), person.counted[0]
        orders = len(person.orders) or int(person.of("orders"))
        said = TIMES.get(once or often) or number(once or often)
        yield "orders", said, orders
        if span:
            yield from _span(span, (person.release.manifest.as_of - person.first).days)


def _span(said: str, passed: int) -> Checked:
    """Compare "three months" or "a year" with days; half a unit of what is said may be missing."""
    many, unit = ("one", "years") if said == "a year" else said.split(" ")
    length = {"day": 1, "days": 1, "months": 30.44, "years": 365.25}[unit]
    slack = {"day": 0, "days": 0, "months": 16, "years": 16 if number(many) < 3 else 190}[unit]
    yield "span", abs(number(many) * length - max(passed, 1)) <= slack, True


def _falls(person: Person, name: str, told: str, money: str, there: str, on: str) -> Checked:
    yield from _who(person, name, told, money)
    yield from _first_fall(person, there, on)


def _first_fall(person: Person, there: str, on: str) -> Checked:
    recency, group = person.falls[0] if person.falls else (0, "")
    yield "next segment", there, group
    yield "from", on, words.date(person.day_of(recency))


def _usual(longer: bool):
    def check(
        person: Person, name: str, told: str, money: str, usual: str, allowed: str, stays: str, *then: str
    ) -> Checked:
        yield from _who(person, name, told, money)
        yield "stays", stays, person.group
        yield from _first_fall(person, *then)
        gap = float(np.median([each for _, each in person.gaps]))
        yield "usual gap", usual, days(gap)
        yield "enough gaps", len(person.gaps) >= 3, True
        most = person.falls[0][0] - 1
        yield "allowed", count(allowed), most
        yield "longer", gap > most, longer

    return check


def _leads(person: Person, usual: str, there: str) -> Checked:
    yield "usual", usual, words.money(person.usual)
    yield "leads to", there, person.after(person.usual)
    yield "elsewhere", there != person.group, True


def _keeps(person: Person, usual: str, there: str) -> Checked:
    yield "usual", usual, words.money(person.usual)
    yield "segment", there, person.group
    yield "keeps", person.after(person.usual), person.group
    yield "never changes", person.falls, []


def _keeps_before(person: Person, on: str, usual: str, there: str) -> Checked:
    yield from list(_keeps(person, usual, there))[:3]
    yield "until", on, words.date_short(person.day_of(person.falls[0][0]))


def _any(person: Person, there: str) -> Checked:
    yield "segment", there, person.group
    edges = person.rules.scoring.edges["monetary"] if person.rules.scoring else []
    spent = person.values[2]
    amounts = {0.0, 0.01, 1.0, *np.geomspace(1, 1e9, 90).tolist()}
    amounts |= {edge - spent + step for edge in edges for step in (-0.01, 0.0, 0.01) if edge > spent + 0.01}
    yield "any", {person.after(amount) for amount in amounts}, {person.group}


def _any_before(person: Person, on: str, there: str) -> Checked:
    yield from _any(person, there)
    yield "until", on, words.date_short(person.day_of(person.falls[0][0]))


def _waits(person: Person, told: str) -> Checked:
    falls = [
        f"{group} from {words.date_short(person.day_of(recency))}" for recency, group in person.falls[:2]
    ]
    yield "changes", told, ", ".join(falls)


def _nothing_changes(person: Person) -> Checked:
    far, rest = int(person.values[0]), person.values[1:]
    end = 3 * int(person.release.overview.axes["recency"].max)
    beyond = {person.named(person.rules.segment((day, *rest))) for day in range(far, end, 1 + end // 400)}
    yield "changes", beyond, {person.group}


def _nothing_until(person: Person, until: str) -> Checked:
    yield "longest wait", count(until), int(np.asarray(person.release.customers["recency"]).max())
    yield "changes", person.falls, []


def _axis(axis: str):
    place = AXES.index(axis)

    def check(person: Person, told: str, score: str | None, top: str) -> Checked:
        value = person.counted[place]
        written = words.money(value) if axis == "monetary" else words.number(value)
        unit = "" if axis != "recency" else "day" if value == 1 else "days"
        yield "value", told, f"{written}{unit}"
        if axis == "recency":
            top, _, day = top.partition(", as of ")
            yield "as of", day, words.date_short(person.release.manifest.as_of)
        scores = person.rules.scores(person.values)
        yield "score", score and count(score), scores[place] if scores else None
        column = np.asarray(person.release.customers[axis])
        as_good = column <= person.values[place] if axis == "recency" else column >= person.values[place]
        share = float(np.float32(as_good.mean()))  # as it is kept
        if share <= 0.5:
            yield "top", top, f"top {words.share(max(share, 0.01))}".replace("\u00a0", " ")
        elif share > 0.995:
            yield "top", top, "better than almost nobody"
        else:
            yield "top", top, f"better than {words.share(1 - share)}".replace("\u00a0", " ")

    return check


def _ranked(axis: str):
    check = _axis(axis)
    return lambda person, told, top: check(person, told, None, top[0].lower() + top[1:])


def _squares(axis: str):
    place = AXES.index(axis)

    def check(person: Person, lit: str, of: str) -> Checked:
        scores, scoring = person.rules.scores(person.values), person.rules.scoring
        yield "of", count(of), scoring.scale if scoring else 0
        if scores:
            best = scores[place] if scoring.best == "high" else scoring.scale + 1 - scores[place]
            yield "lit", count(lit), best

    return check


def _margin(person: Person, told: str, clear: str) -> Checked:
    near, far = sorted(person.rules.distances(person.values))[:2]
    margin = (far - near) / (far + near) if far + near else 0.0
    yield "margin", told, f"{margin:.2f}"
    yield "clear", clear, "borderline" if margin < 0.1 else "clear"


def _cluster(person: Person, told: str) -> Checked:
    own = person.release.clusters[int(np.argmin(person.rules.distances(person.values)))]
    yield "cluster", told, f"{own.letter}{own.name}"


def _crumb(person: Person, name: str, people: str) -> Checked:
    place = int(person.of("segment"))
    yield "segment", name, person.group
    yield "customers", count(people), int((np.asarray(person.release.customers["segment"]) == place).sum())


def _country(person: Person, told: str) -> Checked:
    place = int(person.of("country"))
    yield "country", told, person.release.overview.countries[place].name if place >= 0 else "unknown"


_BASE = "{A}: {t}, for {m}."
_GAP = _BASE + " The usual gap of {x} days is {} the {n} day(s) a customer can wait and stay in {A}{} expect "
_GAP += "{A} from {t} without another order."
WITHIN, LONGER = (
    _GAP.replace("{}", one, 1).replace("{}", other, 1)
    for one, other in (("within", ";"), ("longer than", ", so"))
)
HEAD = [
    Kind("customers", *each)
    for each in (
        ("id", "{t}", lambda p, t: equal(t, p.id)),
        ("segment", "{t}", lambda p, t: equal(t, p.group)),
        ("cluster", "{t}", _cluster),
        ("reason", WITHIN, _usual(longer=False)),
        ("reason", LONGER, _usual(longer=True)),
        ("reason", _BASE + " Without an order, expect {A} from {t}.", _falls),
        ("reason", _BASE, _who),
        ("country", "{t}", _country),
        ("first", "{t}", lambda p, t: equal(t, words.date_short(p.first) if p.orders else "unknown")),
        ("last", "{t}", lambda p, t: equal(t, words.date_short(p.last))),
        ("margin", "{t}, {t}", _margin),
        ("margin", "Only one cluster", lambda p: equal(len(p.release.clusters), 1)),
        ("with_order", "Another order of the usual {m} would move this customer to {A}.", _leads),
        ("with_order", "Any order keeps this customer in {A}.", _any),
        ("with_order", "Any order before {t} keeps the customer in {A}.", _any_before),
        ("with_order", "An order of the usual {m} keeps the customer in {A}.", _keeps),
        ("with_order", "An order before {t} of the usual {m} keeps the customer in {A}.", _keeps_before),
        ("without", "Without an order, nothing changes.", _nothing_changes),
        ("without", "Without an order, nothing changes up to {n} day(s) after the last one, the longest "
                    "wait in the "
                    "data.", _nothing_until),
        ("without", "{t}, by today’s cut points.", _waits),
        ("counted", "{t}", lambda p, t: equal(t.lower(), p.release.overview.axes["frequency"].unit)),
        ("missing", "This release was made from a table of customers, {t}", lambda p, _: equal(p.orders, [])),
        ("missing", "Not to be confused with {t}", true),
        ("crumb", "Segments/{A}, {n}", _crumb),
        *((axis, "{t} | Score {n}, {t}", _axis(axis)) for axis in AXES),
        *((axis, "{t} | {t}", _ranked(axis)) for axis in AXES),
        *((f"{axis} squares", "{n} of {n}", _squares(axis)) for axis in AXES),
    )
]  # fmt: skip
