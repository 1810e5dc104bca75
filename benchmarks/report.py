"""Results as tables: columns for a terminal, Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import targets
from services.training.progress import STEPS

MARKS = ("<!-- results -->", "<!-- end of results -->")


@dataclass(frozen=True)
class Table:
    """A table: its title, its columns' heads, its cells as text, and sentences below."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


def tables(results: Mapping[str, Any]) -> list[Table]:
    """Return what is printed of the results."""
    serving, training = results["serving"], results["training"]
    return [
        _targets(results),
        _interactions(serving["site"]["rows"], serving["naive"]["rows"]),
        *_transfers(results),
        _servers(serving),
        _load(serving),
        *_beside_training(results),
        _training(training["ours"]),
        *_forms(training),
        _beside(training["beside"]),
        _miners(training["miners"]),
        *_rfm(training),
    ]


def as_text(table: Table) -> str:
    """Return a table in columns: the first to the left, the others to the right."""
    lines = [table.heads, *table.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.heads))]
    drawn = ["  ".join(_aligned(line, widths)).rstrip() for line in lines]
    return "\n".join([table.title, "-" * len(table.title), *drawn, *table.notes])


def as_markdown(table: Table) -> str:
    """Return a table as Markdown."""
    ruler = ["---", *["---:"] * (len(table.heads) - 1)]
    lines = [f"| {' | '.join(line)} |" for line in (table.heads, ruler, *table.rows)]
    return "\n".join([f"### {table.title}", "", *lines, *(f"\n{note}" for note in table.notes)])


def replaced(document: str, text: str, marks: tuple[str, str] = MARKS) -> str:
    """Return ``document`` with ``text`` between two marks.

    Raises
    ------
    ValueError
        If it has no such marks.
    """
    before, start, rest = document.partition(marks[0])
    _old, end, after = rest.partition(marks[1])
    if not start or not end:
        raise ValueError(f"the document needs the lines {marks[0]} and {marks[1]}")
    return f"{before}{start}\n\n{text}\n\n{end}{after}"


