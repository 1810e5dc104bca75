"""What Segments claims."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import numpy as np

from layouts import words
from layouts.parts.expecting import UNTRIED, by
from tests.truth.claims import LEAST, Checked, Kind, count, days, share, short, winner
from tests.truth.facts import Facts


def _medians(facts: Facts, axis: str, said: str, name: str | None = None) -> Checked:
    yield f"median {axis}", said, days(facts.median(axis, name))


def _frequency(facts: Facts, ones: str, half: str) -> Checked:
    values = facts.values("frequency")
    yield "share of one", ones, share(values.count(1), len(values))
    yield from _medians(facts, "frequency", half)


def _ones(facts: Facts, ones: str) -> Checked:
    values = facts.values("frequency")
    yield "share of one", ones, share(values.count(1), len(values))
    yield "half have one", facts.median("frequency"), 1.0


def _spent(facts: Facts, half: str, top: str) -> Checked:
    values = sorted(facts.values("monetary"))
    yield "median", half, words.money_sum(facts.median("monetary"))
    yield "top fifth", top, words.money_sum(values[min(len(values) * 4 // 5, len(values) - 1)])


def _people_and_money(facts: Facts, name: str, people: str, money: str) -> Checked:
    yield "customers", people, share(len(facts.members(name)), len(facts.rows))
    yield "revenue", money, share(facts.spent(name), facts.spent())
    yield "more than one group", len(facts.names) > 1, True
    yield "people", len(facts.members(name)) >= LEAST, True
    enough = [each for each in facts.names if len(facts.members(each)) >= LEAST]
    if len(enough) > 1:
        yield from winner(name, {each: facts.spent(each) for each in enough}, short)


def _held(facts: Facts, name: str, people: str, money: str, held: str, risky: str, worth: str) -> Checked:
    yield from _people_and_money(facts, name, people, money)
    yield "held", count(held), len(facts.members(risky))
    yield "worth", worth, short(facts.spent(risky))
    yield "at risk", risky in facts.risky(), True


def _at_risk(facts: Facts, name: str, money: str, people: str) -> Checked:
    yield from winner(name, {each: facts.spent(each) for each in facts.risky()}, short)
    yield "money", money, short(facts.spent(name))
    yield "people", count(people), len(facts.members(name))


def _all_at_risk(facts: Facts, money: str, people: str) -> Checked:
    yield "money", money, short(sum(facts.spent(name) for name in facts.risky()))
    yield "people", count(people), sum(len(facts.members(name)) for name in facts.risky())


def _largest(facts: Facts, name: str, people: str) -> Checked:
    yield from winner(name, {each: float(len(facts.members(each))) for each in facts.names}, words.number)
    yield "share", people, share(len(facts.members(name)), len(facts.rows))


def _together(facts: Facts, one: str, other: str, money: str) -> Checked:
    yield "share", money, share(facts.spent(one) + facts.spent(other), facts.spent())
    yield "others are left", len(facts.names) > 2, True


def _half_recent(facts: Facts, name: str, waited: str, far: str = "", long: str = "") -> Checked:
    yield from _medians(facts, "recency", waited, name)
    if far:
        yield from _medians(facts, "recency", long, far)


def _half_spent(facts: Facts, name: str, money: str, waited: str) -> Checked:
    yield "median spend", money, words.money_sum(facts.median("monetary", name))
    yield from _medians(facts, "recency", waited, name)


def _at_the_median(
    facts: Facts, one: str, often: str, money: str, other: str, rarely: str, less: str
) -> Checked:
    for name, times, spent in ((one, often, money), (other, rarely, less)):
        yield from _medians(facts, "frequency", times, name)
        yield f"median spend of {name}", spent, words.money_sum(facts.median("monetary", name))


def _ten(facts: Facts, people: str, money: str) -> Checked:
    yield "customers", count(people), len(facts.rows)
    yield "ten", money, share(sum(sorted(facts.values("monetary"))[-10:]), facts.spent())
    yield "more than thirty", len(facts.rows) >= LEAST, True


def _total(facts: Facts, people: str, money: str) -> Checked:
    yield "customers", count(people), len(facts.rows)
    yield "money", money, words.money_sum(facts.spent())


def then_of(facts: Facts) -> np.ndarray:
    """Return everybody's segment at the snapshot compared with: the one before where none is a month ago."""
    previous = facts.release.overview.previous
    return np.asarray(facts.release.customers["snapshot_segment"])[:, -2 if previous is None else previous]


