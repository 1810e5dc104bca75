"""What a page load brings over the wire: every request's headers and body, as the browser counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from benchmarks.processes import Server
from benchmarks.recorder import browse

Start = Callable[[], AbstractContextManager[Server]]


@dataclass
class Transfer:
    """Bytes by address; what came from the browser's cache counts as none."""

    by_address: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Bytes of all."""
        return sum(self.by_address.values())


@contextmanager
def counted(page: Page) -> Iterator[Transfer]:
    """Count what ``page`` loads until the block ends."""
    found, addresses = Transfer(), dict[str, str]()
    session = page.context.new_cdp_session(page)

    def finished(event: dict) -> None:
        asked = addresses.get(event["requestId"], "")
        found.by_address[asked] = found.by_address.get(asked, 0) + int(event["encodedDataLength"])

    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.__setitem__(event["requestId"], event["request"]["url"]),
    )
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    try:
        yield found
    finally:
        session.detach()


def first_and_second(page: Page, address: str) -> tuple[int, int]:
    """Return the bytes of a load with an empty cache and of the next one, once nothing is asked for any more.

    Parameters
    ----------
    page : Page
        Of a browser that was never there.
    address : str
    """
    sizes = []
    for _ in range(2):
        page.goto("about:blank")
        with counted(page) as transfer:
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(2_000)  # a chart asks for its library when it is mounted
            page.wait_for_load_state("networkidle")
        sizes.append(transfer.total)
    return sizes[0], sizes[1]


def measure(site: Start, naive: Start, customer: str) -> dict[str, Any]:
    """Return the bytes of first and second loads of the site's pages, and of the naive dashboard's only one.

    Parameters
    ----------
    site, naive : callable
        Start them.
    customer : str
        One of the release.
    """
    pages = {"Segments": "/", "Customer": f"/customers?id={customer}", "Baskets": "/baskets"}
    return {
        "counted_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "site": _rows(site, pages),
        "naive": _rows(naive, {"Naive dashboard": "/"}),
    }


def _rows(start: Start, pages: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    with start() as server:
        for name, address in pages.items():
            with browse(f"http://127.0.0.1:{server.port}") as page:
                first, again = first_and_second(page, address)
            rows.append({"name": name, "first": first, "again": again})
    return rows
