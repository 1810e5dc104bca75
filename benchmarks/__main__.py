"""``make bench``: measure once on this machine, print, write results.json and docs/benchmarks.md.

``python -m benchmarks transfers`` counts only what page loads transfer, ``python -m benchmarks beside`` asks
only while a training runs; both leave the other results.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import beside, data, forms, interactions, report, rfm, serving, targets, training, transfers
from benchmarks.processes import ROOT
from benchmarks.recorder import Exchange
from benchmarks.replay import load

RESULTS = ROOT / "benchmarks" / "results.json"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
VERSIONS = (
    "dash",
    "duckdb",
    "efficient-apriori",
    "gunicorn",
    "mlxtend",
    "numpy",
    "pandas",
    "plotly",
    "scikit-learn",
)


def measure(folder: Path) -> dict[str, Any]:
    """Measure everything, with ``folder`` for what is written on the way."""
    busy = os.getloadavg()[0]
    file = data.find(folder)
    _tell(f"Data: {file.name}")
    trainings = {}
    for preset in targets.TRAIN_SECONDS:
        _tell(f"Training, preset {preset}")
        trainings[preset] = training.train(file.path, folder / f"models-{preset}", preset, folder)
    quartile, standard = trainings.values()
    _tell(f"Training on {training.COPIES} copies")
    copies = training.train_copies(file, quartile, folder)
    _tell("The same work by DuckDB and mlxtend alone")
    # The others take nothing back that was returned, so for once we do not either.
    ignoring = training.train(
        file.path, folder / "models-ignoring", standard.receipt["preset"], folder, "--returns", "ignore"
    )
    beside = training.beside_others(file, ignoring, folder)
    _tell("The same lines in other forms, by us and by DuckDB alone")
    by_form = forms.measure(file, standard, folder)
    _tell("Frequent sets by other miners")
    miners = training.beside_miners(file, ignoring, folder)
    _tell("Recency, frequency and spend by us and by plain SQL")
    of_lines = rfm.measure(file, folder)
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "load": busy,
            "python": platform.python_version(),
            "versions": {name: version(name) for name in VERSIONS},
        },
        "data": {"name": file.name, "rows": standard.receipt["rows"]["read"]},
        "training": {
            "ours": [
                quartile.as_row("Preset quartile"),
                standard.as_row("Preset standard"),
                copies.as_row(f"Preset quartile, {training.COPIES} copies"),
            ],
            "forms": by_form,
            "beside": beside,
            "miners": miners,
            "rfm": of_lines,
        },
        "serving": _serving(file, standard, folder),
        "transfers": _transfers(file, standard, folder),
        "beside": _beside(file, standard, folder),
    }


def measure_transfers(folder: Path) -> dict[str, Any]:
    """Return the results of the last run with transfers counted now; ``folder`` as of ``measure``."""
    file = data.find(folder)
    _tell(f"Training on {file.name}")
    trained = training.train(file.path, folder / "models", "standard", folder)
    return json.loads(RESULTS.read_text()) | {"transfers": _transfers(file, trained, folder)}


def measure_beside(folder: Path) -> dict[str, Any]:
    """Return the results of the last run with a training beside the site; ``folder`` as of ``measure``."""
    file = data.find(folder)
    _tell(f"Training on {file.name}")
    trained = training.train(file.path, folder / "models", "standard", folder)
    return json.loads(RESULTS.read_text()) | {"beside": _beside(file, trained, folder)}


def _beside(file: data.Data, trained: training.Trained, folder: Path) -> dict[str, Any]:
    _tell("The other tabs while a training runs")
    todo = interactions.of_site(_a_customer(trained.release))
    measured = beside.measure(trained.release.parents[1], file.path, todo, folder)
    return {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), **measured}


def _transfers(file: data.Data, trained: training.Trained, folder: Path) -> dict[str, Any]:
    _tell("What page loads transfer")
    return transfers.measure(
        serving.site(trained.release.parents[1], folder),
        serving.naive(file.path, folder),
        _a_customer(trained.release),
    )


def _serving(file: data.Data, standard: training.Trained, folder: Path) -> dict[str, Any]:
    customer = _a_customer(standard.release)
    with serving.noop(folder)() as server:
        at = serving.record_noop(server)
        _tell("Interactions on the site")
        ours = serving.measure(
            serving.site(standard.release.parents[1], folder),
            interactions.of_site(customer),
            at,
            rounds=serving.ROUNDS,
            loaded=interactions.LOADED,
        )
        _tell("Interactions on the naive dashboard")
        naive = serving.measure(
            serving.naive(file.path, folder), interactions.of_naive(customer), at, rounds=serving.NAIVE_ROUNDS
        )
        idle = Exchange("", at[1], 0)
        noop_load = {"name": "No-op callback", **load(server.port, [idle], serving.LOAD_REPEATS)}
    noops = [row["noop"] for row in ours.rows if "noop" in row]
    return {
        "noop_seconds": float(np.median(noops)),
        "noop_load": noop_load,
        "site": asdict(ours),
        "naive": asdict(naive),
    }


def _a_customer(release: Path) -> str:
    """Return the customer with the most orders of a hundred of them: one with something to show."""
    orders = np.load(release / "customers" / "orders.npy", mmap_mode="r")[:100]
    ids = np.load(release / "customers" / "customer_id.npy", mmap_mode="r")
    return bytes(ids[int(np.argmax(orders))]).decode()


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main() -> None:
    """Run the benchmark."""
    # So that whoever ends it ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="segment-desk-bench-") as folder:
        sections = {"transfers": measure_transfers, "beside": measure_beside}
        results = sections.get(" ".join(sys.argv[1:]), measure)(Path(folder))
    results["targets"] = [asdict(target) | {"met": target.met} for target in targets.of(results)]
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    shown = report.tables(results)
    said = report.circumstances(results)
    print("\n\n".join([said, *(report.as_text(table) for table in shown)]))
    markdown = "\n\n".join([said, *(report.as_markdown(table) for table in shown)])
    DOCUMENT.write_text(report.replaced(DOCUMENT.read_text(), markdown))


if __name__ == "__main__":
    main()
