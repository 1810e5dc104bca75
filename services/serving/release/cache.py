"""Answers worth remembering in the memory of this process: explicit keys, one computation a key.

Only functions of scalars belong here, and every key names the release. Flask-Caching's ``memoize`` is not
used: its keys are print-outs, and two different frames have shared one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_caching import Cache

TIMEOUT_SECONDS = 24 * 3600
MOST_ANSWERS = 300


class AnswerCache:
    """Answers that everybody gets alike; asked within a request to the site it was installed in."""

    def __init__(self) -> None:
        self._cache = Cache(
            config={
                "CACHE_TYPE": "SimpleCache",
                "CACHE_THRESHOLD": MOST_ANSWERS,
                "CACHE_DEFAULT_TIMEOUT": TIMEOUT_SECONDS,
            }
        )
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def install(self, server: Flask) -> None:
        """Keep answers for ``server``."""
        self._cache.init_app(server)

    def answer(self, key: tuple[str, ...], compute: Callable[[], Any]) -> Any:
        """Return the answer stored under ``key``, computing it once when there is none.

        Parameters
        ----------
        key : tuple of str
            Names the question, the release and everything else the answer depends on.
        compute : callable
            Gives the answer, as JSON knows it, and never None.

        Returns
        -------
        object
            The asker's own copy.
        """
        name = repr(key)
        found = self._cache.get(name)
        if found is not None:
            return found
        with self._lock_of(name):
            found = self._cache.get(name)
            if found is None:
                found = compute()
                self._cache.set(name, found)
        return found

    def _lock_of(self, name: str) -> threading.Lock:
        with self._guard:
            if len(self._locks) > 4 * MOST_ANSWERS:
                self._locks = {kept: lock for kept, lock in self._locks.items() if lock.locked()}
            return self._locks.setdefault(name, threading.Lock())
