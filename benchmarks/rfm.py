"""Recency, frequency and spend of every customer, from the same kept lines by us and by plain SQL.

A program, so that nothing else computes in it: ``python -m benchmarks.rfm FILE``. Prints a JSON object.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.data import Data
from benchmarks.processes import run
from benchmarks.statistics import interleave

SECONDS_AT_MOST = 150
ROUNDS, WARM_UP = 9, 2

#: What our step knows of a customer, as one would write it; products are those that are sold.
PLAIN = """
SELECT customer_id, count(DISTINCT "order") AS orders, count(*) AS lines, sum(quantity)::DOUBLE AS pieces,
    sum(amount)::DOUBLE AS monetary, min(bought_at) AS first_purchase, max(bought_at) AS last_purchase,
    arg_max(country, bought_at) AS country, count(DISTINCT product) FILTER (sold) AS products,
    date_diff('day', max(bought_at), $1) AS recency
FROM kept GROUP BY customer_id ORDER BY customer_id"""


def measure(data: Data, folder: Path) -> dict[str, Any]:
    """Summarise the kept lines of a file both ways, in a program of its own.

    Returns
    -------
    dict
        ``ours`` and ``plain``, seconds of the processor, medians; ``lines``; ``same`` customers and figures.
    """
    done = run(["-m", "benchmarks.rfm", str(data.path)], folder, SECONDS_AT_MOST)
    found: dict[str, Any] = json.loads(done.output)
    return found


def compare(path: Path) -> dict[str, Any]:
    """Read and clean a file, then time both on the lines that were kept."""
    from services.core import presets
    from services.core.rfm.table import reference_date, rfm_table
    from services.training.ledger.cleaned import clean_transactions
    from services.training.lines.aggregates import customers
    from services.training.lines.engine import materialise, open_engine
    from services.training.lines.kept import kept_lines
    from services.training.options import TrainOptions
    from services.training.progress import Progress

    preset = presets.load("standard")
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(Path(scratch))
        cleaned = clean_transactions(
            [path], engine, preset, TrainOptions(preset=preset.id), Path(scratch), Progress()
        )
        kept = materialise(engine, kept_lines(cleaned.rows, cleaned.restarts), "kept")
        as_of = reference_date(customers(kept)["last_purchase"])
        mine = rfm_table(customers(kept), as_of, "orders")
        theirs = engine.execute(PLAIN, [as_of.to_pydatetime()]).df()
        same = len(mine) == len(theirs) and all(
            (mine[axis].to_numpy() == theirs[name].to_numpy()).all()
            for axis, name in (("frequency", "orders"), ("monetary", "monetary"))
        )
        taken = interleave(
            {
                "ours": partial(_processor, lambda: rfm_table(customers(kept), as_of, "orders")),
                "plain": partial(_processor, lambda: engine.execute(PLAIN, [as_of.to_pydatetime()]).df()),
            },
            ROUNDS,
            WARM_UP,
        )
        lines = int(theirs["lines"].sum())
        engine.close()
    return {name: statistics.median(each) for name, each in taken.items()} | {"lines": lines, "same": same}


def _processor(work: Callable[[], object]) -> float:
    """Return the seconds that all threads of this process computed."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    print(json.dumps(compare(Path(sys.argv[1]))))
