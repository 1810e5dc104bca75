"""Answers worth remembering: explicit keys, JSON values, one computation a key.

Only functions of scalars belong here, and every key names the release. Flask-Caching's ``memoize`` is not
used: its keys are print-outs, and two different frames have shared one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import orjson
from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching import Cache

from services.core.refusals import Refusal

TIMEOUT_SECONDS = 24 * 3600
MOST_ANSWERS = 300
MOST_DECODED = 32  # kept as objects too: reading 60 kB of JSON takes as long as three small answers


class _Text(BaseSerializer):
    """Texts as they are; the library's own way would unpickle whatever stands in Redis."""

    def dumps(self, value: Any, *_given: Any, **_named: Any) -> bytes:
        return str(value).encode()

    def loads(self, bvalue: Any, *_given: Any, **_named: Any) -> str | None:
        return None if bvalue is None else bytes(bvalue).decode(errors="replace")


class AnswerCache:
    """A store of JSON answers, in this process or, with ``redis_url``, shared by several hosts.

    Parameters
    ----------
    redis_url : str or None
        Where the shared store is.

    Raises
    ------
    Refusal
        If the package for it is missing.
    """

    def __init__(self, redis_url: str | None = None) -> None:
        # Flask-Caching wants an application; ours has no routes and is never served.
        self._holder = Flask("answer_cache")
        kind: dict[str, Any] = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": MOST_ANSWERS}
        if redis_url:
            if importlib.util.find_spec("redis") is None:
                raise Refusal(
                    "REDIS_URL needs a package that is not installed: .venv/bin/python -m pip install redis.",
                    "REDIS_URL",
                )
            kind = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": redis_url, "CACHE_SERIALIZER": _Text()}
        self._cache = Cache(
            self._holder,
            config={**kind, "CACHE_DEFAULT_TIMEOUT": TIMEOUT_SECONDS, "CACHE_KEY_PREFIX": "segment-desk:"},
        )
        self._decoded: OrderedDict[str, tuple[str, Any]] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def answer(self, key: tuple[str, ...], compute: Callable[[], Any]) -> Any:
        """Return the answer stored under ``key``, computing it once when there is none.

        Parameters
        ----------
        key : tuple of str
            Names the question, the release and everything else the answer depends on.
        compute : callable
            Gives the answer, as JSON knows it.

        Returns
        -------
        object
            The same object for many askers: to be sent, not to be changed.
        """
        name = hashlib.sha256("\x1f".join(key).encode()).hexdigest()
        found = self._read(name)
        if found is not None:
            return found
        with self._lock_of(name):
            found = self._read(name)
            if found is None:
                found = compute()
                with self._holder.app_context():
                    self._cache.set(name, orjson.dumps(found).decode())
        return found

    def clear(self) -> None:
        """Throw all answers away, for all hosts that share the store."""
        with self._holder.app_context():
            self._cache.clear()
        self._decoded.clear()

    def _read(self, name: str) -> Any:
        with self._holder.app_context():
            stored = self._cache.get(name)
        if not isinstance(stored, str):
            return None
        known = self._decoded.get(name)
        if known is not None and known[0] == stored:
            return known[1]
        try:
            answer = orjson.loads(stored)
        except orjson.JSONDecodeError:
            return None
        with self._guard:
            self._decoded[name] = (stored, answer)
            self._decoded.move_to_end(name)
            if len(self._decoded) > MOST_DECODED:
                self._decoded.popitem(last=False)
        return answer

    def _lock_of(self, name: str) -> threading.Lock:
        with self._guard:
            if len(self._locks) > 4 * MOST_ANSWERS:
                self._locks = {kept: lock for kept, lock in self._locks.items() if lock.locked()}
            return self._locks.setdefault(name, threading.Lock())
