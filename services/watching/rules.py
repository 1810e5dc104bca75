"""The rules of alerts: what is wrong, in a sentence that names no customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from services.core.language.messages import _, later, plural
from services.core.language.written import day, number
from services.site.alerts.events import Finding
from services.site.alerts.served import MINUTES
from services.site.jobs.job import Stage
from services.site.sources import FOLDER

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.watching.facts import Facts

LEAST_FAILURES = 5
"""Failures in a quarter of an hour, below which their share says nothing."""
LEAST_ANSWERS = 20
"""Answers in a quarter of an hour, below which their times say nothing."""
_SHIFT = later(
    "Customers of the newest release, made on {day}, differ somewhat from those of the active one."
)
_LARGE_SHIFT = later(
    "Customers of the newest release, made on {day}, differ a lot from those of the active one."
)


def findings(facts: Facts, settings: Settings) -> list[Finding]:
    """Return everything that is wrong, in the order of ``RULES``."""
    return [
        Finding(rule, *found)
        for rule, holds in RULES.items()
        if (found := holds(facts, settings)) is not None
    ]


Found = tuple[str, str]
"""The event that a rule holds of, or an empty text, and the sentence."""


def _errors(facts: Facts, settings: Settings) -> Found | None:
    recent = facts.recent
    if recent.failures < LEAST_FAILURES or recent.failed_share * 100 < settings.alert_error_percent:
        return None
    return "", plural(
        "{failures} of {n} answer in the last {minutes} minutes failed. The log of the site says why.",
        "{failures} of {n} answers in the last {minutes} minutes failed. The log of the site says why.",
        recent.answers,
        n=number(recent.answers),
        failures=number(recent.failures),
        minutes=MINUTES,
    )


def _slow(facts: Facts, settings: Settings) -> Found | None:
    recent = facts.recent
    if recent.answers < LEAST_ANSWERS or recent.p95_seconds is None:
        return None
    if recent.p95_seconds * 1_000 < settings.alert_slow_ms:
        return None
    return "", _(
        "One answer in twenty took about {seconds} seconds or longer in the last {minutes} minutes.",
        seconds=number(recent.p95_seconds, 1),
        minutes=MINUTES,
    )


def _stale(facts: Facts, settings: Settings) -> Found | None:
    limit, age, active = settings.stale_after, facts.data_age, facts.active
    if limit is None or age is None or active is None or age <= limit:
        return None
    return active.id, plural(
        "The data ends on {day}, {n} day ago. Bring newer sales and train on them.",
        "The data ends on {day}, {n} days ago. Bring newer sales and train on them.",
        age,
        n=number(age),
        day=day(active.data_to),
    )


def _drift(facts: Facts, settings: Settings) -> Found | None:
    newer = facts.newer
    if newer is None or not newer.due(settings.retrain_at):
        return None
    differ = _LARGE_SHIFT if newer.drift.shift == "large" else _SHIFT
    said = differ(day=day(newer.manifest.made_at))
    way = _("Compare the two under /releases, and publish the newer one if its file is complete.")
    return newer.manifest.id, f"{said} {way}"


def _failed_job(facts: Facts, _settings: Settings) -> Found | None:
    job = facts.job
    if job is None or job.state is not Stage.FAILED:
        return None
    return str(job.id), _("Training {job} failed. “python -m services jobs” says why.", job=job.id)


def _disk(facts: Facts, settings: Settings) -> Found | None:
    full = [each for each in facts.disks if each.free * 100 < settings.alert_disk_percent * each.total]
    if not full:
        return None
    least = min(full, key=lambda each: each.free)
    return "", _(
        "The disk of “{folder}” is nearly full: {free} of {total} GB are free.",
        folder=least.folder,
        free=number(least.free / 1e9, 1),
        total=number(least.total / 1e9, 1),
    )


def _failing_source(facts: Facts, _settings: Settings) -> Found | None:
    if not facts.failing:
        return None
    # why may name a customer, so it stays on the Data tab
    first = facts.failing[0]
    if first.file is not None:
        what = _(
            "“{file}” in the watched folder could not be added to the ledger. The Data tab says why.",
            file=first.file,
        )
    elif first.source == FOLDER:
        what = _("The watched folder could not be read. The Data tab says why.")
    else:
        what = _("The database that sales are read from could not be read. The Data tab says why.")
    return f"{first.source} {first.file or ''}".strip()[:64], what


def _store(facts: Facts, _settings: Settings) -> Found | None:
    return None if facts.store is None else ("", facts.store)


RULES: dict[str, Callable[[Facts, Settings], Found | None]] = {
    "errors": _errors,
    "slow": _slow,
    "stale-data": _stale,
    "drift": _drift,
    "failed-job": _failed_job,
    "source": _failing_source,
    "disk": _disk,
    "store": _store,
}
