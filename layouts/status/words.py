"""The rows of the page on how the site is doing, from what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.parts import drift
from layouts.parts.lights import Light
from layouts.status.frame import Row
from services.core.language.again import again
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from datetime import datetime

    from services.core.drift import Shift
    from services.watching.facts import Facts

WORKER_SECONDS = 60
"""After how many seconds of silence a worker counts as gone; it says every ten that it lives."""


def of_release(facts: Facts, problem: str | None) -> Row:
    """Say which release is active; ``problem`` is what the site itself says of it."""
    if facts.active is None:
        return Row(_("Release"), "bad", problem or facts.problem or _("No release is active."))
    said = plural(
        "Made {made} with {preset}, {n} customer.",
        "Made {made} with {preset}, {n} customers.",
        facts.active.customers,
        n=words.number(facts.active.customers),
        made=words.date_time(facts.active.made_at),
        preset=facts.active.preset_definition["name"],
    )
    return Row(_("Release"), "warn" if problem else "ok", f"{said} {problem}" if problem else said)


def of_store(problem: str | None) -> Row:
    """Say whether this host has what the store of releases has."""
    return Row(
        _("Store"), "warn" if problem else "ok", problem or _("This host has the releases of the store.")
    )


def of_data(facts: Facts, found: set[str]) -> list[Row]:
    """Say how old the data is; nothing without a release."""
    if facts.active is None or facts.data_age is None:
        return []
    age, day = facts.data_age, words.date(facts.active.data_to)
    n = words.number(abs(age))
    if age == 0:
        said = _("Ends on {day}, today.", day=day)
    elif age > 0:
        said = plural("Ends on {day}, {n} day ago.", "Ends on {day}, {n} days ago.", age, n=n, day=day)
    else:
        said = plural("Ends on {day}, {n} day ahead.", "Ends on {day}, {n} days ahead.", -age, n=n, day=day)
    return [Row(_("Data"), "warn" if "stale-data" in found else "ok", said)]


def of_newer(facts: Facts, retrain_at: Shift) -> list[Row]:
    """Say how far customers shifted on a release that is not published; nothing without one."""
    if facts.newer is None:
        return []
    shift = facts.newer.drift.shift
    made = _("Made {made}, not published.", made=words.date_time(facts.newer.manifest.made_at))
    advice = drift.advice(shift, due=facts.newer.due(retrain_at))
    said = f"{made} {drift.reason(facts.newer.drift)} {advice}"
    return [Row(_("Newer release"), drift.COLOURS[shift], said, word=drift.NAMES[shift]())]


def of_worker(seen_at: datetime | None, now: datetime) -> Row:
    """Say whether a worker lives."""
    if seen_at is not None and (now - seen_at).total_seconds() <= WORKER_SECONDS:
        return Row(_("Worker"), "ok", _("Running: it trains releases, and checks every minute for problems."))
    said = (
        _(
            "None has been heard from since {seen}, so trainings wait and nobody is told of alerts. On the "
            "server: python -m services worker.",
            seen=words.date_time(seen_at),
        )
        if seen_at
        else _(
            "None has been heard from in the last day, so trainings wait and nobody is told of alerts. On "
            "the server: python -m services worker."
        )
    )
    return Row(_("Worker"), "warn", said)


def of_job(facts: Facts) -> list[Row]:
    """Say how the last training that was asked for ended; nothing where there was none."""
    job = facts.job
    if job is None or job.ended_at is None:
        return []
    when = words.date_time(job.ended_at)
    if job.reason is None:
        said = _("Training {id}, requested by {who}, was done on {when}.", id=job.id, who=job.who, when=when)
        return [Row(_("Last training"), "ok", said, more=True)]
    said = _("Training {id}, requested by {who}, failed on {when}.", id=job.id, who=job.who, when=when)
    return [Row(_("Last training"), "bad", f"{said} {again(job.reason)}", more=True)]


def of_records(*, writable: bool) -> Row:
    """Say whether the site's records take changes; that they can be read this page shows."""
    if writable:
        return Row(_("Records"), "ok", _("Can be read and written."), more=True)
    return Row(
        _("Records"),
        "bad",
        _(
            "Can be read, but not written: nothing is saved and no file exported. Check whether the disk is "
            "full or read-only, or the database out of reach."
        ),
        more=True,
    )


def of_disks(facts: Facts, found: set[str]) -> list[Row]:
    """Say how much room there is; one row for all disks."""
    if not facts.disks:
        return []
    parts = [
        _(
            "{free} of {total} GB free for “{folder}”",
            free=_gigabytes(disk.free),
            total=_gigabytes(disk.total),
            folder=disk.folder,
        )
        for disk in facts.disks
    ]
    return [Row(_("Disk"), "bad" if "disk" in found else "ok", f"{words.listing(parts)}.", more=True)]


def _gigabytes(size: int) -> str:
    return words.number(size / 1e9, 1)


def of_answers(facts: Facts, minutes: int, found: set[str]) -> Row:
    """Say how the site answered lately."""
    recent = facts.recent
    if not recent.answers or recent.p95_seconds is None:
        return Row(
            _("Answers"),
            "ok",
            _(
                "None of the last {n} minutes has been counted yet; each is counted once it is over.",
                n=minutes,
            ),
            more=True,
        )
    colour: Light = "bad" if "errors" in found else "warn" if "slow" in found else "ok"
    places = {
        "n": words.number(recent.answers),
        "minutes": minutes,
        "failed": words.number(recent.failures),
        "seconds": words.number(recent.p95_seconds, 2),
    }
    said = (
        plural(
            "{n} answer in the last {minutes} minutes, {failed} failed; 19 of 20 came within about "
            "{seconds} seconds.",
            "{n} answers in the last {minutes} minutes, {failed} failed; 19 of 20 came within about "
            "{seconds} seconds.",
            recent.answers,
            **places,
        )
        if recent.failures
        else plural(
            "{n} answer in the last {minutes} minutes, none failed; 19 of 20 came within about "
            "{seconds} seconds.",
            "{n} answers in the last {minutes} minutes, none failed; 19 of 20 came within about "
            "{seconds} seconds.",
            recent.answers,
            **places,
        )
    )
    return Row(_("Answers"), colour, said, more=True)
