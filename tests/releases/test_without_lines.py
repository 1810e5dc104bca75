"""What a customer alone bought, paid or sent back goes from what lines share; the rest keeps its number."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from services.releases import write_lookup
from services.releases.lines import Packed, PackedOrder, TakenBack, pack, pack_rows, unpack, unpack_rows
from services.releases.without_customer import copy_lookup

BACK = TakenBack("2011-01-01T00:00:00", "C1", "1", 0, 1.0, 1.0)
ITEMS = {"item": range(5), "name": ["LAMP", "POT", "RING", "CUP", None]}
PRICES = [[1.0, 2.5], [3.0], [4.0], [], [6.0, 7.5]]
BOUGHT = {0: [0, 1], 1: [0], 2: [0, 2]}


def tables():
    """Customer 0 sent back a cup, 1 a pot; 0 and 2 have lines without a product, at prices of their own."""
    held = [
        Packed({"1": PackedOrder([0, 1, 2, 4], [1, 0, 0, 0], [1, 2, 1, None])}, [BACK._replace(item=3)]),
        Packed({"2": PackedOrder([0], [0], [1])}, [BACK._replace(item=1)]),
        Packed({"3": PackedOrder([2, 4], [0, 1], [9, None])}, []),
    ]
    bought = [(item, pack_rows(rows)) for item, rows in BOUGHT.items()]
    return {
        "lines": pd.DataFrame({"customer": range(3), "held": map(pack, held)}),
        "line_items": pd.DataFrame(ITEMS | {"prices": map(json.dumps, PRICES)}),
        "bought": pd.DataFrame(bought, columns=["item", "customers"]),
    }


@pytest.mark.parametrize(
    ("row", "names", "prices", "bought"),
    [
        (
            0,
            ["LAMP", "POT", "RING", None, None],
            [[1.0, None], [None], [4.0], [], [None, 7.5]],
            {0: [0], 2: [1]},
        ),
        (1, ITEMS["name"], [[None, 2.5], *PRICES[1:]], {0: [0], 1: [0], 2: [0, 1]}),
        (2, ITEMS["name"], [*PRICES[:4], [6.0, None]], {0: [0, 1], 1: [0], 2: [0]}),
    ],
)
def test_what_a_customer_alone_had_goes_and_the_rest_stays(tmp_path, row, names, prices, bought):
    write_lookup(tmp_path / "old.sqlite", **tables())
    copy_lookup(tmp_path / "old.sqlite", tmp_path / "new.sqlite", row, "x")
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as base:
        items = base.execute("SELECT item, name, prices FROM line_items ORDER BY item").fetchall()
        assert [each[:2] for each in items] == list(enumerate(names))
        assert [json.loads(each[2]) for each in items] == prices
        rows = base.execute("SELECT item, customers FROM bought").fetchall()
        assert {item: unpack_rows(packed) for item, packed in rows} == bought
        lines = dict(base.execute("SELECT customer, held FROM lines").fetchall())
        assert [list(unpack(lines[each]).orders) for each in (0, 1)] == [
            [str(each + 1)] for each in range(3) if each != row
        ]


def test_a_release_of_one_more_customer_without_lines_is_copied_as_it_is(tmp_path):
    write_lookup(tmp_path / "old.sqlite", **tables())
    copy_lookup(tmp_path / "old.sqlite", tmp_path / "new.sqlite", 3, "x")
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as base:
        assert [json.loads(text) for (text,) in base.execute("SELECT prices FROM line_items")] == PRICES
        rows = base.execute("SELECT item, customers FROM bought").fetchall()
        assert {item: unpack_rows(packed) for item, packed in rows} == BOUGHT


@pytest.mark.parametrize("copied", [False, True])
def test_numbers_of_orders_and_returns_have_an_index_in_any_case(tmp_path, copied):
    write_lookup(tmp_path / "old.sqlite")
    path = tmp_path / "old.sqlite"
    if copied:
        with closing(sqlite3.connect(path)) as base:  # as a release made before
            base.execute("DROP INDEX orders_by_invoice")
        path = tmp_path / "new.sqlite"
        copy_lookup(tmp_path / "old.sqlite", path, None, "x")
    with closing(sqlite3.connect(path)) as base:
        for table in ("orders", "returns"):
            asked = f"EXPLAIN QUERY PLAN SELECT customer FROM {table} WHERE invoice = 'c1' COLLATE NOCASE"
            ((*_, plan),) = base.execute(asked).fetchall()
            assert f"INDEX {table}_by_invoice" in plan


def test_the_orders_of_a_customer_go_from_those_that_hold_a_product(tmp_path):
    orders = pd.DataFrame(
        {
            "customer": [0, 0, 1, 1, 2],
            "bought_at": [f"2011-01-0{day}T00:00:00" for day in range(1, 6)],
            "invoice": list("abcde"),
        }
    ).assign(lines=1, pieces=1.0, amount=1.0)
    held = {"": [0, 1, 2, 3, 4], "LAMP": [0, 2, 4], "POT": [2, 3], "RING": [1]}
    packed = [(name, pack_rows(rows)) for name, rows in held.items()]
    held_in = pd.DataFrame(packed, columns=["product", "orders"])
    write_lookup(tmp_path / "old.sqlite", orders=orders, held_in=held_in)
    copy_lookup(tmp_path / "old.sqlite", tmp_path / "new.sqlite", 1, "x")
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as base:
        rows = base.execute("SELECT product, orders FROM held_in").fetchall()
    assert {name: unpack_rows(text) for name, text in rows} == {"": [0, 1, 2], "LAMP": [0, 2], "RING": [1]}
