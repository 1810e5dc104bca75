"""Callback requests sent again, by one keep-alive connection a server."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from benchmarks.recorder import CALLBACKS, Exchange
from benchmarks.statistics import interleave, percentile

TIMEOUT_SECONDS = 120  # the naive dashboard takes half a minute for eight at once on a busy machine
CONNECTIONS = 8


class Connection:
    """One connection to a server on this computer, opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)

    def post(self, body: bytes) -> float:
        """Send a callback request and read its answer.

        Returns
        -------
        float
            Seconds from the first byte sent to the last read.

        Raises
        ------
        RuntimeError
            If the answer is no success.
        """
        start = time.perf_counter()
        try:
            status = self._ask(body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()  # it was idle for too long
            start = time.perf_counter()
            status = self._ask(body)
        seconds = time.perf_counter() - start
        if status not in (200, 204):
            raise RuntimeError(f"a repeated request was answered with {status}")
        return seconds

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _ask(self, body: bytes) -> int:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._connection.request("POST", CALLBACKS, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


@dataclass(frozen=True)
class Timed:
    """Median seconds of what was asked, and of the no-op asked in turn with it."""

    seconds: float
    noop: float

    @property
    def ratio(self) -> float:
        """How many no-ops it takes."""
        return self.seconds / self.noop


def compare(noop: tuple[int, bytes], port: int, exchanges: Sequence[Exchange], rounds: int) -> Timed:
    """Time an interaction in turn with the no-op.

    Parameters
    ----------
    noop : (port, body)
    port : int
    exchanges : sequence of Exchange
        Their times are summed.
    rounds : int
    """
    ours, other = Connection(port), Connection(noop[0])
    try:
        taken = interleave(
            {
                "noop": lambda: other.post(noop[1]),
                "ours": lambda: sum(ours.post(exchange.body) for exchange in exchanges),
            },
            rounds,
        )
    finally:
        ours.close()
        other.close()
    return Timed(median(taken["ours"]), median(taken["noop"]))


def load(port: int, exchanges: Sequence[Exchange], repeats: int) -> dict[str, float]:
    """Send an interaction over several connections at once.

    Returns
    -------
    dict
        ``requests``, ``per_second`` and ``p99`` in seconds.
    """

    def visitor(_number: int) -> list[float]:
        connection = Connection(port)
        try:
            return [connection.post(exchange.body) for _ in range(repeats) for exchange in exchanges]
        finally:
            connection.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = [seconds for own in pool.map(visitor, range(CONNECTIONS)) for seconds in own]
    passed = time.perf_counter() - start
    return {"requests": len(times), "per_second": len(times) / passed, "p99": percentile(times, 0.99)}
