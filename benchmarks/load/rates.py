"""How many requests a second a site answers, beside the no-op's in the same minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any

from benchmarks.load.caller import Caller, Step
from benchmarks.replay import CONNECTIONS
from benchmarks.statistics import percentile

ROUNDS = 5
SECONDS = 2.0


@dataclass(frozen=True)
class Task:
    """What is asked over and over.

    Attributes
    ----------
    name : str
    port : int
    headers : mapping of str to str
    make : callable
        Gives the requests of one turn, other ones each time.
    """

    name: str
    port: int
    headers: Mapping[str, str]
    make: Callable[[Random], Sequence[Step]]


def measured(noop: Task, tasks: Sequence[Task]) -> tuple[list[dict[str, Any]], list[str]]:
    """Ask in turn, no-op, task, no-op, task, each over all connections for a while.

    Returns
    -------
    tuple
        Rows of ``name``, ``per_second`` (turns; the median of all rounds), ``noops`` (the no-op's rate over
        this one, the median of the rounds) and ``p99`` of a turn in seconds; and what went wrong.
    """
    rates: dict[str, list[float]] = {task.name: [] for task in (noop, *tasks)}
    times: dict[str, list[float]] = {name: [] for name in rates}
    ratios: dict[str, list[float]] = {name: [] for name in rates}
    errors: list[str] = []
    for turn in range(ROUNDS + 1):
        for task in tasks:
            pair = [_asked(each, turn, errors) for each in (noop, task)]
            if turn == 0:
                continue  # warming up
            for each, (rate, taken) in zip((noop, task), pair, strict=True):
                rates[each.name].append(rate)
                times[each.name] += taken
                ratios[each.name].append(pair[0][0] / rate)
    rows = [
        {
            "name": name,
            "per_second": median(found),
            "noops": median(ratios[name]),
            "p99": percentile(times[name], 0.99),
        }
        for name, found in rates.items()
    ]
    return rows, errors


def _asked(task: Task, turn: int, errors: list[str]) -> tuple[float, list[float]]:
    """Return turns a second, and the seconds of each."""
    end = time.perf_counter() + SECONDS

    def visitor(number: int) -> list[float]:
        random, taken = Random(f"{turn} {number}"), []
        with Caller(task.port, task.headers) as caller:
            while time.perf_counter() < end:
                answers = [caller.ask(step) for step in task.make(random)]
                taken.append(sum(answer.seconds for answer in answers))
                errors.extend(f"{task.name}: {answer.fault}" for answer in answers if answer.fault)
        return taken

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        taken = [seconds for own in pool.map(visitor, range(CONNECTIONS)) for seconds in own]
    return len(taken) / (time.perf_counter() - start), taken
