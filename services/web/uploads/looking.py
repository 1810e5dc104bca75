"""What commands say of an upload, found out once for each way of reading it and kept beside the file."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException, TooManyRequests

from services.core.refusals import Refusal
from services.site.uploads import Upload, Uploads
from services.web.exports.upload_slots import Slots
from services.web.uploads import children
from services.web.uploads.options import options_of

RECOGNISING = {"seconds": 10, "memory_mb": 512}
READING = {"seconds": 300, "memory_mb": 4_096}


LATER = "later"
"""Field of a refusal that time will answer."""

PATIENCE_SECONDS = 15.0
_AGAIN_SECONDS = 0.3


@cache  # one for each site of the process: routes and callbacks share them
def slots_of(state_dir: Path) -> Slots:
    """Return the slots in which files are received and read."""
    return Slots(lambda: state_dir)


def ask(state_dir: Path, upload: Upload, words: Sequence[str]) -> Any:
    """Have a command read an upload; one a person and two a worker at once, while the next is received.

    Parameters
    ----------
    state_dir : Path
    upload : Upload
    words : sequence of str
        The command and its options.

    Raises
    ------
    Refusal
    HTTPException
        If it takes too much, or others have to be waited for.
    """
    slots = slots_of(state_dir)
    path = Uploads(state_dir).path(upload).resolve()
    with slots.of_person(f"{upload.by}\nreads") as held:
        slots.of_worker(held)
        return children.ask("services", [*words, "--", str(path)], **READING)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a route answers with a status into the sentence that a page shows."""
    try:
        yield
    except TooManyRequests as error:
        raise Refusal(str(error.description), LATER) from None
    except HTTPException as error:
        raise Refusal(str(error.description), "file") from None


def look(
    state_dir: Path,
    upload: Upload,
    words: Sequence[str],
    query: Mapping[str, Sequence[str]],
    beside: Sequence[str] = (),
) -> Any:
    """Return what a command says of an upload: what it said before, or else asked now.

    Parameters
    ----------
    state_dir : Path
    upload : Upload
    words : sequence of str
        The command.
    query : mapping
        How the file is to be read: see ``options_of``.
    beside : sequence of str
        What else the answer depends on.

    Raises
    ------
    Refusal
        With a sentence for the page; it is not kept, so that the next try asks again.
    """
    with in_words():
        asked = [*words, *options_of(query)]
        name = hashlib.sha256(json.dumps([asked, list(beside)]).encode()).hexdigest()
        kept = Uploads(state_dir).answers(upload) / f"{name}.json"
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            with suppress(OSError, ValueError):
                return json.loads(kept.read_bytes())
            try:
                answer = ask(state_dir, upload, asked)
                break
            except TooManyRequests:  # most often the same person's answer before, which nobody waits for now
                if time.monotonic() >= until:
                    raise
                time.sleep(_AGAIN_SECONDS)
    with suppress(OSError):  # removed meanwhile, or a disk that takes no change
        partial = kept.with_suffix(".partial")
        partial.write_text(json.dumps(answer))
        partial.rename(kept)
    return answer


def add(
    state_dir: Path, upload: Upload, query: Mapping[str, Sequence[str]], *, replaces: bool = False
) -> dict[str, Any]:
    """Add an upload to the ledger and remove it; it stays where that is refused.

    Parameters
    ----------
    state_dir : Path
    upload : Upload
    query : mapping
        How the file is to be read: see ``options_of``.
    replaces : bool
        Whether the other files of the ledger go.

    Returns
    -------
    dict
        What ``ledger add --json`` prints.

    Raises
    ------
    Refusal
    HTTPException
        As ``ask``.
    """
    words = ["ledger", "add", "--json", f"--by={upload.by}", *(["--replace"] if replaces else [])]
    answer: dict[str, Any] = ask(state_dir, upload, [*words, *options_of(query)])
    Uploads(state_dir).remove(upload)
    return answer
