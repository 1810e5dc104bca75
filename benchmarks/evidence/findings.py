"""Findings: how often a random group of customers has one, and how many the segments have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.evidence.shares import percent
from services.core import presets
from services.serving.release.loaded import Loaded
from services.training.ledger.transactions import read_ledger
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reports.segments import described
from services.training.reports.standing_out import standing_out, things_of
from services.training.run import train

SIZES = (50, 200, 1_000)
DRAWS = 200  # random groups of each size
KINDS = ("products", "words", "price", "hours", "weekday")


def section(file: Path, folder: Path) -> str:
    """Return the table of random groups beside the segments, as Markdown."""
    options = TrainOptions()
    scratch = folder / "findings"
    scratch.mkdir()
    preset = presets.load(options.preset)
    ledger = read_ledger([file], preset, options, scratch, Progress(None), None, datetime.now(UTC))
    names = described(ledger)
    things, rng = things_of(ledger, names), np.random.default_rng(1)
    customers = len(ledger.customers)
    rows = []
    for size in SIZES:
        told = []
        parts = max(customers // size, 1)
        while len(told) < DRAWS:
            group = np.full(customers, -1)
            drawn = rng.permutation(customers)[: parts * size]
            group[drawn] = np.repeat(np.arange(parts), size)[: len(drawn)]
            told += standing_out(things, group, parts, names)
        told = told[:DRAWS]
        some = sum(any(each[kind] for kind in KINDS) for each in told)
        rows.append(f"| random, {size} customers | {DRAWS} | {some} | {percent(some / DRAWS)} |")
    release = Loaded(folder / "of-findings", train(file, folder / "of-findings", options).id)
    segments = standing_out(things, np.asarray(release.customers["segment"]), len(release.segments), names)
    some = sum(any(each[kind] for kind in KINDS) for each in segments)
    rows.append(f"| segments | {len(segments)} | {some} | {percent(some / len(segments))} |")
    head = "| groups | tried | with a finding | share |\n|---|---|---|---|"
    said = (
        "Products, words, prices, hours and weekdays of groups drawn by chance, by the test of Playbooks: at "
        "most 5 % of them should have a finding. Below them the segments of the default preset."
    )
    return "\n\n".join(["## Findings", "\n".join([head, *rows]), said])
