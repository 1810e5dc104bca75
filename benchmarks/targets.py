"""The figures to reach. They are reported, never enforced: a busy machine is no defect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks import beside, interactions, miners
from benchmarks.statistics import Target
from benchmarks.training import COPIES

RATIOS = {
    interactions.FIGURES: 1.8,
    interactions.LOOK_UP: 5,
    interactions.opened("Segments"): 4,
    interactions.opened("Baskets"): 7,
    interactions.PREDICT: 1.8,
    interactions.FILTER: 3.5,
    interactions.RULES: 4,
}
PAGE_BYTES = 100_000
FIRST_KB, AGAIN_KB = 2_000, 60
TRAIN_SECONDS = {"quartile": 15, "standard": 60}
PEAK_MB = 700
READING = 1.8
RFM = 1.2
SETS = 3
BESIDE_TRAINING = 3


def of(results: Mapping[str, Any]) -> list[Target]:
    """Return every target with what was measured.

    Parameters
    ----------
    results : mapping
        As ``benchmarks.__main__`` collects them.
    """
    serving = results["serving"]
    rows = {row["name"]: row for row in serving["site"]["rows"] if "ratio" in row}
    site, naive = serving["site"], serving["naive"]
    trained = results["training"]["ours"]
    targets = [
        Target(name, rows[name]["ratio"] if name in rows else None, limit, "× no-op")
        for name, limit in RATIOS.items()
    ]
    heaviest = max((row["bytes"] for row in rows.values()), default=None)
    once, copied = trained[0]["peak_mb"], trained[2]["peak_mb"]
    return [
        *targets,
        Target("Data of the heaviest interaction", heaviest, PAGE_BYTES, "bytes"),
        Target("First load of the heaviest page", _most(results, "first"), FIRST_KB, "kB"),
        Target("Second load of the heaviest page", _most(results, "again"), AGAIN_KB, "kB"),
        Target("Memory another worker adds", site["own"] / naive["own"], 0.25, "× naive"),
        Target("Start to first answer", site["start"] / naive["start"], 0.45, "× naive"),
        *(
            Target(f"Train, preset {preset}", row["seconds"], limit, "s")
            for row, (preset, limit) in zip(trained, TRAIN_SECONDS.items(), strict=False)
        ),
        *(
            Target(
                f"Read, clean and aggregate: {row['name']}", row["ours"] / row["plain"], READING, "× DuckDB"
            )
            # results from before it was measured lack it
            for row in results["training"].get("forms", ())
        ),
        Target("RFM over lines, seconds of the processor", _rfm(results), RFM, "× DuckDB"),
        Target("Everybody's frequent sets", _sets(results), SETS, "× fastest other"),
        Target("Peak memory of training", max(row["peak_mb"] for row in trained[:2]), PEAK_MB, "MB"),
        Target(f"Peak memory of a file {COPIES} times as long", copied / once, COPIES, "× once"),
        Target(
            "99 of 100 interactions while a training runs",
            _beside_training(results),
            BESIDE_TRAINING,
            "× idle",
        ),
    ]


def _rfm(results: Mapping[str, Any]) -> float | None:
    row = results["training"].get("rfm")  # results from before it was measured lack it
    return row["ours"] / row["plain"] if row else None


def _sets(results: Mapping[str, Any]) -> float | None:
    seconds = {row["name"]: row["seconds"] for row in results["training"]["miners"] if row["same"]}
    own = seconds.pop(miners.TOOLS[miners.OURS][0], None)
    return own / min(seconds.values()) if own and seconds else None


def _beside_training(results: Mapping[str, Any]) -> float | None:
    rows = results.get("beside", {}).get("rows", ())  # results from before it was measured lack them
    return next((row["ratio"] for row in rows if row["name"] == beside.ALL), None)


def _most(results: Mapping[str, Any], load: str) -> float | None:
    rows = results.get("transfers", {}).get("site", ())  # results from before they were counted lack them
    return max((row[load] / 1000 for row in rows), default=None)
