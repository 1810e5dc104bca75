"""``make load``: load sites, print, write load.json and docs/benchmarks.md; ends with 1 after errors."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import report, sections
from benchmarks.processes import ROOT
from benchmarks.report import as_markdown, as_text, replaced

RESULTS = ROOT / "benchmarks" / "load.json"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
MARKS = ("<!-- load -->", "<!-- end of load -->")
MINUTES, MOST_MINUTES = 10.0, 60.0


def minutes() -> float:
    """Return how long staff work: LOAD_MINUTES, 10 without it.

    Raises
    ------
    SystemExit
        If it is no number from 0.1 to 60.
    """
    given = os.environ.get("LOAD_MINUTES") or str(MINUTES)
    try:
        asked = float(given)
    except ValueError:
        asked = 0.0
    if not 0.1 <= asked <= MOST_MINUTES:
        sys.exit(f"LOAD_MINUTES is {given}: give a number from 0.1 to {MOST_MINUTES:.0f}.")
    return asked


def measure(wanted: list[str], folder: Path) -> dict[str, Any]:
    """Run the sections that are wanted, with a folder for each below ``folder``."""
    todo: dict[str, Callable[[Path], dict[str, Any]]] = {
        "staff": lambda own: sections.staff(minutes(), own),
        "million": sections.million,
        "swaps": sections.swapped,
    }
    unknown = [name for name in wanted if name not in todo]
    if unknown:
        sys.exit(f"There is no section {unknown[0]}: name some of {', '.join(todo)}, or none for all.")
    results: dict[str, Any] = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]},
    }
    for name, section in todo.items():
        if not wanted or name in wanted:
            print(f"Section {name}", file=sys.stderr, flush=True)
            own = folder / name
            own.mkdir()
            results[name] = section(own)
    return results


def main() -> None:
    """Run the load test; with names of sections, only those, and nothing is written."""
    # So that whoever ends it ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="segment-desk-load-") as folder:
        results = measure(wanted, Path(folder))
    results["targets"] = [asdict(target) | {"met": target.met} for target in report.targets(results)]
    shown = report.tables(results)
    print("\n\n".join(as_text(table) for table in shown))
    if not wanted:
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        machine = results["machine"]
        said = (
            f"Measured on {results['made_at'][:10]} on {results['staff']['data']}; {machine['cores']} cores, "
            f"load {machine['load']:.1f} before the start."
        )
        text = "\n\n".join([said, *(as_markdown(table) for table in shown)])
        DOCUMENT.write_text(replaced(DOCUMENT.read_text(), text, MARKS))
    if report.faults(results):
        sys.exit(1)


if __name__ == "__main__":
    main()
