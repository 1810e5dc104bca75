"""What kind of document a row is: a sale, money that goes back, or a quote that is no sale."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.lines.statuses import JOINT, MOST_VALUES, folded
from services.training.lines.statuses_said import listed
from services.training.reading.columns.addresses import written
from services.training.reading.columns.schema import Columns

#: Roles whose numbers are negative where money goes back; those that a file has.
_NUMBERS = ("quantity", "amount", "order_total")

#: Table of the lines that were made negative, until they are counted.
_BACK = "lines_back"

#: Letters of languages that part their words.
_SPACED = re.compile("[a-z\u0430-\u044f]")


@dataclass(frozen=True)
class Returned:
    """What the kinds of documents of a file are.

    Attributes
    ----------
    column : str
    no_sales : list of str
        Texts of rows that are no sale.
    back : dict of str to int
        Texts of rows in which money goes back, with their rows.
    unknown : dict of str to int
        Texts that say neither.
    """

    column: str
    no_sales: list[str]
    back: dict[str, int]
    unknown: dict[str, int]


def is_kind(name: str) -> bool:
    """Say whether a header names the kind of a document."""
    spelled = folded(name)
    return any(spelled in names for names in _table()["names"].values())


def settle_documents(engine: Engine, cell: str, name: str) -> Returned | None:
    """Make the numbers of rows in which money goes back negative; see ``services.training.lines.cleaning``.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, which is changed.
    cell : str
        The column of ``raw_lines`` that names the kind.
    name : str
        What the file calls it.

    Returns
    -------
    Returned or None
        None where every row is a sale as far as the column tells, or it names kinds of something else.
    """
    counted = engine.execute(
        f"SELECT {cell}, count(*) FROM raw_lines WHERE bad IS NULL AND {cell} IS NOT NULL GROUP BY 1 "
        f"ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES + 1}"
    ).fetchall()
    if len(counted) > MOST_VALUES:
        return None
    kinds = {value: kind_of(value) for value, _rows in counted}
    told = set(kinds.values())
    bare = folded(name) in _table()["names"]["bare"]
    if bare and not told & {"sale", "paid"} and "unknown" in told:
        return None
    none = {"none", "paid"} if "sale" in told else {"none"}
    no_sales = [value for value, kind in kinds.items() if kind in none]
    back = {value: rows for value, rows in counted if kinds[value] == "back"}
    if not no_sales and not back:
        return None
    if back:
        _take_back(engine, cell, list(back))
    unknown = {value: rows for value, rows in counted if kinds[value] == "unknown"}
    return Returned(name, no_sales, back, unknown)


def said_of_documents(engine: Engine, returned: Returned, columns: Columns) -> list[str]:
    """Say how many rows take money back by their kind and how much, and which kinds are unknown.

    Parameters
    ----------
    engine : Engine
        Where ``read_lines`` is.
    returned : Returned
    columns : Columns
    """
    status = columns.names[columns.roles["status"]].split(JOINT)[0] if "status" in columns.roles else "-"
    other = status == returned.column or status == "-"
    found = []
    if returned.back:
        row = engine.execute(
            "SELECT count(*), coalesce(sum(amount), 0)::DOUBLE FROM read_lines "
            f"WHERE unreadable IS NULL AND line IN (SELECT line FROM {_BACK})"
        ).fetchone()
        engine.execute(f"DROP TABLE {_BACK}")
        rows, money = row or (0, 0.0)
        if rows:
            told = plural(
                "The column “{column}” marks {n} row as a refund ({values}), but its amount has no minus; it "
                "was counted as negative, {sum} in all.",
                "The column “{column}” marks {n} rows as refunds ({values}), but their amounts have no "
                "minus; they were counted as negative, {sum} in all.",
                rows,
                n=number(rows),
                column=returned.column,
                values=listed(returned.back),
                sum=number(money, 2),
            )
            found.append(f"{told} {_otherwise(rows, None if other else status)}")
    if returned.unknown:
        found.append(
            _(
                "The column “{column}” also has values that may not be sales; their rows were kept: "
                "{values}. If they are not sales, remove those rows from the file.",
                column=returned.column,
                values=listed(returned.unknown),
            )
        )
    return found


def _otherwise(rows: int, status: str | None) -> str:
    """Say how rows that look like refunds are told to be sales, by another column or by none."""
    if status is None:
        if rows == 1:
            return _("If it is a sale, add --columns status=-; no column then decides what is a sale.")
        return _("If they are sales, add --columns status=-; no column then decides what is a sale.")
    places = {"pair": written("status", status), "column": status}
    if rows == 1:
        return _(
            "If it is a sale, add --columns {pair}; only “{column}” then decides what is a sale.", **places
        )
    return _(
        "If they are sales, add --columns {pair}; only “{column}” then decides what is a sale.", **places
    )


@cache
def kind_of(value: str) -> Literal["none", "back", "sale", "paid", "unknown"]:
    """Tell the kind of a document.

    Examples
    --------
    >>> kind_of("Credit Note"), kind_of("Angebot"), kind_of("SALE"), kind_of("Visa")
    ('back', 'none', 'sale', 'unknown')
    """
    spelled = folded(value)
    words = _table()["words"]
    for kind in ("none", "back", "sale", "paid"):
        if any(_stands(word, spelled) for word in words[kind]):
            return kind
    return "unknown"


def _stands(word: str, spelled: str) -> bool:
    return f" {word} " in f" {spelled} " if _SPACED.match(word) else word.replace(" ", "") in spelled


def _take_back(engine: Engine, cell: str, values: list[str]) -> None:
    there = {row[0] for row in engine.execute("DESCRIBE raw_lines").fetchall()}
    numbers = [each for each in there if each in _NUMBERS or each.startswith("amount_rival_")]
    texts = ", ".join(engines.text(value) for value in values)
    signs = " OR ".join(f"regexp_matches(coalesce({each}, ''), '[-−–(]')" for each in numbers)
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {_BACK} AS SELECT line FROM raw_lines "
        f"WHERE bad IS NULL AND {cell} IN ({texts}) AND NOT ({signs})"
    )
    changed = ", ".join(f"{each} = '-' || {each}" for each in sorted(numbers))
    engine.execute(f"UPDATE raw_lines SET {changed} WHERE line IN (SELECT line FROM {_BACK})")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return folded_words("documents.toml")


def folded_words(file: str) -> dict[str, dict[str, list[str]]]:
    """Read a table of words that lies beside this module, each as ``folded`` spells it."""
    table = tomllib.loads(files(__package__).joinpath(file).read_text("utf-8"))
    return {
        part: {kind: [folded(word) for word in listed] for kind, listed in kinds.items()}
        for part, kinds in table.items()
    }
