"""What stands in the log of requests."""

from __future__ import annotations

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.web.server.access_log import JsonLogger


@pytest.mark.parametrize(
    ("path", "logged"),
    [("/", ["/"]), ("/current", []), ("/jobs/current", []), ("/current/x", ["/current/x"])],
)
def test_what_every_open_page_asks_by_itself_is_not_logged(caplog, path, logged):
    log = JsonLogger.__new__(JsonLogger)
    log.access_log = logging.getLogger("of-this-test")
    with caplog.at_level(logging.INFO, "of-this-test"):
        log.access(SimpleNamespace(status="200 OK"), None, {"PATH_INFO": path}, timedelta(seconds=1))
    assert [record.path for record in caplog.records] == logged
