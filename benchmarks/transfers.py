"""What a page load brings over the wire: every request's headers and body, as the browser counts them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page


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
