"""The sentences about a file that is brought."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from layouts import words
from layouts.data.words import DATE_ORDERS, DECIMALS, ENCODINGS, FORMS, ROLES, SEPARATORS
from services.core.left_out import words_of

Found = Mapping[str, Any]

VIEWERS = "Only analysts and admins can bring files. Ask one of them, or ask for one of these roles."


def limit(most_mb: int) -> str:
    """Say what can be sent."""
    return f"CSV, TSV, Excel or Parquet, also packed as .gz or .zip. Up to {words.number(most_mb)} MB each."


def sent_on(moment: str) -> str:
    """Say when a file was sent."""
    return f"sent on {words.date(datetime.fromisoformat(moment))}"


def role(name: str) -> str:
    """Name a role."""
    return str(ROLES.get(name, name.replace("_", " ").capitalize()))


def said(name: str, value: str) -> str:
    """Say an answer in a few words: ``“Total” is the amount``."""
    if name == "columns":
        of, _, column = value.partition("=")
        called = role(of).lower()
        return f"No column is the {called}" if column == "-" else f"{_column(column)} is the {called}"
    if name == "date_order" and value in DATE_ORDERS:
        return ": ".join([f"Dates have the {DATE_ORDERS[value][0]}", DATE_ORDERS[value][1]()])
    told = {
        "decimal": f"The decimal sign is a {DECIMALS.get(value, value)}",
        "only_currency": f"Only rows in {value} count",
        "accept_unreadable": "Rows that cannot be read are left out",
        "sheet": "All sheets are read" if value == "all" else f"The sheet is “{value}”",
        "layout": "It is not a known export" if value == "none" else f"It is an export of the kind {value}",
        "header_row": f"The names of the columns are in line {value}",
        "encoding": f"The encoding is {ENCODINGS.get(value, value)}",
        "separator": f"Columns are separated by a {SEPARATORS.get(value, value)}",
        "cancel_prefix": f"Cancelled orders begin with {value}",
        "keep_status": f"Orders that are “{value}” are sales",
        "drop_status": f"Orders that are “{value}” are not sales",
        "keep_customer": f"“{value}” is a customer",
        "drop_customer": f"“{value}” is not a customer",
    }
    return told.get(name, f"{name.replace('_', ' ')}: {value}")


def _column(written: str) -> str:
    if written.startswith("#"):
        return f"Column {written[1:]}"
    return f"“{written[1:-1] if written[:1] == written[-1:] == chr(34) else written}”"


def form(found: Found) -> str:
    """Say in which form a file is: what kind, encoding, separator, decimal sign, order of dates."""
    formats = found["formats"] or {}
    order = DATE_ORDERS.get(formats.get("date_order") or "")
    kind = found["files"][0]["form"] if found["files"] else None
    told = [
        str(FORMS.get(kind, kind)) if kind else "",
        str(ENCODINGS.get(formats.get("encoding") or "", formats.get("encoding") or "")),
        f"separated by a {SEPARATORS[formats['separator']]}"
        if formats.get("separator") in SEPARATORS
        else "",
        f"decimal {DECIMALS[formats['decimal']]}" if formats.get("decimal") in DECIMALS else "",
        f"{order[0]} ({order[1]})" if order else "",
    ]
    return ", ".join(filter(None, told)) or words.NOTHING


def days(found: Found) -> str:
    """Say from when to when the orders are."""
    if not found["days"]:
        return words.NOTHING
    first, last = (date.fromisoformat(found["days"][end]) for end in ("from", "to"))
    return f"{words.date(first)} to {words.date(last)}"


def rows(found: Found) -> str:
    """Say how many rows are used, and which rule takes most of the others."""
    read, kept = found["rows"]["read"], found["rows"]["kept"]
    if kept == read:
        return f"All {words.count(read, 'row')} of the file are used."
    worst = max(found["left_out"], key=lambda each: each["rows"])
    return (
        f"{words.share(kept / read)} of the rows are used; most of the others are left out as "
        f"“{words_of(worst['rule']).name}” ({words.number(worst['rows'])})."
    )


def sum_up(found: Found) -> str:
    """Say in one sentence what a training would take from the file."""
    kept = found["rows"]["kept"]
    return (
        f"{words.count(kept, 'row')} of {words.count(found['customers'], 'customer')} for "
        f"{words.money_sum(float(found['revenue']))}"
    )


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")
_OPTION = re.compile(r"""[,;]? add --[a-z-]+ (?:"[^"]*"|'[^']*'|[^\s"';]*[^\s"';.,])""")


def without_options(message: str) -> str:
    """Leave out of a question what is only to be typed on the command line.

    Examples
    --------
    >>> without_options("It can be read in two ways. Say which with --date-order dmy or --date-order mdy.")
    'It can be read in two ways.'
    """
    told = [_OPTION.sub("", each) for each in _SENTENCES.split(message)]
    plain = [
        each for each, before in zip(told, _SENTENCES.split(message), strict=True) if _stands(each, before)
    ]
    return " ".join(plain) or message


def _stands(sentence: str, before: str) -> bool:
    """Say whether a sentence says something without its options: a condition alone does not."""
    return "--" not in sentence and not (sentence != before and sentence.startswith(("If ", "To ")))


def asked(questions: Sequence[Found]) -> str:
    """Say how many questions are left."""
    if not questions:
        return "No questions left."
    many = len(questions)
    return (
        "One question has to be answered."
        if many == 1
        else f"{words.capital(words.small(many))} questions have to be answered."
    )
