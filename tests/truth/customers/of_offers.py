"""What the card "What to offer" of a customer's page claims: products, reasons, the track record."""

from __future__ import annotations

import json
import re

import numpy as np

from layouts import words
from tests.truth.claims import Checked, Kind, count
from tests.truth.customers.of_head import number
from tests.truth.customers.person import Person

METHODS = ("linear-items", "item-cosine", "recent-popularity", "cluster-popularity")


def _report(person: Person) -> dict:
    file = person.release.folder / "recommendations.json"
    if not file.exists():
        older = "This release was made by an earlier version, which did not store recommendations."
        return {"missing": f"{older} Train again to see them."}
    return json.loads(file.read_text("utf-8"))


def _method(person: Person, used: str) -> str:
    """Return the method whose list is shown: the one asked for, or best sellers where it finds nothing."""
    kind, _, asked = used.partition(" ")
    method = "personal-frequency" if kind == "again" else asked
    if method == "best":
        method = _report(person)["default"]
    if method in METHODS[:2] and not _places(person, method):
        method = "recent-popularity"
    return method


def _places(person: Person, method: str) -> list[int]:
    column = np.asarray(person.release.customers[f"offer_{method.replace('-', '_')}"])
    return [place for place in column[person.row].tolist()[:5] if place >= 0]


def _finding(used: str, kind: str):
    def check(person: Person, many: str) -> Checked:
        method = _method(person, used)
        yield "products", number(many), len(_places(person, method))
        wanted = {
            "recent-popularity": "recent",
            "cluster-popularity": "cluster",
            "personal-frequency": "again",
        }
        yield "method", kind, wanted.get(method, "items")

    return check


def _stands_in(used: str):
    def check(person: Person, within: str) -> Checked:
        yield "stands in", _method(person, used), "recent-popularity"
        yield "days", count(within), 56

    return check


def _none(used: str):
    return lambda person, *_: iter([("products", _places(person, _method(person, used)), [])])


def _no_lists(person: Person, told: str) -> Checked:
    yield "why", told, _report(person)["missing"]


def _list(used: str):
    def check(person: Person, told: str) -> Checked:
        report, method = _report(person), _method(person, used)
        places = _places(person, method)
        codes = [report["products"][place] for place in places]
        items = json.loads(told)
        yield "products", len(items), len(codes)
        own = {code: orders for code, _, orders, *_ in person.favourites}
        complete, scores = person.of("products") <= len(own), []
        for (name, price, reason), code, place in zip(items, codes, places, strict=True):
            ((known, median),) = person.ask("SELECT description, price FROM products WHERE product = ?", code)
            yield "name", name, known or code
            yield "price", price, words.money(median) if median is not None else ""
            yield "bought before", code in own, used == "again best" if complete else code in own
            if method == "personal-frequency":
                orders = count(re.fullmatch(r"In ([\d,]+) orders? of this customer", reason)[1])
                yield "orders", orders, own.get(code, orders)
                scores.append(orders)
            elif method in METHODS[2:]:
                scores.append((yield from _popular(person, method, reason, report, place)))
            else:
                yield from _together(person, reason, code, own if complete else None)
        yield "best first", scores, sorted(scores, reverse=True)

    return check


def _popular(person: Person, method: str, reason: str, report: dict, place: int):
    where = "the last 56 days" if method == "recent-popularity" else "the same cluster"
    people = count(re.fullmatch(rf"Bought by ([\d,]+) customers? in {where}", reason)[1])
    counted = (
        report["recent"] if method == "recent-popularity" else report["clusters"][int(person.of("cluster"))]
    )
    yield "people", people, counted[place]
    return people


def _together(person: Person, reason: str, code: str, own: dict | None) -> Checked:
    found = re.fullmatch(
        r"Bought with (.+?), (?:by ([\d,]+) customers? in the same cluster"
        r"|though not yet by anyone in the same cluster)",
        reason,
    )
    yield "understood", bool(found), True
    if not found:
        return
    named, people = found[1], count(found[2] or "0")
    codes = [
        each
        for (each,) in person.ask(
            "SELECT product FROM products WHERE coalesce(nullif(description, ''), product) = ?", named
        )
    ]
    yield "known", bool(codes), True
    if own is not None:
        yield "bought by this customer", any(each in own for each in codes), True
    if "buyers" not in [name for (name,) in person.ask("SELECT name FROM sqlite_master")] or len(codes) != 1:
        return
    buyers = [
        {row for (row,) in person.ask("SELECT customer FROM buyers WHERE product = ?", each)}
        for each in (codes[0], code)
    ]
    if all(buyers):  # of products that rules name, everybody is known
        cluster = np.asarray(person.release.customers["cluster"])
        both = buyers[0] & buyers[1]
        yield "both", people, sum(int(cluster[row] == cluster[person.row]) for row in both)


def _record(used: str):
    def check(person: Person, told: str) -> Checked:
        known = person.release.manifest.metrics["recommendations"]
        again, method = used.startswith("again"), _method(person, used)
        found = known["repeat" if again else "new"]
        own, plain = found[method], found["recent-popularity"]
        tried = words.count(known["repeat_customers" if again else "customers"], "customer")
        found, low, high = (words.number(own[each], 2) for each in ("found", "found_low", "found_high"))
        said = (
            f"Tested on the last {known['days']} days, which were kept back: of {words.small(known['at'])} "
            f"such products, the {tried} who bought anything {'again' if again else 'new'} bought {found} "
            f"on average (95 % interval {low} to {high})"
        )
        if method != "recent-popularity":
            among = " among those bought before" if again else ""
            best = words.number(plain["found"], 2)
            said += f"; of the {words.small(known['at'])} best sellers{among}, {best}"
        yield "record", told, f"{said}."
        yield "interval", own["found_low"] <= own["found"] <= own["found_high"] <= known["at"], True

    return check


def _kinds(used: str) -> list[Kind]:
    new = "{t} product(s) not bought before, "
    both = new + "but bought by others along with what they have."
    return [
        Kind("customers", where, *each)
        for where, *each in (
            (f"offers {used}", both, _finding(used, "items")),
            (f"offers {used}", new + "from the recent best sellers.", _finding(used, "recent")),
            (f"offers {used}", new + "from the favourites in the cluster.", _finding(used, "cluster")),
            (f"offers {used}", "{t} product(s) bought before and still on sale, most frequent first.",
             _finding(used, "again")),
            (f"offers {used}", "What this customer bought suggests no product, so these are the best "
                               "sellers of "
                               "the last {n} days.", _stands_in(used)),
            (f"offers {used}", "Nothing this customer bought before is still on sale.", _none(used)),
            (f"offers {used}", "This method finds no product on sale that is new to this customer. {t}",
             _none(used)),
            (f"offers {used}", "{t}", _no_lists),
            (f"offers list {used}", "{t}", _list(used)),
            (f"offers record {used}", "{t}", _record(used)),
        )
    ]  # fmt: skip


OFFERS = [
    kind
    for used in ("new best", *(f"new {method}" for method in METHODS), "again best")
    for kind in _kinds(used)
]
