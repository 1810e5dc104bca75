"""The rules of alerts: what is wrong, in a sentence that names no customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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
    return "", (
        f"{recent.failures:,} of {recent.answers:,} answers in the last {MINUTES} minutes failed. The log of "
        "the site says why."
    )


def _slow(facts: Facts, settings: Settings) -> Found | None:
    recent = facts.recent
    if recent.answers < LEAST_ANSWERS or recent.p95_seconds is None:
        return None
    if recent.p95_seconds * 1_000 < settings.alert_slow_ms:
        return None
    return "", (
        f"One answer in twenty took about {recent.p95_seconds:.1f} seconds or longer in the last {MINUTES} "
        "minutes."
    )


def _stale(facts: Facts, settings: Settings) -> Found | None:
    limit, age, active = settings.stale_after, facts.data_age, facts.active
    if limit is None or age is None or active is None or age <= limit:
        return None
    return active.id, (
        f"The data ends on {active.data_to:%-d %B %Y}, {age:,} {'day' if age == 1 else 'days'} ago. Bring "
        "newer sales and train on them."
    )


def _drift(facts: Facts, settings: Settings) -> Found | None:
    newer = facts.newer
    if newer is None or not newer.due(settings.retrain_at):
        return None
    how = "a lot" if newer.drift.shift == "large" else "somewhat"
    return newer.manifest.id, (
        f"Customers of the newest release, made on {newer.manifest.made_at:%-d %B %Y}, differ {how} from "
        "those of the active one. Compare the two under /releases, and publish the newer one if its file is "
        "complete."
    )


def _failed_job(facts: Facts, _settings: Settings) -> Found | None:
    job = facts.job
    if job is None or job.state is not Stage.FAILED:
        return None
    return str(job.id), f"Training {job.id} failed. “python -m services jobs” says why."


def _disk(facts: Facts, settings: Settings) -> Found | None:
    full = [each for each in facts.disks if each.free * 100 < settings.alert_disk_percent * each.total]
    if not full:
        return None
    least = min(full, key=lambda each: each.free)
    return "", (
        f"The disk of “{least.folder}” is nearly full: {least.free / 1e9:.1f} of {least.total / 1e9:.1f} GB "
        "are free."
    )


def _failing_source(facts: Facts, _settings: Settings) -> Found | None:
    if not facts.failing:
        return None
    # why may name a customer, so it stays on the Data tab
    first = facts.failing[0]
    if first.file is not None:
        what = f"“{first.file}” in the watched folder could not be added to the ledger."
    elif first.source == FOLDER:
        what = "The watched folder could not be read."
    else:
        what = "The database that sales are read from could not be read."
    return f"{first.source} {first.file or ''}".strip()[:64], f"{what} The Data tab says why."


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
