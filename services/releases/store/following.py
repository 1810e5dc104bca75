"""The loop of the process that keeps a folder and the store together."""

from __future__ import annotations

import logging
from collections.abc import Callable

from services.releases.store.objects import StoreAway
from services.releases.store.sharing import Sharing

LOOK_SECONDS = 1.0
log = logging.getLogger(__name__)


def follow(sharing: Sharing, wanted: Callable[[float], bool]) -> None:
    """Look at the store again and again.

    Parameters
    ----------
    sharing : Sharing
    wanted : callable
        Waits so many seconds, and says whether to go on.
    """
    said: list[str] = []
    while True:
        try:
            found = sharing.look()
        except StoreAway as fault:
            found = [str(fault)]
        if found != said:
            for sentence in found:
                log.error("store of releases: %s", sentence)
            if not found:
                log.info("store of releases: in contact again, nothing is missing here")
            said = found
        if not wanted(LOOK_SECONDS):
            return
