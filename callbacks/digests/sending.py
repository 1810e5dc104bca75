"""Sends what is due: written first, then taken by a row, then handed over once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callbacks.digests import written
from callbacks.digests.telling import Teller
from services.site.digests.due import Due, Standing, due, standings
from services.site.digests.sendings import Sending, Sendings, Stage
from services.site.state import StateUnusable
from services.watching import mail
from services.watching.webhook import Unsent, Webhook

if TYPE_CHECKING:
    from callbacks.digests.told import Told
    from services.site.digests.subscriptions import Subscription
    from services.site.digests.when import Rhythm
    from services.site.settings import Settings
    from services.site.state import State

Hand = Callable[[], Unsent | None]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What became of a digest, and why it did not arrive."""

    due: Due
    state: Stage
    why: str | None


class Sender:
    """Sends the digests of one site.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, settings: Settings, state: State, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._state = state
        self._clock = clock
        self._sendings = Sendings(state, clock)
        self._teller = Teller(settings, state, clock)

    def send(self, number: int | None = None) -> Iterator[Done]:
        """Send what is due, or what is due of one subscription, and give what became of each in turn.

        Raises
        ------
        StateUnusable
        Exception
            What one of them broke on, once the others are sent.
        """
        fault: Exception | None = None
        for each in due(self._settings, self._state, self._clock, number):
            try:
                done = self._one(each)
            except StateUnusable:
                raise
            except Exception as broken:
                log.exception("a digest broke off", extra={"digest": each.standing.subscription.id})
                fault = broken
            else:
                if done is not None:
                    yield done
        if fault is not None:
            raise fault

    def written(self, number: int | None = None) -> Iterator[tuple[Standing, Told]]:
        """Give what every subscription, or one, would be told now, whether it is due or not.

        Raises
        ------
        StateUnusable
        """
        for each in standings(self._settings, self._state, number, self._clock):
            yield each, self._told(each)

    def sample(self, rhythm: Rhythm) -> Told:
        """Return what somebody with this rhythm would be told now, who never got a digest.

        Raises
        ------
        StateUnusable
        """
        return self._teller.told(rhythm, None)

    def _told(self, standing: Standing) -> Told:
        to = standing.subscription
        return self._teller.told(to.rhythm, standing.sent_before, to.language)

    def _one(self, each: Due) -> Done | None:
        to = each.standing.subscription
        told = self._told(each.standing)
        hand = self._hand(each, told)  # all that can fail of it does so before the row is taken
        sending = self._sendings.claim(to.id, each.period, each.again, told.release, told.data_to)
        if sending is None:
            return None
        unsent = hand()
        return Done(each, self._noted(sending, to, unsent), None if unsent is None else unsent.why)

    def _hand(self, each: Due, told: Told) -> Hand:
        to = each.standing.subscription
        if to.channel == "mail":
            made = mail.message(
                to.address,
                told.subject,
                written.plain(told, to.link),
                written.html(told, to.link),
                language=told.language,
                sender=self._settings.smtp_from or "",
                # a number may be given out again
                key=f"digest.{to.id}.{to.made_at:%Y%m%d%H%M%S}.{each.period.isoformat()}",
                leave=to.link + written.PAGE,
                at=self._clock(),
            )
            return lambda: mail.Mail(self._settings).send(made)
        if to.channel == "slack":
            body, secret = written.slack(told, to.link), None
        else:
            body, secret = written.as_json(told, to.link), self._settings.digest_secret
        return lambda: Webhook(to.address, secret, clock=self._clock).send(body)

    def _noted(self, sending: Sending, to: Subscription, unsent: Unsent | None) -> Stage:
        if unsent is None:
            return self._sendings.sent(sending, to)
        if unsent.perhaps:
            return self._sendings.unknown(sending, to, unsent.why)
        return self._sendings.refused(sending, to, unsent.why)
