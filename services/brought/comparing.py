"""A file beside the ledger: whom, which days, which orders, products and prices it would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.brought.training import gather_ledger
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.ledger import Ledger
from services.training.ledger.cleaned import Cleaned, Erased
from services.training.ledger.inspecting import Inspection, inspect
from services.training.lines.cleaning import BEFORE_OVERLAP
from services.training.lines.engine import MEMORY_MB, Engine, from_parquet, opened_engine, text
from services.training.lines.kept import write_kept, write_read
from services.training.options import TrainOptions
from services.training.reading.several import SAME

CHANGED = 0.25
"""By which share a product's median price has to change to be said."""
_EXAMPLES = 5


@dataclass(frozen=True)
class Side:
    """What a file, or the ledger, holds: its days, its customers and its orders."""

    first: date
    last: date
    customers: int
    orders: int

    def as_json(self) -> dict[str, Any]:
        """Return it with days as ISO 8601."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "customers": self.customers,
            "orders": self.orders,
        }


def compare(
    ledger: Ledger,
    path: Path,
    options: TrainOptions,
    scratch: Path,
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> dict[str, Any]:
    """Compare a file with the files of the ledger, rows that count with rows that count.

    Parameters
    ----------
    ledger : Ledger
    path : Path
    options : TrainOptions
        How the file is to be read; the ledger's are read as was said when they were added.
    scratch : Path
        A folder of this run, on the ledger's disk.
    erased : callable, optional
        As a training takes it.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    dict
        What ``ledger compare --json`` prints: see docs/contract.md. All but ``file`` and ``problem`` are
        null where the ledger is empty, or where ``problem`` says why it cannot be read by itself.

    Raises
    ------
    Refusal
        If the file cannot be read, has a question, or has no orders with a date.
    """
    lines, held = scratch / "file.parquet", scratch / "ledger.parquet"
    _lines_of([path], options, scratch / "of-file", erased, lines, memory_mb)
    with opened_engine(scratch / "compared", memory_mb) as engine:
        answer: dict[str, Any] = {"file": _side(engine, lines).as_json(), "ledger": None, "problem": None}
        if ledger.entries():
            try:
                paths, told = gather_ledger(ledger, TrainOptions(), scratch / "held")
                _lines_of(paths, told, scratch / "of-ledger", erased, held, memory_mb)
            except Refusal as refusal:
                answer["problem"] = str(refusal)
            else:
                answer["ledger"] = _side(engine, held).as_json() | {"files": len(paths)}
        return answer | (_both(engine, lines, held) if answer["ledger"] else _NOTHING)


def _lines_of(
    paths: list[Path],
    options: TrainOptions,
    scratch: Path,
    erased: Erased | None,
    target: Path,
    memory_mb: int,
) -> Inspection:
    def keep(cleaned: Cleaned) -> None:
        if cleaned.before_returns is not None:
            write_kept(cleaned.rows, target)
            write_read(cleaned.before_returns, _every_row(target))

    scratch.mkdir(parents=True)
    found = inspect(paths, options, scratch, erased, keep, memory_mb)
    asked = [each for each in found.questions if each.field != "accept_unreadable" or not found.cleaned]
    if asked:
        raise asked[0]
    if not found.days:
        raise Refusal(_("It has no orders with a date, so there is nothing to compare."), "file")
    return found


def _every_row(lines: Path) -> Path:
    """Return where all rows stand beside those that count."""
    return lines.with_suffix(".rows")


_ORDER = "(customer, day, coalesce(invoice, moment))"


def _side(engine: Engine, lines: Path) -> Side:
    row = engine.execute(
        "SELECT min(day), max(day), count(DISTINCT customer), "
        f"count(DISTINCT {_ORDER}) FROM {from_parquet(lines)}"
    ).fetchone()
    assert row is not None
    return Side(*row)


_NOTHING = dict.fromkeys(("customers", "orders", "overlap", "repeated", "gap_days", "products", "prices"))


def _both(engine: Engine, lines: Path, held: Path) -> dict[str, Any]:
    """Count what the two share."""
    for name, source in (("brought", lines), ("held", held)):
        engine.execute(f"CREATE TABLE {name} AS SELECT * FROM {from_parquet(source)}")
    customers, known = _shared(engine, "customer")
    orders, twice = _shared(engine, _ORDER)
    products, sold = _shared(engine, "product", "product IS NOT NULL")
    (mine, mine_to), (other, other_to) = (_days(engine, name) for name in ("brought", "held"))
    first, last = max(mine, other), min(mine_to, other_to)
    return {
        "customers": {"new": customers - known, "known": known},
        "orders": {"new": orders - twice, "known": twice},
        "overlap": {"from": first.isoformat(), "to": last.isoformat(), "days": (last - first).days + 1}
        if first <= last
        else None,
        "repeated": _repeated(engine, lines, held),
        "gap_days": max((first - last).days - 1, 0),
        "products": {"new": products - sold, "known": sold},
        "prices": _prices(engine),
    }


def _shared(engine: Engine, what: str, where: str = "true") -> tuple[int, int]:
    """Count different values of the file, and those of them that the ledger has, too."""
    row = engine.execute(
        f"SELECT count(*), count(*) FILTER (WHERE one IN (SELECT {what} FROM held WHERE {where})) "
        f"FROM (SELECT DISTINCT {what} AS one FROM brought WHERE {where})"
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def _repeated(engine: Engine, lines: Path, held: Path) -> int:
    """Count the rows that a training leaves out as overlap once it reads the file with the ledger."""
    early = ", ".join(map(text, BEFORE_OVERLAP))
    brought, there = (
        f"(SELECT concat_ws(chr(31), {SAME}) AS same, count(*) AS copies "
        f"FROM {from_parquet(_every_row(each))} "
        f"WHERE coalesce(rule, '') NOT IN ({early}, 'overlap') GROUP BY same)"
        for each in (lines, held)
    )
    row = engine.execute(
        f"SELECT coalesce(sum(least(one.copies, other.copies)), 0) FROM {brought} AS one "
        f"JOIN {there} AS other USING (same)"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _days(engine: Engine, name: str) -> tuple[date, date]:
    row = engine.execute(f"SELECT min(day), max(day) FROM {name}").fetchone()
    assert row is not None
    return row[0], row[1]


def _prices(engine: Engine) -> dict[str, Any]:
    """Compare the median price of each product that both sold, the largest change first."""
    for name in ("brought", "held"):
        engine.execute(
            f"CREATE TABLE {name}_prices AS SELECT product, median(price)::DOUBLE AS price FROM {name} "
            "WHERE product IS NOT NULL AND price > 0 GROUP BY product"
        )
    rows = engine.execute(
        "SELECT product, held_prices.price, brought_prices.price FROM brought_prices JOIN held_prices "
        "USING (product) ORDER BY abs(ln(brought_prices.price / held_prices.price)) DESC, product"
    ).fetchall()
    changed = [row for row in rows if abs(row[2] / row[1] - 1) > CHANGED]
    named = ("product", "before", "now")
    return {
        "changed": len(changed),
        "of": len(rows),
        "first": [dict(zip(named, row, strict=True)) for row in changed[:_EXAMPLES]],
    }
