"""What training is compared with: plain SQL in DuckDB, and mlxtend as its guide uses it.

A program, so that its memory is its own: ``python -m benchmarks.reference duckdb|mlxtend FILE RELEASE``.
RELEASE is the folder of the release made of FILE; it tells how the file is written. Prints one JSON object.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

COLUMNS = ("invoice", "product", "description", "quantity", "date", "price", "customer", "country")
TIMES = {"mdy": "%m/%d/%Y %H:%M", "dmy": "%d/%m/%Y %H:%M", "ymd": "%Y-%m-%d %H:%M"}

READ = """
CREATE TABLE read AS SELECT {columns} FROM read_csv(
    '{path}', header = true, all_varchar = true, delim = '{separator}', encoding = '{encoding}')"""
KEEP = """
CREATE TABLE kept AS
SELECT DISTINCT customer, invoice, product, description, country, quantity::INTEGER AS quantity,
    quantity::DOUBLE * price::DOUBLE AS amount, strptime(date, '{time}') AS bought_at
FROM read
WHERE customer IS NOT NULL AND NOT starts_with(invoice, 'C') AND quantity::INTEGER > 0"""
AGGREGATES = (
    """CREATE TABLE customers AS
    SELECT customer, min(bought_at) AS first, max(bought_at) AS last, count(DISTINCT invoice) AS orders,
        count(DISTINCT product) AS products, sum(quantity) AS pieces, sum(amount) AS monetary,
        arg_max(country, bought_at) AS country
    FROM kept GROUP BY customer""",
    """CREATE TABLE orders AS
    SELECT customer, invoice, min(bought_at) AS bought_at, count(*) AS lines, sum(quantity) AS pieces,
        sum(amount) AS amount
    FROM kept GROUP BY customer, invoice""",
    """CREATE TABLE favourites AS
    SELECT customer, product, count(DISTINCT invoice) AS orders, sum(quantity) AS pieces, sum(amount) AS spent
    FROM kept GROUP BY customer, product
    QUALIFY row_number() OVER (PARTITION BY customer ORDER BY orders DESC, spent DESC, product) <= 12""",
    """CREATE TABLE products AS
    SELECT product, arg_max(description, bought_at) AS description, count(DISTINCT invoice) AS orders,
        sum(quantity) AS pieces, sum(amount) AS amount, median(amount / quantity) AS price
    FROM kept GROUP BY product""",
    """CREATE TABLE baskets AS SELECT DISTINCT invoice, product FROM kept""",
)


def plain_sql(path: Path, release: Path) -> dict[str, float]:
    """Read, clean and aggregate the file with DuckDB alone.

    Returns
    -------
    dict
        ``read``, ``clean`` and ``aggregate`` in seconds; ``customers``, and ``revenue`` to compare.
    """
    import duckdb

    found = json.loads((release / "manifest.json").read_text())["detected"]
    named = ", ".join(f'"{found["columns"][role]}" AS {role}' for role in COLUMNS)
    encoding = "utf-8" if found["encoding"].startswith("utf-8") else "latin-1"
    engine = duckdb.connect(config={"threads": "2"})
    seconds = {}
    start = time.perf_counter()
    engine.execute(READ.format(columns=named, path=path, separator=found["separator"], encoding=encoding))
    seconds["read"] = time.perf_counter() - start
    start = time.perf_counter()
    engine.execute(KEEP.format(time=TIMES[found["date_order"]]))
    seconds["clean"] = time.perf_counter() - start
    start = time.perf_counter()
    for aggregate in AGGREGATES:
        engine.execute(aggregate)
    seconds["aggregate"] = time.perf_counter() - start
    customers, revenue = engine.execute("SELECT count(*), sum(monetary) FROM customers").fetchall()[0]
    return {**seconds, "customers": customers, "revenue": revenue}


def mlxtend_alone(path: Path, release: Path) -> dict[str, float]:
    """Mine everybody's baskets with TransactionEncoder, fpgrowth and association_rules.

    Returns
    -------
    dict
        ``encode``, ``mine`` and ``rules`` in seconds; and the number of ``itemsets``.
    """
    import pandas as pd
    from mlxtend.frequent_patterns import association_rules, fpgrowth
    from mlxtend.preprocessing import TransactionEncoder

    base = json.loads((release / "overview.json").read_text())["rule_scopes"][0]
    baskets = baskets_of(path, release)
    start = time.perf_counter()
    encoder = TransactionEncoder()
    table = pd.DataFrame(encoder.fit_transform(baskets), columns=encoder.columns_)
    encoded = time.perf_counter()
    itemsets = fpgrowth(table, min_support=base["min_support"], max_len=4, use_colnames=True)
    mined = time.perf_counter()
    association_rules(itemsets, metric="lift", min_threshold=1.0)
    done = time.perf_counter()
    return {
        "encode": encoded - start,
        "mine": mined - encoded,
        "rules": done - mined,
        "itemsets": len(itemsets),
    }


def baskets_of(path: Path, release: Path) -> list[list[str]]:
    """Return the products of each invoice, as the release took them."""
    import pandas as pd

    manifest = json.loads((release / "manifest.json").read_text())
    found = manifest["detected"]
    names = {found["columns"][role]: role for role in ("invoice", "product", "quantity", "customer")}
    lines = pd.read_csv(
        path,
        sep=found["separator"],
        encoding=found["encoding"],
        usecols=list(names),
        dtype={column: str for column, role in names.items() if role != "quantity"},
    ).rename(columns=names)
    with sqlite3.connect(f"file:{release / 'lookup.sqlite'}?mode=ro", uri=True) as lookup:
        sold = {code for (code,) in lookup.execute("SELECT product FROM products WHERE sold = 1")}
    lines = lines[
        lines["customer"].notna()
        & (lines["quantity"] > 0)
        & ~lines["invoice"].str.startswith("C")
        & lines["product"].isin(sold)
    ].drop_duplicates(["invoice", "product"])
    return lines.groupby("invoice")["product"].agg(list).tolist()


if __name__ == "__main__":
    what, file, folder = sys.argv[1:]
    measured = {"duckdb": plain_sql, "mlxtend": mlxtend_alone}[what](Path(file), Path(folder))
    print(json.dumps(measured))
