"""Frequent sets of everybody's baskets by other tools: ``python -m benchmarks.miners TOOL FILE RELEASE``.

A program, so that each tool's memory is its own. Every tool gets the same baskets and the release's support,
for sets of up to 4 products. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.reference import baskets_of

LONGEST = 4
OURS = "bits"
OCCURRENCES = """
CREATE TABLE held_{size} AS SELECT set.basket, {columns}, more.i1 AS i{size}
FROM held_{before} AS set JOIN held_1 AS more ON more.basket = set.basket AND more.i1 > set.i{before}
"""
FREQUENT = """
CREATE TABLE sets_{size} AS SELECT {columns} FROM held_{size} GROUP BY {columns} HAVING count(*) >= {least}"""
KEPT = "CREATE OR REPLACE TABLE held_{size} AS FROM held_{size} SEMI JOIN sets_{size} USING ({columns})"
Baskets = list[list[str]]


def hmine(baskets: Baskets, least: int) -> int:
    """Mine with the quickest miner of mlxtend on these baskets, as its guide uses it."""
    import pandas as pd
    from mlxtend.frequent_patterns import hmine as mine
    from mlxtend.preprocessing import TransactionEncoder

    encoder = TransactionEncoder()
    table = pd.DataFrame(encoder.fit_transform(baskets))
    return len(mine(table, min_support=(least - 0.5) / len(baskets), max_len=LONGEST))


def efficient_apriori(baskets: Baskets, least: int) -> int:
    """Mine with efficient-apriori, plain Python."""
    from efficient_apriori import itemsets_from_transactions

    rows = [tuple(basket) for basket in baskets]
    found, _ = itemsets_from_transactions(rows, (least - 0.5) / len(rows), max_length=LONGEST)
    return sum(map(len, found.values()))


def pyfim(baskets: Baskets, least: int) -> int:
    """Mine with PyFIM's FP-growth, compiled C."""
    import fim

    return len(fim.fpgrowth(baskets, target="s", supp=-least, zmin=1, zmax=LONGEST))


def duckdb_counting(baskets: Baskets, least: int) -> int:
    """Count in SQL: join the occurrences of frequent sets with those of frequent items, size by size."""
    import duckdb
    import numpy as np
    import pandas as pd

    engine = duckdb.connect(config={"threads": "2"})
    lengths = [len(basket) for basket in baskets]
    lines = pd.DataFrame(
        {
            "basket": np.repeat(np.arange(len(baskets)), lengths),
            "i1": pd.factorize(np.array([item for basket in baskets for item in basket], dtype=object))[0],
        }
    )
    engine.register("lines", lines)
    engine.execute("CREATE TABLE held_1 AS SELECT basket, i1 FROM lines")
    found = 0
    for size in range(1, LONGEST + 1):
        columns = ", ".join(f"i{place}" for place in range(1, size + 1))
        if size > 1:
            before = ", ".join(f"set.i{place}" for place in range(1, size))
            engine.execute(OCCURRENCES.format(size=size, before=size - 1, columns=before))
        engine.execute(FREQUENT.format(size=size, columns=columns, least=least))
        engine.execute(KEPT.format(size=size, columns=columns))
        found += int(engine.execute(f"SELECT count(*) FROM sets_{size}").fetchall()[0][0])
    return found


def on_bits(baskets: Baskets, least: int) -> int:
    """Count on bits with NumPy, as the product does."""
    import numpy as np
    from scipy import sparse

    from services.training.rules.frequent import frequent_columns, frequent_pairs, frequent_sets

    places: dict[str, int] = {}
    columns = [places.setdefault(item, len(places)) for basket in baskets for item in basket]
    rows = np.repeat(np.arange(len(baskets)), [len(basket) for basket in baskets])
    whole = sparse.csr_array((np.ones(len(rows), bool), (rows, columns)), shape=(len(baskets), len(places)))
    pairs = frequent_pairs(whole, least, sys.maxsize)
    return len(frequent_columns(whole, least)) + frequent_sets(whole, pairs, LONGEST, sys.maxsize).total


TOOLS: dict[str, tuple[str, Callable[[Baskets, int], int], str]] = {
    "hmine": ("mlxtend hmine", hmine, "mlxtend"),
    "efficient-apriori": ("efficient-apriori", efficient_apriori, "efficient_apriori"),
    "pyfim": ("PyFIM fpgrowth", pyfim, "fim"),
    "duckdb": ("raw counting: DuckDB", duckdb_counting, "duckdb"),
    OURS: ("ours: NumPy, on bits", on_bits, "numpy"),
}


def installed() -> list[str]:
    """Return the tools that are here; PyFIM has no wheel, so the lock cannot hold it."""
    return [tool for tool, (_, _, module) in TOOLS.items() if find_spec(module)]


def main(tool: str, file: Path, release: Path) -> None:
    """Mine with one tool and print ``mine`` in seconds and the number of ``itemsets``."""
    least = json.loads((release / "overview.json").read_text())["rule_scopes"][0]["min_count"]
    baskets = baskets_of(file, release)
    start = time.perf_counter()
    found = TOOLS[tool][1](baskets, least)
    print(json.dumps({"mine": time.perf_counter() - start, "itemsets": found}))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
