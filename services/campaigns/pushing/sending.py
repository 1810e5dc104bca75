"""Sends what is queued, request by request: written when it goes, and never with who may not be sent then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from services.campaigns.pushing.composing import Composer
from services.core.contacts.receivers import Batch
from services.core.language.messages import _, later
from services.core.refusals import NotFound
from services.site.customers.audiences import Audiences
from services.site.pushes.push import Stage
from services.site.pushes.sending import LATE, Begun, Sending
from services.watching.webhook import Unsent, Webhook

if TYPE_CHECKING:
    from services.core.contacts.contact import Contact
    from services.serving.release.active import Releases
    from services.site.pushes.push import Push
    from services.site.settings import Settings
    from services.site.state import State

SECONDS = 30.0
"""How long one request may take in all."""
KEY = "Idempotency-Key"
NO_RELEASE = later("There is no release, so it is not known who opted out.")
_OF_US = (401, 402, 403, 404, 405, 410)
"""What a receiver answers to whoever may not send to it, or not there: no other request would go better."""
_NOT_NOW = (408, 409, 423, 425, 429, 477)
"""409: it is still at work on a try before, under the same key. 423 and 477 are HubSpot's: locked for a
moment by many changes, and an account that is being moved."""


class Sender:
    """Sends the audiences of one site.

    Parameters
    ----------
    settings : Settings
    state : State
    releases : Releases
    clock : callable
        Seconds since 1970.
    ending : callable
        Whether to end after the request under way.
    """

    def __init__(
        self,
        settings: Settings,
        state: State,
        releases: Releases,
        clock: Callable[[], float] = time.time,
        ending: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._state = state
        self._releases = releases
        self._clock = clock
        self._ending = ending
        self._sending = Sending(state, clock)
        self._composer = Composer(state, self._sending)  # one a push: what it knows outlives no restore

    def send(self) -> Iterator[Push]:
        """Send what is due, and give each push as it is when it has ended or has to wait.

        Raises
        ------
        StateUnusable
        """
        while not self._ending() and (push := self._sending.claim()) is not None:
            found = self._sent(push)
            if found is not None:
                yield found

    def _sent(self, push: Push) -> Push | None:
        """Go on with a push as far as it can; None where somebody else has it by now."""
        if self._sending.is_late(push):
            return self._sending.stop(push, LATE.text)
        self._composer = Composer(self._state, self._sending)
        found: Push | None = push
        while found is not None and found.state is Stage.SENDING:
            if self._ending():
                return self._sending.leave(found)
            found = self._gone_on(found)
        return found

    def _gone_on(self, push: Push) -> Push | None:
        """Send the next request of a push, and return how it is then."""
        release, receiver = self._releases.current(), self._settings.push_receiver
        if receiver is None or self._settings.push_called != push.receiver:
            why = _("The settings of this site do not name {receiver} any more.", receiver=push.receiver)
            return self._sending.later(push, 0, why, perhaps=False)
        if release is None:
            return self._sending.later(push, 0, NO_RELEASE.text, perhaps=False)
        contacts, stamp = self._composer.among(release, receiver, push.audience_id, self._sending.ids(push))
        if not contacts:
            return self._sending.accepted(push, 0)
        body = self._written(push, contacts)
        if body is None:  # deleted: the push has ended with it
            return None
        begun = self._sending.begin(push, len(contacts), stamp)
        if begun is Begun.YES:
            return self._noted(push, len(contacts), self._handed(push, body))
        return push if begun is Begun.CHANGED else None

    def _written(self, push: Push, contacts: list[Contact]) -> str | None:
        settings, receiver = self._settings, self._settings.push_receiver
        assert receiver is not None  # asked before
        try:
            name = Audiences(self._state).one(push.audience_id).draft.name
        except NotFound:
            return None
        batch = Batch(push.audience_id, name, push.next_batch + 1, push.batches, push.batch_key)
        return receiver.written(contacts, batch, number=settings.push_list, mark=settings.push_property)

    def _handed(self, push: Push, body: str) -> Unsent | None:
        settings = self._settings
        assert settings.push_address is not None  # there is a receiver, and check-config wants one
        hook = Webhook(settings.push_address, settings.push_secret, SECONDS, self._clock)
        return hook.send(body, self._headers(push))

    def _headers(self, push: Push) -> Mapping[str, str]:
        """Return the key of the request, a text by RFC 8941, and that of the receiver's API."""
        headers = {KEY: f'"{push.batch_key}"'}
        receiver, key = self._settings.push_receiver, self._settings.push_key
        if receiver is not None and key is not None:
            headers |= [receiver.header(key)]
        return headers

    def _noted(self, push: Push, contacts: int, unsent: Unsent | None) -> Push | None:
        if unsent is None:
            return self._sending.accepted(push, contacts)
        status = unsent.status
        if status is None or status >= 500 or status in _NOT_NOW:
            return self._sending.later(push, contacts, unsent.why, perhaps=unsent.perhaps, after=unsent.after)
        if status < 400 or status in _OF_US:  # a redirection is not followed
            return self._sending.stop(push, unsent.why)
        return self._sending.refused(push, contacts, unsent.why)
