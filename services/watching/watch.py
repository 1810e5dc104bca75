"""What a worker does beside its jobs: it looks for what is wrong, and tells of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from services.core.refusals import Refusal
from services.site.alerts.events import Alert, Alerts
from services.site.alerts.messages import Messages
from services.watching.facts import Looking
from services.watching.rules import findings
from services.watching.webhook import Webhook

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State

SEND_SECONDS = 10.0
"""How often a worker tries to send what is due."""
LOOK_SECONDS = 60.0
"""How often it looks for what is wrong."""

log = logging.getLogger(__name__)


class Watch:
    """Looks after one site, in a thread of its own: neither a long job nor a slow receiver holds it up.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, settings: Settings, state: State, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._looking = Looking(settings, state, clock)
        self._alerts = Alerts(state, clock)
        self._messages = Messages(state, clock)
        self._clock = clock
        self._ending = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End it, and wait for that no longer than ``seconds``."""
        self._ending.set()
        self._thread.join(seconds)

    def look(self) -> list[Alert]:
        """Look for what is wrong, log what began or is over, and have messages of it sent.

        Raises
        ------
        StateUnusable
        """
        found = findings(self._looking.facts(), self._settings)
        changed = self._alerts.settle(found, tell=self._settings.alert_webhook_url is not None)
        for alert in changed:
            level = logging.WARNING if alert.ended_at is None else logging.INFO
            log.log(level, "alert", extra={"alert": alert.as_fields()})
        return changed

    def send(self) -> None:
        """Send the messages that are due, one after the other, until one does not arrive.

        Raises
        ------
        StateUnusable
        """
        url, secret = self._settings.alert_webhook_url, self._settings.alert_webhook_secret
        if url is None or secret is None:
            return
        webhook = Webhook(url, secret, clock=self._clock)
        while (message := self._messages.claim()) is not None:
            if message.given_up:
                log.error("alert message given up", extra={"body": message.body})
            elif (unsent := webhook.send(message.body)) is not None:
                log.warning("alert message not sent", extra={"why": unsent.why, "tries": message.tries})
                return
            self._messages.remove(message)

    def _run(self) -> None:
        looked = -LOOK_SECONDS
        while True:
            try:
                if time.monotonic() - looked >= LOOK_SECONDS:
                    looked = time.monotonic()
                    self.look()
                self.send()
            except Refusal as refusal:
                log.warning("nobody is told of alerts", extra={"why": str(refusal)})
            except Exception:
                log.exception("looking for alerts failed")
            if self._ending.wait(SEND_SECONDS):
                return
