"""An upload is its sender's alone, and goes after a day whether anybody sends another or not."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest
from flask import Flask, g, request

from services.site.people.roles import Role
from services.site.people.sessions import Person
from services.site.settings import Settings
from services.site.uploads import Uploads
from services.web.answers import errors
from services.web.uploads import children, routes
from services.web.uploads.routes import ROUTE

SALES = b"customer;order;date;price\nK1;1;2024-05-01;2,50\n"


@pytest.fixture
def state_dir(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def client(state_dir):
    """A site to which the header Who says who asks."""
    server = Flask("test")
    errors.install(server, lambda _path: True, "")

    @server.before_request
    def signed_in():
        if who := request.headers.get("Who"):
            g.person = Person(who, Role.ANALYST)

    routes.install(server, SimpleNamespace(settings=Settings(state_dir=state_dir, max_upload_mb=40)))
    return server.test_client()


def test_an_upload_is_its_senders_alone(client, monkeypatch):
    monkeypatch.setattr(children, "ask", lambda *_words, **_bounds: {"form": "csv"})
    upload = client.post(f"{ROUTE}?name=may.csv", data=SALES, headers={"Who": "ana"}).json["id"]
    for who in ("tom", "local"):
        for method, path in (
            ("GET", "inspection"), ("GET", "left-out.csv"), ("POST", "ledger"), ("DELETE", "")
        ):  # fmt: skip
            address = f"{ROUTE}/{upload}/{path}".rstrip("/")
            assert client.open(address, method=method, headers={"Who": who}).status_code == 404
    assert client.delete(f"{ROUTE}/{upload}", headers={"Who": "ana"}).status_code == 204


def test_somebody_s_uploads_are_listed_for_them_alone(state_dir):
    uploads = Uploads(state_dir)
    first, second = (uploads.receive(name, [SALES], "ana") for name in ("may.csv", "june.csv"))
    uploads.receive("other.csv", [SALES], "tom")
    assert {each.id for each in uploads.of("ana")} == {first.id, second.id}
    (state_dir / "uploads" / first.id / "upload.json").write_text('{"id": "of an earlier version"}')
    assert [each.id for each in uploads.of("ana")] == [second.id]
    assert Uploads(state_dir / "none").of("ana") == []


def test_uploads_that_are_too_old_go_while_the_site_is_asked_anything(client, state_dir, monkeypatch):
    sent = Uploads(state_dir).receive("may.csv", [SALES], "ana")
    folder = state_dir / "uploads" / sent.id
    os.utime(folder, (time.time() - 90_000, time.time() - 90_000))
    client.get("/nothing")
    assert folder.is_dir()
    monkeypatch.setattr(routes, "SWEPT_SECONDS", 0)
    client.get("/nothing")
    assert not folder.exists()


def test_what_is_kept_beside_a_file_leaves_its_age_alone(state_dir):
    uploads = Uploads(state_dir)
    sent = uploads.receive("may.csv", [SALES], "ana")
    folder = state_dir / "uploads" / sent.id
    os.utime(folder, (1, 1))
    (uploads.answers(sent) / "answer.json").write_text("{}")
    assert folder.stat().st_mtime == 1
