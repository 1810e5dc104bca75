"""E8, E9: a file is sent to a site whose disk is full or takes no change: a sentence, and nothing stays."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from flask import Flask

from services.site.ledger import Ledger
from services.site.settings import Settings
from services.web.answers import errors
from services.web.answers.errors import FULL, READ_ONLY
from services.web.uploads import routes
from services.web.uploads.routes import ROUTE
from tests.site.ledger.keeping import keep
from tests.site.state.disks import other_folder, read_only

SALES = b"customer;date;amount\n" + b"K1;2024-01-05;5\n" * 20_000


@pytest.fixture
def folder():
    with other_folder() as made:
        yield made


@pytest.fixture
def client(folder):
    server = Flask("test")
    errors.install(server, lambda _path: True, "")
    routes.install(server, SimpleNamespace(settings=Settings(state_dir=folder)))
    return server.test_client()


@contextmanager
def room_for(size: int):
    """Let this process write no file that is longer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_size]


@pytest.mark.parametrize("size", [0, 100_000])
def test_e8_an_upload_that_the_disk_has_no_room_for_is_one_sentence_and_leaves_nothing(client, folder, size):
    with room_for(size):
        answer = client.post(ROUTE, data=SALES)
    assert (answer.status_code, answer.json["error"]) == (503, FULL())
    assert left(folder) == []


def test_e8_a_file_that_the_disk_has_no_room_for_leaves_the_ledger_as_it_was(folder):
    ledger = Ledger(folder)
    kept = keep(ledger, "4.csv", "customer;date;amount\nK1;2024-04-05;5\n", 4)
    with pytest.raises(OSError, match="File too large"), room_for(100_000):
        keep(ledger, "5.csv", SALES.decode())
    assert ledger.entries() == [kept]
    assert sorted(left(folder)) == sorted(["entry.json", kept.data])


def test_e9_an_upload_to_a_disk_that_takes_no_change_is_one_sentence(client, folder):
    with read_only(folder):
        answer = client.post(ROUTE, data=SALES)
    assert (answer.status_code, answer.json["error"]) == (503, READ_ONLY())
    assert left(folder) == []
