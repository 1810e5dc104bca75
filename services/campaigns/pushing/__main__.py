"""The process in which audiences are sent for the worker: ``python -m services.campaigns.pushing``.

A line of JSON on stdin lets it begin; the settings are those of whoever starts it, and stdin stays open as
long as they live. Stdout takes lines of JSON: ``{"push"}`` for each that has ended or has to wait, or
``{"refused"}``.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

from services.worker.training import NICE, end_with_the_worker, stdout_for_messages

LONGEST_SECONDS = 1_200
"""How long one process sends; what is left goes on with the next one, which the worker starts soon."""


def main() -> None:
    """Send what is due; SIGTERM lets the request under way be finished."""
    sys.stdin.buffer.readline()
    say = stdout_for_messages()
    end_with_the_worker()
    os.nice(NICE)
    ending, began = Event(), time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    for message in _done(lambda: ending.is_set() or time.monotonic() - began > LONGEST_SECONDS):
        say(message)


def _done(ending: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    # only now: the libraries take time and memory when they are loaded
    from services.campaigns.pushing.sending import Sender
    from services.core.refusals import Refusal
    from services.serving.release.active import Releases
    from services.site import logging
    from services.site.settings import Settings
    from services.site.state import State

    logging.configure()
    settings = Settings.from_environment()
    state = State(settings.state_dir, settings.database_url)
    try:
        sender = Sender(settings, state, Releases(settings.models_dir), ending=ending)
        for push in sender.send():
            yield {"push": {"audience": push.audience_id, "who": push.who, **push.as_contract()}}
    except Refusal as refusal:  # also records that cannot be read or written
        yield {"refused": str(refusal)}
    finally:
        state.close()


if __name__ == "__main__":
    main()
