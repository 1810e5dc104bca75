"""How long a training will still take, as the last one lets expect."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.core.refusals import Refusal, ReleaseUnusable
from services.releases.checks.files import check_folder
from services.releases.folders import release_ids, releases_root
from services.releases.manifest import Manifest, read_manifest
from services.site.jobs.asking import bytes_of
from services.site.jobs.job import Job
from services.site.ledger import Ledger
from services.training.progress import STEPS


class Remaining:
    """Expects of a training what the newest release took, more or less by the size of its files.

    Parameters
    ----------
    models : Path
    files : sequence of Path
        What is trained on, files or folders.
    now : float
        Seconds of any clock that never goes back; the training starts.
    """

    def __init__(self, models: Path, files: Sequence[Path], now: float) -> None:
        past = _newest(models)
        self._steps: dict[str, float] | None = None
        if past is not None and past.source.bytes:
            scale = bytes_of(files) / past.source.bytes
            self._steps = {step: past.seconds.get(step, 0.0) * scale for step in STEPS}
        self._began = self._step_began = now
        self._step = STEPS[0]

    def enter(self, step: str, now: float) -> None:
        """Note which step it is in; what is none of them changes nothing."""
        if step in STEPS and step != self._step:
            self._step, self._step_began = step, now

    def left(self, now: float) -> int | None:
        """Return the seconds that are left; None where no training before says, or as many are over.

        A training that is slower or faster than the last one so far is taken to go on like that.
        """
        if self._steps is None:
            return None
        place = STEPS.index(self._step)
        behind = sum(self._steps[step] for step in STEPS[:place])
        ahead = sum(self._steps[step] for step in STEPS[place + 1 :])
        pace = (self._step_began - self._began) / behind if behind else 1.0
        in_step = max(self._steps[self._step] * pace - (now - self._step_began), 0.0)
        return round(in_step + ahead * pace) or None


def files_of(job: Job, state_dir: Path) -> list[Path]:
    """Return what a job trains on, files or folders; none of a ledger that cannot be read."""
    if not job.on_ledger:
        return [Path(file) for file in job.asked["files"]]
    ledger = Ledger(state_dir)
    try:
        return [ledger.path(entry) for entry in ledger.entries()]
    except Refusal:
        return []  # the training says why


def _newest(models: Path) -> Manifest | None:
    for release_id in release_ids(models):
        try:
            return read_manifest(check_folder(releases_root(models) / release_id, release_id), release_id)
        except ReleaseUnusable:
            continue
    return None
