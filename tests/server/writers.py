"""People and programs whose requests a site writes down, without a break; how many it answered is counted."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from urllib.parse import urlencode

from tests.server.wire import PATIENCE, address
from tests.web.people import PASSWORD

FILE = "/export/customers.csv"
"""Not sent where it cannot be logged who takes it."""


class Writer:
    """What somebody was answered that stands in the log: counts by ``what``, and whatever else came.

    Parameters
    ----------
    name : str
        As the log names them.
    step : callable
        Asks once or more, given this; counts what was answered right.
    """

    def __init__(self, name: str, step: Callable[[Writer], None]) -> None:
        self.name = name
        self.answered: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._step = step

    def work(self, stop: threading.Event) -> None:
        """Go on until told to stop."""
        while not stop.is_set():
            try:
                self._step(self)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(repr(error))

    def count(self, what: str, code: int, right: int = 200) -> None:
        """Note an answer."""
        if code == right:
            self.answered[what] += 1
        else:
            self.wrong.append(f"{what}: {code}")


@contextmanager
def at_work(writers: list[Writer]) -> Iterator[None]:
    """Let them work until the block ends."""
    stop = threading.Event()
    threads = [threading.Thread(target=each.work, args=(stop,)) for each in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def answered(writers: list[Writer]) -> Counter[tuple[str, str]]:
    """Return how many rows the log must hold by now, by who and what."""
    return Counter({(each.name, what): count for each in writers for what, count in each.answered.items()})


def program(site, name: str, token: str, customer: str) -> Writer:
    """Make a program that looks a customer up and takes a list."""
    shown = {"Authorization": f"Bearer {token}"}

    def step(own: Writer) -> None:
        own.count("look-up", ask(site, f"/api/v1/customers/{customer}", shown)[0])
        own.count("export", ask(site, "/api/v1/customers", shown)[0])

    return Writer(f"token:{name}", step)


def person(site, name: str) -> Writer:
    """Make an exporter who signs in, takes files and signs out."""

    def step(own: Writer) -> None:
        code, cookie = sign_in(site, name)
        own.count("sign-in", code, 302)
        for _ in range(20):
            own.count("export", ask(site, FILE, cookie)[0])
        own.count("sign-out", ask(site, "/sign-out", cookie, "POST")[0], 302)

    return Writer(name, step)


def sign_in(site, name: str) -> tuple[int, dict[str, str]]:
    """Sign in and return the status and the header that later requests send."""
    form = urlencode({"name": name, "password": PASSWORD, "next": "/"})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    code, headers = ask(site, "/sign-in", kind, "POST", form)
    return code, {"Cookie": "; ".join(kept.split(";")[0] for kept in headers.get_all("Set-Cookie", []))}


def asked_for(site, headers: dict[str, str], seconds: float) -> None:
    """Ask for a file again and again for some seconds, whatever is answered."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ask(site, FILE, headers)


def ask(site, path: str, headers: dict[str, str], method: str = "GET", body: str = "") -> tuple[int, Message]:
    """Ask on a connection of its own, and return status and headers when all of it has come."""
    connection = http.client.HTTPConnection(*address(site), timeout=PATIENCE)
    try:
        connection.request(method, path, body or None, {"Origin": site.url, **headers})
        found = connection.getresponse()
        found.read()
        return found.status, found.headers
    finally:
        connection.close()
