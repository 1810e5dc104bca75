"""Commands about jobs, trainings that the worker does: ``python -m services jobs [train|cancel]``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.files.training import options_of, train_command
from services.cli.numbers import Whole
from services.cli.presets import find_preset
from services.cli.state import opened_state, operator
from services.core.refusals import Refusal
from services.site.jobs.asking import asked_for
from services.site.jobs.job import Job, Stage
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.settings import Settings

#: The worker has a models folder of its own, activates nothing and writes no file of customers' rows.
_NOT_FOR_JOBS = {"files", "models", "no_activate", "rejected", "as_json"}


@click.group("jobs", invoke_without_command=True)
@json_option
@click.pass_context
def jobs_command(context: click.Context, as_json: bool) -> None:
    """List the jobs, newest first; ask for a training, or cancel one."""
    if context.invoked_subcommand is None:
        with opened_state() as state:
            found = Jobs(state).listed()
        show([_plain(job) for job in found], as_json, lambda: "\n".join(map(_line, found)) or "No jobs.")


@jobs_command.command(
    "train", params=[each for each in train_command.params if each.name not in _NOT_FOR_JOBS]
)
@click.argument("files", metavar="[FILE]…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--ledger", is_flag=True, help="Of all files that the ledger has when the training starts.")
@json_option
def train(files: tuple[Path, ...], ledger: bool, preset: str, as_json: bool, **choices: Any) -> None:
    """Ask the worker for a release of FILE, or of the ledger; the site is not switched to it.

    One training waits or runs at a time.
    """
    from services.training.ledger.cleaned import refuse_missing

    _refuse_unclear(files, ledger=ledger, table=choices["table"])
    chosen = find_preset(preset)
    layout = choices["layout"]
    if layout and Path(layout).suffix == ".toml":
        choices["layout"] = str(Path(layout).absolute())
    options = options_of(chosen, **choices)
    refuse_missing(files)
    asked = asked_for(chosen, options.recorded(), None if ledger else files)
    with opened_state() as state:
        jobs = Jobs(state)
        job = jobs.find(jobs.ask(operator(), asked))
    show(
        _plain(job),
        as_json,
        lambda: f"Job {job.id} is waiting for the worker. “python -m services jobs” shows how far it is.",
    )


@jobs_command.command("cancel")
@click.argument("id", type=Whole(1, 2**53))
@json_option
def cancel(id: int, as_json: bool) -> None:
    """Cancel the job ID; a training that runs is stopped, and nothing is kept."""
    with opened_state() as state:
        job = Jobs(state).cancel(id, operator())
    ended = "is cancelled." if job.ended else "will be stopped by the worker."
    show(_plain(job), as_json, lambda: f"Job {job.id} {ended}")


def _refuse_unclear(files: Sequence[Path], *, ledger: bool, table: bool) -> None:
    """Refuse a training of nothing, of both, and of a ledger that is empty or would be a table."""
    if ledger == bool(files):
        raise Refusal("Give either FILE or --ledger.", "file", option="--ledger")
    if ledger and table:
        raise Refusal(
            "--table is for a file with a row for each customer, and the ledger has transactions. Leave "
            "--table out.",
            "table",
            option="--table",
        )
    if ledger:
        from services.brought.training import refuse_empty

        refuse_empty(Ledger(Settings.from_environment().state_dir))


def _plain(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state.value,
        "who": job.who,
        "files": job.asked["files"],
        "preset": job.asked["preset"]["id"],
        "options": job.asked["options"],
        **{name: _moment(getattr(job, name)) for name in ("asked_at", "started_at", "ended_at")},
        **{name: getattr(job, name) for name in ("step", "progress", "seconds_left", "cancelled_by")},
        **{name: getattr(job, name) for name in ("release", "reason", "field", "option", "log")},
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _line(job: Job) -> str:
    parts = [
        f"{job.id:>4}  {job.state.value:<9}  {job.asked_at:%Y-%m-%d %H:%M} UTC  {job.who}  {job.subject}"
    ]
    if job.state is Stage.RUNNING:
        left = "" if job.seconds_left is None else f", about {job.seconds_left:,} s left"
        parts.append(f"{job.step or 'starting'}, {job.progress:.0%} done{left}")
    if job.cancelled_by:
        parts.append(f"cancelled by {job.cancelled_by}")
    parts += [each for each in (job.release, job.reason) if each]
    return "  ".join(parts)