def _alert(facts: Facts, name: str, grown: str, by: str, _day: str, now: str) -> Checked:
    then = then_of(facts)
    place = [each.name for each in facts.entries].index(name)
    before, after = int((then == place).sum()), len(facts.members(name))
    yield "now", count(now), after
    yield "verb", grown, "grew" if after > before else "shrank"
    yield "share", by, share(abs(after - before), before)
    yield "large", abs(after - before) >= max(20, before / 10), True


def _no_alert(facts: Facts, *_rest: str) -> Checked:
    then = then_of(facts)
    for place, each in enumerate(facts.entries):
        before, after = int((then == place).sum()), len(facts.members(each.name))
        yield f"{each.name} is as it was", before >= 20 and abs(after - before) >= max(20, before / 10), False


def _newcomers(facts: Facts, now: str, more: str = "", which: str = "more") -> Checked:
    first = np.asarray(facts.release.customers["first_purchase"])[facts.rows]
    counted = []
    for until in (0, 30):
        start, end = (np.datetime64(facts.end - timedelta(days=each)) for each in (until + 30, until))
        counted.append(int(((first >= start) & (first < end)).sum()))
    yield "new", count(now), counted[0]
    if more:
        yield "difference", count(more) * (1 if which == "more" else -1), counted[0] - counted[1]


def _active(facts: Facts, now: str, of: str, below: str = "") -> Checked:
    rows = set(facts.rows.tolist())
    yield "active", count(now), len({row for row, *_ in facts.within(90)} & rows)
    yield "of", count(of), len(rows)
    if match := re.search(r"on ([\d,]+), 30 days earlier", below):
        yield "before", count(match[1]), len({row for row, *_ in facts.within(120, 30)})


def _overdue(facts: Facts, now: str, of: str, silent: str) -> Checked:
    states = [each.id for each in facts.release.overview.rhythms]
    stand = [states[place] for place in np.asarray(facts.release.customers["rhythm"])[facts.rows]]
    yield "overdue", count(now), stand.count("overdue") + stand.count("silent")
    yield "silent", count(silent), stand.count("silent")
    yield "of", count(of), len(stand)


def _expected(facts: Facts, money: str, since: str, off: str) -> Checked:
    value, column = facts.release.overview.value, facts.release.customers["expected_spend_quarter"]
    yield "sum", money, words.money_short(float(column[facts.rows, 0].astype(np.float64).sum()))
    yield "from", since, words.day_and_month_short(value.seen)
    shares = [each.spend.expected / each.spend.happened - 1 for each in value.tried]
    yield "off", off, f"earlier totals {by(shares)}".replace("\u00a0", " ") if shares else UNTRIED()


def _revenue(facts: Facts, money: str, below: str = "") -> Checked:
    now, before = (sum(each[2] for each in facts.within(*window)) for window in ((30,), (60, 30)))
    yield "revenue", money, words.money_sum(now)
    if below:
        change = words.change((now / before - 1) * 100)
        yield "change", below.split(" ")[0], change


def _of_all(facts: Facts, people: str, everybody: str, _below: str = "") -> Checked:
    yield "customers", count(people), len(facts.rows)
    yield "everybody", count(everybody), facts.release.count


def _revenue_of_all(facts: Facts, money: str, *_below: str) -> Checked:
    yield "revenue", money, words.money_sum(facts.spent())


def _risk(facts: Facts, percent: str, *_below: str) -> Checked:
    held = Facts(facts.release, _query(facts), "segment")
    part = sum(held.spent(name) for name in held.risky()) / held.spent() if held.spent() else 0.0
    yield "share", percent, words.number(part * 100, 1)


def _query(facts: Facts) -> str:
    return urlencode(facts.query, doseq=True)


