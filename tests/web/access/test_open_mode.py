"""A site that nobody signs in to answers its own computer and nobody else."""

from __future__ import annotations

import time

import pytest

from app import create_app
from services.desk import load_services
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from tests.running import check_start
from tests.web.people import KEY, PASSWORD


def made(folder, **given):
    settings = Settings(models_dir=folder / "models", state_dir=folder, **given)
    return create_app(settings, load_services(settings)).server


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    return made(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:8050", "127.9.9.9", "[::1]:8050"])
def test_this_computer_is_let_in_and_told(local, host):
    answer = local.test_client().get("/_dash-layout", headers={"Host": host})
    assert answer.status_code == 200
    assert "Local mode." in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "desk.example"},
        {"Host": "192.168.0.7"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "[::1"},
        {"Forwarded": "for=1.2.3.4"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "localhost"},
        {"X-Forwarded-Proto": "https"},
        {"X-Real-IP": "127.0.0.1"},
    ],
)
def test_what_came_another_way_is_refused_with_a_sentence(local, headers):
    for path in ("/", "/_dash-layout", "/export/customers.csv"):
        answer = local.test_client().get(path, headers={"Host": "localhost", **headers})
        assert answer.status_code in (400, 403)
        if answer.status_code == 403:
            assert "users add NAME --role admin" in answer.json["error"]


def test_with_the_first_account_everybody_signs_in(tmp_path):
    server = made(tmp_path)
    state = State(tmp_path)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    state.close()
    assert made(tmp_path).test_client().get("/_dash-layout").status_code == 401
    client = server.test_client()
    time.sleep(1.0)  # what the running site remembers of there being no account
    assert client.get("/_dash-layout").status_code == 401
    assert client.post("/sign-in", data={"name": "ana", "password": PASSWORD}).status_code == 302
    assert "Local mode." not in client.get("/_dash-layout").text


def test_a_hosted_site_is_never_open(tmp_path):
    server = made(tmp_path, host="0.0.0.0", secret_key=KEY)
    assert server.test_client().get("/_dash-layout").status_code == 401


def test_f4_proxy_headers_count_only_as_far_as_proxies_are_configured(tmp_path):
    state = State(tmp_path)
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    state.close()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example", "X-Forwarded-For": "9.9.9.9"}
    form = {"name": "ana", "password": PASSWORD}

    def cookie(**given):
        client = made(tmp_path, secret_key=KEY, **given).test_client()
        return client.post("/sign-in", data=form, headers=headers).headers["Set-Cookie"]

    assert cookie(trusted_proxies=1).startswith("__Host-session=")
    assert cookie().startswith("session=")


def test_only_trusted_hosts_are_answered(tmp_path):
    client = made(tmp_path, trusted_hosts=("localhost",)).test_client()
    assert client.get("/_dash-layout").status_code == 200
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"HOST": "0.0.0.0"}, "set SECRET_KEY"),
        ({"TRUSTED_PROXIES": "1"}, "set SECRET_KEY"),
        ({"HOST": "0.0.0.0", "SECRET_KEY": "secret"}, "too easy to guess"),
        ({"HOST": "0.0.0.0", "SECRET_KEY": KEY}, "set TRUSTED_PROXIES to 1"),
        ({"HOST": "0.0.0.0", "SECRET_KEY": KEY, "TRUSTED_PROXIES": "1"}, "create the first one"),
    ],
)
def test_f10_e18_a_hosted_site_needs_a_secret_a_proxy_and_an_account(tmp_path, environment, sentence):
    folders = {"STATE_DIR": str(tmp_path), "MODELS_DIR": str(tmp_path / "models")}
    code, said = check_start(tmp_path, **folders, **environment)
    assert code != 0
    assert sentence in said
    assert "Traceback" not in said
