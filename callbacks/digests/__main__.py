"""The process in which digests are made for the worker and for commands: ``python -m callbacks.digests``.

One line of JSON on stdin says what to do: ``{"do": "send"}`` or ``{"do": "show"}``, with ``number`` for one
subscription; the settings are those of whoever starts it, and stdin stays open as long as they live. Stdout
takes lines of JSON: one a digest that was sent or shown, or ``{"refused"}``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

from services.worker.training import NICE, end_with_the_worker, stdout_for_messages

if TYPE_CHECKING:
    from callbacks.digests.sending import Sender
    from callbacks.digests.told import Told
    from services.site.digests.subscriptions import Subscription
    from services.site.settings import Settings


def main() -> None:
    """Do as the line on stdin says; SIGTERM lets the digest under way be finished."""
    order = json.loads(sys.stdin.buffer.readline())
    say = stdout_for_messages()
    end_with_the_worker()
    os.nice(NICE)
    ending = Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    for message in _done(order):
        say(message)
        if ending.is_set():
            return


def _done(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # only now: the libraries take time and memory when they are loaded
    from callbacks.digests.sending import Sender
    from services.core.refusals import Refusal
    from services.site import logging
    from services.site.digests.subscriptions import Subscriptions
    from services.site.settings import Settings
    from services.site.state import State

    logging.configure()
    settings = Settings.from_environment()
    state = State(settings.state_dir, settings.database_url)
    try:
        sender, number = Sender(settings, state), order.get("number")
        if order["do"] == "send":
            yield from _sent(sender, number)
        elif number is None and not Subscriptions(state).listed():
            yield _sample(sender, settings)
        else:
            yield from _shown(sender, number)
    except Refusal as refusal:  # also records that cannot be read or written
        yield {"refused": str(refusal)}
    finally:
        state.close()


def _sent(sender: Sender, number: int | None) -> Iterator[dict[str, Any]]:
    for done in sender.send(number):
        yield {
            **_who(done.due.standing.subscription),
            "period": done.due.period.isoformat(),
            "state": done.state.value,
            "reason": done.why,
        }


def _shown(sender: Sender, number: int | None) -> Iterator[dict[str, Any]]:
    for standing, told in sender.written(number):
        to = standing.subscription
        yield {**_who(to), "hindrance": standing.hindrance, **_written(told, to.channel, to.link)}


def _sample(sender: Sender, settings: Settings) -> dict[str, Any]:
    """Show what a digest would say to somebody, where nobody asked for one."""
    from services.site.digests.when import Rhythm

    told = sender.sample(Rhythm("weekly", 1, 8, settings.time_zone))
    nobody = dict.fromkeys(("id", "account", "channel", "address", "when", "hindrance"))
    return {**nobody, **_written(told, "mail", settings.address.rstrip("/"))}


def _who(to: Subscription) -> dict[str, Any]:
    return {
        "id": to.id,
        "account": to.account,
        "channel": to.channel,
        "address": to.receiver,
        "when": to.rhythm.said,
    }


def _written(told: Told, channel: str, site: str) -> dict[str, Any]:
    from callbacks.digests import written

    bodies = {"slack": written.slack, "webhook": written.as_json}
    return {
        "subject": told.subject,
        "text": written.plain(told, site),
        "html": written.html(told, site) if channel == "mail" else None,
        "body": bodies[channel](told, site) if channel in bodies else None,
    }


if __name__ == "__main__":
    main()
