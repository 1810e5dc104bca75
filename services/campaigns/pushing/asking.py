"""An audience is to be sent: who would be, and the order for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.campaigns.pushing.composing import Going, going, reached_now
from services.core.contacts.reasons import LEFT_OUT
from services.core.language.messages import _, later
from services.core.language.written import number
from services.core.refusals import Refusal
from services.site.customers.audiences import Audiences
from services.site.pushes.queue import Queue

if TYPE_CHECKING:
    from services.core.contacts.receivers import Receiver
    from services.serving.release.loaded import Loaded
    from services.site.push_settings import PushSettings
    from services.site.pushes.push import Push
    from services.site.state import State

NOBODY_TAKES = later(
    "This site is not set up to send audiences: the person who runs it can name a receiver with PUSH_LAYOUT."
)


@dataclass(frozen=True)
class Named:
    """A receiver and what it is called."""

    receiver: Receiver
    called: str


def receiver_of(settings: PushSettings) -> Named:
    """Return who takes audiences.

    Raises
    ------
    Refusal
        If nobody does.
    """
    receiver, called = settings.push_receiver, settings.push_called
    if receiver is None or called is None:
        raise Refusal(NOBODY_TAKES(), "receiver")
    return Named(receiver, called)


def asked_for(
    settings: PushSettings,
    state: State,
    release: Loaded,
    audience: int,
    *,
    who: str,
    seen: str | None = None,
    clock: Callable[[], float] = time.time,
) -> tuple[Push, Going]:
    """Have an audience sent by the worker, to those who may be now, and as far as they still may then.

    Parameters
    ----------
    settings : PushSettings
    state : State
    release : Loaded
        The active one.
    audience : int
    who : str
        For the audit log.
    seen : str, optional
        The audience's name as who asks saw it.
    clock : callable
        Seconds since 1970.

    Raises
    ------
    NotFound
        If there is no such audience.
    Refusal
        If nobody takes audiences, nobody of this one can be sent, it changed meanwhile who can, or it is
        being sent already.
    StateUnusable
    """
    to = receiver_of(settings)
    Audiences(state).one(audience)
    queue = Queue(state, clock)
    stamp = queue.stamp()  # before all that it vouches for
    found = going(to.receiver, reached_now(release, state, audience))
    if not found.contacts:
        raise Refusal(_nobody(to.called, found), "audience")
    push = queue.ask(
        audience,
        to.called,
        [each.customer_id for each in found.contacts],
        to.receiver.most,
        stamp=stamp,
        who=who,
        release=release.id,
        without=", ".join(f"{count} {reason}" for reason, count in found.left_out.items()),
        seen=seen,
    )
    return push, found


def _nobody(receiver: str, found: Going) -> str:
    if not found.left_out:
        return _(
            "Nobody in this audience can be sent to {receiver}. Bring contacts who agreed to campaigns on "
            "Data, then send it again.",
            receiver=receiver,
        )
    return _(
        "Nobody in this audience can be sent to {receiver} ({left_out}). Bring contacts who agreed to "
        "campaigns on Data, then send it again.",
        receiver=receiver,
        left_out=", ".join(LEFT_OUT[reason](n=number(count)) for reason, count in found.left_out.items()),
    )
