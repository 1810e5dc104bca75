"""Locks that end with the process that holds them (flock), so that a crash leaves none behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from services.core.language.messages import _
from services.core.refusals import Refusal


@contextmanager
def training_lock(models: Path) -> Iterator[None]:
    """Hold the right to train into ``models``: one training at a time.

    Raises
    ------
    Refusal
        If another training holds it; the sentence says since when.
    """
    path = models / ".training.lock"
    with opened_lock(path) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(_running(path.read_text().strip())) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC").encode(), 0)
        yield


@contextmanager
def pointer_lock(models: Path) -> Iterator[None]:
    """Hold the right to change which releases exist and which is active; waits for its turn."""
    with opened_lock(models / ".pointer.lock") as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def opened_lock(path: Path) -> Iterator[int]:
    """Give the descriptor of a file to lock; closing it ends the lock, and the file stays for who waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _running(since: str) -> str:
    if since:
        return _(
            "A training is running since {moment}. Wait until it has ended, then start again.", moment=since
        )
    return _("A training is running. Wait until it has ended, then start again.")
