"""Many people at once, each doing something every few seconds, as recorded from a browser."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from typing import Any

from benchmarks.load.caller import Caller
from benchmarks.load.tabs import WEIGHTS, Doing, varied
from benchmarks.statistics import percentile

STAFF = 200
THINK_SECONDS = 5.0
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass
class Seen:
    """What people met: seconds of each thing done by its name, seconds of each request, errors."""

    done: dict[str, list[float]] = field(default_factory=dict)
    requests: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        """Count what another person met as well."""
        for name, seconds in other.done.items():
            self.done.setdefault(name, []).extend(seconds)
        self.requests += other.requests
        self.errors += other.errors

    def rows(self) -> list[dict[str, Any]]:
        """Return a line for each thing done, then those for everything done and for every request."""
        everything = [each for seconds in self.done.values() for each in seconds]
        named = [
            *sorted(self.done.items()),
            ("Everything done", everything),
            ("Every request", self.requests),
        ]
        return [
            {"name": name, "times": len(taken)}
            | {key: percentile(taken, part) for key, part in SHARES.items()}
            for name, taken in named
            if taken
        ]


class Crowd:
    """People at work until they are sent home; a context manager is not needed, ``go_home`` ends it.

    Parameters
    ----------
    port : int
    cookies : sequence of str
        One session a person.
    doings : mapping of str to Doing
        By the names of ``WEIGHTS``.
    customer : str
        Whom the recorded requests are about.
    ids : sequence of str
        Whom people ask for instead.
    """

    def __init__(
        self,
        port: int,
        cookies: Sequence[str],
        doings: Mapping[str, Doing],
        customer: str,
        ids: Sequence[str],
    ) -> None:
        self._port = port
        self._doings = doings
        self._customer = customer
        self._ids = ids
        self._home = Event()
        self._own = [Seen() for _ in cookies]
        self._people = [
            Thread(target=self._work, args=(number, cookie), daemon=True)
            for number, cookie in enumerate(cookies)
        ]

    def start(self) -> None:
        """Have everybody come to work, spread over the time that they think."""
        for person in self._people:
            person.start()

    def go_home(self) -> Seen:
        """Have everybody finish what they do, and return what they met."""
        self._home.set()
        for person in self._people:
            person.join()
        seen = Seen()
        for own in self._own:
            seen.add(own)
        return seen

    def _work(self, number: int, cookie: str) -> None:
        random, seen = Random(number), self._own[number]
        names, weights = zip(*WEIGHTS.items(), strict=True)
        think = random.uniform(0, THINK_SECONDS)
        while not self._home.wait(think):
            doing = self._doings[random.choices(names, weights)[0]]
            taken = 0.0
            # a browser's connections are idle for too long between two clicks to be kept
            with Caller(self._port, {"Cookie": cookie}) as caller:
                try:
                    for step in varied(doing.steps, self._customer, self._ids, random):
                        answer = caller.ask(step)
                        taken += answer.seconds
                        seen.requests.append(answer.seconds)
                        if answer.fault:
                            seen.errors.append(f"{doing.name}: {answer.fault}")
                except (OSError, http.client.HTTPException) as error:
                    seen.errors.append(f"{doing.name}: {error!r}")
            seen.done.setdefault(doing.name, []).append(taken)
            think = random.uniform(0.5, 1.5) * THINK_SECONDS - taken
