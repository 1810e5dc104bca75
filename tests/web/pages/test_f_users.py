"""Section F: admins manage the others on the page of users, and nobody else does."""

from __future__ import annotations

import re

import pytest

from app import create_app
from services.desk import load_services
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from tests.releases.tiny import make_tiny_release
from tests.web.joined import entered, joined, logged
from tests.web.people import HTML, PASSWORD, guarded

NEW = "words that ben chose himself"


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def admin(site):
    return site.signed_in(Role.ADMIN)


def post(client, page, **form):
    return client.post(page, data=form)


def made(answer):
    return re.search(r"<code>([a-z2-9-]{19})</code>", answer.text)[1]


def test_somebody_who_is_added_signs_in_and_chooses_a_password_before_anything_else(site, admin):
    name = "ben@shop.example"
    answer = post(admin, "/users", change="add", name="Ben@Shop.example", role="service")
    assert f"{name} was added with the role service." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    first = made(answer)
    ben, status = entered(site, name, first)
    assert status == 302
    for page in ("/", "/customers?id=1", "/audit", "/users"):
        led = ben.get(page, headers=HTML)
        assert (led.status_code, led.location) == (302, "/account")
    for path in ("/_dash-layout", "/export/customers.csv", "/jobs/current", "/api/v1/segments"):
        assert ben.get(path).status_code == 403
    assert ben.post("/_dash-update-component", json={}).status_code == 403
    assert "Choose one of your own" in ben.get("/account").text
    answer = post(ben, "/account", change="password", old=first, password=NEW, again=NEW)
    assert "Your password is changed." in answer.text
    with ben.get("/", headers=HTML) as opened:
        assert opened.status_code == 200
    assert entered(site, name, first)[1] == 401
    assert logged(site, name) == [(name, "password changed"), ("admin", "added, service")]
    assert first not in str(site.audit.listed(most=1_000))


@pytest.mark.parametrize(
    ("change", "result", "said"),
    [
        ("role", "role marketer", "now has the role marketer and has to sign in again."),
        ("lock", "disabled", "is locked out"),
        ("end", "sessions ended", "has to sign in again everywhere."),
        ("password", "reset", "has a new password"),
    ],
)
def test_each_change_ends_their_sessions_and_is_logged(site, admin, change, result, said):
    name = joined(site, Role.VIEWER)
    viewer, _ = entered(site, name)
    answer = post(admin, "/users", change=change, name=name, role="marketer")
    assert (answer.status_code, f"{name} {said}" in answer.text) == (200, True)
    assert viewer.get("/", headers=HTML).location.startswith("/sign-in")
    assert logged(site, name) == [("admin", result)]


def test_who_was_locked_out_is_let_in_again_with_their_own_password(site, admin):
    name = joined(site, Role.VIEWER)
    post(admin, "/users", change="lock", name=name)
    assert entered(site, name)[1] == 401
    assert "<td>locked</td>" in admin.get(f"/users?name={name}").text
    post(admin, "/users", change="unlock", name=name)
    assert entered(site, name)[1] == 302


def test_an_older_role_is_given_to_nobody_and_stays_with_who_has_it(site, admin):
    name = joined(site, Role.EXPORTER)
    assert post(admin, "/users", change="role", name=name, role="exporter").status_code == 200
    assert post(admin, "/users", change="role", name=name, role="viewer").status_code == 200
    assert post(admin, "/users", change="role", name=name, role="exporter").status_code == 400


@pytest.mark.parametrize("change", [{"change": "lock"}, {"change": "role", "role": "viewer"}])
def test_the_only_admin_neither_locks_nor_demotes_themselves(site, admin, change):
    answer = post(admin, "/users", name="admin", **change)
    assert (answer.status_code, "the only admin who can sign in" in answer.text) == (409, True)
    assert admin.get("/users").status_code == 200
    assert logged(site, "admin") == []


@pytest.mark.parametrize("change", ["password", "end"])
def test_ones_own_password_is_changed_with_the_old_one_alone(site, admin, change):
    answer = post(admin, "/users", change=change, name="Admin")
    assert (answer.status_code, "on the page Your account" in answer.text) == (409, True)
    assert logged(site, "admin") == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"change": "erase", "name": "viewer"}, 400),
        ({"name": "viewer"}, 400),
        ({"change": "role", "name": "viewer", "role": "root"}, 400),
        ({"change": "role", "name": "viewer"}, 400),
        ({"change": "role", "name": "viewer", "role": "exporter"}, 400),
        ({"change": "add", "name": "eve", "role": "exporter"}, 400),
        ({"change": "add", "name": "<b>", "role": "viewer"}, 409),
        ({"change": "add", "name": "viewer", "role": "viewer"}, 409),
        ({"change": "lock", "name": "nobody"}, 404),
        ({"change": "lock", "name": "x" * 5_000}, 404),
        ({"change": "lock", "name": "x" * 20_000}, 413),
    ],
)
def test_what_no_form_of_ours_sends_changes_nothing(site, admin, form, status):
    before = Accounts(site.state).listed()
    assert post(admin, "/users", **form).status_code == status
    assert Accounts(site.state).listed() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_f2_nobody_else_sees_or_changes_accounts(site, role):
    name = joined(site, role)
    client, _ = entered(site, name)
    assert client.get("/users").status_code == 403
    assert post(client, "/users", change="role", name=name, role="admin").status_code == 403
    assert logged(site, name) == []
    pages = str(client.get("/_dash-layout").json)
    assert ("'/account'" in pages, "'/users'" in pages, "'/audit'" in pages) == (True, False, False)


def test_f11_another_site_changes_no_account(site, admin):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    form = {"change": "role", "name": "viewer", "role": "admin"}
    assert admin.post("/users", data=form, headers=foreign).status_code == 403
    assert admin.post("/account", data={"change": "end-others"}, headers=foreign).status_code == 403
    assert logged(site, "viewer") == logged(site, "admin") == []


def test_passwords_go_over_tls_alone(site, admin):
    client = site.visitor()
    client.set_cookie("session", admin.get_cookie("session").value, domain="desk.example")
    for page in ("/users", "/account"):
        answer = client.post(page, data={"change": "add"}, base_url="http://desk.example")
        assert "only accepted over https" in answer.json["error"]


def test_the_page_lists_everybody_and_what_roles_may_do(admin):
    text = admin.get("/users?name=exporter").text
    for role in Role:
        assert f'<a href="/users?name={role}"' in text
    assert '<option value="exporter" selected>exporter</option>' in text  # who has it keeps it
    assert '<option value="exporter">exporter</option>' not in text
    assert '<th scope="row">take files of customers away</th><td>–</td><td>–</td><td>yes</td>' in text


def test_where_nobody_signs_in_both_pages_say_so_and_change_nothing(models, tmp_path):
    settings = Settings(models_dir=models, state_dir=tmp_path)
    client = create_app(settings, load_services(settings)).server.test_client()
    for page in ("/users", "/account"):
        assert "Nobody signs in to this site yet" in client.get(page).text
        assert client.post(page, data={"change": "add", "name": "ann", "role": "admin"}).status_code == 403
    assert Accounts(State(tmp_path)).listed() == []


def test_a_name_that_is_typed_is_written_as_text(admin):
    answer = post(admin, "/users", change="add", name="<script>x</script>", role="viewer")
    assert "<script>x" not in answer.text
    assert PASSWORD not in answer.text
