"""What ``inspect`` found, in words for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from services.core.left_out import words_of

_WIDTH = 80
_NAMES = {
    "encoding": "encoding",
    "separator": "separator",
    "decimal": "decimal sign",
    "date_order": "order of dates",
}
_SIGNS = {"\t": "tab", " ": "space", ",": "comma", ";": "semicolon", "|": "bar", ".": "point"}
#: Columns of the first rows and the widths they get, most telling first.
_COLUMNS = {
    "line": 6,
    "customer": 12,
    "date": 16,
    "invoice": 10,
    "product": 10,
    "quantity": 8,
    "recency": 8,
    "frequency": 9,
    "monetary": 12,
    "amount": 10,
}


def text(found: dict[str, Any]) -> str:
    """Say what ``inspect --json`` says.

    Parameters
    ----------
    found : dict
        As docs/contract.md describes it.
    """
    return "\n".join(_lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for file in found["files"]:
        rows = f", {file['form']}, {file['rows']:,} rows" if file["rows"] is not None else ""
        yield from _wrapped(f"{file['name']}{rows}, {file['bytes']:,} bytes")
    yield from _reading(found)
    yield from _rules(found)
    for warning in found["warnings"]:
        yield from _wrapped(f"Note: {warning}")
    yield from _table(found["first"])


def _reading(found: dict[str, Any]) -> Iterator[str]:
    if found["layout"]:
        yield f"Layout: {found['layout']}"
    if found["formats"]:
        known = [
            f"{_NAMES[name]} {_SIGNS.get(sign, sign)}" for name, sign in found["formats"].items() if sign
        ]
        yield from _wrapped(f"Formats: {', '.join(known)}")
    for place, each in enumerate(found["roles"]):
        reason = f" ({each['reason']})" if each["reason"] else ""
        if not place:
            yield "Columns:"
        yield from _wrapped(f"{each['role']:<12} {each['column']}{reason}", "  ", " " * 15)
    if found["money"]:
        yield f"Amount of each row: {found['money']}"
    for what, names in found["ignored"].items():
        if names:
            yield from _wrapped(f"Not used, {what}: {', '.join(name or '(no name)' for name in names)}")


def _rules(found: dict[str, Any]) -> Iterator[str]:
    rows = found["rows"]
    if rows is None:
        return
    gone = rows["read"] - rows["kept"]
    yield f"Rows: {rows['read']:,} read, {rows['kept']:,} kept, {gone:,} left out"
    for each in found["left_out"]:
        words = words_of(each["rule"])
        money = f", money {each['amount']}" if each["amount"] is not None else ""
        count = f"{each['rows']:,} {'row' if each['rows'] == 1 else 'rows'}"
        yield from _wrapped(f"{words.name} ({each['rule']}): {count}{money}. {words.why}", "  ", "    ")
        for row in each["first"]:
            yield from _wrapped(_row(row), "    ", "      ")
    customers = "customer" if found["customers"] == 1 else "customers"
    yield f"Revenue: {found['revenue']} from {found['customers']:,} {customers}"


def _row(row: dict[str, Any]) -> str:
    told = [row["reason"] or ""]
    told += [f"{name} {row[name]}" for name in ("customer", "invoice", "amount") if row[name] is not None]
    return f"line {row['line']:,}: {', '.join(filter(None, told))}"


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        return
    names = [name for name in _COLUMNS if any(row.get(name) is not None for row in rows)]
    while sum(_COLUMNS[name] + 1 for name in names) > _WIDTH - 12:
        names.remove("product" if "product" in names else "invoice")
    yield "First rows:"
    yield _cells([*names, "left out"], names)
    for row in rows:
        rule = words_of(row["rule"]).name if row["rule"] else ""
        moment = {"date": row["date"][:16]} if row.get("date") else {}  # seconds tell nothing here
        yield _cells([(row | moment)[name] for name in names] + [rule], names)


def _cells(values: Sequence[Any], names: Sequence[str]) -> str:
    widths = [_COLUMNS[name] for name in names] + [_WIDTH - sum(_COLUMNS[name] + 1 for name in names)]
    shown = [_cut(_tame(value), width) for value, width in zip(values, widths, strict=True)]
    return " ".join(f"{cell:<{width}}" for cell, width in zip(shown, widths, strict=True)).rstrip()


def _cut(value: str, width: int) -> str:
    return value if len(value) <= width else f"{value[: width - 1]}…"


def _wrapped(line: str, first: str = "", further: str = "  ") -> list[str]:
    return textwrap.wrap(
        _tame(line), _WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False
    )


def _tame(value: Any) -> str:
    """Make a text safe for a terminal: what is not printable could steer it."""
    shown = "" if value is None else str(value)
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown)
