"""Two hosts of one site: a master each, folders of their own, one PostgreSQL, the guide's proxy in front."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from layouts.ids import Customers, Shell
from services.releases import activate
from services.releases.folders import release_ids
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.forks import begin
from tests.postgresql import Database
from tests.releases.tiny import make_tiny_release
from tests.running import Site, serve
from tests.server.front import NAME, PASSWORD, Front
from tests.web.people import body_of

SETTINGS = {
    "SECRET_KEY": "0123456789abcdef" * 4,
    "TRUSTED_PROXIES": "1",
    "TRUSTED_HOSTS": f"{NAME},127.0.0.1",
    "WEB_CONCURRENCY": "2",
}


class Host(NamedTuple):
    """A running site, and the process beside it that follows the store."""

    site: Site
    following: BaseProcess

    @property
    def models(self) -> Path:
        """Its own folder of releases."""
        return self.site.models

    def current(self) -> str | None:
        """Return the release that it shows, asked without the proxy."""
        return self._told("/current")["release"]

    def ready(self) -> dict[str, str]:
        """Return what it says of itself to somebody at this computer."""
        return self._told("/readyz")

    def kill(self) -> float:
        """End all its processes at once, as a machine that loses its power; gives the moment."""
        os.killpg(self.site.pid, signal.SIGKILL)
        self.following.kill()
        return time.monotonic()

    def _told(self, path: str) -> dict[str, str]:
        with urlopen(f"{self.site.url}{path}") as answer:
            return json.load(answer)


@contextmanager
def host(folder: Path, environment: dict[str, str], answers: str = "/healthz") -> Iterator[Host]:
    """Run a site and, beside it, the process that follows the store, until the block ends."""
    folder.mkdir(exist_ok=True)
    models = folder / "models"
    settings = os.environ | environment | {"MODELS_DIR": str(models), "STATE_DIR": str(folder / "state")}
    with serve(models, folder, answers, **environment) as site:
        following = begin("services", ["follow"], settings, folder / "follow.log")
        try:
            yield Host(site, following)
        finally:
            following.terminate()
            following.join(30)
            following.close()


def with_account(database: Database, folder: Path) -> dict[str, str]:
    """Make the account ``ana`` in a database that has just been started; gives the settings of its hosts."""
    state = State(folder, database.url)
    Accounts(state).add("ana", Role.ANALYST, PASSWORD)
    state.close()
    return SETTINGS | {"DATABASE_URL": database.url}


def seconds_until(hosts: list[Host], release: str, patience: float = 60.0) -> float:
    """Return how long it takes until every host shows a release."""
    began = time.monotonic()
    while (shown := {each.current() for each in hosts}) != {release}:
        assert time.monotonic() - began < patience, shown
        time.sleep(0.05)
    return time.monotonic() - began


def publish(where: Host, hosts: list[Host], back_to: str | None = None) -> float:
    """Activate on one host a release that all have or a new one; gives the seconds until all show it."""
    release = back_to or make_tiny_release(where.models, active=False)
    activate(where.models, release)
    return seconds_until(hosts, release)


def publish_each_way(a: Host, b: Host) -> list[float]:
    """Publish new and older releases on either host, the first one last; gives the seconds of each way.

    A busy machine may take its time once, so the better of two tries counts; a way that is always slow has
    none. No release is shown again soon: a worker that has not followed yet would seem to show it already.
    """
    hosts = [a, b]
    ways = [min(publish(where, hosts) for _ in range(2)) for where in hosts]
    first, *made = sorted(release_ids(a.models))
    for where, older in ((a, made[:2]), (b, [made[2], first])):
        ways.append(min(publish(where, hosts, release) for release in older))
    return ways


class Asked(NamedTuple):
    """A request: who asked, how, from when to when, and the status; 0 for a connection that broke."""

    client: int
    method: str
    began: float
    ended: float
    status: int


@dataclass
class Load:
    """People who ask all the time through the proxy, each one thing after the other."""

    front: Front
    clients: int
    asked: list[Asked] = field(default_factory=list)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Have them ask until the block ends."""
        over, cookie = threading.Event(), self.front.signed_in()
        body = self._question(cookie)
        threads = [
            threading.Thread(target=self._ask, args=(number, over, cookie, body))
            for number in range(self.clients)
        ]
        with ExitStack() as ended:
            for thread in threads:
                thread.start()
                ended.callback(thread.join)
            ended.callback(over.set)
            yield

    def since(self, moment: float) -> list[Asked]:
        """Return what was asked after a moment."""
        return [each for each in self.asked if each.began > moment]

    def _question(self, cookie: str) -> bytes:
        """Return a callback's body, as a page of the customer 00123 sends it."""
        answer = self.front.ask("/_dash-dependencies", Cookie=cookie)
        found = next(each for each in json.loads(answer.body) if f"{Customers.ID}.children" in each["output"])
        body = body_of(found["output"], found)
        for each in (*body["inputs"], *body["state"]):
            each["value"] = None if each["id"] == Shell.RELEASE else "?id=00123"
        return json.dumps(body).encode()

    def _ask(self, number: int, over: threading.Event, cookie: str, body: bytes) -> None:
        kind = {
            "Content-Type": "application/json",
            "Origin": f"https://{self.front.name}",
            "Sec-Fetch-Site": "same-origin",
        }
        turn = number
        while not over.is_set():
            turn += 1
            began = time.monotonic()
            try:
                if turn % 2:
                    answer = self.front.ask("/customers?id=00123", Cookie=cookie)
                else:
                    answer = self.front.ask("/_dash-update-component", body, "POST", Cookie=cookie, **kind)
                status = answer.status
            except (OSError, http.client.HTTPException):  # cut off before its status, or within its body
                status = 0
            self.asked.append(Asked(number, "GET" if turn % 2 else "POST", began, time.monotonic(), status))
