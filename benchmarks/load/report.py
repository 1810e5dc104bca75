"""What ``make load`` found, as tables and as figures to reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks import interactions
from benchmarks.report import Table, number
from benchmarks.statistics import Target

SHARE_GROWN = 0.05
SLOWEST_MS = 200
WORKER_MB = 400
API = "GET /api/v1/customers/{id}"
TIMES_NOOP = {interactions.PREDICT: 3, API: 3, interactions.LOOK_UP: 20}
MOMENTS = {"start": "Start", "warm": "After warming up", "end": "End"}
_ERRORS_SHOWN = 5


def targets(results: Mapping[str, Any]) -> list[Target]:
    """Return the figures to reach with what was measured, of the sections that were run."""
    found = []
    if staff := results.get("staff"):
        slowest = next(row["p95"] for row in staff["rows"] if row["name"] == "Everything done")
        found += [
            Target("95 of 100 things that staff do", slowest * 1000, SLOWEST_MS, "ms"),
            Target("Growth of a worker's memory", 100 * staff["growth"], 100 * SHARE_GROWN, "%"),
            Target("Errors met by staff", len(staff["errors"]), 0, ""),
        ]
    if million := results.get("million"):
        rates = {row["name"]: row["noops"] for row in million["rows"]}
        found += [
            *(
                Target(f"{name}, a million customers", rates.get(name), limit, "× no-op")
                for name, limit in TIMES_NOOP.items()
            ),
            Target("Memory of a worker, a million customers", million["memory"]["pss"], WORKER_MB, "MB"),
            Target("Errors with a million customers", len(million["errors"]), 0, ""),
        ]
    if swaps := results.get("swaps"):
        found += [
            Target(f"Errors in {swaps['swaps']} swaps of releases", len(swaps["errors"]), 0, ""),
            Target("Answers of two releases at once", len(swaps["torn"]), 0, ""),
        ]
    return found


def tables(results: Mapping[str, Any]) -> list[Table]:
    """Return what is printed of the sections that were run."""
    shown = [_targets(targets(results))]
    if "staff" in results:
        shown += [_interactions(results["staff"]), _memory(results["staff"]["memory"])]
    if "million" in results:
        shown.append(_rates(results["million"]))
    if "swaps" in results:
        shown.append(_swaps(results["swaps"]))
    return shown


def faults(results: Mapping[str, Any]) -> list[str]:
    """Return everything that went wrong."""
    return [
        *(
            error
            for part in ("staff", "million", "swaps")
            for error in results.get(part, {}).get("errors", [])
        ),
        *results.get("swaps", {}).get("torn", []),
    ]


def _targets(found: list[Target]) -> Table:
    verdict = {True: "met", False: "not met", None: "not measured"}
    return Table(
        "Figures to reach under load",
        ("", "Measured", "At most", "Unit", ""),
        [(it.name, number(it.measured), number(it.limit), it.unit, verdict[it.met]) for it in found],
    )


def _interactions(staff: Mapping[str, Any]) -> Table:
    per_second = staff["rows"][-2]["times"] / staff["seconds"]
    return Table(
        f"{staff['staff']} people for {staff['seconds'] / 60:.1f} minutes, ms",
        ("", "Times", "Median", "95 of 100", "99 of 100"),
        [
            (row["name"], f"{row['times']:,}", *(f"{1000 * row[key]:.0f}" for key in ("p50", "p95", "p99")))
            for row in staff["rows"]
        ],
        [
            f"{per_second:.0f} things done a second, {staff['requests'] / staff['seconds']:.0f} requests; "
            "a thing's time is the sum of its requests.",
            f"The workers kept {_busy(staff):.2f} cores busy.",
            *staff["errors"][:_ERRORS_SHOWN],
        ],
    )


def _busy(staff: Mapping[str, Any]) -> float:
    return (staff["memory"]["end"]["cpu"] - staff["memory"]["start"]["cpu"]) / staff["seconds"]


def _memory(memory: Mapping[str, Any]) -> Table:
    return Table(
        "Memory of a worker under load, MB",
        ("", "Resident", "Its share (PSS)", "Held by it alone", "Open files of all workers"),
        [
            (name, *(f"{memory[key][kind]:.1f}" for kind in ("rss", "pss", "own")), str(memory[key]["files"]))
            for key, name in MOMENTS.items()
        ],
    )


def _rates(million: Mapping[str, Any]) -> Table:
    return Table(
        f"{million['customers']:,} customers, eight connections at once",
        ("", "A second", "× no-op", "99 of 100, ms"),
        [
            (row["name"], f"{row['per_second']:.0f}", f"{row['noops']:.1f}", f"{1000 * row['p99']:.0f}")
            for row in million["rows"]
        ],
        million["errors"][:_ERRORS_SHOWN],
    )


def _swaps(swaps: Mapping[str, Any]) -> Table:
    return Table(
        "Releases swapped under load",
        ("Swaps", "Releases", "Answers compared", "Slowest, s", "Errors", "Torn"),
        [
            (
                str(swaps["swaps"]),
                str(len(swaps["releases"])),
                f"{swaps['answers']:,}",
                f"{swaps['slowest']:.2f}",
                str(len(swaps["errors"])),
                str(len(swaps["torn"])),
            )
        ],
        [*swaps["errors"][:_ERRORS_SHOWN], *swaps["torn"][:_ERRORS_SHOWN]],
    )