def who_moved(facts: Facts, moved: str, of: str, _below: str = "") -> Checked:
    then, now = then_of(facts)[facts.rows], np.asarray(facts.release.customers["segment"])
    yield "moved", count(moved), int(((then >= 0) & (then != now[facts.rows])).sum())
    yield "of", count(of), int((then >= 0).sum())


def _true(_facts: Facts, *_said: str) -> Checked:
    yield from ()


SEGMENTS = [
    Kind("segments", *each)
    for each in (
        ("recency", "Half ordered in the last {x} day(s).", lambda f, x: _medians(f, "recency", x)),
        ("frequency", "{p} have one {unit}; half have {x} {unit}(s) or fewer.", _frequency),
        ("frequency", "{p} have one {unit}.", _ones),
        ("frequency", "Half have {x} {unit}(s) or fewer.", lambda f, x: _medians(f, "frequency", x)),
        ("monetary", "Half spent {m} or less; the top fifth {m} or more.", _spent),
        ("map", "{A}: {p} of customers and {p} of revenue.", _people_and_money),
        ("map", "{A}: {p} of customers and {p} of revenue; {n} customer(s) in {A} account for {m}.", _held),
        ("sizes", "{A} has the most revenue at risk: {m} from {n} customer(s).", _at_risk),
        ("sizes", "{m} from {n} customer(s) at risk.", _all_at_risk),
        ("sizes", "{A} is the largest group, with {p} of the customers.", _largest),
        ("treemap", "{A} and {A} together bring {p} of the revenue.", _together),
        ("rf", "Half of {A} ordered in the last {x} day(s).", _half_recent),
        ("rf", "Half of {A} ordered in the last {x} day(s); half of {A} last ordered {x} day(s) ago or "
               "longer.", _half_recent),
        ("rm", "Half of {A} spent {m} or more; half last ordered {x} day(s) ago or longer.", _half_spent),
        ("fm", "{A}: {x} {unit}(s) and {m} at the median; {A}: {x} {unit}(s) and {m}.", _at_the_median),
        ("customers", "{n} customer(s). The ten largest bring {p} of the revenue.", _ten),
        ("customers", "{n} customer(s), {m}.", _total),
        ("groups", "Means per customer on {t}.", _true),
        ("alerts", "{A} {t} by {p} since {t}, to {n}.", _alert),
        ("alerts", "No large change since {t}", _no_alert),
        ("alerts", "No change since {t} beyond the usual coming and going of customers.{u}", _true),
        ("alerts", "{n} customer(s) first ordered in the last 30 days.", _newcomers),
        ("alerts", "{n} customer(s) first ordered in the last 30 days, as many as in the 30 days before.",
         _newcomers),
        ("alerts", "{n} customer(s) first ordered in the last 30 days, {n} {w} than in the 30 days before.",
         _newcomers),
        ("Active in the last 90 days", "{n} of {n}", _active),
        ("Active in the last 90 days", "{n} of {n} | {t}", _active),
        ("Overdue or silent", "{n} of {n} | longer than usual without an order; {n} silent", _overdue),
        ("Expected spend", "{m} | in 90 days from {t}; {t}", _expected),
        ("Revenue, last 30 days", "{m}", _revenue),
        ("Revenue, last 30 days", "{m} | {t}", _revenue),
        ("New in the last 30 days", "{n}{u}", _newcomers),
        ("Customers", "{n} of {n} | {t}", _of_all),
        ("Customers", "{n}", lambda f, n: _of_all(f, n, n)),
        ("Ordered in the last 30 days", "{n} of {n}", _true),
        ("Revenue (after returns|, purchases only)|Revenue, purchases only", "{m}", _revenue_of_all),
        ("Revenue (after returns|, purchases only)|Revenue, purchases only", "{m} | {t}", _revenue_of_all),
        ("Revenue in .*", "{d} %", _risk),
        ("Revenue in .*", "{d} % | {t}", _risk),
        ("Changed segment", "{n} of {n}", who_moved),
        ("Changed segment", "{n} of {n} | {t}", who_moved),
    )
]  # fmt: skip
