"""What Baskets claims of single rules: in the picture, in the details of a set, and as offers."""

from __future__ import annotations

import re

from layouts import words
from tests.truth.baskets.facts import BasketFacts
from tests.truth.claims import Checked, count, share
from tests.truth.clusters.facts import tenths
from tests.truth.said import BAR

_HELD = {1: "yes", 0: "no", -1: "cannot tell"}


def _row(f: BasketFacts) -> int:
    return int(f.where.rpartition(": ")[2])


def _point(f: BasketFacts, first: str, then: str, part: str, both: str, of: str, support: str) -> Checked:
    row = _row(f)
    yield "rule", f.said(first, then, [row]), [row]
    yield "confidence", part, share(f.confidence(row))
    yield "counts", (count(both), count(of)), (f.value(row, "count"), f.value(row, "antecedent_count"))
    yield "support", support, words.share(f.value(row, "count") / f.entry.baskets, 2).replace("\u00a0", " ")


def _bought(f: BasketFacts, invoices: str, people: str, most: str) -> Checked:
    row = _row(f)
    yield "invoices", count(invoices), f.value(row, "count")
    yield "customers", count(people), f.value(row, "customers")
    yield "most", count(most), f.value(row, "largest_count")
    buyers = f.bought_all(f.products(row)) & f.members_of(f.scope)
    yield "there are so many", 5 <= count(people) <= len(buyers), True
    yield "not more than half", 2 * count(most) <= count(invoices), True
    yield "each has one", count(most) + count(people) - 1 <= count(invoices), True


def _together(f: BasketFacts, invoices: str) -> Checked:
    yield "invoices", count(invoices), f.value(_row(f), "count")
    yield "customers are not known", f.judged, False


def _bought_by(f: BasketFacts, people: str) -> Checked:
    yield "customers", count(people), f.value(_row(f), "count")
    if not f.scope.startswith("period:"):
        buyers = f.bought_all(f.products(_row(f))) & f.members_of(f.scope)
        yield "who bought all", count(people), len(buyers)


def _of_set(f: BasketFacts, told: str) -> Checked:
    first, then, part, lift, *tests, zhang = told.split(BAR)
    rows = f.said(first, then, f.alike[f.products(_row(f))])
    yield "is a rule", len(rows) > 0, True
    if not rows:
        return
    row, n = rows[0], f.entry.baskets
    both, one, other = (f.value(row, name) for name in ("count", "antecedent_count", "consequent_count"))
    yield "confidence", part, f"{share(f.confidence(row))} ({words.number(both)} of {words.number(one)})"
    yield "lift", lift, words.number(f.lift(row), 1)
    a, c, s = one / n, other / n, both / n
    metric = (s - a * c) / max(s * (1 - a), a * (c - s))
    yield "Zhang", abs(float(zhang.replace("−", "-")) - metric) < 0.0051, True
    yield "tests", len(tests), 4 if f.judged else 0
    if tests:
        yield from _tested(f, row, *tests)


def _tested(f: BasketFacts, row: int, chance: str, surely: str, later: str, odds: str) -> Checked:
    yield "by chance", chance, words.number(f.value(row, "chance_lift"), 1)
    yield "beyond chance", surely, "yes" if f.value(row, "finding") else "may be chance"
    yield "a finding is", f.value(row, "q_value") <= 0.01 or not f.value(row, "finding"), True
    yield "held up", later, _HELD[f.value(row, "held_up")]
    if later == "yes":
        counts = [f.value(row, f"later_{name}") for name in ("count", "antecedent_count", "consequent_count")]
        yield "later lift", counts[0] * (f.entry.later_baskets or 0) > counts[1] * counts[2], True
    q = f.value(row, "q_value")
    yield "odds", odds == "likely", q > 0.5
    yield "certain", odds == "under 1 in a million", q < 1e-6
    if match := re.fullmatch(r"1 in ([\d,]+)", odds):
        yield "one in", abs(count(match[1]) * q - 1) < 0.06 or abs(count(match[1]) - 1 / q) <= 0.5, True


def _basket(f: BasketFacts) -> list[int]:
    return [f.codes.index(code) for code in f.query.get("basket", []) if code in f.codes]


