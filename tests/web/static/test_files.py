"""The files that pages are made of: which address may be kept, and what is sent in which form."""

from __future__ import annotations

import gzip
import re
from types import SimpleNamespace

import brotli
import pytest
from flask import Flask

from services.site.people.roles import Role
from services.web.answers import packed as packed_answers
from services.web.answers.headers import FIXED
from services.web.static import files, fonts, packing, suites, vendor
from services.web.static.files import CHECKED, FOREVER, File
from tests.web.people import HTML, PASSWORD, body_of, guarded

LAZY = "/_dash-component-suites/dash_ag_grid/async-community.js"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def addresses(client):
    """Every file that a page names, and plotly.js, which the first chart asks for."""
    text = client.get("/", headers=HTML).text
    named = re.findall(r'<(?:script|link)[^>]* (?:src|href)="(/[^"]+)"', text)
    (plotly,) = re.findall(r'name="sd-plotly" content="([^"]+)"', text)
    return [*named, plotly]


def asked(client, path, **headers):
    with client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}) as got:
        got.get_data()
        return got


def test_every_address_that_a_page_names_may_be_kept_for_ever(client):
    named = addresses(client)
    assert len(named) > 12
    for address in named:
        answer = asked(client, address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOREVER), address


@pytest.mark.parametrize("path", [LAZY, "/_dash-component-suites/dash/dcc/async-graph.js"])
def test_what_components_load_by_themselves_is_asked_about_and_not_sent_again(client, path):
    first = asked(client, path)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, CHECKED)
    again = asked(client, path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == CHECKED


def test_an_address_of_another_version_is_answered_and_not_kept(client):
    for address in addresses(client):
        other = re.sub(r"(m=?)([0-9a-f]{10,})", r"\g<1>0123456789", address)
        assert other != address
        answer = asked(client, other)
        assert (answer.status_code, answer.headers["Cache-Control"] == FOREVER) == (200, False), other


@pytest.mark.parametrize(
    "path", ["/assets/theme.js", "/vendor/desk.css", "/vendor/desk.js", "/assets/nope.css"]
)
def test_an_address_without_a_version_is_not_kept(client, path):
    assert asked(client, path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("*", "br"),
        ("gzip;q=0, br;q=0", None),
        ("identity", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_a_file_comes_in_the_form_that_is_taken_and_is_the_same_in_each(client, accepted, form):
    for path in (LAZY, addresses(client)[-1]):
        whole = asked(client, path, Accept_Encoding="identity")
        answer = asked(client, path, Accept_Encoding=accepted)
        assert answer.headers.get("Content-Encoding") == form
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert UNPACK[form](answer.data) == whole.data
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert (answer.headers["ETag"] == whole.headers["ETag"]) == (form is None)


def test_a_head_a_part_and_a_part_that_is_none(client):
    path, taken = addresses(client)[-1], {"Accept-Encoding": "gzip"}
    whole = asked(client, path, Accept_Encoding="gzip")
    head = client.head(path, headers=taken)
    assert (head.data, head.headers["Content-Length"]) == (b"", whole.headers["Content-Length"])
    part = asked(client, path, Accept_Encoding="gzip", Range="bytes=10-19")
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Encoding"] == "gzip"
    assert asked(client, path, Range="bytes=99999999-").status_code == 416


def test_h_an_answer_about_a_file_carries_the_headers_whatever_its_status(client):
    tag = asked(client, LAZY).headers["ETag"]
    for headers in ({"If_None_Match": tag}, {"Range": "bytes=0-1"}, {"Range": "bytes=99999999-"}, {}):
        answer = asked(client, LAZY, **headers)
        assert {name: answer.headers[name] for name in FIXED} == FIXED, answer.status_code
        assert "Content-Security-Policy" in answer.headers


def test_two_workers_and_two_hosts_name_and_tag_our_files_alike(client, german_app):
    other = german_app.server.test_client()
    assert addresses(client) == addresses(other)
    for path in (LAZY, *addresses(client)):
        assert asked(client, path).headers["ETag"] == asked(other, path).headers["ETag"]


def test_a_changed_file_has_another_address(tmp_path):
    def sheet(text):
        for name in vendor.ALONE:
            (tmp_path / name).write_text("")
        (tmp_path / "a.css").write_text(text)
        return vendor.install(Flask("any", static_folder=None), tmp_path).sheet

    assert sheet("a {}") == sheet("a {}")
    assert sheet("a {}") != sheet("b {}")


def test_pages_name_no_script_that_they_do_not_use(client):
    assert not [address for address in addresses(client) if "polyfill" in address or "dash_table" in address]


def test_a_file_is_taken_from_where_the_install_left_it_and_else_packed_once(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    content = b"some script; " * 500
    app = Flask("any", static_folder=None)

    def sent(file):
        with app.test_request_context(headers={"Accept-Encoding": "br"}):
            return file.answer().get_data()

    quick = sent(File(content, "text/javascript"))
    assert brotli.decompress(quick) == content
    for path in files.pack(content):
        path.write_bytes(b"as the install left it")
    assert sent(File(content, "text/javascript")) == b"as the install left it"

    once = File(content, "text/javascript")
    sent(once)
    monkeypatch.setattr(files, "_kept", None)
    assert sent(once) == b"as the install left it"


def test_the_install_packs_what_pages_load_and_keeps_nothing_of_older_versions(tmp_path, monkeypatch):
    page_file = tmp_path / "new.js"
    page_file.write_bytes(b"new " * 1_000)
    folder = tmp_path / "packed"
    folder.mkdir()
    (folder / "old.br").write_bytes(b"")
    monkeypatch.setattr(files, "FOLDER", folder)
    monkeypatch.setattr(packing, "FOLDER", folder)
    monkeypatch.setattr(packing, "loaded", lambda: iter([page_file]))
    monkeypatch.setattr(fonts, "PARTS", {})
    for _ in range(2):
        packing.main()
        assert sorted(path.suffix for path in folder.iterdir()) == [".br", ".gzip"]


def test_the_install_packs_every_large_file_that_a_page_names(client):
    packed = {path.read_bytes() for path in packing.loaded()}
    made_here = ("/vendor/desk", "/vendor/inter")
    named = [address for address in (LAZY, *addresses(client)) if not address.startswith(made_here)]
    contents = {address: asked(client, address, Accept_Encoding="identity").data for address in named}
    assert [
        address for address in named if len(contents[address]) > 10_000 and contents[address] not in packed
    ] == []


@pytest.fixture(scope="module")
def shop(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


def test_pages_and_answers_to_callbacks_are_packed_and_the_same(shop):
    client = shop.signed_in(Role.ADMIN)
    key, entry = next(
        (key, entry)
        for key, entry in shop.app.callback_map.items()
        if getattr(entry.get("callback"), "__module__", "") == "callbacks.segments.wiring"
    )

    def answer(taken, path, body=None):
        headers = {"Accept-Encoding": taken}
        return client.post(path, json=body, headers=headers) if body else client.get(path, headers=headers)

    for path, body in (("/_dash-dependencies", None), ("/_dash-update-component", body_of(key, entry))):
        plain, packed = answer("identity", path, body), answer("gzip, br", path, body)
        assert gzip.decompress(answer("gzip", path, body).data) == plain.data
        assert brotli.decompress(packed.data) == plain.data
        assert packed.headers["Content-Encoding"] == "br"
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["Cache-Control"] == "no-store"
    page = answer("gzip", "/")
    assert b"react-entry-point" in gzip.decompress(page.data)
    assert client.head("/", headers={"Accept-Encoding": "gzip"}).status_code == 200


def test_what_is_packed_of_a_page_holds_nothing_of_the_request_and_nobodys_name(shop):
    client = shop.signed_in(Role.ADMIN)
    for path in ("/?release=probe-7F3K2&x=probe-7F3K2", "/customers?id=probe-7F3K2"):
        text = client.get(path, headers={"Cookie": "x=probe-7F3K2", "Referer": "probe-7F3K2"}).text
        assert "probe-7F3K2" not in text
        assert "sign-out" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/_dash-layout",
        "/audit",
        "/users",
        "/account",
        "/export/customers.csv",
        "/export/rules.csv",
        "/api/v1/segments",
        "/api/v1/customers",
        "/nope",
    ],
)
def test_nothing_with_peoples_data_is_packed(shop, path):
    client = shop.program(Role.ADMIN) if path.startswith("/api") else shop.signed_in(Role.ADMIN)
    with client.get(path, headers={"Accept-Encoding": "gzip, br", **HTML}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_sign_in_page_which_holds_what_was_typed_is_not_packed(shop):
    form = {"name": "probe", "password": PASSWORD}
    headers = {"Accept-Encoding": "gzip"}
    for answer in (
        shop.visitor().get("/sign-in", headers=headers),
        shop.visitor().post("/sign-in", data=form, headers=headers),
    ):
        assert "Content-Encoding" not in answer.headers
    assert not set(packed_answers.RULES) & {"/sign-in", "/audit", "/_dash-layout"}


def test_an_answer_without_a_body_never_becomes_the_file():
    """Dash answers 304 to the tag of its own."""
    server = Flask("any", static_folder=None)
    answers = iter([304, 200])

    def of_dash(package_name, fingerprinted_path):
        status = next(answers) if fingerprinted_path == "a.js" else 200
        return server.response_class(b"body" if status == 200 else b"", status, mimetype="text/javascript")

    server.add_url_rule(suites.RULE, suites.RULE, of_dash)
    suites.install(SimpleNamespace(server=server), "")
    client = server.test_client()
    statuses = [client.get("/_dash-component-suites/dash/a.js").status_code for _ in range(2)]
    assert statuses == [304, 200]
    assert client.get("/_dash-component-suites/dash/a.js").data == b"body"
