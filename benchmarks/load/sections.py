"""The three things that ``make load`` does, each with a site of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import data, interactions, serving, training
from benchmarks.load import crowd, people, rates, report, swaps, synthetic, tabs, workers
from benchmarks.load.caller import Step
from benchmarks.processes import ROOT, Server, serve
from services.site.people.roles import Role

WARM_UP = 0.2
"""Share of the time after which memory counts."""
CUSTOMERS = 1_000_000
SMALL, RELEASES = 3_000, 3
SWAPS, SWAP_SECONDS = 200, 0.5
ASKING = 8
API = "/api/v1/customers/"
_IDS = 2_000


@contextmanager
def guarded(models: Path, folder: Path, count: int) -> Iterator[tuple[Server, list[str]]]:
    """Run the site with accounts and yield it with the cookies of ``count`` people who signed in.

    Parameters
    ----------
    models, folder : Path
        ``folder`` takes the site's state and log.
    count : int
        Their roles come in turn.
    """
    state = folder / "state"
    names = people.hire(state, count)
    with serve(
        ["app:create_server()"],
        ROOT,
        folder / "site.log",
        MODELS_DIR=str(models),
        STATE_DIR=str(state),
        SECRET_KEY=people.SECRET_KEY,
    ) as server:
        yield server, people.sign_in(server.port, names)


def staff(minutes: float, folder: Path) -> dict[str, Any]:
    """Have 200 people work for a while on the file that ``make bench`` takes.

    Returns
    -------
    dict
        ``seconds``, ``rows`` (seconds by interaction), ``requests``, ``errors`` and ``memory``: what the
        workers held at the start, after warming up and at the end.
    """
    file = data.find(folder)
    release = training.train(file.path, folder / "models", "standard", folder).release
    customer, ids = tabs.busiest(release), tabs.some_ids(release, _IDS)
    with guarded(release.parents[1], folder, crowd.STAFF) as (server, cookies):
        doings = tabs.recorded(_url(server), cookies[0], customer)
        at_start = workers.held(server)
        working = crowd.Crowd(server.port, cookies, doings, customer, ids)
        start = time.perf_counter()
        working.start()
        time.sleep(minutes * 60 * WARM_UP)
        warm = workers.held(server)
        time.sleep(minutes * 60 * (1 - WARM_UP))
        at_end = workers.held(server)
        seen = working.go_home()
        passed = time.perf_counter() - start
    if at_end.pids != at_start.pids:
        seen.errors.append("a worker died")
    return {
        "data": file.name,
        "staff": crowd.STAFF,
        "seconds": passed,
        "rows": seen.rows(),
        "requests": len(seen.requests),
        "errors": seen.errors,
        "memory": {"start": asdict(at_start), "warm": asdict(warm), "end": asdict(at_end)},
        "growth": workers.growth(warm, at_end),
    }


def million(folder: Path) -> dict[str, Any]:
    """Ask a site with a million customers, in turn with the no-op.

    Returns
    -------
    dict
        ``customers``, ``rows`` as ``rates.measured`` gives them, ``errors`` and ``memory``.
    """
    release = _synthetic(folder, CUSTOMERS, seed=0)
    customer, ids = tabs.busiest(release), tabs.some_ids(release, _IDS)
    with (
        serving.noop(folder)() as idle,
        guarded(release.parents[1], folder, 1) as (server, cookies),
    ):
        noop_body = serving.record_noop(idle)[1]
        doings = tabs.recorded(
            _url(server), cookies[0], customer, (interactions.LOOK_UP, interactions.PREDICT)
        )

        def task(name: str) -> rates.Task:
            def make(random: Random) -> list[Step]:
                return tabs.varied(doings[name].steps, customer, ids, random)

            return rates.Task(name, server.port, {"Cookie": cookies[0]}, make)

        program = {"Authorization": people.token(folder / "state")}
        api = rates.Task(report.API, server.port, program, lambda it: [Step(API + it.choice(ids))])

        noop = rates.Task(interactions.NOOP.name, idle.port, {}, lambda _random: [Step(body=noop_body)])
        names = (interactions.PREDICT, interactions.FIGURES, interactions.LOOK_UP)
        rows, errors = rates.measured(noop, [*map(task, names), api])
        memory = workers.held(server)
    return {"customers": CUSTOMERS, "rows": rows, "errors": errors, "memory": asdict(memory)}


def swapped(folder: Path) -> dict[str, Any]:
    """Activate releases one after the other while people open pages, ask on them and take files away."""
    releases = [_synthetic(folder, SMALL, seed) for seed in range(RELEASES)]
    models, customer = releases[0].parents[1], tabs.busiest(releases[0])
    with guarded(models, folder, ASKING * len(Role)) as (server, cookies):
        admins = cookies[list(Role).index(Role.ADMIN) :: len(Role)]
        doings = tabs.recorded(
            _url(server), admins[0], customer, (interactions.LOOK_UP, interactions.PREDICT)
        )
        steps = [step for name in (interactions.FIGURES, interactions.PREDICT) for step in doings[name].steps]
        questions = [
            *(swaps.Question(body=step.body, recorded_with=releases[-1].name) for step in steps),
            swaps.Question(API + customer),
            swaps.Question(swaps.EXPORT),
        ]
        result = swaps.swap_under(
            server.port,
            [{"Cookie": cookie} for cookie in admins],
            models,
            [release.name for release in releases],
            questions,
            swaps=SWAPS,
            seconds=SWAP_SECONDS,
        )
    return asdict(result) | {"releases": sorted(result.releases)}


def _synthetic(folder: Path, customers: int, seed: int) -> Path:
    table = folder / "customers.csv"
    synthetic.write_customers(table, customers, seed)
    try:
        return training.train(table, folder / f"models-{customers}", "quartile", folder, "--table").release
    finally:
        table.unlink()


def _url(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"
