"""What a host knows of its contact with the store: written by who looks, read by the site beside it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from services.core.language.messages import _, later
from services.core.language.written import day

_FILE = ".store"
SILENT_SECONDS = 300
"""After so many seconds without a sign nobody looks any more; to fetch one large release takes minutes."""

_START = later("Start python -m services follow on this host, as docs/deployment/hosts.md shows.")


def going_on(models: Path) -> None:
    """Note that a look goes on, which takes long where many releases are fetched."""
    note(models, _said(models / _FILE))


def note(models: Path, problem: str | None) -> None:
    """Note that the store was looked at just now, and what hindered that."""
    path, said = models / _FILE, problem or ""
    try:
        if _said(path) == said:
            os.utime(path)
            return
        partial = models / f"{_FILE}.partial"
        partial.write_text(said, "utf-8")
        partial.replace(path)
    except OSError:
        return  # the disk takes no change: what stands there gets old, which is said


def contact(models: Path, now: float | None = None) -> str | None:
    """Return what is wrong with a host's contact to the store, None where nothing is.

    Parameters
    ----------
    models : Path
        The models folder of a site with a store.
    now : float, optional
        Seconds since 1970; the clock's when absent.
    """
    path = models / _FILE
    try:
        looked = path.stat().st_mtime
    except OSError:
        return f"{_('Nobody has looked at the store of releases yet.')} {_START()}"
    if (time.time() if now is None else now) - looked > SILENT_SECONDS:
        since = datetime.fromtimestamp(looked, UTC)
        told = _(
            "Nobody has looked at the store of releases since {day}, {time} UTC, so this host may show an "
            "older release than others.",
            day=day(since),
            time=f"{since:%H:%M}",
        )
        return f"{told} {_START()}"
    return _said(path) or None


def _said(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except OSError:
        return None
