"""What Churn claims of today’s customers: risk and money, counted anew from orders and chances."""

from __future__ import annotations

from layouts import words
from tests.truth.churn.facts import ChurnFacts
from tests.truth.claims import Checked, Kind, count, share, short, winner

_ROUNDING = 1e-9


def _text(written: str) -> str:
    return written.replace("\u00a0", " ")


def _money(amount: float) -> str:
    return words.money_sum(amount)


def _on_map(facts: ChurnFacts, lost: str, of: str, people: str, percent: str) -> Checked:
    yield "loss", (lost, of), (short(facts.loss(facts.contacted)), short(facts.loss(facts.rows.tolist())))
    yield "people", count(people), len(facts.contacted)
    yield "threshold", percent, share((facts.threshold or 0) / 100)


def _all_of_map(facts: ChurnFacts, of: str, whom: str) -> Checked:
    yield "loss", of, short(facts.loss(facts.rows.tolist()))
    told = {0: "nobody", len(facts.rows): "everybody"}
    yield "whom", whom, told.get(len(facts.contacted))


def _brings(facts: ChurnFacts, people: str, percent: str, profit: str) -> Checked:
    yield "people", count(people), len(facts.contacted)
    yield "threshold", percent, share((facts.threshold or 0) / 100)
    yield "profit", profit, _money(facts.profit(facts.contacted))


def _and_everybody(
    facts: ChurnFacts, people: str, percent: str, profit: str, way: str, whole: str
) -> Checked:
    yield from _brings(facts, people, percent, profit)
    yield from _everybody(facts, way, whole)


def _everybody(facts: ChurnFacts, way: str, whole: str) -> Checked:
    brings = facts.profit(facts.rows.tolist())
    yield "way", way, "lose" if brings < 0 else "bring"
    yield "everybody", whole, _money(abs(brings))


def _nobody(facts: ChurnFacts, way: str, whole: str) -> Checked:
    yield "nobody pays", facts.contacted, []
    yield from _everybody(facts, way, whole)


def _rates(facts: ChurnFacts, least: str, given: str, low: str, high: str, empc: str) -> Checked:
    rate = float(least.split()[0]) / 100
    groups = [facts.above(percent) for percent in range(101)]
    yield "pays above it", any(facts.profit(each, rate + 0.0006) > _ROUNDING for each in groups), True
    yield "not below it", any(facts.profit(each, rate - 0.0006) > _ROUNDING for each in groups), False
    yield from _likely(facts, given, low, high, empc)


def _likely(facts: ChurnFacts, given: str, low: str, high: str, empc: str) -> Checked:
    success = facts.costs["success"]
    yield "given", given, share(success)
    ends = [float(each.split()[0]) / 100 for each in (low, high)]
    # a rate tried on 400 customers: two standard errors to either side, as far as a beta distribution is even
    error = 1.96 * (success * (1 - success) / 400) ** 0.5
    near = [abs(end - (success + way * error)) < 0.006 for end, way in zip(ends, (-1, 1), strict=True)]
    yield "interval", near, [True, True]
    least = max(facts.profit(facts.contacted), 0.0) / max(len(facts.rows), 1)
    yield "no less than at the rate", float(empc.strip("£").replace(",", "")) >= least - 0.01, True


def _list(facts: ChurnFacts, people: str, where: str, first: str, total: str) -> Checked:
    losses = sorted((facts.loss([row]) for row in facts.listed), reverse=True)
    yield "people", count(people), len(losses)
    yield "money", (first, total), (_money(sum(losses[:10])), _money(sum(losses)))
    yield from _where(facts, where)


def _short_list(facts: ChurnFacts, people: str, where: str, total: str) -> Checked:
    yield "people", count(people), len(facts.listed)
    yield "few", len(facts.listed) <= 10, True
    yield "money", total, _money(facts.loss(facts.listed))
    yield from _where(facts, where)


def _where(facts: ChurnFacts, where: str) -> Checked:
    of_map = "band" in facts.query or "fifth" in facts.query
    told = "in this part of the map" if of_map else f"at {share((facts.threshold or 0) / 100)} or more"
    yield "where", where, told


def _unlisted(facts: ChurnFacts) -> Checked:
    yield "listed", facts.listed, []


def _likeliest(facts: ChurnFacts, name: str, kind: str, mean: str) -> Checked:
    entries = facts.release.segments if kind == "segment" else facts.release.clusters
    groups = {each.name: facts.group(each.name, kind) for each in entries}
    means = {
        group: sum(facts.chance[row] for row in rows) / len(rows)
        for group, rows in groups.items()
        if len(rows) >= 30
    }
    yield from winner(name, means, share)
    yield "mean", mean, share(means[name])


def _level(facts: ChurnFacts, kind: str) -> Checked:
    yield "kind", facts.where, f"{kind}s_finding"


def _without(facts: ChurnFacts, kind: str) -> Checked:
    yield "none", facts.release.segments if kind == "segment" else facts.release.clusters, []


