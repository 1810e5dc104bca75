"""Callbacks called as functions, within a request as those of a site are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from services.serving.release.cache import AnswerCache


@contextmanager
def asked_of_a_site(cache: AnswerCache) -> Iterator[None]:
    """Install ``cache`` in an empty site, and ask it until the block ends."""
    server = Flask("test")
    cache.install(server)
    with server.app_context():
        yield
