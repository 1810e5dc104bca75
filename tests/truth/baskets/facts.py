"""What a release's arrays say of its rules, counted without the code of the tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

import numpy as np

from layouts import words
from services.serving.release.loaded import Loaded
from tests.truth.facts import Facts

Products = tuple[int, ...]
LIFTS = (1, 3, 6, 10, 16, 24, 40)
COUNTS = ("count", "antecedent_count", "consequent_count")
HELD = {"yes": 1, "no": 0, "unknown": -1}


class BasketFacts(Facts):
    """The rules of a view: of its group's baskets, those that its filters leave."""

    def __init__(self, release: Loaded, search: str) -> None:
        super().__init__(release, "", "cluster")
        self.query = parse_qs(search.lstrip("?"))
        self._held: dict[str, dict[Products, int]] = {}
        self.names = [each.description for each in release.overview.items]
        self.codes = [each.product for each in release.overview.items]
        self.scope = self.scope_of()
        self.entry = release.overview.rule_scopes[self.place]
        self.whole = "customer" if self.scope.endswith("@customers") else "invoice"
        self.rows = self._fitting()

    def scope_of(self) -> str:
        """Return the id of the group of baskets that the query asks for."""
        kinds = [kind for kind in ("cluster", "segment", "period") if kind in self.query]
        named = [f"{kind}:{self.query[kind][0]}" for kind in kinds]
        return (named[0] if named else "all") + ("@customers" if "baskets" in self.query else "")

    @cached_property
    def place(self) -> int:
        """Where the group stands among those that were mined."""
        return self.place_of(self.scope) or 0

    def place_of(self, scope: str) -> int | None:
        """Return where a group stands; None where it was not mined."""
        ids = [each.id for each in self.release.overview.rule_scopes]
        return ids.index(scope) if scope in ids else None

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """The columns of the rules, in memory."""
        return {name: np.asarray(column) for name, column in self.release.rules.items()}

    def all_rows(self, place: int) -> list[int]:
        """Return the rows of all rules of a group."""
        return np.flatnonzero(self.columns["scope"] == place).tolist()

    def side(self, row: int, side: str) -> Products:
        """Return the products of a side of a rule."""
        return tuple(each for each in self.columns[side][row].tolist() if each >= 0)

    def products(self, row: int) -> Products:
        """Return all products of a rule, ascending."""
        return tuple(sorted((*self.side(row, "antecedents"), *self.side(row, "consequents"))))

    def value(self, row: int, name: str) -> Any:
        """Return an entry of a rule's column."""
        return self.columns[name][row].item()

    @property
    def judged(self) -> bool:
        """Whether rules are compared with chance and count customers."""
        return "finding" in self.columns

    @cached_property
    def lifts(self) -> np.ndarray:
        """The lift of every rule, from its counts."""
        baskets = np.array([each.baskets for each in self.release.overview.rule_scopes], dtype=float)
        both, one, other = (self.columns[name].astype(float) for name in COUNTS)
        return np.asarray(both * baskets[self.columns["scope"]] / (one * other))

    def lift(self, row: int) -> float:
        """Return the lift, from the counts."""
        return float(self.lifts[row])

    def confidence(self, row: int) -> float:
        """Return the confidence, from the counts."""
        return float(self.value(row, "count") / self.value(row, "antecedent_count"))

    def _fitting(self) -> np.ndarray:
        asked = {name: each[0] for name, each in self.query.items()}
        fits = self.columns["scope"] == self.place
        if "unpruned" not in asked:
            fits = fits & ~self.columns["redundant"].astype(bool)
        if "min_lift" in asked:
            fits = fits & (self.lifts >= float(asked["min_lift"]) - 1e-9)
        if "held_up" in asked:
            fits = fits & (self.columns["held_up"] == HELD[asked["held_up"]])
        for code in self.query.get("item", ()):
            at = self.codes.index(code)
            fits = fits & ((self.columns["antecedents"] == at) | (self.columns["consequents"] == at)).any(
                axis=1
            )
        rows = np.flatnonzero(fits)
        if held := {self.codes.index(code) for code in self.query.get("basket", ())}:
            leads = [
                held >= set(self.side(row, "antecedents")) and not held & set(self.side(row, "consequents"))
                for row in rows.tolist()
            ]
            rows = rows[np.array(leads, dtype=bool)]
        return rows

    def listed(self, products: Sequence[int]) -> str:
        """Write products as a sentence lists them."""
        return " ".join(words.listing([self.names[each] for each in products]).split())

    def said(self, first: str, then: str, rows: Sequence[int] | None = None) -> list[int]:
        """Return the rules whose sides are written like this."""
        return [
            row
            for row in (self.rows.tolist() if rows is None else rows)
            if self.listed(self.side(row, "antecedents")) == " ".join(first.split())
            and self.listed(self.side(row, "consequents")) == " ".join(then.split())
        ]

    def findings(self, rows: Sequence[int]) -> list[int]:
        """Return the rules that are beyond chance; all of a release from before that was asked."""
        return [row for row in rows if not self.judged or self.value(row, "finding")]

    @cached_property
    def sets(self) -> dict[Products, int]:
        """The baskets with each set of products of the view's rules."""
        return {self.products(row): self.value(row, "count") for row in self.rows.tolist()}

    @cached_property
    def alike(self) -> dict[Products, list[int]]:
        """The rules of each set of products of the group, whatever the filters."""
        found: dict[Products, list[int]] = {}
        for row in self.all_rows(self.place):
            found.setdefault(self.products(row), []).append(row)
        return found

    @cached_property
    def tops(self) -> dict[str, list[int]]:
        """The rules beyond chance of each cluster, by its letter, without redundant ones."""
        found = {}
        for cluster in self.release.clusters:
            place = self.place_of(f"cluster:{cluster.id}" + "@customers" * (self.whole == "customer"))
            rows = [] if place is None else self.all_rows(place)
            found[cluster.letter] = self.findings([row for row in rows if not self.value(row, "redundant")])
        return found

    def held(self, scope: str) -> dict[Products, int]:
        """Return the frequent sets of a group and the baskets with each."""
        if scope not in self._held:
            items, place = self.release.itemsets, self.place_of(scope)
            rows = np.flatnonzero(np.asarray(items["scope"]) == place)
            pairs = zip(items["items"][rows].tolist(), items["count"][rows].tolist(), strict=True)
            self._held[scope] = {tuple(sorted(e for e in held if e >= 0)): number for held, number in pairs}
        return self._held[scope]

    @cached_property
    def buyers(self) -> dict[int, set[int]]:
        """Everybody who ever bought each product."""
        found: dict[int, set[int]] = {}
        at = {code: place for place, code in enumerate(self.codes)}
        for code, customer in self.release.lookup().execute("SELECT product, customer FROM buyers"):
            found.setdefault(at[code], set()).add(customer)
        return found

    def bought_all(self, products: Sequence[int]) -> set[int]:
        """Return who ever bought all of some products."""
        return set.intersection(*(self.buyers.get(each, set()) for each in products))

    def members_of(self, scope: str) -> set[int]:
        """Return the customers of a group: of a cluster, of a segment, everybody."""
        kind, _, name = scope.partition("@")[0].partition(":")
        if kind not in ("cluster", "segment"):
            return set(range(self.release.count))
        ids = [each.id for each in (self.release.clusters if kind == "cluster" else self.release.segments)]
        return set(np.flatnonzero(np.asarray(self.release.customers[kind]) == ids.index(name)).tolist())

    @cached_property
    def prices(self) -> dict[str, float | None]:
        """The median price of each product."""
        return dict(self.release.lookup().execute("SELECT product, price FROM products").fetchall())

    @cached_property
    def sold(self) -> dict[str, int]:
        """Whether each code is a product."""
        return dict(self.release.lookup().execute("SELECT product, sold FROM products").fetchall())


def classes(facts: BasketFacts) -> dict[int, list[int]]:
    """Return the rules of each class of lift that has any, weakest first."""
    found: dict[int, list[int]] = {}
    for row in sorted(facts.rows.tolist(), key=facts.lift):
        lowest = max(each for each in LIFTS if each <= facts.lift(row) + 1e-9 or each == 1)
        found.setdefault(lowest, []).append(row)
    return found
