"""Training: seconds and memory, beside plain DuckDB and mlxtend alone."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import miners
from benchmarks.data import Data, write_copies
from benchmarks.processes import run

SECONDS_AT_MOST = 150
COPIES = 3
SUMMARISING = ("read", "clean", "customers")


@dataclass(frozen=True)
class Trained:
    """A training that was measured: its release, its receipt, seconds of the whole program, peak memory."""

    release: Path
    receipt: dict[str, Any]
    seconds: float
    peak_mb: float

    def as_row(self, name: str) -> dict[str, Any]:
        """Return what is printed of it."""
        return {
            "name": name,
            "rows": self.receipt["rows"]["read"],
            "seconds": self.seconds,
            "peak_mb": self.peak_mb,
            "steps": self.receipt["seconds"],
        }


def train(path: Path, models: Path, preset: str, folder: Path, *options: str) -> Trained:
    """Train a release of ``path`` in a program of its own, with further options of the command.

    Raises
    ------
    RuntimeError
        If it fails or takes too long.
    """
    command = [
        "-m",
        "services",
        "train",
        str(path),
        "--preset",
        preset,
        "--models",
        str(models),
        *options,
        "--json",
    ]
    done = run(command, folder, SECONDS_AT_MOST)
    receipt = json.loads(done.output)
    return Trained(models / "releases" / receipt["release"], receipt, done.seconds, done.peak_mb)


def train_copies(data: Data, trained: Trained, folder: Path) -> Trained:
    """Train a file ``COPIES`` times as long, with as many more customers."""
    columns = trained.receipt["detected"]["columns"]
    long = folder / "copies.csv"
    write_copies(data.path, long, COPIES, columns["invoice"], columns["customer"])
    try:
        return train(long, folder / "models-copies", trained.receipt["preset"], folder)
    finally:
        long.unlink()


def beside_others(data: Data, trained: Trained, folder: Path) -> list[dict[str, Any]]:
    """Do the aggregation and the mining without us.

    Returns
    -------
    list of dict
        ``name``, ``seconds``, ``peak_mb``, ``steps``; ``ours`` is the sum of our steps that do the same and
        more, ``same`` whether both came to the same result.
    """
    overview = json.loads((trained.release / "overview.json").read_text())
    steps = trained.receipt["seconds"]
    rows = []
    for tool, name, ours in (
        ("duckdb", "plain DuckDB: read, clean, aggregate", sum(steps[step] for step in SUMMARISING)),
        ("mlxtend", "mlxtend alone: the base of all customers", steps["rules"]),
    ):
        done = run(
            ["-m", "benchmarks.reference", tool, str(data.path), str(trained.release)],
            folder,
            SECONDS_AT_MOST,
        )
        found = json.loads(done.output)
        if tool == "duckdb":
            revenue = sum(cluster["revenue"] for cluster in overview["clusters"])
            same = found.pop("customers") == trained.receipt["customers"]
            same = math.isclose(found.pop("revenue"), revenue, rel_tol=1e-9) and same
        else:
            same = found.pop("itemsets") == overview["rule_scopes"][0]["itemsets"]
        rows.append(
            {
                "name": name,
                "seconds": sum(found.values()),
                "peak_mb": done.peak_mb,
                "steps": found,
                "ours": ours,
                "same": same,
            }
        )
    return rows


def beside_miners(data: Data, trained: Trained, folder: Path) -> list[dict[str, Any]]:
    """Find everybody's frequent sets with each miner that is installed.

    Returns
    -------
    list of dict
        ``name``, ``seconds``, ``peak_mb``; ``same`` whether it found as many sets as the release has.
    """
    expected = json.loads((trained.release / "overview.json").read_text())["rule_scopes"][0]["itemsets"]
    rows = []
    for tool in miners.installed():
        done = run(
            ["-m", "benchmarks.miners", tool, str(data.path), str(trained.release)], folder, SECONDS_AT_MOST
        )
        found = json.loads(done.output)
        rows.append(
            {
                "name": miners.TOOLS[tool][0],
                "seconds": found["mine"],
                "peak_mb": done.peak_mb,
                "same": found["itemsets"] == expected,
            }
        )
    return rows
