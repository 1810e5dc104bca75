"""A training, from a file to an activated release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from services.core import presets
from services.core.clusters.personas import persona_groups
from services.core.clusters.positions import levels, positions
from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.presets import Preset, Rfm
from services.core.refusals import Refusal
from services.core.rfm.table import rfm_table
from services.core.side_by_side import Begin, beside
from services.releases import (
    WORK,
    Manifest,
    ReleaseWriter,
    activate,
    new_release_id,
    prune,
    remove_partial,
    training_lock,
    working_folder,
)
from services.training.clusters.clustering import cluster_customers, tried_rows
from services.training.clusters.identities import allotted_so_far, carry_over, latest_of
from services.training.customers.churn import find_churn
from services.training.customers.cohorts import find_cohorts
from services.training.customers.columns import (
    customer_columns,
    raw_values,
    segment_customers,
    segmentation_of,
)
from services.training.customers.months import month_to_month
from services.training.customers.overview import countries
from services.training.customers.rhythm import find_rhythms
from services.training.customers.since import compare_releases
from services.training.customers.snapshots import take_snapshots, timed_orders
from services.training.customers.value import find_value
from services.training.customers.windows import windows
from services.training.ledger.cleaned import Erased, only_one, refuse_missing
from services.training.ledger.customer_table import read_table
from services.training.ledger.transactions import Ledger, read_ledger
from services.training.lines.engine import MEMORY_MB
from services.training.options import TrainOptions
from services.training.progress import Progress, Tell
from services.training.recommending import prepared
from services.training.reports.clusters import cluster_report
from services.training.reports.outliers import describe_outliers
from services.training.reports.segments import described, segment_report
from services.training.rules.held_back import moments_of
from services.training.rules.itemset_budget import check_support
from services.training.rules.mining import MAX_ITEMS
from services.training.rules.scopes import scopes_of
from services.training.rules.tables import mine_scopes
from services.training.writing import Results, write_release


def train(
    paths: Path | Sequence[Path],
    models: Path,
    options: TrainOptions,
    *,
    work: Path | None = None,
    now: datetime | None = None,
    tell: Tell | None = None,
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> Manifest:
    """Make a release of files of transactions or a table of customers; activate it unless told otherwise.

    Parameters
    ----------
    paths : Path or sequence of Path
        The files, or folders of them; their form is recognised by content. A table of customers is one.
    models : Path
        The models folder; its active release goes on serving until the new one is complete.
    options : TrainOptions
    work : Path, optional
        Below it a folder holds rows of the file while they are read; in the models folder when absent.
    now : datetime, optional
        When the release counts as made; the clock's time when absent.
    tell : callable, optional
        Told which step starts.
    erased : callable, optional
        From the file's ids to those whose rows are left out, because they were erased.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the file or the choices cannot be used, or another training runs; nothing is stored then.
    """
    preset = presets.load(options.preset) if isinstance(options.preset, str) else options.preset
    if options.table or preset.rfm.table:
        options.refuse_for_tables()
        # Such a table counts orders, whatever unit the preset takes from transactions.
        preset = preset.model_copy(update={"rfm": Rfm(frequency="orders", table=True)})
    if options.returns:
        cleaning = preset.cleaning.model_copy(update={"returns": options.returns})
        preset = preset.model_copy(update={"cleaning": cleaning})
    files = [paths] if isinstance(paths, Path) else list(paths)
    refuse_missing(files)
    made_at = now or datetime.now(UTC)
    progress = Progress(tell)
    with _room(), training_lock(models):
        remove_partial(models)
        prune(models)
        with working_folder(work or models / WORK) as scratch:
            ledger = _read(files, preset, options, made_at, scratch, progress, erased, memory_mb)
        if options.support is not None:
            check_support(ledger.baskets.matrix, options.support, MAX_ITEMS)
        with beside() as begin:
            results = _compute(ledger, models, preset, options, progress, begin)
        with ReleaseWriter(models, new_release_id(made_at)) as writer, progress.step("write"):
            manifest = write_release(writer, results, models, made_at, progress)
        if options.activate:
            activate(models, manifest.id)
    # Pruning takes the lock itself.
    prune(models)
    progress.done()
    return manifest


@contextmanager
def _room() -> Iterator[None]:
    """Say in a sentence that the disk is full, wherever a training notices it."""
    try:
        yield
    except Exception as error:
        if not says_full(error):
            raise
        raise Refusal(
            _(
                "The disk is full: the training was stopped, and the release that was active stays active. "
                "Free some space, then train again."
            )
        ) from error


def _read(
    paths: Sequence[Path],
    preset: Preset,
    options: TrainOptions,
    made_at: datetime,
    scratch: Path,
    progress: Progress,
    erased: Erased | None,
    memory_mb: int,
) -> Ledger:
    if preset.rfm.table:
        return read_table(only_one(paths), options, made_at, scratch, progress, erased, memory_mb)
    return read_ledger(paths, preset, options, scratch, progress, erased, made_at, memory_mb)


def _compute(
    ledger: Ledger, models: Path, preset: Preset, options: TrainOptions, progress: Progress, begin: Begin
) -> Results:
    seed = preset.clusters.seed if options.seed is None else options.seed
    customers, as_of = ledger.customers, ledger.as_of
    with progress.step("clusters"):
        rfm = rfm_table(customers, as_of, preset.rfm.frequency)
        clustering = cluster_customers(rfm, preset, options.k, seed)
        segmented = segment_customers(rfm, segmentation_of(rfm, preset, clustering))
        places = countries(customers)
        columns = customer_columns(customers, segmented, clustering, [country["name"] for country in places])
        # what needs the clusters alone goes on beside the other steps
        offering = begin(prepared(ledger, columns["cluster"], preset, clustering.k, seed))
        found = positions(rfm, clustering.assignment.nearest, clustering.k)
        orders = preset.rfm.frequency == "orders"
        before = latest_of(models, preset.id)
        identities = carry_over(
            before,
            allotted_so_far(models),
            columns["customer_id"],
            columns["cluster"],
            found,
            frequency_is_orders=orders,
        )
        if ledger.opted_out is not None:
            columns["opted_out"] = customers["customer_id"].isin(ledger.opted_out).to_numpy(bool)
        if ledger.churned is not None:
            columns["churned"] = ledger.churned
        groups = preset.segments.groups or persona_groups(
            identities.names,
            [levels(position, frequency_is_orders=orders) for position in found],
            identities.segments,
        )
        outliers = describe_outliers(rfm, clustering, preset, seed)
        tried = raw_values(rfm)[tried_rows(clustering, preset, seed)]
        timed = timed_orders(customers, ledger.orders, ledger.returns.taken)
        monthly = month_to_month(timed, as_of, tried, clustering.trials, preset, seed)
        named = [place["name"] for place in places]
        report = cluster_report(
            ledger, preset, segmented, clustering, columns, named, identities, monthly, seed
        )
        by_segment = segment_report(ledger, columns, len(groups), clustering.k)
    with progress.step("snapshots"):
        history = take_snapshots(
            customers, ledger.orders, ledger.returns.taken, segmented, as_of, preset, groups
        )
        since = compare_releases(
            before,
            customers,
            ledger.orders,
            ledger.returns.taken,
            segmented,
            columns["cluster"],
            groups,
            identities,
            as_of,
            preset,
        )
        rhythms = find_rhythms(customers, ledger.orders, as_of)
        values = find_value(customers, ledger.orders, ledger.returns.taken, as_of)
        columns |= history.columns | since.columns | rhythms.columns | values.columns
        columns |= windows(customers, ledger.orders, as_of)
        cohorts = find_cohorts(ledger, named)
        columns |= cohorts.columns
    with progress.step("churn"):
        leaving = find_churn(customers, ledger.orders, ledger.returns.taken, as_of, seed)
        columns |= leaving.columns
    with progress.step("rules"):
        moments = moments_of(ledger)
        scopes = scopes_of(customers, columns, identities, preset, moments)
        shown = described(ledger) if options.items == "code" else {}
        rules = mine_scopes(ledger.baskets, scopes, shown, moments, options.support)
    with progress.step("recommendations"):
        offered = offering.result()
        columns |= offered.columns
    return Results(
        ledger=ledger,
        preset=preset,
        options=options,
        seed=seed,
        as_of=as_of,
        segmented=segmented,
        groups=groups,
        clustering=clustering,
        cluster_report=report,
        segment_report=by_segment,
        outliers=outliers,
        identities=identities,
        positions=found,
        countries=places,
        columns=columns,
        history=history,
        since=since.summary,
        rhythm=rhythms.summary,
        value=values.summary,
        cohorts=cohorts,
        churn=leaving,
        rules=rules,
        recommendations=offered,
    )