def _group(facts: ChurnFacts, row: str) -> Checked:
    kind = "segment" if facts.where.startswith("segments") else "cluster"
    sign, people, mean, loss, contacted = row.split(" | ")
    entries = facts.release.segments if kind == "segment" else facts.release.clusters
    named = {f"{each.letter} {each.name}" if kind == "cluster" else each.name: each.name for each in entries}
    if sign in named:
        rows = facts.group(named[sign], kind)
    else:
        rows = [row for row in facts.rows.tolist() if facts.release.customers[kind][row] < 0]
    yield "people", count(people), len(rows)
    yield "mean", mean, _text(words.share(sum(facts.chance[row] for row in rows) / len(rows), 1))
    yield "loss", loss, short(facts.loss(rows))
    yield "contacted", count(contacted), len(set(rows) & set(facts.contacted))


def _expected(facts: ChurnFacts, expected: str, of: str, mean: str, days: str) -> Checked:
    total = sum(facts.chance[row] for row in facts.rows)
    yield "expected", (count(expected), count(of)), (round(total), len(facts.rows))
    yield "mean", (mean, days), (share(total, len(facts.rows)), "90")


def _lost(facts: ChurnFacts, loss: str, usual: str) -> Checked:
    yield "loss", loss, short(facts.loss(facts.rows.tolist()))
    yield "usual", usual, short(sum(facts.usual[row] for row in facts.rows))


def _worth(facts: ChurnFacts, people: str, percent: str, profit: str) -> Checked:
    yield from _brings(facts, people, percent, profit)


def _worthless(facts: ChurnFacts, people: str) -> Checked:
    yield "people", (count(people), facts.contacted), (0, [])


def _late(facts: ChurnFacts, late: str, silent: str) -> Checked:
    states = [each.id for each in facts.release.overview.rhythms]
    of = [states[each] for each in facts.release.customers["rhythm"][facts.rows].tolist() if each >= 0]
    told = [of.count("overdue") + of.count("silent"), of.count("silent")]
    yield "late", [count(late), count(silent)], told


def _cell(facts: ChurnFacts, low: str, high: str, fifth: str, people: str, loss: str) -> Checked:
    inside = facts.cell(int(low), int(high), int(fifth))
    yield "people", count(people), len(inside)
    yield "loss", loss, short(facts.loss(inside))


def _missing(facts: ChurnFacts, told: str) -> Checked:
    yield "why", facts.told is None or told in ("No churn to show", facts.told.missing), True


def _free(_facts: ChurnFacts) -> Checked:
    yield from ()


MONEY = [
    Kind("churn", *each)
    for each in (
        ("missing", "{t}", _missing),
        ("map_finding", "{m} of the {m} expected loss lies with the {n} customer(s) at {p} or more.",
         _on_map),
        ("map_finding", "{m} is the expected loss; at these costs {v} is worth contacting.", _all_of_map),
        ("profit_finding", "Contact {n} customer(s) at {p} or more: {m} after costs is expected.", _brings),
        ("profit_finding", "Contact {n} customer(s) at {p} or more: {m} after costs is expected. "
         "Contacting everybody would {v} {m}.", _and_everybody),
        ("profit_finding", "At these costs contacting anybody is expected to lose money. Contacting "
         "everybody would {v} {m}.", _nobody),
        ("profit_note", "The four figures start as examples: put in your own. Anybody who would have "
         "ordered anyway takes the offer, too. Contacting starts to pay above a success rate of "
         "{q}. If a trial on 400 customers gave {q}, the rate is {q} to {q} in 95 of 100 cases, and the "
         "expected maximum profit (EMPC) is {m} a customer.", _rates),
        ("profit_note", "{u}Contacting does not pay at any success rate. If a trial on 400 customers gave "
         "{q}, the rate is {q} to {q} in 95 of 100 cases, and the expected maximum profit (EMPC) is {m} a "
         "customer.", _likely),
        ("list_finding", "{n} customer(s) {t}; the first ten stand for {m} of {m}.", _list),
        ("list_finding", "{n} customer(s) {t}, with an expected loss of {m}.", _short_list),
        ("list_finding", "Nobody is listed.", _unlisted),
        ("(segment|cluster)s_finding", "{t} is the {v} likeliest not to order: {p} on average.", _likeliest),
        ("(segment|cluster)s_finding", "Chance of no order and expected loss of each {v}.", _level),
        ("(segment|cluster)s_finding", "This preset has no {v}s.", _without),
        ("(segment|cluster)s: row", "{t}", _group),
        ("Expected not to order", "{n} of {n} | {p} on average, in {n} days", _expected),
        ("Expected loss, 90 days", "{m} | of {m} usual spend", _lost),
        ("Worth contacting", "{n} | at {p} or more, for {m}", _worth),
        ("Worth contacting", "{n} | at these costs nobody is", _worthless),
        ("Overdue or silent", "{n} | longer than usual without an order; {n} silent", _late),
        ("confusion", "At these costs nobody is contacted, so there is no threshold to look back with.",
         _free),
        ("map: cell", "Risk {n} to {n} per cent, fifth {n} of usual spend: {n} customer(s), expected "
         "loss {m}", _cell),
    )
]  # fmt: skip
