"""Audiences to be sent, in tests of what keeps and what sends them."""

from __future__ import annotations

from services.site.customers.audiences import Audiences, Member
from services.site.pushes.push import Push
from services.site.pushes.queue import Queue
from services.site.pushes.sending import Begun, Sending
from services.site.state import State
from tests.clock import Clock
from tests.site.customers.test_audiences import DRAFT

IDS = ("c1", "c2", "c3", "c4", "c5")


def audience_of(state: State, ids: tuple[str, ...] = IDS) -> int:
    """Save an audience of these customers, none of whom is held out."""
    return Audiences(state).add(DRAFT, [Member(each, False) for each in ids])


def queued(state: State, clock: Clock, audience: int, ids=IDS, size: int = 2, **more: object) -> Push:
    """Have an audience's customers sent to Brevo, two a request."""
    queue = Queue(state, clock)
    asked = {"stamp": queue.stamp(), "who": "ana", "release": "r1", **more}
    return queue.ask(audience, "Brevo", ids, size, **asked)


def handed(sending: Sending, push: Push, contacts: int | None = None) -> int:
    """Hand the next request over, with all of its customers unless it is said otherwise."""
    told = len(sending.ids(push)) if contacts is None else contacts
    assert sending.begin(push, told, sending.stamp()) is Begun.YES
    return told
