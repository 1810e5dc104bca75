"""Reading, cleaning and aggregating a file in each of its forms, beside plain DuckDB doing the same.

A program, so that its memory is its own: ``python -m benchmarks.forms ours|plain FILE RELEASE``. RELEASE is
the folder of a release of the same rows as a text, which tells how they are written. Prints a JSON object.
"""

from __future__ import annotations

import gzip
import json
import math
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.data import Data
from benchmarks.processes import run
from benchmarks.reference import AGGREGATES, COLUMNS, KEEP, READ, TIMES, plain_sql
from benchmarks.training import Trained

SECONDS_AT_MOST = 300
WORKBOOK = "online_retail.xlsx"
FORMS = ("CSV", "CSV, gzip", "Excel workbook", "Parquet")

_AGAIN = "CREATE TABLE typed AS SELECT * REPLACE ({typed}) FROM read"


def measure(data: Data, trained: Trained, folder: Path) -> list[dict[str, Any]]:
    """Read the same rows in each form, by ours and by plain DuckDB, each in a program of its own.

    Parameters
    ----------
    data : Data
        A text with commas, plain or packed.
    trained : Trained
        A release of it.
    folder : Path
        For the other forms, which are removed again.

    Returns
    -------
    list of dict
        ``name``; ``ours`` and ``plain`` in seconds; ``peak_mb`` of ours; ``same`` customers and revenue.
    """
    found = trained.receipt["detected"]
    made = folder / "forms"
    made.mkdir()
    rows = []
    try:
        for form, path in zip(FORMS, _written(data.path, made, found), strict=True):
            ours, plain = (
                run(["-m", "benchmarks.forms", who, str(path), str(trained.release)], folder, SECONDS_AT_MOST)
                for who in ("ours", "plain")
            )
            one, other = json.loads(ours.output), json.loads(plain.output)
            same = one["customers"] == other["customers"]
            same = same and math.isclose(one["revenue"], other["revenue"], rel_tol=1e-9)
            rows.append(
                {
                    "name": form,
                    "ours": one["seconds"],
                    "plain": other["seconds"],
                    "peak_mb": ours.peak_mb,
                    "same": same,
                }
            )
    finally:
        shutil.rmtree(made)
    return rows


def _written(path: Path, folder: Path, found: dict[str, Any]) -> list[Path]:
    """Write a text in every form as other programs do, with numbers and moments typed where they can be."""
    csv, packed, workbook, parquet = (folder / f"rows.{end}" for end in ("csv", "csv.gz", "xlsx", "parquet"))
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    csv.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    engine = _engine()
    engine.execute(
        READ.format(columns="*", path=csv, separator=found["separator"], encoding=_encoding(found))
    )
    columns = found["columns"]
    typed = {
        columns["quantity"]: "INTEGER",
        columns["price"]: "DOUBLE",
        columns["date"]: f"strptime({_quoted(columns['date'])}, '{TIMES[found['date_order']]}')",
    }
    parts = [
        f"{kind if '(' in kind else f'{_quoted(name)}::{kind}'} AS {_quoted(name)}"
        for name, kind in typed.items()
    ]
    engine.execute(_AGAIN.format(typed=", ".join(parts)))
    engine.execute(f"COPY typed TO '{parquet}' (FORMAT parquet)")
    real = path.with_name(WORKBOOK)
    if real.is_file():
        shutil.copyfile(real, workbook)
    else:
        engine.table("typed").df().to_excel(workbook, index=False, engine="openpyxl")
    return [csv, packed, workbook, parquet]


def ours(path: Path) -> dict[str, float]:
    """Read a file as a training does: every row judged, and reported."""
    from services.core import presets
    from services.training.ledger.transactions import read_ledger
    from services.training.options import TrainOptions
    from services.training.progress import Progress

    # the plain SQL matches no returns
    options = TrainOptions(preset="standard", returns="ignore")
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        ledger = read_ledger([path], presets.load("standard"), options, Path(scratch), Progress())
        seconds = time.perf_counter() - start
    customers = ledger.customers
    return {"seconds": seconds, "customers": len(customers), "revenue": float(customers["monetary"].sum())}


def plain(path: Path, release: Path) -> dict[str, float]:
    """Do the same in plain SQL; a workbook is read by pandas, for DuckDB reads none by itself."""
    if path.suffix in (".csv", ".gz"):
        found = plain_sql(path, release)
        steps = ("read", "clean", "aggregate")
        return found | {"seconds": sum(found[step] for step in steps)}
    columns = json.loads((release / "manifest.json").read_text())["detected"]["columns"]
    engine = _engine()
    start = time.perf_counter()
    source = f"read_parquet('{path}')"
    customer = f"{_quoted(columns['customer'])}::VARCHAR"
    if path.suffix == ".xlsx":
        import pandas as pd

        engine.register("sheet", pd.read_excel(path, engine="calamine"))
        source, customer = "sheet", f"{_quoted(columns['customer'])}::BIGINT::VARCHAR"
    others = ", ".join(
        f"{_quoted(columns[role])}::VARCHAR AS {role}"
        for role in COLUMNS
        if role not in ("customer", "quantity", "price", "date")
    )
    typed = ", ".join(f"{_quoted(columns[role])} AS {role}" for role in ("quantity", "price", "date"))
    engine.execute(f"CREATE TABLE read AS SELECT {customer} AS customer, {others}, {typed} FROM {source}")
    engine.execute(KEEP.replace("strptime(date, '{time}')", "date::TIMESTAMP"))
    for aggregate in AGGREGATES:
        engine.execute(aggregate)
    seconds = time.perf_counter() - start
    customers, revenue = engine.execute("SELECT count(*), sum(monetary) FROM customers").fetchall()[0]
    return {"seconds": seconds, "customers": customers, "revenue": revenue}


def _engine() -> Any:
    import duckdb

    return duckdb.connect(config={"threads": "2"})


def _encoding(found: dict[str, Any]) -> str:
    return "utf-8" if found["encoding"].startswith("utf-8") else "latin-1"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


if __name__ == "__main__":
    who, file, folder = sys.argv[1:]
    print(json.dumps(ours(Path(file)) if who == "ours" else plain(Path(file), Path(folder))))
