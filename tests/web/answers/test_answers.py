"""What the server answers, before any callback runs."""

from __future__ import annotations

import re

import pytest

from layouts.ids import Shell
from services.site.tabs import TABS, Place
from services.web.answers.headers import FIXED

HTML = {"Accept": "text/html"}
PAGES = [tab.path for tab in TABS]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_found(client, path):
    assert client.get(path, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    "path", ["/nope", "/customers/12347", "/health", "/_dash-update-component", "/assets/nope.css"]
)
def test_h_an_address_without_a_page_is_404(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_who_asks_for_html_gets_the_designed_page_and_programs_get_json(client):
    page = client.get("/nope", headers=HTML).text
    assert "There is no page at this address" in page
    assert "/vendor/desk.css?m=" in page
    assert re.fullmatch(r"SD-\w{5}", client.get("/nope", headers={"Accept": "application/json"}).json["ref"])


def test_an_unknown_address_keeps_the_navigation(client):
    page = client.get("/nope", headers=HTML).text
    named = [tab for tab in TABS if tab.place is not Place.NOWHERE]
    assert [f'<a href="{tab.path}">{tab.name}</a>' in page for tab in named] == [True] * len(named)


@pytest.mark.parametrize("path", ["dash/nope.js", "nope/x.js", "dash/../app.py"])
def test_an_unknown_component_file_is_404(client, path):
    assert client.get(f"/_dash-component-suites/{path}").status_code == 404


def test_the_process_is_alive_and_says_whether_it_can_answer(client, app_without_release):
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").status_code == 200
    assert client.get("/current").json == {"release": "20111210T125000Z-3fa9c1"}
    unready = app_without_release.server.test_client().get("/readyz")
    assert app_without_release.server.test_client().get("/current").json == {"release": None}
    assert (unready.status_code, unready.json["reason"]) == (503, "There is no release yet.")


ASKED = [
    ("GET", "/"),
    ("GET", "/nope"),
    ("GET", "/healthz"),
    ("GET", "/assets/tokens.css"),
    ("GET", "/vendor/desk.css?m=1"),
    ("GET", "/_dash-layout"),
    ("GET", "/_dash-component-suites/dash/nope.js"),
    ("POST", "/_dash-update-component"),
    ("DELETE", "/"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_h_f13_every_answer_carries_the_headers(client, method, path):
    with client.open(path, method=method) as answer:
        headers = answer.headers
    assert {name: headers[name] for name in FIXED} == FIXED
    policy = headers["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert not [name for name, _value in headers if name.startswith("Access-Control")]


def test_h_only_what_carries_a_fingerprint_may_be_kept(client):
    def kept(path):
        with client.get(path) as answer:
            return answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    # any m= was enough once: a worker of the version before could then be remembered under the new address
    assert [path for _method, path in ASKED[:6] if kept(path)] == []
    current = re.findall(r'"(/(?:vendor|assets)/[^"]+)"', client.get("/").text)
    assert len(current) == 6
    assert [path for path in current if not kept(path)] == []
    assert not kept("/assets/nope.css?m=1")


def test_h_strict_transport_is_asked_for_only_where_there_is_tls(client):
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "Strict-Transport-Security" in client.get("/", base_url="https://shop.example").headers


def test_no_page_names_another_host(client):
    for path in (*PAGES, "/nope"):
        text = client.get(path, headers=HTML).text
        assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []


def test_every_inline_script_is_allowed_by_its_hash(client):
    answer = client.get("/")
    inline = re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)[^>]*>", answer.text)
    assert answer.headers["Content-Security-Policy"].count("'sha256-") >= len(inline) >= 2


def test_two_apps_in_one_process_write_each_in_its_own_way(client, german_app):
    def layout(asked):
        return asked.get("/_dash-layout").text

    other = german_app.server.test_client()
    assert "Data to 9 December 2011" in layout(client)
    assert "Data to 9 Dezember 2011" in layout(other)
    assert 'name="sd-currency" content="EUR"' in other.get("/").text
    assert 'name="sd-currency" content="GBP"' in client.get("/").text


def test_a_page_keeps_the_release_it_was_loaded_with(client):
    stores = [
        part["props"]
        for part in client.get("/_dash-layout").json["props"]["children"]
        if part["type"] == "Store"
    ]
    assert [store["data"] for store in stores if store["id"] == Shell.RELEASE] == ["20111210T125000Z-3fa9c1"]
