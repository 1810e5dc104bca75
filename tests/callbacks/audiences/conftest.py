"""A site for the callbacks of Campaigns: a small shop, records of its own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from services.serving.release.cache import AnswerCache
from services.site.settings import Settings
from services.site.state import State
from tests.callbacks.asked import asked_of_a_site
from tests.serving.shops import shop


@pytest.fixture
def services(tmp_path):
    state, cache = State(tmp_path), AnswerCache()
    with asked_of_a_site(cache):
        yield SimpleNamespace(
            releases=SimpleNamespace(at=lambda _asked: shop()),
            state=state,
            cache=cache,
            settings=Settings(),
        )
    state.close()
