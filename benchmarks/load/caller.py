"""One person's requests to a site on this computer."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from benchmarks.recorder import CALLBACKS
from callbacks.shared.failures import DEFECT, REFUSED

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Step:
    """A request: a callback's body, or an address to get."""

    path: str = CALLBACKS
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """What came back, and the seconds from the first byte sent to the last read."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float

    @property
    def fault(self) -> str | None:
        """What is wrong with it, as far as anybody can tell; None for nothing."""
        if self.status not in (200, 204):
            return f"answered with {self.status}: {self.content[:200]!r}"
        told = next(
            (title for title in (DEFECT[0].text, REFUSED.text) if title.encode() in self.content), None
        )
        return f"a callback failed: {told}" if told else None


class Caller:
    """A signed-in connection; a context manager.

    Parameters
    ----------
    port : int
    headers : mapping of str to str
        Say who asks.
    """

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        self._headers = {**headers, "Accept": "application/json, text/html"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def ask(self, step: Step) -> Answer:
        """Send a request and read its answer to the end.

        Raises
        ------
        OSError, http.client.HTTPException
            If the site does not answer.
        """
        start = time.perf_counter()
        if step.body is None:
            self._connection.request("GET", step.path, headers=self._headers)
        else:
            headers = {**self._headers, "Content-Type": "application/json"}
            self._connection.request("POST", step.path, step.body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        return Answer(answer.status, dict(answer.getheaders()), content, time.perf_counter() - start)
