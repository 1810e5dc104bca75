"""Section F: one's own password and sessions."""

from __future__ import annotations

import re

import pytest

from services.site.people.roles import Role
from tests.releases.tiny import make_tiny_release
from tests.web.joined import entered, joined, logged
from tests.web.people import HTML, PASSWORD, guarded

NEW = "other words of my own"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture
def name(site):
    return joined(site, Role.VIEWER)


@pytest.fixture
def client(site, name):
    return entered(site, name)[0]


def phone(site, name):
    client, status = entered(site, name, agent=PHONE)
    assert status == 302
    return client


def change(client, old=PASSWORD, password=NEW, again=None):
    form = {"change": "password", "old": old, "password": password, "again": again or password}
    return client.post("/account", data=form)


def let_in(client):
    return client.get("/_dash-layout").status_code == 200


def keys(client):
    return re.findall(r'name="session" value="([0-9a-f]{64})"', client.get("/account").text)


def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_browser_known(site, name, client):
    elsewhere, before = phone(site, name), client.get_cookie("device").value
    answer = change(client)
    assert "Your password is changed. Your other sessions have ended." in answer.text
    assert (let_in(client), let_in(elsewhere)) == (True, False)
    assert client.get_cookie("device").value != before
    for _ in range(6):
        status = entered(site, name, "wrong password")[1]
    assert status == 429
    # guesses from elsewhere do not keep out this browser, which is known with the new password too
    assert client.post("/sign-in", data={"name": name, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"old": "wrong password"}, "That is not your current password."),
        ({"password": "short"}, "The password has fewer than 12 characters"),
        ({"password": PASSWORD}, "choose another"),
        ({"again": "something else"}, "The two new passwords differ"),
    ],
)
def test_a_password_that_cannot_be_changed_stays_and_the_page_says_why(site, name, client, form, said):
    answer = change(client, **form)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert NEW not in answer.text
    assert entered(site, name)[1] == 302


def test_f5_wrong_old_passwords_are_429_after_five_and_logged(site, name, client):
    statuses = [change(client, old="wrong password").status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]
    results = [result for _, result in logged(site, name)]
    assert results == ["password: too many tries", *["password not changed"] * 5]


def test_sessions_are_listed_and_one_that_is_ended_is_over(site, name, client):
    elsewhere = phone(site, name)
    text = client.get("/account").text
    assert "Chrome on Android" in text
    assert text.count("this one") == 1
    (key,) = keys(client)
    ended = client.post("/account", data={"change": "end", "session": key})
    assert "The session has ended." in ended.text
    assert (let_in(client), let_in(elsewhere)) == (True, False)
    again = client.post("/account", data={"change": "end", "session": key})
    assert "That session was over already." in again.text
    # what the page shows of a session opens nothing
    thief = site.visitor()
    thief.set_cookie("session", key)
    assert thief.get("/account", headers=HTML).status_code == 302


def test_all_others_end_at_once(site, name, client):
    others = [phone(site, name) for _ in range(2)]
    answer = client.post("/account", data={"change": "end-others"})
    assert "All your other sessions have ended." in answer.text
    assert [let_in(each) for each in (client, *others)] == [True, False, False]
    assert "There was no other session." in client.post("/account", data={"change": "end-others"}).text


def test_nobody_ends_anothers_session_by_its_key(site, client):
    other = joined(site, Role.ANALYST)
    first, second = phone(site, other), phone(site, other)
    (key,) = keys(second)
    assert "over already" in client.post("/account", data={"change": "end", "session": key}).text
    assert let_in(first)


@pytest.mark.parametrize("form", [{}, {"change": "role"}, {"change": "x" * 50_000}])
def test_what_no_form_of_ours_sends_is_refused(client, form):
    assert client.post("/account", data=form).status_code in (400, 413)


@pytest.mark.parametrize("role", Role)
def test_everybody_has_the_page_and_reads_what_they_may_do(site, role):
    text = site.signed_in(role).get("/account").text
    assert f"with the role <b>{role}</b>. You may look at pages and find customers" in text
    assert ("read the audit log." in text) == (role is Role.ADMIN)
