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
    """

    pids: tuple[int, ...]
    rss: float
    pss: float
    own: float
    files: int


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
    )


def growth(before: Held, after: Held) -> float:
    """Return by which share the memory of a worker grew, by what grew most of all it holds."""
    return max(after.rss / before.rss, after.pss / before.pss, after.own / before.own) - 1
