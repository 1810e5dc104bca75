"""What staff do, recorded once from a browser and asked again with other customers and values each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Page

from benchmarks import interactions
from benchmarks.load.caller import Step
from benchmarks.recorder import Interaction, browse, main_of, record
from layouts.ids import Segments

LOAD = "Load the page"
GRID = "A page of the list"
FURTHER = ("Clusters", "Playbooks")
WEIGHTS = {
    LOAD: 5,
    **{interactions.opened(tab): 5 for tab in (*interactions.TABS, *FURTHER)},
    interactions.LOOK_UP: 25,
    interactions.PREDICT: 15,
    interactions.FILTER: 8,
    GRID: 7,
    interactions.RULES: 5,
}
"""Of a hundred things that staff do."""
_TYPED = re.compile(rb'"typed": ?\["[^]]*"\]')  # the three fields of Predict
_PORTION = re.compile(rb'"startRow":\d+,"endRow":(\d+)')
_LISTED = 10


@dataclass(frozen=True)
class Doing:
    """Something that staff do: its name, its requests in their order."""

    name: str
    steps: Sequence[Step]


def recorded(url: str, cookie: str, customer: str, wanted: Sequence[str] | None = None) -> dict[str, Doing]:
    """Do everything in a browser and return it by name.

    Parameters
    ----------
    url : str
        The site, without a slash at the end.
    cookie : str
        ``name=value`` of a session.
    customer : str
        One of the release.
    wanted : sequence of str, optional
        Names of interactions; all of ``WEIGHTS`` when absent.

    Raises
    ------
    NotRecorded
        If something cannot be done.
    """
    name, _, value = cookie.partition("=")
    todo = [
        *interactions.of_site(customer),
        *(_opening(tab) for tab in FURTHER),
        Interaction(GRID, "/", _scroll),
    ]
    found: dict[str, Doing] = {}
    with browse(url) as page:
        page.context.add_cookies([{"name": name, "value": value, "url": url}])
        for each in todo:
            if wanted is None or each.name in wanted:
                exchanges = record(page, each)
                found[each.name] = Doing(each.name, [Step(body=it.body) for it in exchanges])
                if each.main:
                    only = Step(body=main_of(exchanges, each.main).body)
                    found[each.main_name] = Doing(each.main_name, [only])
    if wanted is None:
        opening = found[interactions.opened("Segments")]
        first = [Step("/"), Step("/_dash-layout"), Step("/_dash-dependencies")]
        found[LOAD] = Doing(LOAD, [*first, *opening.steps])
    return found


def varied(steps: Sequence[Step], customer: str, ids: Sequence[str], random: Random) -> list[Step]:
    """Return the requests for another customer, other values and another portion of the list."""
    asked = quote(random.choice(ids)).encode()
    recency, frequency, monetary = random.randint(0, 365), random.randint(1, 30), random.randint(1, 9_000)
    start = random.randrange(_LISTED)
    changes: list[tuple[re.Pattern[bytes], bytes | Callable[[re.Match[bytes]], bytes]]] = [
        (re.compile(rb"\bid=" + re.escape(quote(customer).encode()) + rb"\b"), b"id=" + asked),
        (_TYPED, b'"typed":["%d","%d","%d"]' % (recency, frequency, monetary)),
        (_PORTION, lambda found: _portion(start, int(found[1]))),
    ]
    made = []
    for step in steps:
        body = step.body
        if body is not None:
            for pattern, change in changes:
                body = pattern.sub(change, body)
        made.append(Step(step.path, body))
    return made


def busiest(release: Path) -> str:
    """Return the customer with the most orders of the first hundred: one with something to show."""
    orders = np.load(release / "customers" / "orders.npy", mmap_mode="r")[:100]
    ids = np.load(release / "customers" / "customer_id.npy", mmap_mode="r")
    return bytes(ids[int(np.argmax(orders))]).decode()


def some_ids(release: Path, count: int) -> list[str]:
    """Return ids from all over a release."""
    ids = np.load(release / "customers" / "customer_id.npy", mmap_mode="r")
    places = np.unique(np.linspace(0, len(ids) - 1, count).astype(int))
    return [bytes(ids[place]).decode() for place in places]


def _portion(start: int, size: int) -> bytes:
    return b'"startRow":%d,"endRow":%d' % (start * size, (start + 1) * size)


def _scroll(page: Page) -> None:
    """Look at rows that did not come with the page."""
    page.locator(f"#{Segments.GRID} .ag-body-viewport").evaluate("list => { list.scrollTop = 4000; }")


def _opening(tab: str) -> Interaction:
    return Interaction(interactions.opened(tab), "/data", interactions.link(tab))