def _to_offer(f: BasketFacts) -> dict[int, list[int]]:
    """Return the rules that start with products of the basket and lead to one other."""
    held, found = set(_basket(f)), {}
    for row in f.all_rows(f.place):
        then = f.side(row, "consequents")
        if len(then) == 1 and set(f.side(row, "antecedents")) <= held and then[0] not in held:
            found.setdefault(then[0], []).append(row)
    return found


def _offer(f: BasketFacts, name: str, part: str, given: str) -> Checked:
    best = max((row for rows in _to_offer(f).values() for row in rows), key=f.confidence)
    names = [
        f.names[then]
        for then, rows in _to_offer(f).items()
        if max(map(f.confidence, rows)) == f.confidence(best)
    ]
    yield "first", name in names, True
    yield "confidence", part, share(f.confidence(best))
    these = {"these products": len(_basket(f)) > 1, "this product": len(_basket(f)) == 1}
    yield "given", these.get(given, f.listed(f.side(best, "antecedents")) == given), True


def _offered(f: BasketFacts, told: str) -> Checked:
    match = re.fullmatch(
        r"(\d) (.*?) ((?:over |under )?\d+ %) ([\d,]+) of ([\d,]+) (?:such )?(?:invoice|customer)s"
        r"(?: with (.*?))? ?; in (.*? %) of all, so ([\d,.]+) times as likely",
        told,
    )
    if match is None:
        yield "understood", told, ""
        return
    ranked = sorted((max(map(f.confidence, rows)) for rows in _to_offer(f).values()), reverse=True)
    yield "place", match[3], share(ranked[int(match[1]) - 1])
    rows = [
        row
        for then, rows in _to_offer(f).items()
        for row in rows
        if f.names[then] == match[2]
        and f.value(row, "count") == count(match[4])
        and f.value(row, "antecedent_count") == count(match[5])
        and (
            f.listed(f.side(row, "antecedents")) == match[6]
            if match[6]
            else len(f.side(row, "antecedents")) == len(_basket(f))
        )
    ]
    yield "is a rule", len(rows) > 0, True
    if rows:
        yield "confidence", match[3], share(f.confidence(rows[0]))
        yield "of all", match[7], tenths(f.value(rows[0], "consequent_count") / f.entry.baskets)
        yield "as likely", match[8], words.number(f.lift(rows[0]), 1)


def _no_offer(f: BasketFacts) -> Checked:
    yield "rules", list(_to_offer(f)), []


def _empty(f: BasketFacts) -> Checked:
    yield "basket", _basket(f), []


def _true(_f: BasketFacts) -> Checked:
    yield from ()


_FLUKE = (
    "Chance of a fluke: of all rules that look at least as certain, the share expected to be due to chance "
    "alone. Fisher’s exact test compares the customers who ever bought one side with those who ever bought "
    "the other; it is adjusted for the number of rules by the Benjamini–Hochberg method. Zhang: Zhang’s "
    "metric, from −1 (never together) to 1 (always)."
)
RULES = (
    ("point: .*", "With {t}, also {t}: confidence {q} ({n} of {n} {v}), support {q}. Press the point for all "
                  "rules of these products.", lambda f, *told: _point(f, *told[:5], told[6])),
    ("details: .*", "Bought together in {n} invoice(s) by {n} customer(s); the one with most of these "
                    "invoices has {n}.", _bought),
    ("details: .*", "Bought together in {n} invoice(s).", _together),
    ("details: .*", "Zhang: Zhang’s metric, from −1 (never together) to 1 (always).", _true),
    ("details: .*", "Bought by {n} customer(s), in one order or several.", _bought_by),
    ("details: .*", _FLUKE, _true),
    ("details row: .*", "{t}", _of_set),
    ("offer", "Offer {t}: {q} of baskets with {t} hold it too.", _offer),
    ("offer", "No rule starts with the products in this basket.", _no_offer),
    ("offer", "Add what is in the basket to see what is bought with it.", _empty),
    ("offers", "An empty basket", _empty),
    ("offers", "Add a product by its name or code.", _empty),
    ("offers", "Nothing to offer", _no_offer),
    ("offers", "No other product is bought with these often enough. Remove one of them, or add another.",
     _no_offer),
    ("offers", "{t}", _offered),
)  # fmt: skip
