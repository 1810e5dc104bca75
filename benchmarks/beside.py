"""What people wait on the other tabs while a training runs beside the site, as a job of its worker."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import Any

from benchmarks import serving
from benchmarks.processes import ROOT
from benchmarks.recorder import Exchange, Interaction
from benchmarks.replay import Connection
from benchmarks.statistics import percentile
from services.core.presets import load
from services.site.jobs.asking import asked_for
from services.site.jobs.job import Stage
from services.site.jobs.queue import Jobs
from services.site.settings import environment_with
from services.site.state import State
from services.training.options import TrainOptions

PEOPLE, PAUSE_SECONDS = 4, 0.05
"""So many ask at once, each with a pause between what they do."""
IDLE_SECONDS, SECONDS_AT_MOST = 20.0, 300.0
SHARE = 0.99
ALL = "Everything done"

Parts = Mapping[str, Sequence[Exchange]]
Times = dict[str, list[float]]


def measure(models: Path, file: Path, todo: Sequence[Interaction], folder: Path) -> dict[str, Any]:
    """Have people ask while nothing else runs, and then for as long as a training does.

    Parameters
    ----------
    models : Path
        With the release that is served; the training adds one.
    file : Path
        What is trained on.
    todo : sequence of Interaction
    folder : Path
        For logs and the site's state.

    Returns
    -------
    dict
        ``seconds`` of the training; ``rows``, as ``rows`` gives them; ``missing``, why some interactions
        could not be done, by name.

    Raises
    ------
    RuntimeError
        If the training fails or takes too long.
    """
    with serving.site(models, folder)() as server:
        parts, reasons = serving.recorded(server, todo)
        asked(server.port, parts, _after(1.0))  # every worker has done everything once
        idle = asked(server.port, parts, _after(IDLE_SECONDS))
        with _training(models, folder / "state", file, folder / "worker.log") as over:
            began = time.perf_counter()
            busy = asked(server.port, parts, over)
            seconds = time.perf_counter() - began
    return {"seconds": seconds, "rows": rows(idle, busy), "missing": reasons}


def asked(port: int, parts: Parts, over: Event) -> Times:
    """Return the seconds that each interaction took several people until ``over`` is set."""

    def visitor(_number: int) -> Times:
        connection, own = Connection(port), {name: [] for name in parts}
        try:
            while not over.is_set():
                for name, exchanges in parts.items():
                    own[name].append(sum(connection.post(exchange.body) for exchange in exchanges))
                    time.sleep(PAUSE_SECONDS)
        finally:
            connection.close()
        return own

    with ThreadPoolExecutor(PEOPLE) as pool:
        found = list(pool.map(visitor, range(PEOPLE)))
    return {name: [seconds for own in found for seconds in own[name]] for name in parts}


def rows(idle: Times, busy: Times) -> list[dict[str, Any]]:
    """Return for each interaction and for all what 99 of 100 took at most, in seconds, and the ratio."""
    named = [*idle, ALL]
    found = []
    for name in named:
        before, during = (
            times[name] if name in times else [each for own in times.values() for each in own]
            for times in (idle, busy)
        )
        quiet, beside = percentile(before, SHARE), percentile(during, SHARE)
        found.append(
            {"name": name, "times": len(during), "idle": quiet, "busy": beside, "ratio": beside / quiet}
        )
    return found


@contextmanager
def _training(models: Path, state_dir: Path, file: Path, log: Path) -> Iterator[Event]:
    """Start the worker and ask for a training; gives what is set as soon as that has ended.

    The block begins when the training has.
    """
    state, over = State(state_dir), Event()
    jobs = Jobs(state)
    number = jobs.ask("bench", asked_for(load("standard"), TrainOptions().recorded(), [file]))
    environment = environment_with(MODELS_DIR=str(models), STATE_DIR=str(state_dir))
    command = [sys.executable, "-m", "services", "worker"]
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as worker,
    ):
        try:
            end = time.monotonic() + SECONDS_AT_MOST
            while not jobs.find(number).steps and time.monotonic() < end:
                time.sleep(0.1)
            with ThreadPoolExecutor(1) as pool:
                ended = pool.submit(_wait, jobs, number, over, end)
                yield over
            if ended.result() is not Stage.DONE:
                raise RuntimeError(
                    f"the training beside the site ended otherwise:\n{log.read_text()[-2_000:]}"
                )
        finally:
            worker.terminate()
            worker.wait()
            state.close()


def _wait(jobs: Jobs, number: int, over: Event, end: float) -> Stage:
    while not jobs.find(number).ended and time.monotonic() < end:
        time.sleep(0.1)
    over.set()
    return jobs.find(number).state


def _after(seconds: float) -> Event:
    """Return what is set some seconds from now."""
    over = Event()
    timer = Timer(seconds, over.set)
    timer.daemon = True
    timer.start()
    return over
