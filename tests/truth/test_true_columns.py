"""What the page of a labelled table says in figures is recomputed from the table, cell by cell."""

from __future__ import annotations

import json
import random
import re
from math import sqrt
from statistics import fmean

import pytest

from callbacks.labelled.view import show, show_column
from services.training.labelled.run import TableOptions, train_table
from tests.training.labelled.tables import write

HEADER = ["CustomerID", "Churn", "City", "Plan", "Spend"]
CITIES = {"York": 0.7, "Leeds": 0.2, "Bath": 0.4, "Rome": 0.5, "Oslo": 0.5}
Z = 1.959963984540054


def shop(count: int = 300) -> list[dict[str, str]]:
    """Customers of whom city, plan and spend each say something; Rome and Oslo have four each."""
    draw = random.Random(11)
    made = []
    for place in range(count):
        city = "Rome" if place < 4 else "Oslo" if place < 8 else draw.choice(["York", "Leeds", "Bath"])
        gone = draw.random() < CITIES[city]
        plan = 2 if draw.random() < (0.7 if gone else 0.3) else 1
        spend = draw.gauss(40 if gone else 60, 10)
        cells = [str(place), str(int(gone)), city, str(plan), f"{spend:.2f}"]
        made.append(dict(zip(HEADER, cells, strict=True)))
    return made


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return the page, and each column's card, of a model of these customers."""
    folder = tmp_path_factory.mktemp("truth")
    table = shop()
    path = write(folder / "shop.csv", [list(row.values()) for row in table], HEADER)
    options = TableOptions("Churn", candidates=("k_nn",))
    train_table(path, folder / "models", options, folder / "s", lambda _what: None)
    cards = {name: show_column(folder / "models", name) for name in HEADER[2:]}
    return table, show(folder / "models", ""), cards


def gone(rows) -> float:
    return fmean(row["Churn"] == "1" for row in rows)


def percent(share: float) -> str:
    return f"{100 * share:.1f}\u00a0%"


@pytest.mark.slow
def test_head_and_sentences_say_what_the_table_holds(told):
    table, page, cards = told
    assert page["sub"] == f"Learned from shop.csv: 300 customers, of whom {percent(gone(table))} churned."
    by_city = {city: [row for row in table if row["City"] == city] for city in ("York", "Leeds", "Bath")}
    shares = sorted((gone(rows), city) for city, rows in by_city.items())
    said = re.fullmatch(
        r"City: the largest share churned among those with “(\w+)”, (.+?), and the smallest among those with "
        r"“(\w+)”, (.+?)\. The link is \w+\.",
        cards["City"]["finding"],
    )
    assert said
    assert said.groups() == (shares[-1][1], percent(shares[-1][0]), shares[0][1], percent(shares[0][0]))
    high, low = (gone([row for row in table if row["Plan"] == plan]) for plan in "21")
    assert cards["Plan"]["finding"].startswith(
        f"Plan: {percent(high)} churned of those with 2, and {percent(low)} of those with 1."
    )
    means = [fmean(float(row["Spend"]) for row in table if row["Churn"] == end) for end in "10"]
    assert cards["Spend"]["finding"].startswith(
        f"Spend is lower among customers who churned: {means[0]:.2f} on average, against {means[1]:.2f} among"
    )
    assert f"the share of the whole table, {percent(gone(table))}." in cards["City"]["note"]


@pytest.mark.slow
def test_every_line_of_the_table_of_a_column_is_recomputed_rare_cities_together(told):
    table, _page, cards = told
    shown = re.findall(r'"children": "([^"]*)"', json.dumps(cards["City"]["table"], ensure_ascii=False))
    rare = ("Rome", "Oslo")
    for name in ("York", "Leeds", "Bath", "all others"):
        rows = [row for row in table if row["City"] == name or (name == "all others" and row["City"] in rare)]
        share, n = gone(rows), len(rows)
        middle = share + Z * Z / (2 * n)
        reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        low, high = ((middle + side * reach) / (1 + Z * Z / n) for side in (-1, 1))
        place = shown.index(name)
        counts = [str(n), str(sum(row["Churn"] == "1" for row in rows)), percent(share)]
        assert shown[place + 1 : place + 5] == [*counts, f"{percent(low)} to {percent(high)}"]
    assert not {"Rome", "Oslo"} & set(shown)
