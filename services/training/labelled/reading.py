"""The reading of a table of customers: every cell as its text, every row accounted for."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.reading.source import Source, digest
from services.training.labelled.refusing import (
    TRAINED_ON,
    Like,
    lacking,
    no_column,
    refuse_doubles,
    refuse_too_long,
)
from services.training.lines.engine import MEMORY_MB, opened_engine
from services.training.reading.columns import names
from services.training.reading.columns.names import RoleNames
from services.training.reading.columns.schema import Schema
from services.training.reading.files import delimited, workbook
from services.training.reading.files.copying import COPY_SEPARATOR
from services.training.reading.files.totals import BELOW
from services.training.reading.gathering import gather
from services.training.reading.report import ReadOptions

_TARGET, _ID = "target", "customer"
#: What stands before a row's cells in the copy: its line, what is wrong with it, whether it is odd.
_BEFORE = 3


@dataclass(frozen=True)
class Read:
    """A table, read.

    Attributes
    ----------
    name : str
        Of the file, to be shown.
    sha256 : str
        Of its bytes.
    rows : int
        Data rows; those in ``cells`` and those in ``rejected``.
    names : list of str
        Headers, in the file's order; no two are alike.
    cells : dict of str to list of str
        Header to the texts of its cells, without blanks around them.
    lines : list of int
        Where each row stands in the file.
    rejected : list of (int, str)
        Line of each row that cannot be read, and why.
    separator : str or None
        What parts the cells of a text.
    id : str or None
        The column with the customers' ids, as far as its name tells or a person said.
    warnings : list of str
    """

    name: str
    sha256: str
    rows: int
    names: list[str]
    cells: dict[str, list[str]]
    lines: list[int]
    rejected: list[tuple[int, str]]
    separator: str | None
    id: str | None
    warnings: list[str]

    def named(self, wanted: str) -> str | None:
        """Give the header that a person means, also spelled otherwise; None where there is none."""
        for spell in (str, plain):
            found = [name for name in self.names if spell(name) == spell(wanted)]
            if found:
                return found[0]
        return None


def read_table(
    path: Path,
    scratch: Path,
    *,
    target: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    known: Sequence[str] = (),
    like: Like = TRAINED_ON,
    memory_mb: int = MEMORY_MB,
) -> Read:
    """Read a table with a customer a row.

    Parameters
    ----------
    path : Path
        CSV (also packed) or Excel workbook; told by content.
    scratch : Path
        A folder of this run.
    target, id_column : str, optional
        Headers that must be there: who churned, and the ids.
    sheet : str, optional
        A sheet by name or number.
    known : sequence of str
        Headers by which the row of the header is told.
    like : Like
        What it is refused with if none of its headers is known.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the file cannot be read as a whole, lacks a column that is named, or names one twice.
    """
    wanted = {role: name for role, name in ((_TARGET, target), (_ID, id_column)) if name}
    if target and id_column and plain(target) == plain(id_column):
        raise Refusal(_("The column that says who churned cannot be that of the IDs as well."), "id")
    schema = _schema(known, wanted)
    options = ReadOptions(sheet=sheet)
    with lacking(target, like):
        source, warnings = _source(path, scratch, options, schema, memory_mb)
    scratch.mkdir(parents=True, exist_ok=True)
    copy = scratch / "table.csv"
    reader = workbook if source.form == "xlsx" else delimited
    try:
        with lacking(target, like):
            copied = reader.copy_rows(source, options, schema, copy, None)
        refuse_too_long(copied.rows)
        headers = copied.columns.names
        refuse_doubles(headers)
        lines, rows, rejected = _rows(copy, len(headers), copied.totals)
    finally:
        copy.unlink(missing_ok=True)
    found = Read(
        path.name,
        digest(path),
        copied.rows,
        headers,
        {name: [row[place] for row in rows] for place, name in enumerate(headers)},
        lines,
        rejected,
        copied.separator,
        headers[copied.columns.roles[_ID]] if _ID in copied.columns.roles else None,
        [*warnings, *copied.warnings],
    )
    named = {role: found.named(name) for role, name in wanted.items()}
    for role, option in ((_TARGET, "target"), (_ID, "id")):
        if role in wanted and named[role] is None:
            raise no_column(wanted[role], headers, option)
    return replace(found, id=named[_ID]) if _ID in named else found


def _schema(known: Sequence[str], wanted: dict[str, str]) -> Schema:
    """Say which names make a header of a row; a table without any of them begins with its first row."""
    columns = {f"column {place}": RoleNames(((name,),), loose=False) for place, name in enumerate(known)}
    ends = {_TARGET: RoleNames(((wanted[_TARGET],),), loose=False)} if _TARGET in wanted else {}
    ids = (
        RoleNames(((wanted[_ID],),), loose=False) if _ID in wanted else names.shipped("customer", loose=False)
    )

    def missing(roles: Collection[str], _absent: Collection[str]) -> list[str]:
        some = not columns or any(name in roles for name in columns)
        return [] if some and (not ends or _TARGET in roles) else [_TARGET]

    return Schema({_ID: ids, **ends, **columns}, missing, (), figure=_TARGET)


def _source(
    path: Path, scratch: Path, options: ReadOptions, schema: Schema, memory_mb: int
) -> tuple[Source, list[str]]:
    with opened_engine(scratch, memory_mb) as engine:
        gathered = gather([path], engine, options, schema, scratch)
    source = gathered.sources[0]
    if source.form == "parquet":
        raise Refusal(
            _("This is a Parquet file. Save the table as CSV or as an Excel workbook (.xlsx)."), "file"
        )
    if len(gathered.sources) > 1:
        raise Refusal(
            plural(
                "There is {n} table of customers, and one is read. Give a file that holds one table alone; a "
                "command also takes the name of its sheet with --sheet.",
                "There are {n} tables of customers, and one is read. Give a file that holds one table alone; "
                "a command also takes the name of its sheet with --sheet.",
                len(gathered.sources),
            ),
            "sheet",
            option="--sheet",
        )
    return source, gathered.warnings


def _rows(
    copy: Path, width: int, totals: Sequence[int]
) -> tuple[list[int], list[list[str]], list[tuple[int, str]]]:
    lines: list[int] = []
    rows: list[list[str]] = []
    rejected: list[tuple[int, str]] = []
    with copy.open(encoding="utf-8", newline="") as file:
        for line, fault, _odd, *cells in csv.reader(file, delimiter=COPY_SEPARATOR):
            number = int(line)
            if number in totals or fault:
                rejected.append((number, fault or BELOW))
            else:
                lines.append(number)
                rows.append([" ".join(cell.split()) for cell in cells[:width]])
    return lines, rows, rejected


def rows_left_out(rejected: Sequence[tuple[int, str]]) -> list[str]:
    """Say that rows cannot be read, and why the first of them cannot; nothing where all can."""
    if not rejected:
        return []
    line, reason = rejected[0]
    if len(rejected) == 1:
        return [_("Line {line} was left out: {reason}.", line=f"{line:,}", reason=reason)]
    return [
        plural(
            "{n} row was left out; the first is line {line}: {reason}.",
            "{n} rows were left out; the first is line {line}: {reason}.",
            len(rejected),
            n=f"{len(rejected):,}",
            line=f"{line:,}",
            reason=reason,
        )
    ]
