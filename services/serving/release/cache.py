"""Answers worth remembering: explicit keys, JSON values, one computation a key.

Only functions of scalars belong here, and every key names the release. Flask-Caching's ``memoize`` is not
used: its keys are print-outs, and two different frames have shared one.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching import Cache

from services.core.refusals import Refusal

TIMEOUT_SECONDS = 24 * 3600
MOST_ANSWERS = 300
MOST_DECODED = 32  # kept as objects too: reading 60 kB of JSON takes as long as three small answers
WAIT_SECONDS = 1  # for a shared store's answer
AWAY_SECONDS = 5  # that a shared store which did not answer is left alone

_COMMON = {"CACHE_DEFAULT_TIMEOUT": TIMEOUT_SECONDS, "CACHE_KEY_PREFIX": "segment-desk:"}
_NO_ADDRESS = (
    "REDIS_URL cannot be read as an address: write redis://:password@host:6379/0, signs such as / and @ in "
    "the password as %2F and %40."
)
_ROOMS = ("callbacks", "layouts", "services")  # whose code makes answers

log = logging.getLogger(__name__)


class _Text(BaseSerializer):
    """Texts as they are; the library's own way would unpickle whatever stands in Redis."""

    def dumps(self, value: Any, *_given: Any, **_named: Any) -> bytes:
        return str(value).encode()

    def loads(self, bvalue: Any, *_given: Any, **_named: Any) -> str | None:
        return None if bvalue is None else bytes(bvalue).decode(errors="replace")


class AnswerCache:
    """A store of JSON answers, in this process or, with ``redis_url``, shared by several hosts.

    A shared store that is away costs time only: meanwhile every answer is computed.

    Parameters
    ----------
    redis_url : str or None
        Where the shared store is.

    Raises
    ------
    Refusal
        If the package for it is missing, or the address is none.
    """

    def __init__(self, redis_url: str | None = None) -> None:
        # Flask-Caching wants an application; ours has no routes and is never served.
        self._holder = Flask("answer_cache")
        self._faults: tuple[type[Exception], ...] = ()
        self._away_until = 0.0
        # hosts that are brought up to date one after another do not read each other's answers
        self._program = _program() if redis_url else ""
        kind: dict[str, Any] = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": MOST_ANSWERS}
        if redis_url:
            if importlib.util.find_spec("redis") is None:
                raise Refusal(
                    "REDIS_URL needs a package that is not installed: .venv/bin/python -m pip install redis.",
                    "REDIS_URL",
                )
            self._faults = (importlib.import_module("redis").RedisError,)
            kind = {
                "CACHE_TYPE": "RedisCache",
                "CACHE_REDIS_URL": redis_url,
                "CACHE_SERIALIZER": _Text(),
                "CACHE_OPTIONS": dict.fromkeys(("socket_timeout", "socket_connect_timeout"), WAIT_SECONDS),
            }
        try:
            self._cache = Cache(self._holder, config=kind | _COMMON)
        except ValueError:  # whose text may quote the password
            raise Refusal(_NO_ADDRESS, "REDIS_URL") from None
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
        name = hashlib.sha256("\x1f".join((self._program, *key)).encode()).hexdigest()
        found = self._read(name)
        if found is not None:
            return found
        with self._lock_of(name):
            found = self._read(name)
            if found is None:
                found = compute()
                text = orjson.dumps(found).decode()
                self._ask(lambda: self._cache.set(name, text))
        return found

    def clear(self) -> None:
        """Throw all answers away, for all hosts that share the store.

        Raises
        ------
        Refusal
            If a shared store does not answer.
        """
        self._decoded.clear()
        try:
            with self._holder.app_context():
                self._cache.clear()
        except self._faults as fault:
            raise Refusal("The shared cache of REDIS_URL does not answer.", "REDIS_URL") from fault

    def _ask(self, question: Callable[[], Any]) -> Any:
        """Return the store's answer; None while it is away."""
        if time.monotonic() < self._away_until:
            return None
        try:
            with self._holder.app_context():
                return question()
        except self._faults as fault:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("the shared cache does not answer", extra={"fault": type(fault).__name__})
            return None

    def _read(self, name: str) -> Any:
        stored = self._ask(lambda: self._cache.get(name))
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


def _program() -> str:
    """Return what tells this program from a later one: a digest of the code that makes answers."""
    root, digest = Path(__file__).parents[3], hashlib.sha256()
    for room in _ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
