"""A small release's rules, mined from 240 baskets that can be counted by hand."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace

import numpy as np
from scipy.sparse import csr_array

from services.releases.lines import pack_rows
from services.releases.overview.ledger import RulesLater
from services.training.lines.baskets import Baskets
from services.training.rules.scope_baskets import Scope
from services.training.rules.tables import mine_scopes
from tests.overviews import cluster, overview

ITEMS = ("TEA CUP", "TEA PLATE", "TEA POT", "CAKE STAND", "BUNTING <b>")
_PATTERN = (
    {"TEA CUP", "TEA PLATE", "TEA POT"},
    {"TEA CUP", "TEA PLATE"},
    {"TEA CUP", "TEA PLATE", "CAKE STAND"},
    {"CAKE STAND", "BUNTING <b>"},
    {"CAKE STAND", "BUNTING <b>", "TEA POT"},
)
BASKETS = [set(basket) for basket in _PATTERN * 48]
OF_CLUSTER = [basket for place, basket in enumerate(BASKETS) if place % 5 != 2]


PRICES = (2.5, 3.0, 9.95, 12.75, None)


class Book(SimpleNamespace):
    """What serving reads of a release."""

    def lookup(self) -> sqlite3.Connection:
        """The products with their prices, and the orders that hold them.

        Bunting has no price, and the stand is no product.
        """
        made = sqlite3.connect(":memory:")
        made.row_factory = sqlite3.Row
        made.execute("CREATE TABLE products(product TEXT, description TEXT, price REAL, sold INTEGER)")
        rows = [
            (str(place), ITEMS[place], price, ITEMS[place] != "CAKE STAND")
            for place, price in enumerate(PRICES)
        ]
        made.executemany("INSERT INTO products VALUES (?, ?, ?, ?)", rows)
        made.execute("CREATE TABLE held_in(product TEXT, orders BLOB)")
        held = [(str(place), {ITEMS[place]}) for place in range(len(ITEMS))]
        for product, wanted in [("", set()), *held]:
            orders = [place for place, basket in enumerate(BASKETS) if wanted <= basket]
            made.execute("INSERT INTO held_in VALUES (?, ?)", (product, pack_rows(orders)))
        return made


def release_of_baskets() -> Book:
    """Mine everybody's baskets, those of cluster c1 (all but every fifth) and of a segment with three."""
    matrix = csr_array(np.array([[item in basket for item in ITEMS] for basket in BASKETS]))
    # 24 customers with every fifth basket, 24 with the others
    who = ["b" if place % 5 == 2 else "a" for place in range(len(BASKETS))]
    owners = np.array([f"{kind}{place // 5 % 24}" for place, kind in enumerate(who)], object)
    owners[-1] = "c"
    baskets = Baskets(matrix, [str(place) for place in range(len(ITEMS))], owners, owners)
    scopes = [
        Scope("all", "All customers", None),
        Scope("cluster:c1", "Tea drinkers", np.array([*(f"a{number}" for number in range(24)), "c"], object)),
        Scope("segment:new", "New", np.array(["c"], object)),
    ]
    tables = mine_scopes(baskets, scopes, {str(place): name for place, name in enumerate(ITEMS)})
    # baskets of five products are too alike for anything to be beyond chance
    tables.rules["finding"] = tables.rules["lift"] > 1
    clusters = [cluster("c1", "A", "Tea drinkers"), cluster("c2", "B", "Others", colour=2)]
    return Book(
        id="20261121T224500Z-000001",
        rules=tables.rules,
        itemsets=tables.itemsets,
        overview=overview(rule_scopes=tables.scopes, items=tables.items, clusters=clusters),
        clusters=clusters,
        segments=[],
    )


def held_back(release: Book) -> None:
    """Give the rules a test and later baskets: every other rule held up, every third cannot be told."""
    rules = release.rules
    place = np.arange(len(rules["scope"]))
    later = RulesLater(first_day="2011-10-10", last_day="2011-12-09", days=60)
    release.overview = release.overview.model_copy(update={"rules_later": later})
    rules["held_up"] = np.where(place % 3 == 2, -1, place % 2).astype("i1")
    rules["p_value"], rules["q_value"] = (1e-9 * (place + 1), 1e-7 * (place + 1))
    rules["later_antecedent_count"] = np.where(place % 3 == 2, 0, 40).astype("i4")
    rules["later_consequent_count"] = np.full(len(place), 30, "i4")
    rules["later_count"] = np.where(place % 3 == 2, 0, 31).astype("i4")
    with np.errstate(invalid="ignore"):
        rules["later_confidence"] = rules["later_count"] / rules["later_antecedent_count"]
