"""What orders of the tiny release hold: three pieces of a product that all buy, three of one's own gift.

Bundles are counted with another product in every other order.
"""

from __future__ import annotations

import json

import pandas as pd

from services.releases.lines import Packed, PackedOrder, pack, pack_rows
from tests.releases.tiny_overview import PRODUCTS


def line_tables(orders: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of lines, as ``write_lookup`` takes them; everybody pays a price of their own."""
    each_costs = (orders.groupby("customer")["amount"].first() / 6).round(8)
    rows = each_costs.index.tolist()
    lines = [
        (row, pack(Packed({each: PackedOrder([0, row + 1], [row, 0], [3, 3]) for each in invoices}, [])))
        for row, invoices in orders.groupby("customer")["invoice"]
    ]
    items = [(0, PRODUCTS[0][0], json.dumps(each_costs.tolist()))]
    items += [(row + 1, gift(row), json.dumps([each_costs[row]])) for row in rows]
    bought = [(0, pack_rows(rows)), *((row + 1, pack_rows([row])) for row in rows)]
    whose = sorted(orders["customer"])
    every = range(len(whose))
    of_one = [(gift(row), [place for place in every if whose[place] == row]) for row in rows]
    held = [("", every), (PRODUCTS[0][0], every), (PRODUCTS[1][0], every[::2]), *of_one]
    return {
        "lines": pd.DataFrame(lines, columns=["customer", "held"]),
        "line_items": pd.DataFrame(items, columns=["item", "name", "prices"]),
        "bought": pd.DataFrame(bought, columns=["item", "customers"]),
        "held_in": pd.DataFrame(
            [(name, pack_rows(places)) for name, places in held], columns=["product", "orders"]
        ),
    }


def gift(row: int) -> str:
    """Name what only the customer of a row bought, without digits, which ids are looked for by."""
    return "GIFT " + "".join(chr(ord("A") + int(digit)) for digit in str(row))
