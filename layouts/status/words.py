"""The rows of the page on how the site is doing, from what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.parts import drift
from layouts.parts.lights import Light
from layouts.status.frame import Row

if TYPE_CHECKING:
    from datetime import datetime

    from services.core.drift import Shift
    from services.watching.facts import Facts

WORKER_SECONDS = 60
"""After how many seconds of silence a worker counts as gone; it says every ten that it lives."""


def of_release(facts: Facts, problem: str | None) -> Row:
    """Say which release is active; ``problem`` is what the site itself says of it."""
    if facts.active is None:
        return Row("Release", "bad", problem or facts.problem or "No release is active.")
    made, customers = words.date_time(facts.active.made_at), words.count(facts.active.customers, "customer")
    name = facts.active.preset_definition["name"]
    said = f"Made {made} with {name}, {customers}."
    return Row("Release", "warn" if problem else "ok", f"{said} {problem}" if problem else said)


def of_store(problem: str | None) -> Row:
    """Say whether this host has what the store of releases has."""
    return Row("Store", "warn" if problem else "ok", problem or "This host has the releases of the store.")


def of_data(facts: Facts, found: set[str]) -> list[Row]:
    """Say how old the data is; nothing without a release."""
    if facts.active is None or facts.data_age is None:
        return []
    age, day = facts.data_age, words.date(facts.active.data_to)
    when = "today" if age == 0 else f"{words.days(age)} ago" if age > 0 else f"{words.days(-age)} ahead"
    return [Row("Data", "warn" if "stale-data" in found else "ok", f"Ends on {day}, {when}.")]


def of_newer(facts: Facts, retrain_at: Shift) -> list[Row]:
    """Say how far customers shifted on a release that is not published; nothing without one."""
    if facts.newer is None:
        return []
    shift = facts.newer.drift.shift
    made = f"Made {words.date_time(facts.newer.manifest.made_at)}, not published."
    advice = drift.advice(shift, due=facts.newer.due(retrain_at))
    said = f"{made} {drift.reason(facts.newer.drift)} {advice}"
    return [Row("Newer release", drift.COLOURS[shift], said, word=drift.NAMES[shift])]


def of_worker(seen_at: datetime | None, now: datetime) -> Row:
    """Say whether a worker lives."""
    if seen_at is not None and (now - seen_at).total_seconds() <= WORKER_SECONDS:
        return Row("Worker", "ok", "Running: it trains releases, and checks every minute for problems.")
    since = f"since {words.date_time(seen_at)}" if seen_at else "in the last day"
    return Row(
        "Worker",
        "warn",
        f"None has been heard from {since}, so trainings wait and nobody is told of alerts. On the server: "
        "python -m services worker.",
    )


def of_job(facts: Facts) -> list[Row]:
    """Say how the last training that was asked for ended; nothing where there was none."""
    job = facts.job
    if job is None or job.ended_at is None:
        return []
    asked = f"Training {job.id}, requested by {job.who},"
    when = words.date_time(job.ended_at)
    if job.reason is None:
        return [Row("Last training", "ok", f"{asked} was done on {when}.", more=True)]
    return [Row("Last training", "bad", f"{asked} failed on {when}. {job.reason}", more=True)]


def of_records(*, writable: bool) -> Row:
    """Say whether the site's records take changes; that they can be read this page shows."""
    if writable:
        return Row("Records", "ok", "Can be read and written.", more=True)
    return Row(
        "Records",
        "bad",
        "Can be read, but not written: nothing is saved and no file exported. Check whether the disk is full "
        "or read-only, or the database out of reach.",
        more=True,
    )


def of_disks(facts: Facts, found: set[str]) -> list[Row]:
    """Say how much room there is; one row for all disks."""
    if not facts.disks:
        return []
    parts = [
        f"{_gigabytes(disk.free)} of {_gigabytes(disk.total)} GB free for “{disk.folder}”"
        for disk in facts.disks
    ]
    return [Row("Disk", "bad" if "disk" in found else "ok", f"{words.listing(parts)}.", more=True)]


def _gigabytes(size: int) -> str:
    return words.number(size / 1e9, 1)


def of_answers(facts: Facts, minutes: int, found: set[str]) -> Row:
    """Say how the site answered lately."""
    recent = facts.recent
    if not recent.answers or recent.p95_seconds is None:
        return Row(
            "Answers",
            "ok",
            f"None of the last {minutes} minutes has been counted yet; each is counted once it is over.",
            more=True,
        )
    failed = "none failed" if not recent.failures else f"{words.number(recent.failures)} failed"
    colour: Light = "bad" if "errors" in found else "warn" if "slow" in found else "ok"
    return Row(
        "Answers",
        colour,
        f"{words.count(recent.answers, 'answer')} in the last {minutes} minutes, {failed}; 19 of 20 came "
        f"within about {words.number(recent.p95_seconds, 2)} seconds.",
        more=True,
    )
