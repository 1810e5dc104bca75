"""Releases swapped while people ask: every answer is one release's, as that release gave it at rest."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.load.caller import Answer, Caller, Step
from layouts.ids import Shell
from services.releases import activate

LAYOUT = Step("/_dash-layout")
EXPORT = "/export/customers.csv"
_CARRY = ("X-Release", "Content-Disposition")
"""Headers that say of which release an answer is."""


@dataclass
class Swapped:
    """What became of it.

    Attributes
    ----------
    swaps : int
    answers : int
        Answers that were compared.
    releases : set of str
        Those that pages showed.
    slowest : float
        Seconds of the slowest of them.
    errors, torn : list of str
        Answers that failed, and answers that were not those of the release they carry.
    """

    swaps: int = 0
    answers: int = 0
    slowest: float = 0.0
    releases: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """Something that every release answers in its own way.

    Attributes
    ----------
    path : str
        Asked without a release: the active one answers, and says in a header which that is.
    body : bytes, optional
        A callback's instead, as a page of the release ``recorded_with`` sends it; other pages send theirs.
    recorded_with : str
    """

    path: str = ""
    body: bytes | None = None
    recorded_with: str = ""

    def of(self, release: str) -> Step:
        """Return how ``release`` is asked by name."""
        if self.body is None:
            return Step(f"{self.path}?release={release}")
        return Step(body=self.body.replace(self.recorded_with.encode(), release.encode()))


Known = Mapping[tuple[str, Question], str]
"""By release and question the digest of the answer."""


def references(
    port: int, headers: Mapping[str, str], releases: Sequence[str], questions: Sequence[Question]
) -> Known:
    """Return what each release answers to each question at rest.

    Raises
    ------
    RuntimeError
        If an answer fails, or two releases answer alike so that nothing could be told from it.
    """
    found: dict[tuple[str, Question], str] = {}
    with Caller(port, headers) as caller:
        for question in questions:
            for release in releases:
                answer = caller.ask(question.of(release))
                if answer.fault:
                    raise RuntimeError(f"{release} cannot be asked: {answer.fault}")
                found[release, question] = _digest(answer.content)
            if len({found[release, question] for release in releases}) < len(releases):
                raise RuntimeError(f"the releases answer {question} alike")
    return found


def swap_under(
    port: int,
    people: Sequence[Mapping[str, str]],
    models: Path,
    releases: Sequence[str],
    questions: Sequence[Question],
    *,
    swaps: int,
    seconds: float,
) -> Swapped:
    """Activate one release after another while people open pages and ask on them.

    Parameters
    ----------
    port : int
    people : sequence of mapping
        The headers of each: who may take files away.
    models : Path
    releases : sequence of str
        At least three, so that workers, which keep two, have to load.
    questions : sequence of Question
    swaps : int
    seconds : float
        From one activation to the next.
    """
    known = references(port, people[0], releases, questions)
    result, stop = Swapped(), Event()
    each = [Swapped() for _ in people]
    threads = [
        Thread(target=_ask_on, args=(port, headers, known, own, stop), daemon=True)
        for headers, own in zip(people, each, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        for release in islice(cycle(releases), swaps):
            activate(models, release)
            result.swaps += 1
            time.sleep(seconds)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    for own in each:
        result.answers += own.answers
        result.slowest = max(result.slowest, own.slowest)
        result.releases |= own.releases
        result.errors += own.errors
        result.torn += own.torn
    return result


def _ask_on(port: int, headers: Mapping[str, str], known: Known, own: Swapped, stop: Event) -> None:
    while not stop.is_set():
        try:
            with Caller(port, headers) as caller:
                _open_a_page(caller, known, own)
        except (OSError, http.client.HTTPException, ValueError) as error:
            own.errors.append(repr(error))


def _open_a_page(caller: Caller, known: Known, own: Swapped) -> None:
    layout = caller.ask(LAYOUT)
    if layout.fault:
        own.errors.append(f"{LAYOUT.path}: {layout.fault}")
        return
    shown = release_of(json.loads(layout.content))
    own.releases.add(shown)
    for question in dict.fromkeys(question for _release, question in known):
        answer = caller.ask(question.of(shown) if question.body else Step(question.path))
        own.answers += 1
        own.slowest = max(own.slowest, answer.seconds)
        if answer.fault:
            own.errors.append(f"{question.path}: {answer.fault}")
            continue
        release = shown if question.body else _carried(answer, known)
        if _digest(answer.content) != known.get((release, question)):
            own.torn.append(f"{question.path or 'a callback'} answered otherwise than {release or 'any'}")


def _carried(answer: Answer, known: Known) -> str:
    said = "".join(answer.headers.get(name, "") for name in _CARRY)
    return next((release for release, _question in known if release in said), "")


def release_of(layout: Any) -> str:
    """Return the release that a page shows, from its layout.

    Raises
    ------
    ValueError
        If it shows none.
    """
    pending = [layout]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            pending += part
        elif isinstance(part, dict):
            props = part.get("props", {})
            if props.get("id") == Shell.RELEASE:
                return str(props["data"])
            pending.append(props.get("children"))
    raise ValueError("the page shows no release")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
