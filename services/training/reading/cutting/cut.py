"""Which rows of a file are those of some customers, and the file without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.text.customer_ids import canonical_id
from services.reading.source import Source
from services.training.lines import engine as engines
from services.training.lines.cleaning import LINES_OF_A_FILE
from services.training.lines.engine import MEMORY_MB, Engine, opened_engine
from services.training.reading.columns.headers import TRANSACTIONS
from services.training.reading.cutting import of_parquet, of_text, of_workbook
from services.training.reading.cutting.spans import END, Span, Work
from services.training.reading.gathering import gather
from services.training.reading.read import read_files
from services.training.reading.report import ReadOptions

Gone = Callable[[Sequence[str]], Collection[str]]
"""From ids to those of them whose rows go."""

#: What parts the cells of a row whose columns cannot be told.
_BETWEEN = re.compile(r"[,;|\t\r\n\"']")


class _Form(Protocol):
    """A form of files: how the text of some rows is read, and how the file is written without some."""

    def texts(self, source: Source, spans: Sequence[Span], work: Work) -> list[str]:
        """Give the text of the rows in each span."""

    def write(self, sources: Sequence[tuple[Source, Sequence[Span]]], target: Path, work: Work) -> None:
        """Write the file without the rows of the spans."""


_FORMS: dict[str, _Form] = {
    "csv": of_text,
    "csv.gz": of_text,
    "zip": of_text,
    "xlsx": of_workbook,
    "parquet": of_parquet,
}


@dataclass(frozen=True)
class Cut:
    """How many rows of a file are those of the customers, and how many are left without them."""

    rows: int
    left: int


def cut(
    path: Path,
    target: Path,
    options: ReadOptions,
    gone: Gone,
    scratch: Path,
    memory_mb: int = MEMORY_MB,
) -> Cut:
    """Write a file of transactions without the rows of some customers, if it has any and others, too.

    A row goes where the reading says that it is such a customer's, even if another row of the order names
    them; a row that cannot be read goes where one of its cells is such an id. Of a workbook or an archive
    what no training would read is left out, for nobody knows whom it names.

    Parameters
    ----------
    path : Path
    target : Path
        Written in the file's own form; not made where no row goes or none is left.
    options : ReadOptions
        What is said of the file.
    gone : callable
    scratch : Path
        A folder of this run.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the file cannot be read.
    """
    with opened_engine(scratch / "cutting", memory_mb) as engine:
        read_files([path], engine, options, scratch)
        sources = gather([path], engine, options, TRANSACTIONS, scratch).sources
        _note_gone(engine, gone)
        work, several = Work(engine, options, scratch), _has(engine, "file")
        found = []
        for source in sources:
            where = f"WHERE file = {engines.text(source.name)}" if several else ""
            named, doubtful = _spans(engine, where)
            form = _FORMS[source.form]
            texts = form.texts(source, doubtful, work) if doubtful else []
            found.append((source, sorted([*named, *_naming(doubtful, texts, gone)])))
        rows = sum(len(spans) for _source, spans in found)
        (total,) = engine.execute(
            f"SELECT count(DISTINCT ({'file, ' if several else ''}line)) FROM read_lines"
        ).fetchall()[0]
        if rows and rows < total:
            _FORMS[sources[0].form].write(found, target, work)
            _check(target, options, gone, scratch, memory_mb)
        return Cut(rows, total - rows)


def _check(target: Path, options: ReadOptions, gone: Gone, scratch: Path, memory_mb: int) -> None:
    with opened_engine(scratch / "cutting", memory_mb) as engine:
        read_files([target], engine, options, scratch)
        _note_gone(engine, gone)
        if engine.execute("SELECT count(*) FROM gone").fetchall()[0][0]:
            raise Refusal(_("The file could not be written without the customer."), "file")


def _note_gone(engine: Engine, gone: Gone) -> None:
    """Make the table ``gone`` of the ids that the file has, under the spelling that it stores."""
    ids = engine.execute("SELECT DISTINCT customer_id FROM read_lines WHERE customer_id IS NOT NULL")
    named = {each: each for (each,) in ids.fetchall()} | dict(
        engine.execute("SELECT typed, id FROM spelled_ids").fetchall()
    )
    found = sorted({named[each] for each in gone(list(named))})
    engines.values(engine, "gone", {"id": "VARCHAR"}, [(each,) for each in found])


def _has(engine: Engine, column: str) -> bool:
    return any(row[0] == column for row in engine.execute("DESCRIBE read_lines").fetchall())


def _spans(engine: Engine, where: str) -> tuple[list[Span], list[Span]]:
    """Give the lines of the customers' rows, and of rows that cannot be read and name nobody."""
    rows = engine.execute(
        f"""
        WITH lines AS (
            SELECT line % {LINES_OF_A_FILE} AS first,
                bool_or(coalesce(customer_id IN (SELECT id FROM gone), false)) AS named,
                bool_or(unreadable IS NOT NULL AND customer_id IS NULL) AS doubtful
            FROM read_lines {where} GROUP BY first
        )
        SELECT first, coalesce(lead(first) OVER (ORDER BY first), {END}), named FROM lines
        QUALIFY named OR doubtful ORDER BY first
        """
    ).fetchall()
    spans = {
        kind: [Span(first, end) for first, end, named in rows if named is kind] for kind in (True, False)
    }
    return spans[True], spans[False]


def _naming(spans: Iterable[Span], texts: Iterable[str], gone: Gone) -> list[Span]:
    cells = [{canonical_id(cell) for cell in _BETWEEN.split(text)} - {None} for text in texts]
    named = set(gone(sorted({cell for each in cells for cell in each if cell})))
    return [span for span, each in zip(spans, cells, strict=True) if each & named]
