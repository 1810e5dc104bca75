"""The sentences about a file that is brought."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from layouts import words
from layouts.data.words import ENCODINGS, FORMS, ROLES
from services.core.language.messages import _, later, plural
from services.core.left_out import words_of

Found = Mapping[str, Any]

VIEWERS = later("Only analysts and admins can bring files. Ask one of them, or ask for one of these roles.")
_VALUES: dict[tuple[str, str], later] = {
    ("date_order", "dmy"): later("Dates have the day first: 3/4 is 3 April"),
    ("date_order", "mdy"): later("Dates have the month first: 3/4 is 4 March"),
    ("date_order", "ymd"): later("Dates have the year first: as in 2011-04-03"),
    ("decimal", "."): later("The decimal sign is a point"),
    ("decimal", ","): later("The decimal sign is a comma"),
    ("accept_unreadable", "1"): later("Rows that cannot be read are left out"),
    ("sheet", "all"): later("All sheets are read"),
    ("layout", "none"): later("It is not a known export"),
    ("separator", ","): later("Columns are separated by a comma"),
    ("separator", ";"): later("Columns are separated by a semicolon"),
    ("separator", "\t"): later("Columns are separated by a tab"),
    ("separator", " "): later("Columns are separated by a space"),
    ("separator", "|"): later("Columns are separated by a vertical bar"),
    ("separator", ":"): later("Columns are separated by a colon"),
}
_NAMED: dict[str, later] = {
    "only_currency": later("Only rows in {value} count"),
    "sheet": later("The sheet is “{value}”"),
    "layout": later("It is an export of the kind {value}"),
    "header_row": later("The names of the columns are in line {value}"),
    "encoding": later("The encoding is {value}"),
    "cancel_prefix": later("Cancelled orders begin with {value}"),
    "keep_status": later("Orders that are “{value}” are sales"),
    "drop_status": later("Orders that are “{value}” are not sales"),
    "keep_customer": later("“{value}” is a customer"),
    "drop_customer": later("“{value}” is not a customer"),
}
_FORMATS: dict[tuple[str, str], later] = {
    ("separator", ","): later("separated by a comma"),
    ("separator", ";"): later("separated by a semicolon"),
    ("separator", "\t"): later("separated by a tab"),
    ("separator", " "): later("separated by a space"),
    ("separator", "|"): later("separated by a vertical bar"),
    ("separator", ":"): later("separated by a colon"),
    ("decimal", "."): later("decimal point"),
    ("decimal", ","): later("decimal comma"),
    ("date_order", "dmy"): later("day first (3/4 is 3 April)"),
    ("date_order", "mdy"): later("month first (3/4 is 4 March)"),
    ("date_order", "ymd"): later("year first (as in 2011-04-03)"),
}


def limit(most_mb: int) -> str:
    """Say what can be sent."""
    return _(
        "CSV, TSV, Excel or Parquet, also packed as .gz or .zip. Up to {most} MB each.",
        most=words.number(most_mb),
    )


def sent(name: str, moment: str) -> str:
    """Say when a file was sent."""
    return _("{name}, sent on {day}.", name=name, day=words.date(datetime.fromisoformat(moment)))


def role(name: str) -> str:
    """Name a role."""
    return str(ROLES.get(name, name.replace("_", " ").capitalize()))


def said(name: str, value: str) -> str:
    """Say an answer in a few words: ``“Total” is read as “Amount”``."""
    if name == "columns":
        of, _sign, column = value.partition("=")
        if column == "-":
            return _("No column is read as “{role}”", role=role(of))
        return _("{column} is read as “{role}”", column=_column(column), role=role(of))
    if (name, value) in _VALUES:
        return _VALUES[name, value]()
    if name in _NAMED:
        return _NAMED[name](value=str(ENCODINGS.get(value, value)) if name == "encoding" else value)
    return f"{name.replace('_', ' ')}: {value}"


def _column(written: str) -> str:
    if written.startswith("#"):
        return _("Column {n}", n=written[1:])
    return f"“{written[1:-1] if written[:1] == written[-1:] == chr(34) else written}”"


def form(found: Found) -> str:
    """Say in which form a file is: what kind, encoding, separator, decimal sign, order of dates."""
    formats = found["formats"] or {}
    kind = found["files"][0]["form"] if found["files"] else None
    told = [
        str(FORMS.get(kind, kind)) if kind else "",
        str(ENCODINGS.get(formats.get("encoding") or "", formats.get("encoding") or "")),
        *(
            _FORMATS[name, formats[name]]()
            for name in ("separator", "decimal", "date_order")
            if (name, formats.get(name)) in _FORMATS
        ),
    ]
    return ", ".join(filter(None, told)) or words.NOTHING


def days(found: Found) -> str:
    """Say from when to when the orders are."""
    if not found["days"]:
        return words.NOTHING
    first, last = (date.fromisoformat(found["days"][end]) for end in ("from", "to"))
    return _("{first} to {last}", first=words.date(first), last=words.date(last))


def rows(found: Found) -> str:
    """Say how many rows are used, and which rule takes most of the others."""
    read, kept = found["rows"]["read"], found["rows"]["kept"]
    if kept == read:
        return plural(
            "All {n} row of the file is used.",
            "All {n} rows of the file are used.",
            read,
            n=words.number(read),
        )
    worst = max(found["left_out"], key=lambda each: each["rows"])
    return _(
        "{share} of the rows are used; most of the others are left out as “{rule}” ({rows}).",
        share=words.share(kept / read),
        rule=words_of(worst["rule"]).name,
        rows=words.number(worst["rows"]),
    )


def sum_up(found: Found) -> str:
    """Say in one sentence what a training would take from the file."""
    kept, customers = found["rows"]["kept"], found["customers"]
    return plural(
        "{n} row of {customers} for {money}.",
        "{n} rows of {customers} for {money}.",
        kept,
        n=words.number(kept),
        customers=plural("{n} customer", "{n} customers", customers, n=words.number(customers)),
        money=words.money_sum(float(found["revenue"])),
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
        return _("No questions left.")
    many = len(questions)
    return plural(
        "{n} question has to be answered.",
        "{n} questions have to be answered.",
        many,
        n=words.number(many),
    )
