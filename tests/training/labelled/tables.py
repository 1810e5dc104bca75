"""A small table of customers, of which it is known who churned: those with a short tenure, mostly."""

from __future__ import annotations

import random
from collections.abc import Callable

HEADER = ["CustomerID", "Churn", "Tenure", "City", "Spend"]


def rows(count: int = 120) -> list[list[str]]:
    """Rows of which the first forty stand twice, with ids of their own."""
    draw = random.Random(5)
    made = []
    for place in range(count - 40):
        tenure = draw.randint(0, 30)
        gone = tenure < 8 or draw.random() < 0.1
        blank = place % 11 == 3
        city, spend = draw.choice(["York", "Leeds", "Bath"]), f"{draw.uniform(5, 90):.2f}"
        made.append([str(1000 + place), str(int(gone)), "" if blank else str(tenure), city, spend])
    return [*made, *([str(5000 + place), *made[place][1:]] for place in range(40))]


def write(
    path,
    table: list[list[str]],
    header: list[str] = HEADER,
    change: Callable[[str], str] = str,
    mark: str = "",
):
    """Write a table as CSV, its cells changed, with what stands before the first."""
    lines = [",".join(map(change, row)) for row in [header, *table]]
    path.write_text(mark + "\r\n".join(lines) + "\r\n", "utf-8", newline="")
    return path
