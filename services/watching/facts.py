"""What is known of the site at a moment: what rules and the status page go by."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from services.core.refusals import ReleaseUnusable
from services.releases import read_current
from services.releases.checks.files import check_folder
from services.releases.folders import releases_root
from services.releases.manifest import Manifest, read_manifest
from services.releases.store.contact import contact
from services.serving.releases.drifting import Drifts, Newer
from services.site.alerts.served import Recent, Served
from services.site.jobs.job import Job
from services.site.jobs.queue import Jobs
from services.site.sources import Failing, failing

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State


@dataclass(frozen=True)
class Disk:
    """The space of the disk that a folder is on, in bytes."""

    folder: Path
    free: int
    total: int


@dataclass(frozen=True)
class Facts:
    """What is known of the site at a moment.

    Attributes
    ----------
    active : Manifest or None
        The release that is activated; None where there is none that can be read.
    problem : str or None
        Why it cannot be read.
    today : date
        The shop's day.
    newer : Newer or None
        The newest release after the active one, and how far customers shifted.
    recent : Recent
        What was answered lately.
    disks : list of Disk
        Those of the releases and of the site's own files, once where they are on one disk.
    job : Job or None
        The last one that ended and was not cancelled.
    failing : list of Failing
        Sources that cannot be renewed, and files of the watched folder that cannot be added.
    store : str or None
        What is wrong with this host's contact to the store of releases, if there is one.
    """

    active: Manifest | None
    problem: str | None
    today: date
    newer: Newer | None
    recent: Recent
    disks: list[Disk]
    job: Job | None
    failing: list[Failing]
    store: str | None = None

    @property
    def data_age(self) -> int | None:
        """Days from the newest order to today; None without a release."""
        return None if self.active is None else (self.today - self.active.data_to.date()).days


class Looking:
    """Gathers what is known of one site.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    drifts : Drifts, optional
        What is known of drift already.
    """

    def __init__(
        self,
        settings: Settings,
        state: State,
        clock: Callable[[], float] = time.time,
        drifts: Drifts | None = None,
    ) -> None:
        self._settings = settings
        self._state = state
        self._served = Served(state, clock)
        self._jobs = Jobs(state, clock)
        self._drifts = drifts or Drifts(settings.models_dir)
        self._clock = clock

    def facts(self) -> Facts:
        """Return what is known now.

        Raises
        ------
        StateUnusable
            If the records cannot be read.
        """
        active, problem = self._active()
        now = datetime.fromtimestamp(self._clock(), UTC)
        return Facts(
            active=active,
            problem=problem,
            today=now.astimezone(ZoneInfo(self._settings.time_zone)).date(),
            newer=None if active is None else self._drifts.newer(active.id),
            recent=self._served.recent(),
            disks=_disks([self._settings.models_dir, self._settings.state_dir]),
            job=self._jobs.last_ended(),
            failing=failing(self._settings, self._state),
            store=contact(self._settings.models_dir) if self._settings.models_url else None,
        )

    def _active(self) -> tuple[Manifest | None, str | None]:
        try:
            named = read_current(self._settings.models_dir)
            if named is None:
                return None, None
            folder = check_folder(releases_root(self._settings.models_dir) / named, named)
            return read_manifest(folder, named), None
        except ReleaseUnusable as fault:
            return None, str(fault)


def _disks(folders: list[Path]) -> list[Disk]:
    """Measure the disks that folders are on; a folder that is not there yet is left out."""
    found: dict[int, Disk] = {}
    for folder in folders:
        try:
            usage, device = shutil.disk_usage(folder), folder.stat().st_dev
        except OSError:
            continue
        found.setdefault(device, Disk(folder, usage.free, usage.total))
    return list(found.values())
