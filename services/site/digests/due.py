"""Which digests are due now, and what keeps one from being sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from services.core.language.messages import _
from services.site.digests.receivers import why_not
from services.site.digests.sendings import Sending, Sendings, Stage
from services.site.digests.subscriptions import Subscription, Subscriptions
from services.site.people.accounts import Accounts
from services.site.people.audit import NOBODY

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """A subscription and what became of its digests.

    Attributes
    ----------
    subscription : Subscription
    sendings : list of Sending
        The latest period first.
    hindrance : str or None
        The sentence that says why nothing is sent.
    """

    subscription: Subscription
    sendings: list[Sending]
    hindrance: str | None

    @property
    def latest(self) -> Sending | None:
        """The last digest that was taken up; None where none was."""
        return next((each for each in self.sendings if each.state is not Stage.BEGUN), None)

    @property
    def sent_before(self) -> Sending | None:
        """The last digest of which it is known that it was accepted; None where none was."""
        return next((each for each in self.sendings if each.state is Stage.SENT), None)


@dataclass(frozen=True)
class Due:
    """A digest to be sent: the day on which it was due, and the try before that nobody accepted."""

    standing: Standing
    period: date
    again: Sending | None


def standings(
    settings: Settings, state: State, number: int | None = None, clock: Callable[[], float] = time.time
) -> list[Standing]:
    """Return how every subscription stands, or the one of a number.

    Raises
    ------
    StateUnusable
    """
    listed = [each for each in Subscriptions(state).listed() if number in (None, each.id)]
    if not listed:
        return []
    sendings = Sendings(state, clock).of_each()
    accounts = Accounts(state).listed()
    people = {each.name for each in accounts if not each.disabled}
    if not accounts and not settings.hosted:
        people = {NOBODY}
    return [Standing(each, sendings.get(each.id, []), _hindrance(each, people, settings)) for each in listed]


def due(
    settings: Settings, state: State, clock: Callable[[], float] = time.time, number: int | None = None
) -> list[Due]:
    """Return what is to be sent now: of each subscription one at most, however long nobody looked.

    Of a subscription without any row, as after a restore, nothing that was due before is sent. What a
    worker had taken that is gone is noted as such.

    Raises
    ------
    StateUnusable
    """
    now, kept = datetime.fromtimestamp(clock(), UTC), Sendings(state, clock)
    found = []
    for standing in standings(settings, state, number, clock):
        for each in standing.sendings:
            if each.is_lost and kept.lost(each, standing.subscription):
                log.warning("not known whether a digest arrived", extra={"digest": each.subscription_id})
        period = standing.subscription.rhythm.last(now).day
        if not standing.sendings:
            kept.begin(standing.subscription.id, period)
        elif standing.hindrance is None:
            latest = standing.sendings[0]
            if latest.period < period.isoformat():
                found.append(Due(standing, period, None))
            elif latest.state is Stage.WAITING and latest.due_at is not None and latest.due_at <= now:
                found.append(Due(standing, date.fromisoformat(latest.period), latest))
    return found


def _hindrance(subscription: Subscription, people: Collection[str], settings: Settings) -> str | None:
    if subscription.account not in people:
        return _("{name} cannot sign in to this site, so nothing is sent.", name=subscription.account)
    return why_not(subscription.channel, subscription.address, settings)