def circumstances(results: Mapping[str, Any]) -> str:
    """Return the sentence on what was measured where."""
    machine, data = results["machine"], results["data"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    busy = " Other programs kept it busy: absolute times mean little." if _is_busy(machine) else ""
    return (
        f"Measured on {results['made_at'][:10]} on {data['name']}, {data['rows']:,} lines; "
        f"{machine['cores']} cores, load {machine['load']:.1f} before the start, "
        f"Python {machine['python']}, {versions}. "
        f"A no-op callback took {_ms(results['serving']['noop_seconds'])} ms.{busy}"
    )


def _is_busy(machine: Mapping[str, Any]) -> bool:
    return bool(machine["load"] > machine["cores"] / 4)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def _targets(results: Mapping[str, Any]) -> Table:
    verdict = {True: "met", False: "not met", None: "not measured"}
    return Table(
        "Figures to reach",
        ("", "Measured", "At most", "Unit", ""),
        [
            (target.name, number(target.measured), number(target.limit), target.unit, verdict[target.met])
            for target in targets.of(results)
        ],
    )


def _interactions(ours: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> Table:
    naive = {row["name"]: row for row in others}
    cells: list[tuple[str, Callable[[Mapping[str, Any]], str]]] = [
        ("Requests", lambda row: str(len(row["requests"]))),
        ("ms", lambda row: _ms(row["seconds"])),
        ("× no-op", lambda row: f"{row['ratio']:.1f}"),
        ("kB", lambda row: f"{row['bytes'] / 1000:.1f}"),
    ]
    rows = []
    for row in ours:
        shown = [cell(row) if "ratio" in row else "–" for _head, cell in cells]
        other = naive.get(row["name"], {})
        rows.append(
            [row["name"], *shown, *(cell(other) if "ratio" in other else "–" for _, cell in cells[1:])]
        )
    heads = ["", *(head for head, _cell in cells), *(f"naive {head}" for head, _cell in cells[1:])]
    notes = [f"{row['name']} was not measured: {row['missing']}." for row in ours if "missing" in row]
    return Table("Interactions, medians", heads, rows, notes)


def _transfers(results: Mapping[str, Any]) -> list[Table]:
    if "transfers" not in results:
        return []
    counted = results["transfers"]
    return [
        Table(
            "What a page load transfers, kB",
            ("", "First", "Second"),
            [
                (row["name"], f"{row['first'] / 1000:,.0f}", f"{row['again'] / 1000:,.0f}")
                for row in (*counted["site"], *counted["naive"])
            ],
            (f"Counted on {counted['counted_at'][:10]}.",),
        )
    ]


def _servers(serving: Mapping[str, Any]) -> Table:
    shown = [("The site", serving["site"]), ("Naive dashboard", serving["naive"])]
    return Table(
        "Start and memory",
        ("", "Start to first answer, s", "PSS a worker, MB", "Another worker adds, MB"),
        [(name, f"{it['start']:.1f}", f"{it['pss']:.0f}", f"{it['own']:.0f}") for name, it in shown],
    )


def _load(serving: Mapping[str, Any]) -> Table:
    return Table(
        "Eight connections at once",
        ("", "Requests", "Requests a second", "p99, ms"),
        [
            (row["name"], str(row["requests"]), f"{row['per_second']:.0f}", _ms(row["p99"]))
            for row in (serving["noop_load"], *serving["site"]["load"])
        ],
    )


def _beside_training(results: Mapping[str, Any]) -> list[Table]:
    if "beside" not in results:
        return []
    measured = results["beside"]
    return [
        Table(
            "While a training runs as a job, 99 of 100, ms",
            ("", "Times", "Idle", "Training", "×"),
            [
                (row["name"], str(row["times"]), _ms(row["idle"]), _ms(row["busy"]), f"{row['ratio']:.1f}")
                for row in measured["rows"]
            ],
            [
                *(f"{name} was not measured: {reason}." for name, reason in measured["missing"].items()),
                f"The training took {measured['seconds']:.0f} s. Measured on {measured['measured_at'][:10]}.",
            ],
        )
    ]


def _training(rows: Sequence[Mapping[str, Any]]) -> Table:
    steps = [step for step in STEPS if step in rows[0]["steps"]]
    return Table(
        "Training, seconds",
        ("", "Lines", "Whole program", *(step.capitalize() for step in steps), "Peak, MB"),
        [
            (
                row["name"],
                f"{row['rows']:,}",
                f"{row['seconds']:.1f}",
                *(f"{row['steps'][step]:.1f}" for step in steps),
                f"{row['peak_mb']:.0f}",
            )
            for row in rows
        ],
    )


def _beside(rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        "Beside other tools, seconds",
        ("", "Theirs", "Our steps that do it", "Peak, MB", "Same result"),
        [
            (
                row["name"],
                f"{row['seconds']:.1f}",
                f"{row['ours']:.1f}",
                f"{row['peak_mb']:.0f}",
                "yes" if row["same"] else "no",
            )
            for row in rows
        ],
    )


def _forms(training: Mapping[str, Any]) -> list[Table]:
    if "forms" not in training:
        return []
    return [
        Table(
            "Reading, cleaning and aggregating by form, seconds",
            ("", "Ours", "Plain DuckDB", "×", "Peak, MB", "Same result"),
            [
                (
                    row["name"],
                    f"{row['ours']:.2f}",
                    f"{row['plain']:.2f}",
                    f"{row['ours'] / row['plain']:.1f}",
                    f"{row['peak_mb']:.0f}",
                    "yes" if row["same"] else "no",
                )
                for row in training["forms"]
            ],
            notes=("DuckDB reads no workbook by itself; there pandas reads it with calamine.",),
        )
    ]


def _miners(rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        "Frequent sets of everybody's baskets, by miner",
        ("", "Seconds", "Peak, MB", "Same sets"),
        [
            (
                row["name"],
                f"{row['seconds']:.1f}",
                f"{row['peak_mb']:.0f}",
                "yes" if row["same"] else "no",
            )
            for row in rows
        ],
        notes=("PyFIM is measured where it is installed: it has no wheel, so the lock cannot hold it.",),
    )


def _rfm(training: Mapping[str, Any]) -> list[Table]:
    if "rfm" not in training:
        return []
    row = training["rfm"]
    return [
        Table(
            "Recency, frequency and spend of every customer, seconds of the processor",
            ("", "Ours", "Plain DuckDB", "×", "Same result"),
            [
                (
                    f"{row['lines']:,} kept lines",
                    f"{row['ours']:.3f}",
                    f"{row['plain']:.3f}",
                    f"{row['ours'] / row['plain']:.2f}",
                    "yes" if row["same"] else "no",
                )
            ],
        )
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def number(value: float | None) -> str:
    """Return a figure as it is printed; a dash for None."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"
