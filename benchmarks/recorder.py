"""A browser does what a person does, and the callback requests that causes are kept to be repeated."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as BrowserTimeout

from callbacks.shared.failures import DEFECT
from layouts.ids import Shell
from tests.browser import chromium
from tests.browser.waiting import VISITED

CALLBACKS = "/_dash-update-component"
BACKGROUND = (Shell.NEWER,)
"""Outputs of callbacks that a timer starts, not a person."""
DASH_LOADS = "._dash-loading"
LOADS = 5
LOAD_SECONDS = 6
QUIET_SECONDS = 0.4
PATIENCE_SECONDS = 15


class NotRecorded(Exception):
    """An interaction that could not be done; the text says why."""


@dataclass(frozen=True)
class Interaction:
    """What a person does on a page.

    Attributes
    ----------
    name : str
    address : str
        Where the page stands before.
    act : callable
        Does it, given the page.
    prepare : callable, optional
        What has to be done first and is not counted.
    main : str, optional
        Part of an output's name; the first request that fills it is also reported by itself.
    main_name : str
        How that part is named.
    """

    name: str
    address: str
    act: Callable[[Page], object]
    prepare: Callable[[Page], object] | None = None
    main: str | None = None
    main_name: str = ""


@dataclass(frozen=True)
class Exchange:
    """One callback request: the output it names, its body, its answer's size in bytes."""

    output: str
    body: bytes
    answer_bytes: int


@contextmanager
def browse(url: str) -> Iterator[Page]:
    """Open a page of Chromium at ``url`` until the block ends.

    Raises
    ------
    NotRecorded
        If there is no Chromium.
    """
    executable = chromium.find()
    if executable is None:
        raise NotRecorded(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.arguments())
        context = browser.new_context(base_url=url, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        context.add_init_script(VISITED)
        try:
            yield context.new_page()
        finally:
            browser.close()


def record(page: Page, interaction: Interaction) -> list[Exchange]:
    """Do the interaction and return the callback requests it caused, in their order.

    Raises
    ------
    NotRecorded
        If it cannot be done, causes no request, or a request fails.
    """
    with _listening(page) as requests:
        try:
            _open(page, interaction.address)
            _settle(page, requests)
            if interaction.prepare:
                interaction.prepare(page)
                _settle(page, requests)
            requests.clear()
            interaction.act(page)
            _settle(page, requests)
        except BrowserTimeout as error:
            raise NotRecorded(str(error).splitlines()[0]) from None
        exchanges = [_exchange(request) for request in requests]
    if not exchanges:
        raise NotRecorded("it asks the server nothing")
    return exchanges


def is_counted(output: str) -> bool:
    """Whether a person caused the callback with this output, not a timer."""
    return not any(name in output for name in BACKGROUND)


def main_of(exchanges: Sequence[Exchange], main: str) -> Exchange:
    """Return the first exchange whose output is named by ``main``.

    Raises
    ------
    NotRecorded
        If there is none.
    """
    for exchange in exchanges:
        if main in exchange.output:
            return exchange
    raise NotRecorded(f"no callback fills {main}")


def output_of(body: bytes) -> str:
    """Return the output that a callback request's body names."""
    return str(json.loads(body)["output"])


@contextmanager
def _listening(page: Page) -> Iterator[list[Request]]:
    seen: list[Request] = []

    def note(request: Request) -> None:
        if CALLBACKS in request.url and is_counted(output_of(request.post_data_buffer or b"")):
            seen.append(request)

    page.on("request", note)
    try:
        yield seen
    finally:
        page.remove_listener("request", note)


def _open(page: Page, address: str) -> None:
    """Load a page, again where it stays at "Loading...".

    A worker of a plain Dash app answers 500 for scripts until it has itself drawn a page once; a page that
    another worker drew then never starts. (The site registers its scripts before the workers are forked.)
    """
    for _ in range(LOADS):
        page.goto(address)
        try:
            page.locator(DASH_LOADS).wait_for(state="detached", timeout=LOAD_SECONDS * 1000)
        except BrowserTimeout:
            continue
        return
    raise NotRecorded("the page does not load")


def _settle(page: Page, requests: list[Request]) -> None:
    """Wait until every request has its answer and no further one comes for a while."""
    end = time.monotonic() + PATIENCE_SECONDS
    known, quiet_since = -1, time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        if time.monotonic() > end:
            raise NotRecorded("the page does not come to rest")
        page.wait_for_timeout(50)
        open_requests = any(request.timing["responseEnd"] < 0 for request in requests)
        if open_requests or len(requests) != known:
            known, quiet_since = len(requests), time.monotonic()


def _exchange(request: Request) -> Exchange:
    body = request.post_data_buffer or b""
    output, answer = output_of(body), request.response()
    if answer is None or answer.status not in (200, 204):
        raise NotRecorded(f"{output} was answered with {answer.status if answer else 'nothing'}")
    content = answer.body() if answer.status == 200 else b""
    if DEFECT[0].text.encode() in content:
        raise NotRecorded(f"{output} failed; see the server's log")
    return Exchange(output, body, len(content))
