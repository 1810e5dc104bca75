"""Customers' ids: their one spelling, what stands for none, and what a spreadsheet made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.core.text.customer_ids import EMAIL, GUARDED, MAX_LENGTH, WHOLE_NUMBER
from services.core.text.shell import quoted
from services.training.lines import engine as engines
from services.training.lines.engine import Engine

_UNGUARDED = (
    "CASE WHEN starts_with(customer, '''') "
    f"THEN regexp_replace(customer, {engines.text(GUARDED)}, '\\1') ELSE customer END"
)
_AS_TYPED = f"regexp_replace({_UNGUARDED}, '{WHOLE_NUMBER}', '\\1')"


def folded_sql(text: str) -> str:
    """Give SQL of an id as ``services.core.text.customer_ids.folded`` spells it."""
    is_email = f"contains({text}, '@') AND regexp_matches({text}, {engines.text(EMAIL)})"
    return f"CASE WHEN {is_email} THEN nfc_normalize(lower({text})) ELSE {text} END"


#: SQL: the id under which a customer is stored.
CANONICAL_ID = f"CASE WHEN contains(customer, '@') THEN {folded_sql(_AS_TYPED)} ELSE {_AS_TYPED} END"

#: Why a row with an id such as ``4.00001E+11`` cannot be read.
ROUNDED = "customer id rounded by a spreadsheet"

#: SQL: the id in the cell that ``ROUNDED`` speaks of.
BLAMED = f"WHEN unreadable = '{ROUNDED}' THEN customer"

#: A number as spreadsheets shorten it; one such as ``1E5`` may well be an id.
_SHORTENED = r"^[0-9]{1,3}([.,]([0-9]+))?[eE](\+?)([0-9]{1,3})$"

#: Ids that databases give to guests, if to anybody; of ids that count up from 00000 that is the first.
_ZERO = "^(0+|-1)$"
_IS_FIRST = (
    "regexp_matches(id, '^00+$') AND (regexp_replace(id, '0$', '1') IN (SELECT id FROM raw_ids) "
    "OR (SELECT count(*) FROM raw_ids) = 1)"
)

#: Share of the orders above which such an id is taken for all guests.
GUESTS = 0.1

_LISTED = 8


@dataclass(frozen=True)
class Ids:
    """What was found among the customers' ids of ``raw_lines``.

    Attributes
    ----------
    nobody : tuple of str
        Cells, as they stand in the file, that name no customer.
    dropped : tuple of str
        Those of them that a person said to leave out.
    rounded : tuple of str
        Cells that a spreadsheet rounded: their customers cannot be told apart any more.
    warnings : list of str
    """

    nobody: tuple[str, ...]
    dropped: tuple[str, ...]
    rounded: tuple[str, ...]
    warnings: list[str]

    @property
    def customer_id(self) -> str:
        """SQL of the id under which a customer is stored, NULL for nobody."""
        return f"CASE WHEN {_is_one_of(self.nobody)} THEN NULL ELSE {CANONICAL_ID} END"

    @property
    def email(self) -> str:
        """SQL of the e-mail, which stands in for an id that is lacking but for none that is left out."""
        return f"CASE WHEN {_is_one_of(self.dropped)} THEN NULL ELSE email END"

    @property
    def faults(self) -> str:
        """SQL of what no id may be, to stand in a CASE over ``customer`` and ``customer_id``."""
        return (
            f"WHEN {_is_one_of(self.rounded)} THEN '{ROUNDED}' "
            f"WHEN length(customer_id) > {MAX_LENGTH} THEN 'customer id over {MAX_LENGTH} characters' "
            r"WHEN regexp_matches(customer_id, '[\t-\r\x{85}]') THEN 'control characters in the id'"
        )


def look_at_ids(
    engine: Engine, keep: Collection[str] = (), drop: Collection[str] = (), *, orders: bool = True
) -> Ids:
    """Find the cells of ``raw_lines`` that name no customer, or one that cannot be known any more.

    Parameters
    ----------
    engine : Engine
    keep : collection of str
        What is a customer although it looks like none, such as ``NA``; in capitals or not.
    drop : collection of str
        Ids that stand for no customer, such as that of a till.
    orders : bool
        Whether the rows are of orders, so that a guest may hold many.
    """
    kept, dropped = ({value.strip().lower() for value in values} for values in (keep, drop))
    engine.execute("DROP TABLE IF EXISTS raw_ids")
    # each id once: what follows takes longer than grouping does
    engine.execute(
        f"CREATE TEMP TABLE raw_ids AS SELECT *, lower(customer) AS small, lower({CANONICAL_ID}) AS id, "
        f"{_AS_TYPED} AS typed, "
        f"{nobody_sql('customer')} AS word "
        "FROM (SELECT customer, count(*) AS rows FROM raw_lines WHERE customer IS NOT NULL GROUP BY customer)"
    )
    open_ids = f"FROM raw_ids WHERE NOT {_is_one_of(kept, 'id')} AND NOT {_is_one_of(kept, 'small')} AND "
    told, named, zeros = (
        engine.execute(f"SELECT customer, rows, id {open_ids} {test} ORDER BY rows DESC, customer").fetchall()
        for test in (
            _is_one_of(dropped, "id"),
            f"word AND NOT {_is_one_of(dropped, 'id')}",
            f"regexp_matches(id, '{_ZERO}') AND NOT ({_IS_FIRST}) AND NOT {_is_one_of(dropped, 'id')}",
        )
    )
    rounded = _rounded(engine)
    warnings = [*_of_spellings(engine), *([_said(named)] if named else [])]
    engine.execute("DROP TABLE raw_ids")
    guests: list[str] = []
    if zeros and orders:
        guests, said = _guests(engine, zeros)
        warnings.append(said)
    found = {row[2] for row in told}
    warnings += [
        f"No row has the customer “{value}” that --drop-customer names."
        for value in drop
        if value.strip().lower() not in found
    ]
    nobody = [row[0] for row in [*named, *told]] + guests
    return Ids(tuple(nobody), tuple(row[0] for row in told), rounded, warnings)


def _of_spellings(engine: Engine) -> list[str]:
    """Keep the e-mails that are stored otherwise than they are written; say which stood in several ways."""
    engine.execute("CREATE TABLE IF NOT EXISTS spelled_ids (id VARCHAR, typed VARCHAR)")
    engine.execute(
        f"INSERT INTO spelled_ids SELECT DISTINCT {folded_sql('typed')}, typed FROM raw_ids "
        f"WHERE contains(typed, '@') AND {folded_sql('typed')} <> typed"
    )
    customers, rows, one, other = engine.execute(
        f"SELECT count(*), coalesce(sum(rows), 0)::BIGINT, min(one), min_by(other, one) FROM ("
        f"SELECT sum(rows) AS rows, min(typed) AS one, max(typed) AS other FROM raw_ids "
        f"WHERE contains(typed, '@') GROUP BY {folded_sql('typed')} HAVING count(DISTINCT typed) > 1)"
    ).fetchone() or (0, 0, "", "")
    if not customers:
        return []
    whose = "1 customer’s e-mail is" if customers == 1 else f"{customers:,} customers’ e-mails are"
    return [
        f"{whose} written in several ways, such as “{one}” and “{other}”, in {rows:,} rows together. "
        "Capitals and the way an accent is encoded make no difference to an e-mail: "
        f"{'this' if customers == 1 else 'each'} is one customer, in small letters."
    ]


def nobody_sql(text: str) -> str:
    """Give SQL that says whether a text is blank, or what stands where there is no customer."""
    bare = rf"regexp_replace(lower({text}), '^[\s<(\[{{\x22\x27]+|[\s>)\]}}\x22\x27.]+$', '', 'g')"
    return f"({_is_one_of(_words(), bare)} OR {_is_one_of(_words(), f'strip_accents({bare})')})"


def _rounded(engine: Engine) -> tuple[str, ...]:
    """Find what a spreadsheet shortened; signs are a plus, decimals, or one power in several ids."""
    found = engine.execute(
        f"SELECT customer FROM (SELECT customer, regexp_extract(customer, '{_SHORTENED}', "
        "['point', 'decimals', 'plus', 'power']) AS part FROM raw_ids "
        f"WHERE regexp_matches(customer, '{_SHORTENED}')) "
        "QUALIFY part.plus <> '' OR length(part.decimals) > 1 "
        "OR (part.decimals <> '' AND count(*) OVER (PARTITION BY part.decimals <> '', part.power) > 1) "
        "ORDER BY customer"
    ).fetchall()
    return tuple(row[0] for row in found)


def _guests(engine: Engine, zeros: list[tuple[str, int, str]]) -> tuple[list[str], str]:
    """Decide whether ids such as 0 are guests, by their share of the orders."""
    cells = [row[0] for row in zeros]
    counted = engine.execute(
        f"SELECT count(*), count(*) FILTER ({_is_one_of(cells)}) FROM "
        "(SELECT DISTINCT customer, coalesce(invoice, date) FROM raw_lines WHERE customer IS NOT NULL)"
    ).fetchone() or (0, 0)
    every, theirs = counted
    emails = engine.execute(
        "SELECT count(DISTINCT lower(email)) FROM raw_lines "
        f"WHERE {_is_one_of(cells)} AND contains(email, '@')"
    ).fetchone() or (0,)
    name = zeros[0][2]
    if emails[0] > 1 or (emails[0] and theirs > GUESTS * every):
        return cells, (
            f"The customer “{name}” has {theirs:,} of the {every:,} orders and "
            f"{emails[0]:,} {'e-mail' if emails[0] == 1 else 'e-mails'}, so it stands for guests. If it is "
            f"one customer, add --keep-customer {name}."
        )
    if theirs > GUESTS * every:
        return cells, (
            f"The customer “{name}” has {theirs:,} of the {every:,} orders, so it stands for guests and "
            "its rows were "
            f"left out. If it is one customer, add --keep-customer {quoted(name)}."
        )
    return [], (
        f"The customer “{name}” was kept as one customer. If it stands for guests, add --drop-customer "
        f"{quoted(name)}."
    )


def _said(named: list[tuple[str, int, str]]) -> str:
    rows = sum(row[1] for row in named)
    listed = ", ".join(f"“{cell[:40]}” {count:,}" for cell, count, _id in named[:_LISTED])
    more = f" and {len(named) - _LISTED:,} more" if len(named) > _LISTED else ""
    subject = "1 row names" if rows == 1 else f"{rows:,} rows name"
    return (
        f"{subject} nobody: {listed}{more}. If one is a real customer, add --keep-customer, such as "
        f"--keep-customer {quoted(named[0][0])}."
    )


def _is_one_of(values: Collection[str], column: str = "customer") -> str:
    listed = ", ".join(engines.text(value) for value in sorted(values))
    return f"({column} IN ({listed}))" if listed else "false"


@cache
def _words() -> frozenset[str]:
    listed = tomllib.loads(files(__package__).joinpath("nobody.toml").read_text("utf-8"))
    return frozenset(word for words in listed.values() for word in words) | {""}
