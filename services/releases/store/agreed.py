"""Whose turn it is to bring a folder and the store together, and what both agreed on when that was done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from services.core.language.messages import _
from services.releases.folders import sync
from services.releases.locks import opened_lock
from services.releases.removed import SHARED
from services.releases.store.objects import StoreAway
from services.releases.strictjson import from_json, to_json

_POLL_SECONDS = 0.05


class Busy(StoreAway):
    """Another process of this host is at it, and does the same."""

    def __init__(self) -> None:
        super().__init__(_("Another process of this host is bringing releases and the store together."))


@contextmanager
def turn(root: Path, patience: float | None) -> Iterator[None]:
    """Be the only process of this host that brings a folder and the store together.

    Parameters
    ----------
    root : Path
    patience : float or None
        Seconds to wait for another one; None waits until it is done, however much it fetches.

    Raises
    ------
    Busy
        If it is not done by then.
    """
    with opened_lock(root / ".sharing.lock") as descriptor:
        if patience is None:
            flock(descriptor, LOCK_EX)
        else:
            _lock_within(descriptor, patience)
        yield


def _lock_within(descriptor: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def known(root: Path) -> tuple[str | None, bool]:
    """Return what was active when folder and store last agreed, and whether they ever did."""
    try:
        found = from_json((root / SHARED).read_bytes())["current"]
    except FileNotFoundError:
        return None, False
    except (ValueError, KeyError, TypeError):
        return None, True
    return found, True


def note_known(root: Path, current: str | None) -> None:
    """Note what is active in both."""
    partial = root / f"{SHARED}.partial"
    partial.write_bytes(to_json({"current": current}))
    sync(partial)
    partial.replace(root / SHARED)
