"""Section F: who gets in, and what each role may do. Walks every route and every callback there is."""

from __future__ import annotations

import re

import pytest

from layouts.ids import Shell
from services.site.people.roles import Role
from services.web.access.gate import CALLBACKS as ADDRESS
from services.web.access.table import CALLBACKS, OPEN, PAGES, ROUTES
from tests.web.people import HTML, PASSWORD, body_of, guarded, pressed_body

POSTED = (
    "/sign-out /_dash-update-component /predict/rows /churn/table/rows /api/v1/predict /mcp /uploads "
    "/uploads/<string:upload>/ledger"
)
METHODS = dict.fromkeys(POSTED.split(), "POST") | {"/uploads/<string:upload>": "DELETE"}
PROGRAMS = ("/api/", "/mcp", "/metrics")
PROBLEM = {"type", "title", "status", "detail", "ref"}


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def clients(site):
    return {role: site.signed_in(role) for role in Role}


@pytest.fixture(scope="module")
def programs(site):
    return {role: site.program(role) for role in Role}


def routes(site):
    return sorted({rule.rule for rule in site.app.server.url_map.iter_rules()})


def callbacks(site):
    return {key: entry for key, entry in site.app.callback_map.items() if "callback" in entry}


def path_of(rule):
    return re.sub(r"<[^>]*>", "predict", rule)


def ask(client, rule, **options):
    return client.open(path_of(rule), method=METHODS.get(rule, "GET"), **options)


def module_of(entry):
    return entry["callback"].__module__


def test_f1_every_route_has_a_rule_and_every_rule_a_route(site):
    assert set(routes(site)) == set(ROUTES)


def test_f1_every_callback_has_a_rule_and_every_rule_a_callback(site):
    # a page that tests alone have adds its own, in the process that runs it
    known = {module for module in CALLBACKS if not module.startswith("tests.")}
    assert {module_of(entry) for entry in callbacks(site).values()} == known


def test_f1_no_route_gives_anything_without_a_session(site):
    for rule in routes(site):
        if ROUTES[rule] == OPEN:
            continue
        with ask(site.visitor(), rule, headers=HTML) as answer:
            if rule in PAGES:
                assert answer.status_code == 302, rule
                assert answer.location.startswith("/sign-in?next=/"), rule
            elif rule.startswith(PROGRAMS):
                assert (answer.status_code, set(answer.json)) == (401, PROBLEM), rule
                assert answer.headers["WWW-Authenticate"] == "Bearer"
            else:
                assert (answer.status_code, set(answer.json)) == (401, {"error", "ref"}), rule


def test_f1_no_callback_answers_without_a_session(site):
    visitor = site.visitor()
    for key, entry in callbacks(site).items():
        answer = visitor.post(ADDRESS, json=body_of(key, entry))
        assert (answer.status_code, set(answer.json)) == (401, {"error", "ref"}), key


def test_f1_what_is_open_holds_no_data(site):
    for rule in routes(site):
        if ROUTES[rule] == OPEN and rule.startswith("/sign-in"):
            text = site.visitor().get(rule).text
            assert "validation_layout" not in text
            assert "_dash-config" not in text


@pytest.mark.parametrize("role", Role)
def test_f2_each_role_and_each_route(site, clients, programs, role):
    for rule in routes(site):
        needed = ROUTES[rule]
        if needed == OPEN:
            continue
        client = programs[role] if rule.startswith(PROGRAMS) else clients[role]
        with ask(client, rule, headers=HTML) as answer:
            refused = answer.status_code == 403
            assert refused == (not role.may(needed)), f"{role} {rule}: {answer.status_code}"


@pytest.mark.parametrize("role", Role)
def test_f2_each_role_and_each_callback(site, clients, role):
    for key, entry in callbacks(site).items():
        # pressed: what answers a press alone is not asked without one, whoever sends it
        answer = clients[role].post(ADDRESS, json=pressed_body(key, entry))
        allowed = role.may(CALLBACKS[module_of(entry)])
        assert (answer.status_code == 403) == (not allowed), f"{role} {key}: {answer.status_code}"
        assert answer.status_code in (200, 204, 403), f"{role} {key}: {answer.status_code}"


def test_f2_a_refusal_is_logged_with_who_and_what(site, clients):
    clients[Role.VIEWER].get("/audit")
    entry = site.audit.listed(what="refused", subject="/audit")[0]
    assert (entry.who, entry.result) == ("viewer", "may not read the audit log")


def test_f2_a_callback_of_no_module_in_the_table_is_refused(site, clients, monkeypatch):
    key = f"{Shell.NEWER}.children"
    monkeypatch.delitem(CALLBACKS, "callbacks.shell.wiring")
    answer = clients[Role.ADMIN].post(ADDRESS, json=body_of(key, site.app.callback_map[key]))
    assert answer.status_code == 403


def test_f2_a_route_that_is_not_in_the_table_is_refused(clients, monkeypatch):
    monkeypatch.delitem(ROUTES, "/predict/rows")
    assert clients[Role.ADMIN].post("/predict/rows").status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": []},
        {"outputs": {"id": "x", "property": "children"}},
        {"state": [{"id": "role", "property": "data", "value": "admin"}]},
        {"output": "nobody.children"},
    ],
)
def test_f3_a_forged_body_is_400_whoever_sends_it(site, clients, change):
    key = f"{Shell.NEWER}.children"
    body = body_of(key, site.app.callback_map[key]) | change
    assert clients[Role.ADMIN].post(ADDRESS, json=body).status_code == 400


