"""The steps compiled by Ibis, run as SQL of DuckDB, and written down as SQL of databases out of reach.

`python -m tests.engines.recorder` writes them down anew, after a step was changed on purpose.
"""

from __future__ import annotations

import re
from pathlib import Path

import ibis
import narwhals as nw
import pytest
from ibis.backends.sql import compilers

from tests.engines.engines import EXPORTED
from tests.engines.steps import digests, ledger
from tests.training.lines.ledgers import engine_of

DIALECTS = {
    "bigquery": compilers.BigQueryCompiler,
    "clickhouse": compilers.ClickHouseCompiler,
    "snowflake": compilers.SnowflakeCompiler,
}
FOLDER = Path(__file__).parent / "compiled"
KINDS = {"VARCHAR": "string", "BIGINT": "int64", "TIMESTAMP": "timestamp(6)", "BOOLEAN": "boolean"}


class Recorder:
    """An engine that notes every statement, under the name of its table or the number of its answer."""

    def __init__(self, engine):
        self.engine, self.statements = engine, {}
        engine.execute(f"CREATE TABLE exported AS {EXPORTED}")
        rows = engine.execute("DESCRIBE exported").fetchall()
        schema = {column: KINDS.get(kind, kind.lower()) for column, kind, *_ in rows}
        self.read = nw.from_native(ibis.table(schema, "read_lines"))
        engine.execute("ALTER TABLE read_lines RENAME TO given_lines")
        engine.execute("ALTER TABLE exported RENAME TO read_lines")

    def keep(self, frame, name):
        native = frame.to_native()
        self.statements[name] = native
        self.engine.execute(f"CREATE TABLE {name} AS {compiled(native, compilers.DuckDBCompiler)}")
        return nw.from_native(ibis.table(native.schema(), name))

    def collect(self, frame, _):
        native = frame.to_native()
        self.statements[f"answer {len(self.statements)}"] = native
        found = self.engine.execute(compiled(native, compilers.DuckDBCompiler)).df()
        # a sum of whole numbers is one of 128 bits here, which pandas has not
        whole = [name for name, kind in native.schema().items() if kind.is_integer()]
        found = found.astype({name: "int64" for name in whole if found[name].notna().all()})
        return nw.from_native(found, eager_only=True)


def recorded():
    """Run every step: the digests, and the statements by name."""
    recorder = Recorder(engine_of(ledger()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nw.LazyFrame, "collect", lambda frame, backend: recorder.collect(frame, backend))
        found, _ = digests(recorder.read, recorder.keep)
    return found, recorder.statements


def compiled(native, compiler):
    """The SQL of an expression, in one line."""
    text = compiler().to_sqlglot(native.unbind()).sql(compiler.dialect)
    # what a join leaves out comes from a set
    return re.sub(
        r"(?<=EXCEPT \(|XCLUDE \()[^)]+", lambda names: ", ".join(sorted(names[0].split(", "))), text
    )


def written(statements, dialect):
    """All statements as SQL of a dialect."""
    compiler = DIALECTS[dialect]
    return "\n".join(f"-- {name}\n{compiled(native, compiler)};\n" for name, native in statements.items())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    _, found = recorded()
    for dialect in DIALECTS:
        (FOLDER / f"{dialect}.sql").write_text(written(found, dialect), "utf-8")
