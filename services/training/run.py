"""A training, from a file to an activated release."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from services.core import presets
from services.core.naming import cluster_names, positions
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.rfm import reference_date
from services.releases import Manifest, ReleaseWriter, activate, new_release_id, prune, training_lock
from services.training.clustering import cluster_customers
from services.training.identities import allotted_so_far, carry_over, latest_of
from services.training.ledger import Ledger, read_ledger
from services.training.options import TrainOptions
from services.training.overview import countries
from services.training.profiles import customer_columns, segment_customers
from services.training.progress import Progress, Tell
from services.training.rule_tables import mine_scopes
from services.training.scopes import scopes_of
from services.training.snapshots import take_snapshots
from services.training.writing import Results, write_release


def train(
    path: Path, models: Path, options: TrainOptions, *, now: datetime | None = None, tell: Tell | None = None
) -> Manifest:
    """Make a release of a file of transactions, and activate it unless told otherwise.

    Parameters
    ----------
    path : Path
        The file; its form is recognised by content.
    models : Path
        The models folder; its active release goes on serving until the new one is complete.
    options : TrainOptions
    now : datetime, optional
        When the release counts as made; the clock's time when absent.
    tell : callable, optional
        Told which step starts.

    Raises
    ------
    Refusal
        If the file or the choices cannot be used, or another training runs; nothing is stored then.
    """
    preset = presets.load(options.preset)
    if not path.is_file():
        raise Refusal(f"There is no file “{path.name}”. Check the path.", "file")
    made_at = now or datetime.now(UTC)
    progress = Progress(tell)
    models.mkdir(parents=True, exist_ok=True)
    with training_lock(models):
        prune(models)
        results = _compute(_read(path, models, preset, options, progress), models, preset, options, progress)
        with ReleaseWriter(models, new_release_id(made_at)) as writer, progress.step("write"):
            manifest = write_release(writer, results, models, made_at, progress)
        if options.activate:
            activate(models, manifest.id)
    # Pruning takes the lock itself.
    prune(models)
    progress.done()
    return manifest


def _read(path: Path, models: Path, preset: Preset, options: TrainOptions, progress: Progress) -> Ledger:
    scratch = Path(tempfile.mkdtemp(prefix="segment-desk-"))
    try:
        return read_ledger(path, preset, options, scratch, progress)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _compute(
    ledger: Ledger, models: Path, preset: Preset, options: TrainOptions, progress: Progress
) -> Results:
    seed = preset.clusters.seed if options.seed is None else options.seed
    customers = ledger.customers
    as_of = reference_date(customers["last_purchase"], pd.Timestamp(options.as_of) if options.as_of else None)
    with progress.step("clusters"):
        segmented = segment_customers(customers, as_of, preset)
        clustering = cluster_customers(segmented.rfm, preset, options.k, seed)
        places = countries(customers)
        columns = customer_columns(
            customers, segmented, clustering.assignment, [country["name"] for country in places]
        )
        found = positions(segmented.rfm, clustering.assignment.nearest, clustering.k)
        identities = carry_over(
            latest_of(models, preset.id),
            allotted_so_far(models),
            columns["customer_id"],
            columns["cluster"],
            cluster_names(found, frequency_is_orders=preset.rfm.frequency == "orders"),
        )
    with progress.step("snapshots"):
        history = take_snapshots(customers, ledger.orders, segmented, as_of, preset)
        columns["snapshot_segment"] = history.segments
    with progress.step("rules"):
        names = dict(zip(ledger.products["product"], ledger.products["description"], strict=True))
        scopes = scopes_of(customers, columns, identities, preset)
        rules = mine_scopes(ledger.baskets, scopes, names if options.items == "code" else {})
    return Results(
        ledger, preset, seed, as_of, segmented, clustering, identities, found, places, columns, history, rules
    )