def test_f3_the_role_is_asked_of_the_callback_that_runs_whatever_else_the_body_names(site, clients):
    key, entry = next(
        (key, entry)
        for key, entry in callbacks(site).items()
        if module_of(entry) == "callbacks.presets.saving"
    )
    body = pressed_body(key, entry) | {"role": "admin", "user": "admin"}
    assert clients[Role.VIEWER].post(ADDRESS, json=body).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-User": "admin"},
        {"X-Remote-User": "admin", "Remote-User": "admin"},
        {"Authorization": "Basic YWRtaW46eA=="},
        {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"},
        {"Cookie": "session=admin; role=admin; user=admin; __Host-session=admin"},
    ],
)
def test_f4_nobody_becomes_somebody_by_a_header(site, headers):
    assert site.visitor().get("/_dash-layout", headers=headers).status_code == 401
    assert site.visitor().get("/audit", headers=headers).status_code == 302


def test_f4_a_viewer_stays_one_whatever_the_cookies_say(clients):
    clients[Role.VIEWER].set_cookie("role", "admin")
    assert clients[Role.VIEWER].get("/audit").status_code == 403


def test_f5_wrong_passwords_are_429_after_five_and_logged(models, tmp_path):
    fresh = guarded(models, tmp_path)
    sent = [
        fresh.visitor().post("/sign-in", data={"name": "viewer", "password": f"wrong password {n}"})
        for n in range(7)
    ]
    assert [answer.status_code for answer in sent] == [401] * 5 + [429] * 2
    assert "Name and password do not match." in sent[0].text
    assert "Try again in 15 minutes, or now in a browser where you have signed in before." in sent[6].text
    results = [entry.result for entry in fresh.audit.listed(who="viewer", what="sign-in")]
    assert results == ["too many tries"] * 2 + ["failed"] * 5


def test_f5_unknown_and_known_names_get_the_same_page(models, tmp_path):
    fresh = guarded(models, tmp_path)

    def page(name):
        answer = fresh.visitor().post("/sign-in", data={"name": name, "password": "wrong password"})
        return answer.status_code, answer.text.replace(name, "NAME")

    assert page("viewer") == page("nobody")


def test_f7_a_cookie_that_was_there_before_is_not_the_session(site):
    client = site.visitor()
    client.set_cookie("session", "planted")
    client.post("/sign-in", data={"name": "viewer", "password": PASSWORD})
    assert client.get_cookie("session").value != "planted"
    planted = site.visitor()
    planted.set_cookie("session", "planted")
    assert planted.get("/_dash-layout").status_code == 401


def test_f8_a_copied_cookie_is_dead_after_signing_out_and_pages_are_not_kept(site):
    client = site.signed_in(Role.VIEWER)
    copied = client.get_cookie("session").value
    thief = site.visitor()
    thief.set_cookie("session", copied)
    with thief.get("/") as page:
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    client.post("/sign-out")
    thief.set_cookie("session", copied)
    assert thief.get("/").status_code == 302
    assert thief.post(ADDRESS, json={}).status_code == 401


def test_f10_a_tampered_cookie_is_401(site):
    client = site.signed_in(Role.VIEWER)
    value = client.get_cookie("session").value
    for other in (value[:-1], value + "A", value.swapcase()):
        client.set_cookie("session", other)
        assert client.get("/_dash-layout").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
    ],
)
def test_f11_another_sites_page_can_neither_ask_nor_sign_in_or_out(site, clients, headers):
    for path in (ADDRESS, "/sign-in", "/sign-out", "/predict/rows"):
        answer = clients[Role.ADMIN].post(path, data="x", content_type="text/plain", headers=headers)
        assert answer.status_code == 403, path


REDIRECTS = [
    "//evil.example",
    "/\\evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/ok\r\nLocation: https://evil.example",
    "evil.example",
    "",
]


@pytest.mark.parametrize("wanted", REDIRECTS)
def test_f12_nobody_is_led_to_another_site(site, wanted):
    client = site.visitor()
    answer = client.post("/sign-in", data={"name": "viewer", "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/sign-in", query_string={"next": wanted}).location == "/"


def test_f12_who_was_sent_to_sign_in_comes_back_to_the_same_view(site):
    client = site.visitor()
    sent = client.get("/customers?id=A%2F1&id=b", headers=HTML).location
    shown = client.get(sent).text
    wanted = re.search(r'name="next" value="([^"]*)"', shown).group(1).replace("&amp;", "&")
    answer = client.post(sent, data={"name": "viewer", "password": PASSWORD, "next": wanted})
    assert answer.location == "/customers?id=A%2F1&id=b"


@pytest.mark.parametrize(("password", "status"), [("x" * 2_000, 401), ("x" * 10_000_000, 413)])
def test_f15_endless_passwords_are_refused(site, password, status):
    answer = site.visitor().post("/sign-in", data={"name": "somebody", "password": password})
    assert answer.status_code == status


def test_f11_the_sign_in_form_as_browsers_send_it_is_let_in(site):
    # pages of ours send no referrer, and browsers then write null for a form's Origin
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    form = {"name": "viewer", "password": PASSWORD}
    assert site.visitor().post("/sign-in", data=form, headers=headers).status_code == 302
