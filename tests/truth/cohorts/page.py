"""What Cohorts claims, counted anew from the orders."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from layouts import words
from layouts.cohorts import kinds as by_kind
from tests.truth.claims import Checked, Kind, count, share, short
from tests.truth.cohorts.facts import CohortFacts, after, begin

_CAPS = {"month": 24, "quarter": 20, "week": 26}
#: What is shown, the cohort, and how many periods later.
_PLACE = re.compile(r"(?:(.+?) )?((?:[A-Z][a-z]+|Q\d) \d{4}|The week of .+), (\w+) (\d+)(?:, not over yet)?")
_TOP = {"Largest 1 %": 1, "Largest 10 %": 10, "Largest 20 %": 20, "Largest 50 %": 50}


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _period(first: date, every: str) -> str:
    """Name a period as a sentence does."""
    if every == "week":
        return f"the week of {words.date(first.isoformat())}"
    return f"Q{(first.month + 2) // 3} {first.year}" if every == "quarter" else f"{first:%B %Y}"


def _read(text: str, every: str) -> date:
    """Return the first day of a period by its name in a cell."""
    if every == "quarter":
        quarter, year = text.split()
        return date(int(year), 3 * int(quarter[1]) - 2, 1)
    form = "%B %Y" if every == "month" else "The week of %d %B %Y"
    return datetime.strptime(text, form).date()


def _sub(facts: CohortFacts, last: str, preset: str, release: str, taken: str) -> Checked:
    manifest = facts.release.manifest
    yield "to", last, words.date(facts.last.isoformat())
    yield "of", (preset, release), (manifest.preset, manifest.id)
    matched = facts.release.preset.cleaning.returns == "match"
    yield "returns", taken, "taken off" if matched else "not taken off"


def _means(_facts: CohortFacts, *_told: str) -> Checked:
    yield from ()


def _revenue(facts: CohortFacts, name: str) -> Checked:
    matched = facts.release.preset.cleaning.returns == "match"
    yield "name", name, "Revenue after returns" if matched else "Revenue, purchases only"


def _back(
    facts: CohortFacts, start: str, next_share: str, every: str, later: str = "", nth: str = ""
) -> Checked:
    yield "every", every, facts.every
    final = begin(facts.last, facts.every)
    known, length = facts.days_known(final)
    cohorts, first = [], facts.start
    while first <= final:
        cohorts.append(first)
        first = after(first, facts.every)
    cohorts = cohorts[max(len(cohorts) - _CAPS[facts.every], 1) :]
    start, _, end_told = start.partition(" to ")
    yield "since", start, _period(cohorts[0], facts.every)
    if end_told:
        names = [_period(each, facts.every) for each in cohorts]
        yield "to", end_told in names, True
        cohorts = cohorts[: names.index(end_told) + 1]
    places = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
    for told, since in ((next_share, 1), (later, places.get(nth, 0))):
        if since:
            had = [each for each in cohorts if (end := after(each, facts.every, since)) < final
                   or (end == final and known >= length)]  # fmt: skip
            cells = [facts.cell(each, since) for each in had]
            yield (
                f"back in {since}",
                told,
                share(sum(each[1] for each in cells), sum(each[0] for each in cells)),
            )


def _note(facts: CohortFacts, first: str, rest: str = "") -> Checked:
    yield "begins", first, _period(facts.start, facts.every)
    final = begin(facts.last, facts.every)
    known, length = facts.days_known(final)
    name = _period(final, facts.every)
    whole = known >= length
    told = (
        f"Hatched: {name}, of which the data covers {known} of {length} days; the last row does not count it."
    )
    yield "unfinished", told in rest, not whole
    cohorts, at = 0, facts.start
    while at <= final:
        cohorts, at = cohorts + 1, after(at, facts.every)
    cap = _CAPS[facts.every]
    told = f"The newest {cap} of {cohorts} cohorts are shown."
    yield "capped", told in rest, cohorts > cap
    yield "nothing else", rest.count(".") <= 2, True


def _listed(facts: CohortFacts, people: str, whom: str = "") -> Checked:
    rows = set(facts.first)
    if "cell" in facts.query:
        key, _, since = facts.query["cell"][0].rpartition(".")
        first = datetime.strptime(key, "%Y-%m").date()
        low, high = after(first, "month", int(since)), after(first, "month", int(since) + 1)
        rows = {row for row in facts.cohort(first) if any(low <= day < high for day, _ in facts.own[row])}
        yield "whom", whom, f" whose first order was in {first:%B %Y} and who ordered in {low:%B %Y}"
    yield "people", count(people), len(rows)


def _withheld(facts: CohortFacts, least: str) -> Checked:
    yield "few", (int(least), len(facts.first) < 5), (5, True)


def _found(facts: CohortFacts, people: str, cohorts: str) -> Checked:
    sizes = [len(facts.cohort(first)) for first in set(facts.first.values())]
    # the smallest cohorts are left out, with those that would give them away
    yield "at most those of five", count(people) <= sum(each for each in sizes if each >= 5), True
    yield "cohorts", count(cohorts) <= sum(each >= 5 for each in sizes), True


def _cell(facts: CohortFacts, where: str, *told: str) -> Checked:
    shown, place, every, since = _PLACE.fullmatch(where).groups()
    first, later = _read(place, facts.every), int(since)
    people, size, part, orders, money, each = told
    yield "every", every, facts.every
    of, back, placed, spent = facts.cell(first, later)
    yield "people", (count(people), count(size), part), (back, of, share(back, of))
    yield "orders", count(orders), placed
    yield "money", (money, each), (words.money_sum(spent), words.money(spent / of))
    yield "enough", of >= 5 and back >= 5, True
    values = {
        "share": share(back, of),
        "orders": words.number(placed),
        "revenue": words.money_sum(spent / of),
        "cumulative": words.money_sum(facts.spent_until(first, later) / of),
    }
    yield "shown", shown in (None, values[facts.show]), True


def _half(facts: CohortFacts, people: str, part: str, revenue: str) -> Checked:
    spent = facts.by_size()
    total, running, half = sum(spent), 0.0, 0
    while running < total / 2 - 1e-9 * total:
        running, half = running + spent[half], half + 1
    yield "half", (count(people), part), (half, share(half, len(spent)))
    yield "revenue", revenue, short(total)


def _largest(facts: CohortFacts, row: str) -> Checked:
    name, people, part = row.split(" | ")
    spent = facts.by_size()
    if name == "Fewest who bring half":
        yield "half", part, "50.0 %"
        return
    top = -(-_TOP[name] * len(spent) // 100)
    yield "people", count(people.split()[0]), top
    yield "part", part, _plain(words.share(sum(spent[:top]) / sum(spent), 1))


def _newcomers(facts: CohortFacts, people: str, start: str, end: str, part: str, days: str) -> Checked:
    found = facts.newcomers
    yield "people", count(people), len(found)
    yield "back", (part, days), (share(sum(found.values()), len(found)), "90")
    month = after(begin(facts.start, "month"), "month")
    yield "from", start, words.date(month.isoformat())
    last = max(at.date() for _, at, _ in facts.orders)
    yield "to 90 days before the last order", end, words.date((last - timedelta(days=90)).isoformat())


def _first_country(facts: CohortFacts, name: str) -> tuple[int, int] | None:
    """Count who came back of a country’s newcomers; None where it is no country."""
    names = [each.name for each in facts.release.overview.countries]
    if name not in names:
        return None
    own = facts.release.customers["country"].tolist()
    inside = [back for row, back in facts.newcomers.items() if own[row] == names.index(name)]
    return sum(inside), len(inside)


def _first_money(facts: CohortFacts, name: str) -> tuple[int, int] | None:
    """Count who came back of newcomers whose first order was of a size; None for another kind."""
    for group in facts.release.overview.newcomers.groups:
        if group.kind == "value" and name == by_kind.kind(
            "value", by_kind.band("value", group.low, group.high)
        ):
            low, high = group.low or float("-inf"), group.high or float("inf")
            inside = [back for row, back in facts.newcomers.items() if low <= facts.own[row][0][1] < high]
            return sum(inside), len(inside)
    return None


def _kind(facts: CohortFacts, row: str) -> Checked:
    name, _, came, _ = row.split(" | ")
    counts, part = came.split(", ")
    back, of = (count(each) for each in counts.split(" of "))
    yield "part", part, share(back, of)
    yield "enough", of >= 50, True
    known = _first_money(facts, name) or _first_country(facts, name)
    if known:
        yield "counted", (back, of), known


def _best(facts: CohortFacts, part: str, days: str) -> Checked:
    found = facts.newcomers
    yield "back", (part, days), (share(sum(found.values()), len(found)), "90")


def _best_of(facts: CohortFacts, name: str, part: str, days: str, *others: str) -> Checked:
    yield "days", days, "90"
    found = facts.newcomers
    everybody = share(sum(found.values()), len(found))
    counts = _first_money(facts, name) or _first_country(facts, name)
    if counts:
        yield "part", part, share(*counts)
    if len(others) == 1:
        yield "everybody", others[0], everybody


def _sizes(facts: CohortFacts, moments: str, start: str, end: str) -> Checked:
    snapshots = [datetime.fromisoformat(each.as_of) for each in facts.release.overview.snapshots]
    ends = [min((each - timedelta(seconds=1)).date(), facts.last) for each in snapshots]
    days = [words.date(each.isoformat()) for each in ends]
    yield "moments", (moments, start, end), (words.small(len(days)), days[0], days[-1])


def _now(facts: CohortFacts, now: str, part: str) -> Checked:
    held = {each: len(facts.members(each)) for each in dict.fromkeys(one.name for one in facts.entries)}
    everybody = facts.release.count
    yield (
        "one of the segments",
        (count(now), part) in {(of, share(of, everybody)) for of in held.values()},
        True,
    )


def _over_time(facts: CohortFacts, row: str) -> Checked:
    name, *counts = row.split(" | ")
    yield "at last", count(counts[-1]), len(facts.members(name))


def _highest(facts: CohortFacts, most: str, first: str, last: str) -> Checked:
    snapshots = facts.release.overview.snapshots
    shares = [of / each.customers for each in snapshots for of in each.segments.values() if each.customers]
    yield "most", most, share(max(shares))
    yield "people", (count(first), count(last)), (snapshots[0].customers, snapshots[-1].customers)
    yield "all at last", count(last), facts.release.count


COHORTS = [
    Kind("cohorts", *each)
    for each in (
        ("sub", "Do newcomers come back, and which are worth having? Up to {t}, preset {t}, release "
         "{t}, returns {t}.", _sub),
        ("finding", "Each cell is {t}.", _means),
        ("finding", "Of the customers won since {t}, {p} ordered in the next {v} and {p} in the {v}.", _back),
        ("finding", "Of the customers won since {t}, {p} ordered in the next {v}.", _back),
        ("finding", "Of the customers won from {t}, {p} ordered in the next {v} and {p} in the {v}.", _back),
        ("finding", "Of the customers won from {t}, {p} ordered in the next {v}.", _back),
        ("note", "The file begins in {t}, so its first cohort may hold older customers. Cells of fewer "
         "than five people are left out, with those that would give them away.", _note),
        ("note", "The file begins in {t}, so its first cohort may hold older customers. Cells of fewer "
         "than five people are left out, with those that would give them away. {t}", _note),
        ("list_finding", "Fewer than {n} customers match, so they are left out.", _withheld),
        ("list_finding", "{n} customer(s).", _listed),
        ("list_finding", "{n} customer(s){t}.", _listed),
        ("matrix", "{t}: {n} of {n} customer(s) ordered, {p}: {n} order(s) for {m}, {m} per customer "
         "of the cohort.", _cell),
        ("found", "{n} customer(s) in {n} cohort(s)", _found),
        ("What brings good customers", "{p} of newcomers order again within {n} days; no kind of first "
         "order is shown to bring back more or fewer.", _best),
        ("What brings good customers", "{t}: {p} order again within {n} days, against {p} of all "
         "newcomers.", _best_of),
        ("What brings good customers", "{t}: {p} order again within {n} days; {t}: {p}.", _best_of),
        ("What brings good customers: row", "{t}", _kind),
        ("What brings good customers: note", "{n} customer(s) whose first order was between {t} and "
         "{t}; {p} of them ordered again within {n} days, the dashed mark. {u}", _newcomers),
        ("How concentrated revenue is", "{n} customer(s), {p} of all, bring half of the revenue of {m}.",
         _half),
        ("How concentrated revenue is", "{n} customer(s), {p} of all, brings half of the revenue of "
         "{m}.", _half),
        ("How concentrated revenue is", "customers, largest first", _means),
        ("How concentrated revenue is: note", "Customers by spend, largest first. {t}.",
         _revenue),
        ("How concentrated revenue is: row", "{t}", _largest),
        ("Segment sizes", "Share of customers in each segment at {v} moments from {t} to {t}, all on "
         "one scale.", _sizes),
        ("Segment sizes", "{n} {p}", _now),
        ("Segment sizes: row", "{t}", _over_time),
        ("Segment sizes: note", "Each snapshot has the cut points of its day. The highest bar is {p} "
         "of the customers, of whom there were {n} at the start and {n} at the end.", _highest),
    )
]  # fmt: skip
