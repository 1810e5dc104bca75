"""Serving: start, memory and interactions of the site and of the naive dashboard, in turn with a no-op."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import interactions
from benchmarks.processes import ROOT, Server, serve, worker_memory
from benchmarks.recorder import Exchange, Interaction, NotRecorded, browse, main_of, record
from benchmarks.replay import compare, load

STARTS = 2
ROUNDS = 100
NAIVE_ROUNDS = 15
LOAD_REPEATS = 60

Start = Callable[[], AbstractContextManager[Server]]


@dataclass
class Measured:
    """What was found out about one site.

    Attributes
    ----------
    start : float
        Seconds from the start to the first answer, the best of ``STARTS``.
    pss, own : float
        MB a worker: its share of all, and what only it holds.
    rows : list of dict
        One per interaction or its main part: ``name``, ``requests``, ``bytes``, ``seconds``, ``noop``
        and ``ratio``, or ``missing`` where it could not be done.
    load : list of dict
    """

    start: float
    pss: float = 0.0
    own: float = 0.0
    rows: list[dict[str, Any]] = field(default_factory=list)
    load: list[dict[str, Any]] = field(default_factory=list)


def site(models: Path, folder: Path) -> Start:
    """Return what starts the site as its users do."""
    return lambda: serve(
        ["app:create_server()"],
        ROOT,
        folder / "site.log",
        MODELS_DIR=str(models),
        STATE_DIR=str(folder / "state"),
    )


def noop(folder: Path) -> Start:
    """Return what starts the no-op app, with the site's gunicorn settings."""
    return lambda: serve(["benchmarks.apps.noop:create_server()"], ROOT, folder / "noop.log")


def naive(data: Path, folder: Path) -> Start:
    """Return what starts the naive dashboard: as many workers and threads, each importing the app itself."""
    settings = "--workers 2 --worker-class gthread --threads 8 --no-control-socket --access-logfile -"
    command = ["--bind", "127.0.0.1:{port}", *settings.split(), "naive:server"]
    # From a folder without gunicorn.conf.py: no preloading.
    return lambda: serve(command, ROOT / "benchmarks" / "apps", folder / "naive.log", BENCH_DATA=str(data))


def record_noop(server: Server) -> tuple[int, bytes]:
    """Return the no-op's port and body."""
    with browse(_address(server)) as page:
        (exchange,) = record(page, interactions.NOOP)
    return server.port, exchange.body


def measure(
    start: Start,
    todo: Sequence[Interaction],
    noop_at: tuple[int, bytes],
    *,
    rounds: int,
    loaded: Sequence[str] = (),
) -> Measured:
    """Start a site, do every interaction in a browser, then repeat its requests in turn with the no-op.

    Parameters
    ----------
    start : callable
    todo : sequence of Interaction
    noop_at : (port, body)
    rounds : int
    loaded : sequence of str
        Names of interactions to be sent over several connections as well.
    """
    seconds = []
    for _ in range(STARTS - 1):
        with start() as server:
            seconds.append(server.seconds)
    with start() as server:
        found = Measured(min([*seconds, server.seconds]))
        parts, reasons = recorded(server, todo)
        for interaction in todo:
            for name in filter(None, (interaction.main_name, interaction.name)):
                if name in parts:
                    found.rows.append(_row(name, parts[name], noop_at, server, rounds))
                else:
                    found.rows.append({"name": name, "missing": reasons[name]})
        # Several connections reach all workers, so that each has done the work whose memory is counted.
        for exchanges in parts.values():
            load(server.port, exchanges, 1)
        for name in loaded:
            if name in parts:
                found.load.append({"name": name, **load(server.port, parts[name], LOAD_REPEATS)})
        found.pss, found.own = worker_memory(server)
    return found


def recorded(server: Server, todo: Sequence[Interaction]) -> tuple[dict[str, list[Exchange]], dict[str, str]]:
    """Return the requests of each interaction and each main part by name, and why others have none."""
    parts: dict[str, list[Exchange]] = {}
    reasons: dict[str, str] = {}
    with browse(_address(server)) as page:
        for interaction in todo:
            name = interaction.name
            try:
                parts[name] = record(page, interaction)
                if interaction.main:
                    name = interaction.main_name
                    parts[name] = [main_of(parts[interaction.name], interaction.main)]
            except NotRecorded as reason:
                reasons |= {interaction.main_name: str(reason), name: str(reason)}
    return parts, reasons


def _row(
    name: str, exchanges: Sequence[Exchange], noop_at: tuple[int, bytes], server: Server, rounds: int
) -> dict[str, Any]:
    timed = compare(noop_at, server.port, exchanges, rounds)
    return {
        "name": name,
        "requests": [{"output": each.output, "bytes": each.answer_bytes} for each in exchanges],
        "bytes": sum(each.answer_bytes for each in exchanges),
        "seconds": timed.seconds,
        "noop": timed.noop,
        "ratio": timed.ratio,
    }


def _address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"
