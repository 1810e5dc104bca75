"""Several tables read as one: each by itself, then together, what stands in two of them named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from services.core.language import lists
from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.roles import in_words
from services.reading import source as sources
from services.reading.source import Source
from services.training.lines import engine as engines
from services.training.lines.cleaning import LINES_OF_A_FILE
from services.training.lines.engine import Engine
from services.training.reading.report import FileRead, ReadOptions, ReadReport
from services.training.reading.unreadable import EXAMPLES

#: Roles that every table has to have, or none.
_SHARED = ("invoice", "product", "quantity", "price", "amount")

#: What one table may leave open and another tells, with the answers that go for both.
_TOLD_BY_OTHERS = {"date_order": ("dmy", "mdy"), "decimal": (".", ",")}

SAME = ", ".join(
    f"coalesce({column}::VARCHAR, '')"
    for column in ("customer_id", "invoice", "coalesce(product, description)", "bought_at")
) + "".join(f", coalesce({column}::VARCHAR, '')" for column in ("quantity", "price", "amount"))
"""SQL of what two lines have in common that are the same sale in two exports."""

Read = Callable[[Source, ReadOptions], ReadReport]
_T = TypeVar("_T")


def read_together(tables: Sequence[Source], engine: Engine, options: ReadOptions, read: Read) -> ReadReport:
    """Read several tables into one ``read_lines``, in which ``overlap`` names what a later table repeats.

    What a table leaves open, such as whether the day or the month comes first, another one decides.

    Parameters
    ----------
    tables : sequence of Source
        In any order.
    engine : Engine
    options : ReadOptions
    read : callable
        Reads one table into ``read_lines`` under the options it is given.

    Raises
    ------
    Refusal
        Of one table, which it names; or if one lacks a column that another has.
    """
    found: dict[Source, ReadReport] = {}
    undecided: dict[Source, Refusal] = {}
    for table in tables:
        try:
            found[table] = _one(table, engine, options, read, len(found))
        except Refusal as refusal:
            if refusal.field not in _TOLD_BY_OTHERS:
                raise
            undecided[table] = refusal
    for table, open_question in undecided.items():
        told = _told(list(found.values()), options, open_question)
        found[table] = _one(table, engine, told, read, len(found))
    _refuse_differing(found)
    parts = {table: f"part_{number}" for number, table in enumerate(found)}
    overlapping = _put_together(engine, _oldest_first(engine, parts))
    return _merged(found, overlapping)


def _one(table: Source, engine: Engine, options: ReadOptions, read: Read, number: int) -> ReadReport:
    try:
        report = read(table, options)
    except Refusal as refusal:
        refusal.args = (f"{table.name}: {refusal}",)
        raise
    engine.execute(f"DROP TABLE IF EXISTS part_{number}")
    engine.execute(f"ALTER TABLE read_lines RENAME TO part_{number}")
    return report


def _told(found: Sequence[ReadReport], options: ReadOptions, refusal: Refusal) -> ReadOptions:
    """Answer what one table leaves open by what all others say, or refuse."""
    field = refusal.field or ""
    answers = {getattr(report.detected, field) for report in found} & set(_TOLD_BY_OTHERS[field])
    if len(answers) != 1:
        raise refusal
    return replace(options, **{field: answers.pop()})


def _refuse_differing(found: dict[Source, ReadReport]) -> None:
    (first, report), *others = found.items()
    for table, other in others:
        for role in _SHARED:
            if report.ledger[role] != other.ledger[role]:
                has, lacks = (first, table) if report.ledger[role] else (table, first)
                raise Refusal(
                    _(
                        "{file} has a column for the {role} and {other} has none, so they cannot be read "
                        "together. Name it, such as --columns {id}=NAME, leave it out of both with --columns "
                        "{id}=-, or train them apart.",
                        file=has.name,
                        role=in_words(role),
                        other=lacks.name,
                        id=role,
                    ),
                    "columns",
                    option="--columns",
                )


def _oldest_first(engine: Engine, parts: Mapping[Source, str]) -> dict[Source, str]:
    """Order the tables by their last purchase, so that the order in which they are named changes nothing."""
    ends = {
        table: engine.execute(f"SELECT coalesce(max(bought_at)::VARCHAR, '') FROM {part}").fetchall()[0][0]
        for table, part in parts.items()
    }
    ordered = sorted(parts, key=lambda table: (ends[table], table.name, str(table.path)))
    return {table: parts[table] for table in ordered}


def _put_together(engine: Engine, parts: Mapping[Source, str]) -> int:
    """Make ``read_lines`` of the parts; also count the lines that a later part has, too."""
    engine.execute("DROP TABLE IF EXISTS read_lines")
    rows = " UNION ALL BY NAME ".join(
        f"SELECT * REPLACE (line + {number * LINES_OF_A_FILE} AS line), {number} AS part, "
        f"{engines.text(table.name)} AS file, "
        f"CASE WHEN unreadable IS NULL THEN md5_number(concat_ws(chr(31), {SAME})) END AS same FROM {part}"
        for number, (table, part) in enumerate(parts.items())
    )
    engine.execute("DROP TABLE IF EXISTS together")
    engine.execute(f"CREATE TABLE together AS {rows}")
    # of a line that stands twice in one file and once in another, one copy is repeated and one is not
    engine.execute(
        """
        CREATE TABLE read_lines AS
        WITH repeated AS (
            SELECT same FROM together WHERE same IS NOT NULL GROUP BY same HAVING min(part) < max(part)
        ), copies AS (
            SELECT rowid AS row, same, part,
                row_number() OVER (PARTITION BY same, part ORDER BY line, row_key) AS copy
            FROM together SEMI JOIN repeated USING (same)
        ), later AS (
            SELECT row FROM copies QUALIFY part < max(part) OVER (PARTITION BY same, copy)
        )
        SELECT together.* EXCLUDE (part, same), later.row IS NOT NULL AS overlap
        FROM together LEFT JOIN later ON later.row = together.rowid
        """
    )
    engine.execute("DROP TABLE together")
    for part in parts.values():
        engine.execute(f"DROP TABLE {part}")
    return int(engine.execute("SELECT count(*) FROM read_lines WHERE overlap").fetchall()[0][0])


def _merged(found: dict[Source, ReadReport], overlapping: int) -> ReadReport:
    reports = list(found.values())
    files = _files(found)
    reasons = Counter[str]()
    for report in reports:
        reasons.update(report.reasons)
    first = reports[0]
    detected = first.detected
    return replace(
        first,
        form=_common([report.form for report in reports]) or "several",
        name=files[0].name if len(files) == 1 else lists.first([files[0].name], len(files) - 1),
        sha256=sources.digest_of_all(file.sha256 for file in files),
        bytes=sum(file.bytes for file in files),
        rows=sum(report.rows for report in reports),
        unreadable=sum(report.unreadable for report in reports),
        no_lines=sum(report.no_lines for report in reports),
        detected=replace(
            detected,
            columns={
                role: name for report in reports[::-1] for role, name in report.detected.columns.items()
            },
            encoding=_common([report.detected.encoding for report in reports]),
            separator=_common([report.detected.separator for report in reports]),
            date_order=_common([report.detected.date_order for report in reports]),
        ),
        ledger={role: any(report.ledger[role] for report in reports) for role in first.ledger},
        warnings=_warnings(found, overlapping),
        examples=[
            replace(example, file=table.name)
            for reason in reasons
            for table, example in [
                (table, example)
                for table, report in found.items()
                for example in report.examples
                if example.reason == reason
            ][:EXAMPLES]
        ],
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        files=files,
        overlap=True,
        statuses={value: sale for report in reports[::-1] for value, sale in report.statuses.items()},
        refunded=next((report.refunded for report in reports if report.refunded), None),
        refunded_pieces=any(report.refunded_pieces for report in reports),
    )


def _files(found: dict[Source, ReadReport]) -> list[FileRead]:
    """List each file once, with the rows of all its parts."""
    files: dict[Path, FileRead] = {}
    for table, report in found.items():
        before = files.get(table.path)
        files[table.path] = FileRead(
            report.name, report.sha256, report.bytes, report.rows + (before.rows if before else 0)
        )
    return sorted(files.values(), key=lambda file: (file.name, file.sha256))


def _warnings(found: dict[Source, ReadReport], overlapping: int) -> list[str]:
    """Say what goes for all tables once, what goes for some with their names, and what overlaps."""
    said = Counter(warning for report in found.values() for warning in dict.fromkeys(report.warnings))
    warnings = [warning for warning, times in said.items() if times == len(found)]
    warnings += [
        f"{table.name}: {warning}"
        for table, report in found.items()
        for warning in report.warnings
        if said[warning] < len(found)
    ]
    if overlapping:
        warnings.append(
            plural(
                "{n} row appears in two files or sheets with the same invoice, product, moment, quantity and "
                "price; it was counted once, as it is in the later file or sheet.",
                "{n} rows appear in two files or sheets with the same invoice, product, moment, quantity and "
                "price; each was counted once, as it is in the later file or sheet.",
                overlapping,
                n=number(overlapping),
            )
        )
    return warnings


def _common(values: Sequence[_T]) -> _T | None:
    return values[0] if all(value == values[0] for value in values) else None
