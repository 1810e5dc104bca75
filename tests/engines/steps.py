"""Every step over lines on one engine, and one digest for each table that comes out."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from decimal import Decimal

import pandas as pd

from services.training.lines.aggregates import ids, kept_sum
from services.training.lines.cleaning import count_repeats, count_rules
from services.training.lines.judging import Terms, judge
from services.training.lines.kept import find_restarts
from services.training.lines.left_out import left_out
from services.training.lines.quality import of_future, of_vouchers
from services.training.lines.shown import count_customers, days_of, first_rows
from services.training.lines.tables import tables_of
from tests.training.lines.ledgers import row

AS_OF = datetime(2011, 9, 1)
ROLES = dict.fromkeys(("invoice", "quantity", "product"), True)


def digests(read, keep, match=True):
    """Run the steps; table or figure → digest, and the tables themselves to look at where two differ."""
    judged = judge(read, Terms(ROLES, match, latest=AS_OF), keep)
    rows, matched = judged.rows, judged.matched
    if match:
        # as the steps after it are told apart in what is recorded
        rows = keep(rows, "what_is_left")
    restarts = find_restarts(rows)
    counts = count_rules(rows)
    found = tables_of(rows, matched, keep, restarts)
    figures = {
        "rules": counts,
        "left_out": [asdict(each) for each in left_out(rows, counts, "amount")],
        "restarts": asdict(restarts),
        "revenue": kept_sum(rows, "amount"),
        "repeats": count_repeats(rows),
        "customers_kept": count_customers(rows),
        "days": days_of(rows),
        "first_rows": first_rows(rows),
        "ids": ids(rows),
        "warnings": [*of_vouchers(rows), *of_future(rows)],
        "glance": found.glance,
        "items": [
            found.baskets.items,
            *(each.tolist() for each in (found.baskets.customers, found.baskets.invoices)),
        ],
        "held_names": found.held.names,
        "baskets": found.baskets.matrix.toarray().astype(int).tolist(),
    }
    tables = {each.name: getattr(found, each.name) for each in fields(found)}
    tables = {name: table for name, table in tables.items() if isinstance(table, pd.DataFrame)}
    back = found.returns
    tables |= {"documents": back.documents, "taken": back.taken, "taken_by_item": back.by_item}
    tables["held"] = found.held.lines
    shown = {name: canonical(table) for name, table in tables.items()} | {
        name: json.dumps(value, default=str, ensure_ascii=False) for name, value in figures.items()
    }
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in shown.items()}, shown


def canonical(table):
    """Write a table so that two are alike only if every value is, to the last bit, and every type."""
    kinds = {name: str(kind) for name, kind in table.dtypes.items()}
    cells = [
        [
            None if pd.isna(value) else value.hex() if isinstance(value, float) else str(value)
            for value in values
        ]
        for values in table.itertuples(index=False)
    ]
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in ([*kinds.items()], *cells))


def ledger(lines=400, restarting=False):
    """Rows of many kinds: copies, returns of a part, numbers that come back, blanks, letters, large money."""
    draw = random.Random(7)
    start = datetime(2011, 1, 1)
    rows = [row("a", "1", "P1"), row("a", "1", "P1"), row("b", None, "POST", price="4.95")]
    rows.append(
        row("z", "77", "P2", quantity=3, amount=Decimal("99999999999999.9999"), price="33333333333333.3")
    )
    rows.append(row("z", "C78", "P2", day="2011-03-02", quantity=-1, price="33333333333333.3"))
    while len(rows) < lines:
        quantity = draw.choice([1, 1, 2, 3, 7, "0.3333", 12, 0, None])
        customer = draw.choice(["a", "b", "B", "é", "ä-1", "10", "9", None, *map(str, range(100, 130))])
        minute = draw.randrange(200) * 2_000 + draw.choice([0, 1])
        own = f"{customer}/{minute // 2_000}"
        given = row(
            customer,
            draw.choice([None, "5", *map(str, range(40))] if restarting else [None, "5", *[own] * 20]),
            draw.choice(["P1", "P2", "p3", "ÄB-7", "POST", "10", None]),
            f"{start + timedelta(minutes=minute):%Y-%m-%d %H:%M}",
            quantity,
            draw.choice(["0", "0.1", "2.5", "0.0001", "7.77", "77183.6", None]),
            description=draw.choice(["Lamp", " blue Lamp ", "lamp", "Ä", None]),
            country=draw.choice(["France", "norway", "Österreich", None]),
            unreadable=draw.choice([None] * 30 + ["no date"]),
        )
        # a readable line has an amount, if nothing else
        given["amount"] = Decimal("3.33") if given["amount"] is None else round(given["amount"], 4)
        rows.append(given)
        if quantity and draw.random() < 0.3:
            # some of it comes back, at an amount that no whole share of the price gives
            back = draw.choice([quantity, 1, "0.3333"])
            moment = given["bought_at"] + timedelta(days=draw.randrange(60))
            less = given | {
                "invoice": f"C{given['invoice']}",
                "quantity": -Decimal(back),
                "bought_at": moment,
            }
            less["amount"] = round(less["quantity"] * (less["price"] or 1), 4)
            rows.append(less)
    return rows
