"""``/uploads``: a file is taken in whole or not at all, within bounds of size, memory and time."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import resource
import signal
import stat
import time
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from services.core.refusals import Refusal
from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.people.roles import Action
from services.site.settings import Settings
from services.site.state import State
from services.site.uploads import Uploads
from services.web.access.table import ROUTES
from services.web.answers import errors
from services.web.uploads import children, routes
from services.web.uploads.routes import ROUTE
from tests.worker.stage import ORPHANS_GONE, runs, until

SALES = b"customer;order;date;product;quantity;price\n" + b"".join(
    b"K%d;%d;0%d/0%d/2024;P1;1;2,50\n" % (n, n, n, n + 1) for n in range(1, 9)
)
MB = 1_000_000


@pytest.fixture
def state_dir(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def client(state_dir):
    server = Flask("test")
    errors.install(server, lambda _path: True, "")
    routes.install(server, SimpleNamespace(settings=Settings(state_dir=state_dir, max_upload_mb=40)))
    return server.test_client()


@pytest.fixture
def recognised(monkeypatch):
    """Spares a test the process that recognises the file."""
    monkeypatch.setattr(children, "ask", lambda *_words, **_bounds: {"form": "csv"})


def folders(state_dir: Path) -> list[Path]:
    return [path for path in (state_dir / "uploads").glob("*") if path.is_dir()]


class Body(io.RawIOBase):
    """A body of some length that is made while it is read, or breaks off."""

    def __init__(self, length: int, *, breaks_at: int | None = None) -> None:
        self.left, self.breaks_at, self.read_so_far = length, breaks_at, 0

    def readable(self) -> bool:
        return True

    def seek(self, *_given) -> int:
        return 0

    tell = seek

    def readinto(self, buffer) -> int:
        if self.breaks_at is not None and self.read_so_far >= self.breaks_at:
            raise ConnectionResetError
        given = min(len(buffer), self.left, 65_536)
        buffer[:given] = b"a" * given
        self.left -= given
        self.read_so_far += given
        return given


def send(client, body: Body, length: int | None):
    said = {"CONTENT_LENGTH": str(length or ""), "wsgi.input_terminated": length is None}
    return client.post(ROUTE, input_stream=body, environ_overrides=said)


def test_a33_a_file_is_taken_in_and_lies_where_nobody_else_can_read_it(client, state_dir):
    answer = client.post(f"{ROUTE}?name=..%2F..%2Fmay%0A.csv", data=SALES)
    told = answer.json
    assert answer.status_code == 201
    assert told == {
        "id": told["id"],
        "name": "may_x0a.csv",
        "size": len(SALES),
        "digest": hashlib.sha256(SALES).hexdigest(),
    }
    uploads = Uploads(state_dir)
    path = uploads.path(uploads.one(told["id"], "local"))
    assert path == state_dir / "uploads" / told["id"] / "file" / "may_x0a.csv"
    assert path.read_bytes() == SALES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, state_dir / "uploads"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a28_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(client, state_dir):
    body = Body(41 * MB)
    answer = send(client, body, 41 * MB)
    assert (answer.status_code, answer.json["error"][:34]) == (413, "The file is larger than 40 MB. Sen")
    assert body.read_so_far == 0
    assert folders(state_dir) == []


def test_a28_a_body_that_does_not_say_so_is_refused_as_soon_as_it_is_too_large(client, state_dir):
    body = Body(400 * MB)
    assert send(client, body, None).status_code == 413
    assert body.read_so_far < 42 * MB
    assert folders(state_dir) == []


@pytest.mark.parametrize("length", [30 * MB, None])
def test_a36_nothing_stays_of_a_connection_that_breaks_off(client, state_dir, recognised, length):
    answer = send(client, Body(30 * MB, breaks_at=3 * MB), length)
    assert answer.status_code == 400
    assert folders(state_dir) == []
    assert client.post(ROUTE, data=SALES).status_code == 201


def test_a36_nothing_stays_of_a_body_that_is_shorter_than_it_says(client, state_dir):
    assert send(client, Body(1 * MB), 2 * MB).status_code == 400
    assert folders(state_dir) == []


def test_a_large_file_takes_no_more_memory_than_a_small_one(client, recognised):
    tracemalloc.start()
    try:
        assert send(client, Body(35 * MB), 35 * MB).status_code == 201
        assert tracemalloc.get_traced_memory()[1] < 3 * MB
    finally:
        tracemalloc.stop()


def zipped(content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sales.csv", content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...", "The file is a PDF document"),
        (b"<!DOCTYPE html><p>", "The file is a web page or XML"),
        (b"", "The file is empty."),
        (zipped(bytes(64 * MB)), "The archive unpacks to more than 100 times its size"),
        (gzip.compress(bytes(64 * MB)), "The file unpacks to more than"),
        (gzip.compress(b"%PDF-1.7"), "The archive holds a PDF document"),
        (gzip.compress(SALES * 900)[:-9], "The archive is damaged or incomplete."),
    ],
    ids=["pdf", "html", "empty", "zip bomb", "gzip bomb", "pdf in gzip", "cut off"],
)
def test_a1_a29_a30_what_is_no_sales_file_is_refused_at_once_and_removed(
    client, state_dir, content, sentence
):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = client.post(ROUTE, data=content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (answer.status_code, answer.json["error"][: len(sentence)]) == (400, sentence)
    assert folders(state_dir) == []
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


def test_an_upload_is_removed_and_then_unknown(client, state_dir, recognised):
    upload = client.post(ROUTE, data=SALES).json["id"]
    assert client.delete(f"{ROUTE}/{upload}").status_code == 204
    assert folders(state_dir) == []
    assert client.delete(f"{ROUTE}/{upload}").status_code == 404
    for unknown in ("0" * 32, "..", "%2e%2e%2fledger", "x"):
        assert client.get(f"{ROUTE}/{unknown}/inspection").status_code == 404


def test_what_is_old_or_was_being_sent_when_killed_goes_and_what_is_being_sent_stays(
    client, state_dir, recognised
):
    old, young = (client.post(ROUTE, data=SALES).json["id"] for _ in range(2))
    uploads = Uploads(state_dir)

    def body():
        yield SALES
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        uploads.receive("killed.csv", body(), "local")
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    (killed,) = [folder for folder in folders(state_dir) if folder.name.startswith(".new-")]
    for folder, ago in ((killed, 60), (state_dir / "uploads" / old, 90_000)):
        os.utime(folder, (time.time() - ago, time.time() - ago))
    assert client.get(f"{ROUTE}/{old}/inspection").status_code == 404

    def while_clearing():
        yield SALES
        (partial,) = [each for each in folders(state_dir) if each.name[:5] == ".new-" and each != killed]
        os.utime(partial, (0, 0))
        uploads.clear()

    sent = uploads.receive("live.csv", while_clearing(), "local")
    assert {folder.name for folder in folders(state_dir)} == {young, sent.id}


@pytest.mark.parametrize(
    "query",
    [
        "rejected=/tmp/x",
        "layout=/etc/x.toml",
        "layout=x.toml",
        "accept_unreadable=yes",
        "decimal=.&decimal=,",
    ],
)
def test_a35_parameters_that_no_file_needs_are_refused(client, recognised, query):
    upload = client.post(ROUTE, data=SALES).json["id"]
    assert client.get(f"{ROUTE}/{upload}/inspection?{query}").status_code == 400
    assert client.post(f"{ROUTE}/{upload}/ledger?{query}").status_code == 400


def test_those_who_bring_files_alone_may_send():
    assert {ROUTES[route] for route in ROUTES if route.startswith(ROUTE)} == {Action.DATA}


@pytest.mark.slow
def test_a_file_is_looked_through_and_added_as_the_commands_do(client, state_dir, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(state_dir))
    upload = client.post(f"{ROUTE}?name=may.csv", data=SALES).json["id"]
    asked = client.get(f"{ROUTE}/{upload}/inspection").json
    assert [each["field"] for each in asked["questions"]] == ["date_order"]
    refused = client.post(f"{ROUTE}/{upload}/ledger")
    assert refused.status_code == 400
    assert refused.json["error"].startswith("“may.csv” was not added. In the column “date”")
    assert client.get(f"{ROUTE}/{upload}/left-out.csv").status_code == 400
    left = client.get(f"{ROUTE}/{upload}/left-out.csv?date_order=mdy")
    assert left.text.splitlines() == [
        "\ufeffline,rule,reason,customer,invoice,product,quantity,date,price,row"
    ]
    assert left.headers["Content-Disposition"] == "attachment; filename=may.csv-left-out.csv"
    left.close()
    told = client.get(f"{ROUTE}/{upload}/inspection?date_order=mdy").json
    assert (told["rows"]["kept"], told["questions"]) == (8, [])
    added = client.post(f"{ROUTE}/{upload}/ledger?date_order=mdy").json["added"]
    assert [(each["name"], each["added_by"]) for each in added] == [("may.csv", "local")]
    (entry,) = Ledger(state_dir).entries()
    assert (entry.told(), entry.reading) == (added[0], {"date_order": "mdy"})
    assert folders(state_dir) == []
    state = State(state_dir)
    logged = [(each.who, each.subject, each.result) for each in Audit(state).listed(what="ledger")]
    state.close()
    assert logged == [("local", "may.csv", "added")]


TIME = ("timeit", ["-n1", "-r1", "import time; time.sleep(60)"])
BUSY_IN_C = "re.match('(a+)+$', 'a' * 60 + 'b')"
MEMORY = ("timeit", ["-n1", "-r1", "bytearray(10 ** 9)"])


@pytest.mark.parametrize(("module", "words"), [TIME, MEMORY], ids=["time", "memory"])
def test_e7_what_takes_too_long_or_too_much_is_ended(module, words):
    begun = time.monotonic()
    with pytest.raises(BadRequest, match="time and memory"):
        children.ask(module, words, seconds=2, memory_mb=200)
    assert time.monotonic() - begun < 30


def test_e1_e11_a_command_that_is_busy_in_a_library_ends_with_the_process_that_waits_for_it(tmp_path):
    file = tmp_path / "pid"
    busy = f"import os, pathlib, re; pathlib.Path({str(file)!r}).write_text(str(os.getpid())); {BUSY_IN_C}"
    if not (waiting := os.fork()):
        children.ask("timeit", ["-n1", "-r1", busy], seconds=60, memory_mb=1_000)
    until(lambda: file.is_file() and file.read_text())
    os.kill(waiting, signal.SIGKILL)
    os.waitpid(waiting, 0)
    until(lambda: not runs(int(file.read_text())), ORPHANS_GONE)


def test_what_a_command_refuses_is_refused_with_its_field(monkeypatch):
    told = {"refused": {"message": "No.", "field": "sheet", "option": "--sheet", "choices": None}}
    done = SimpleNamespace(stdout=json.dumps(told), returncode=2)
    monkeypatch.setattr(children.subprocess, "run", lambda *_words, **_how: done)
    with pytest.raises(Refusal, match="No") as refused:
        children.ask("services", ["inspect"], seconds=1, memory_mb=1)
    assert refused.value.field == "sheet"
