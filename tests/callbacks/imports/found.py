"""What commands say of a file, small and made up, for the tests of the page."""

from __future__ import annotations

from typing import Any

INSPECTED: dict[str, Any] = {
    "files": [{"name": "may.csv", "bytes": 900, "form": "csv", "rows": 12}],
    "layout": None,
    "roles": [
        {"role": "customer", "column": "Client", "reason": "by its name"},
        {"role": "date", "column": "Day", "reason": "by what it holds"},
        {"role": "amount", "column": "Total", "reason": "by its name"},
    ],
    "formats": {"encoding": "utf-8", "separator": ";", "decimal": ",", "date_order": "dmy"},
    "money": "amount",
    "ignored": {"columns": ["Note", ""]},
    "rows": {"read": 12, "kept": 9, "rejected": {"unreadable": 1, "no_customer": 2, "future": 0}},
    "unreadable": {"not a date": 1},
    "left_out": [
        {
            "rule": "unreadable",
            "rows": 1,
            "amount": None,
            "first": [
                {"line": 13, "reason": "not a date", "customer": "K1", "invoice": None, "amount": None}
            ],
        },
        {
            "rule": "no_customer",
            "rows": 2,
            "amount": "5.00",
            "first": [{"line": 2, "reason": None, "customer": None, "invoice": "7", "amount": "2.50"}],
        },
    ],
    "revenue": "1234.50",
    "customers": 4,
    "days": {"from": "2024-05-01", "to": "2024-05-31"},
    "warnings": ["Two things stand above the header."],
    "first": [
        {
            "line": 2,
            "customer": None,
            "date": "2024-05-01 00:00:00",
            "amount": "2.50",
            "rule": "no_customer",
            "reason": None,
        },
        {
            "line": 3,
            "customer": "K<1>",
            "date": "2024-05-02 10:00:00",
            "amount": "3",
            "rule": None,
            "reason": None,
        },
    ],
    "questions": [],
}
QUESTION: dict[str, Any] = {
    "message": "The column “Total” repeats one value.",
    "field": "columns",
    "option": "--columns",
    "choices": ["amount=-", "amount=Total", "amount=#3"],
    "tried": [
        {
            "choice": "amount=-",
            "rows": 9,
            "customers": 4,
            "revenue": "1234.50",
            "days": None,
            "refused": None,
        },
        {
            "choice": "amount=Total",
            "rows": None,
            "customers": None,
            "revenue": None,
            "days": None,
            "refused": None,
        },
        {
            "choice": "amount=#3",
            "rows": None,
            "customers": None,
            "revenue": None,
            "days": None,
            "refused": "No.",
        },
    ],
}
COMPARED: dict[str, Any] = {
    "file": {"from": "2024-05-25", "to": "2024-06-30", "customers": 5, "orders": 6},
    "ledger": {"from": "2024-05-01", "to": "2024-05-31", "customers": 10, "orders": 20, "files": 2},
    "problem": None,
    "customers": {"new": 1, "known": 4},
    "orders": {"new": 5, "known": 1},
    "overlap": {"from": "2024-05-25", "to": "2024-05-31", "days": 7},
    "repeated": 9,
    "gap_days": 0,
    "products": {"new": 3, "known": 2},
    "prices": {"changed": 1, "of": 2, "first": [{"product": "mug", "before": 2.0, "now": 3.0}]},
}
