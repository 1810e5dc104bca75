"""What the cards of a customer's page claim: orders, gaps, values, products, returns."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from math import floor

import numpy as np
import pytest

from layouts import words
from tests.truth.claims import Checked, Kind, count
from tests.truth.customers.of_head import equal, number, true
from tests.truth.customers.person import Person


def rows_of(told: str, expected: list) -> Checked:
    """Compare a table, money to a thousandth of a penny."""
    rows = [list(each.values()) if isinstance(each, dict) else each for each in json.loads(told)]
    yield "rows", len(rows), len(expected)
    for one, other in zip(rows, expected, strict=False):
        for said, is_ in zip(one, other, strict=True):
            exact = not isinstance(is_, float)
            yield "cell", said, is_ if exact or said != pytest.approx(is_, abs=1e-5) else said


def _months(person: Person, some: str, every: str, month: str, money: str) -> Checked:
    spent = dict(person.months)
    yield "months with orders", number(some), sum(each > 0 for each in spent.values())
    yield "months", number(every), len(spent)
    named = {words.month(f"{each}-01"): amount for each, amount in spent.items()}
    best = max(named.values())
    yield "most", money, words.money(best)
    leaders = [each for each, amount in named.items() if words.money(amount) == money]
    if len(leaders) > 3:
        leaders = [f"{words.small(len(leaders))} of them"]
    yield "month", month.replace(" and ", ", ").split(", "), leaders


def _one_month(person: Person, month: str) -> Checked:
    yield "month", [month], [words.month(f"{each}-01") for each, amount in person.months if amount > 0]


def _months_picture(person: Person, told: str) -> Checked:
    bar = json.loads(told)["data"]
    if not person.orders:
        yield "nothing", bar, []
        return
    (bar,) = bar
    few = sum(amount > 0 for _, amount in person.months) <= 8
    yield "months", bar["x"], [f"{month}-01" for month, _ in person.months]
    yield "money", bar["y"], [round(amount, 2) for _, amount in person.months]
    yield "texts", bar["text"], [words.money_sum(a) if few and a else "" for _, a in person.months]


def _snapshots(person: Person) -> list[tuple[str, str | None]]:
    """Return day and segment of each monthly snapshot that is shown, the last twelve."""
    release = person.release
    known = release.overview.snapshots
    places = [at for at in range(len(known)) if at != release.overview.previous or len(known) <= 2][-12:]
    column = np.asarray(release.customers["snapshot_segment"])[person.row]
    groups = [each.name for each in person.entries]
    return [(known[at].as_of, groups[column[at]] if column[at] >= 0 else None) for at in places]


def _history(person: Person, name: str, told: str) -> Checked:
    known = [each for _, each in _snapshots(person)]
    held = [each for each in known if each]
    yield "segment", name, held[-1]
    times, every = held.count(name), len(held)
    since = "" if every == len(known) else " since the first order"
    some = f"{words.small(times)} of {words.small(every)} snapshots{since}"
    if times == every:
        all_of = {1: "the one snapshot", 2: "both snapshots"}.get(
            every, f"all {words.small(every)} snapshots"
        )
        some = f"{all_of}{since}" if every > 1 else f"the one snapshot {'so far' if not since else since[1:]}"
    yield "snapshots", told, some


def _strip(person: Person, told: str) -> Checked:
    shown = [each[1] for each in json.loads(told)]
    ids = {each.name: each.id for each in person.entries}
    yield "segments", shown, [ids[name] if name else None for _, name in _snapshots(person)]
    causes = [each[2] for each in json.loads(told)]
    moved = [one != other and None not in (one, other) for one, other in pairwise(shown)]
    yield "causes", [bool(each) for each in causes[1:]], moved


def _gaps(person: Person, told: str) -> Checked:
    lengths = [each for _, each in person.gaps]
    shown = " The last ten are shown." if len(lengths) > 10 else ""
    half = f"half are {words.days(floor(float(np.median(lengths))))} or shorter"
    if not person.falls:
        only = f"The only gap was {words.days(lengths[0])}." if len(lengths) == 1 else f"H{half[1:]}."
        yield "gaps", told, only + shown
        return
    allowed = person.falls[0][0] - 1
    limit = f"longer than the {words.days(allowed)} a customer can wait and stay in {person.group}"
    longer = sum(each > allowed for each in lengths)
    if len(lengths) == 1:
        said = f"The only gap, {words.days(lengths[0])}, was {'' if longer else 'not '}{limit}."
    elif longer in (0, len(lengths)):
        said = f"{'Every' if longer else 'No'} gap was {limit}; {half}."
    else:
        some, was = ("One", "was") if longer == 1 else (words.capital(words.small(longer)), "were")
        said = f"{some} of {words.small(len(lengths))} gaps {was} {limit}; {half}."
    yield "gaps", told, said + shown


def _gaps_picture(person: Person, told: str) -> Checked:
    figure, last = json.loads(told), person.gaps[-10:]
    if last:
        yield "gaps", figure["data"][1]["x"], [each for _, each in last]
        yield "until", figure["data"][1]["customdata"], [until for until, _ in last]
        cuts = [recency - 1 for recency, _ in person.falls[:2]]
        reach = figure["layout"]["xaxis"]["range"][1]
        yield "cuts", [each["x0"] for each in figure["layout"]["shapes"]], [c for c in cuts if c < reach]
        yield "marks", [each["text"] for each in figure["layout"]["annotations"]], [
            f"{cut}" for cut in cuts if cut < reach
        ]  # fmt: skip


def _typical(person: Person) -> float:
    column = person.release.customers
    same = np.asarray(column["segment"]) == person.of("segment")
    spent, orders = (np.asarray(column[name])[same] for name in ("monetary", "orders"))
    return float(np.median(spent / orders))


def _values(person: Person, own: str, group: str, typical: str) -> Checked:
    usual = words.money_sum(person.usual)
    yield "usual", own, f"Median order {usual}" if len(person.orders) > 1 else f"One order of {usual}"
    yield "segment", group, person.group
    yield "typical", typical, words.money_sum(_typical(person))


def _values_picture(person: Person, told: str) -> Checked:
    if not person.orders:
        yield "nothing", json.loads(told)["data"], []
        return
    figure = json.loads(told)
    yield "values", figure["data"][0]["x"], [round(each.amount, 2) for each in person.orders]
    yield "days", figure["data"][0]["customdata"], [each.at.date().isoformat() for each in person.orders]
    yield (
        "mark",
        figure["layout"]["annotations"][0]["text"],
        f"{person.group} {words.money_sum(_typical(person))}",
    )


def _values_rows(person: Person, told: str) -> Checked:
    found = sorted(([each.at.date().isoformat(), each.amount] for each in person.orders), reverse=True)
    yield from rows_of(told, found[:40])


def _orders(person: Person, told: str) -> Checked:
    many, back = len(person.orders), person.back
    pieces = sum(each.pieces or 0 for each in person.orders)
    said = []
    if many:
        counted = f", {words.count(pieces, 'piece')}" if pieces else ""
        total = words.money(sum(each.amount for each in person.orders))
        said = [f"{words.capital(words.small(many))} {'order' if many == 1 else 'orders'}{counted}, {total}."]
    if back:
        came = f"{words.capital(words.small(len(back)))} {'return' if len(back) == 1 else 'returns'} of "
        came += words.money(sum(each[4] for each in back))
        off = [each[5] for each in back if each[5] is not None]
        if person.release.manifest.preset_definition["cleaning"]["returns"] == "ignore":
            said.append(f"{came}; this preset does not take them off the orders.")
        elif sum(off):
            said.append(f"{came}; {words.money(sum(off))} was taken off the orders.")
        else:
            said.append(f"{came}; none of it matches a purchase in the file.")
    yield "orders", told, " ".join(said)


def _favourites(person: Person, products: str, orders: str, name: str, often: str) -> Checked:
    yield "products", count(products), person.of("products")
    yield "orders", count(orders), len(person.orders)
    yield "product", name, person.favourites[0][1]
    yield "often", number(often), max(each[2] for each in person.favourites)


def _favourites_of_one(person: Person, products: str) -> Checked:
    yield "products", count(products), person.of("products")
    yield "one order", len(person.orders), 1


def _favourites_bars(person: Person, told: str) -> Checked:
    lines = [[cell[1] for cell in row] for row in json.loads(told)]
    many = len(person.orders)
    expected = [
        [name, orders if many <= 12 else orders / many, orders, amount]
        for _, name, orders, _, amount in person.favourites[:8]
    ]
    yield from rows_of(json.dumps(lines), expected)


def _no_favourites(person: Person) -> Checked:
    yield "products", (person.of("products"), person.favourites), (0, [])


def _table(name: str):
    def check(person: Person, told: str) -> Checked:
        tables = {
            "months": [list(each) for each in person.months],
            "gaps": [list(each) for each in reversed(person.gaps[-10:])],
            "favourites": [list(each[1:]) for each in person.favourites],
            "orders": [[o.invoice, o.at.isoformat(), o.lines, o.pieces, o.amount] for o in person.orders],
        }
        yield from rows_of(told, tables[name])

    return check


def _returns(person: Person, told: str) -> Checked:
    rows = json.loads(told)
    counted = [[*each[:2], *each[3:]] for each in reversed(person.back)]
    yield from rows_of(json.dumps([[*row[:2], *row[3:]] for row in rows]), counted)
    for row in rows:
        taken = [each for each in person.lines.taken if each.document == row[0]]
        said = {
            (invoice, count(pieces)) for pieces, invoice in re.findall(r"([\d,.]+) of order (.+?):", row[2])
        }
        orders = {each.invoice: 0.0 for each in taken}
        for each in taken:
            orders[each.invoice] += each.pieces
        yield "came back", said, set(orders.items())


CARDS = [
    Kind("customers", *each)
    for each in (
        ("months", "Spend in {t} of {t} months, most in {t}: {m}.", _months),
        ("months", "Spend in both months, most in {t}: {m}.", lambda p, *t: _months(p, "2", "2", *t)),
        ("months", "Spend in all {t} months, most in {t}: {m}.", lambda p, n, *t: _months(p, n, n, *t)),
        ("months", "Spend in {t} of {t} months, most in {t}: {m} each.", _months),
        ("months", "Spend in both months, most in {t}: {m} each.", lambda p, *t: _months(p, "2", "2", *t)),
        ("months", "Spend in all {t} months, most in {t}: {m} each.", lambda p, n, *t: _months(p, n, n, *t)),
        ("months", "All of the spend was in {t}.", _one_month),
        ("months figure", "{t}", _months_picture),
        ("months-table", "{t}", _table("months")),
        ("history", "{A} in {t}.", _history),
        ("history-(div|table)", "{t}", _strip),
        ("gaps", "{t}", _gaps),
        ("gaps none", "No gap yet", lambda p: equal(p.gaps, [])),
        ("gaps none", "A gap needs orders on two different days.", true),
        ("gaps figure", "{t}", _gaps_picture),
        ("gaps-table", "{t}", _table("gaps")),
        ("favourites", "{n} product(s) in {n} orders; {t} was in {t} of them.", _favourites),
        ("favourites", "{n} product(s) in the one order.", _favourites_of_one),
        ("favourites", "This customer’s orders name no products, so there are no favourites.",
         _no_favourites),
        ("favourites note", "Each square is one order; {t}", lambda p, _: equal(p.orders[12:], [])),
        ("favourites note", "A full-width bar would mean {t}", lambda p, _: equal(len(p.orders) > 12, True)),
        ("favourites-div", "{t}", _favourites_bars),
        ("favourites-table", "{t}", _table("favourites")),
        ("values", "{t}; the median customer in {A} spends {m} an order.", _values),
        ("values figure", "{t}", _values_picture),
        ("values-table", "{t}", _values_rows),
        ("orders", "{t}", _orders),
        ("orders table", "{t}", _table("orders")),
        ("returns-div", "{t}", _returns),
    )
]  # fmt: skip
