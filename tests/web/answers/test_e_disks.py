"""E9: a site on a disk that takes no change shows what there is, saves nothing, and says so."""

from __future__ import annotations

import pytest

from app import create_app
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from services.web.server.health import READ_ONLY
from tests.site.state.disks import other_folder, read_only
from tests.web.conftest import RELEASE, named
from tests.web.people import KEY, PASSWORD


@pytest.fixture
def folder():
    with other_folder() as made:
        yield made


def visitor(folder, problem=None):
    settings = Settings(state_dir=folder, secret_key=KEY)
    services = named(settings, RELEASE)
    services.releases.problem = problem
    return create_app(settings, services).server.test_client()


def test_e9_who_is_signed_in_reads_on_and_nobody_signs_in(folder):
    state = State(folder)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    state.close()
    client = visitor(folder)
    answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD})
    session = answer.headers["Set-Cookie"].split(";")[0].split("=")[1]
    with read_only(folder):
        restarted = visitor(folder)
        restarted.set_cookie("session", session)
        assert restarted.get("/_dash-layout").status_code == 200
        again = visitor(folder).post("/sign-in", data={"name": "ana", "password": PASSWORD})
        assert again.status_code == 503
        assert "nothing was done" in again.text
        ready = restarted.get("/readyz")
        expected = {"status": "degraded", "release": RELEASE.id, "reason": READ_ONLY}
        assert (ready.status_code, ready.json) == (200, expected)


def test_e9_a_site_of_ones_own_starts_on_an_empty_read_only_disk(folder):
    with read_only(folder):
        client = visitor(folder / "var")
        assert client.get("/_dash-layout").status_code == 200
        assert client.get("/readyz").json["status"] == "degraded"
    client = visitor(folder / "var")
    assert client.get("/readyz").json == {"status": "ready", "release": RELEASE.id}


def test_d1_a_release_that_could_not_be_taken_is_said_beside_the_one_that_serves(folder):
    ready = visitor(folder, "Release x is damaged.").get("/readyz")
    expected = {"status": "degraded", "release": RELEASE.id, "reason": "Release x is damaged."}
    assert (ready.status_code, ready.json) == (200, expected)
