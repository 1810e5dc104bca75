"""The workers of a site: who they are, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from benchmarks.processes import MEGABYTE, Server


@dataclass(frozen=True)
class Held:
    """What the workers hold at one moment.

    Attributes
    ----------
    pids : tuple of int
    rss, pss, own : float
        MB a worker: all, its share of what several hold, what only it holds.
    files : int
        Open file descriptors of all workers.
    cpu : float
        Seconds of a core that all workers have used since they began.
    """

    pids: tuple[int, ...]
    rss: float
    pss: float
    own: float
    files: int
    cpu: float


def held(server: Server) -> Held:
    """Look at the workers now."""
    workers = psutil.Process(server.pid).children()
    each = [worker.memory_full_info() for worker in workers]
    rss, pss, own = (
        sum(getattr(memory, kind) for memory in each) / len(each) / MEGABYTE for kind in ("rss", "pss", "uss")
    )
    return Held(
        tuple(sorted(worker.pid for worker in workers)),
        rss,
        pss,
        own,
        sum(worker.num_fds() for worker in workers),
        sum(sum(worker.cpu_times()[:2]) for worker in workers),
    )


def growth(before: Held, after: Held) -> float:
    """Return by which share the resident memory of a worker grew."""
    return after.rss / before.rss - 1
