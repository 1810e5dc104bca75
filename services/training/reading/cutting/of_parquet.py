"""Parquet files: the rows that stay keep their columns and types."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.reading.source import Source
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cutting.spans import Span, Work
from services.training.reading.loading import linked


def texts(source: Source, spans: Sequence[Span], work: Work) -> list[str]:
    """Give the cells of each row, a line each."""
    _note(work.engine, spans)
    with linked(source.path, work.scratch) as link:
        names = [name.replace('"', '""') for name, _type in engines.parquet_columns(work.engine, link)]
        cells = ", ".join(f'"{name}"::VARCHAR' for name in names)
        found = work.engine.execute(
            f"SELECT concat_ws(chr(10), {cells}) FROM {engines.from_parquet(link)} "
            "JOIN cut_lines ON file_row_number + 1 = cut_lines.line ORDER BY cut_lines.line"
        )
        return [str(text) for (text,) in found.fetchall()]


def write(sources: Sequence[tuple[Source, Sequence[Span]]], target: Path, work: Work) -> None:
    """Write the rows whose number is in no span, in their order."""
    ((source, spans),) = sources
    _note(work.engine, spans)
    with linked(source.path, work.scratch) as link:
        work.engine.execute(
            "COPY (SELECT * EXCLUDE (file_row_number) FROM "
            f"(SELECT * FROM {engines.from_parquet(link)} WHERE file_row_number + 1 NOT IN "
            f"(SELECT line FROM cut_lines) ORDER BY file_row_number)) TO {engines.text(str(target))} "
            "(FORMAT parquet)"
        )


def _note(engine: Engine, spans: Sequence[Span]) -> None:
    engines.values(engine, "cut_lines", {"line": "BIGINT"}, [(span.first,) for span in spans])
