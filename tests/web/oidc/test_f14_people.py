"""Section F14: who a provider proves is one account, with the role of their groups, and opens no other."""

from __future__ import annotations

import pytest

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from tests.oidc import parameters
from tests.web.people import HTML, PASSWORD


def test_somebody_gets_in_where_they_wanted_to_with_the_role_of_the_first_group_that_counts(trusting, there):
    there.says["groups"] = ["staff", "sellers", "others"]
    client, answer = trusting.gone(wanted="/customers?id=A%2F1")
    assert (answer.status_code, answer.location) == (302, "/customers?id=A%2F1")
    assert client.get("/account").status_code == 200
    found = trusting.account(there.says["email"])
    assert (found.role, found.issuer) == (Role.MARKETER, there.issuer)
    assert found.signed_in_at is not None
    assert [(each.who, each.what, each.result) for each in trusting.logged(2)] == [
        (found.name, "sign-in", "done"),
        (f"oidc:{found.name}", "account", "added, marketer"),
    ]


def test_what_goes_there_is_new_each_time_and_bound_to_a_secret_that_stays_here(trusting, there):
    before = len(there.asked)
    client, _ = trusting.gone()
    client.post("/sign-out")
    trusting.gone(client)
    first, second = there.asked[before:]
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(first[name]) >= 43
    told = {name: first[name] for name in ("response_type", "code_challenge_method", "scope")}
    assert told == {"response_type": "code", "code_challenge_method": "S256", "scope": "openid email profile"}


def test_f7_f14_signing_in_gives_a_new_session_and_ends_the_old_one(trusting, there):
    client, _ = trusting.gone()
    old = client.get_cookie("session").value
    # who is signed in is led on at once
    assert client.get("/sign-in/oidc", query_string={"next": "/baskets"}).location == "/baskets"
    beside, back = trusting.begun()
    beside.set_cookie("session", old)
    assert beside.get(back).status_code == 302
    assert beside.get_cookie("session").value != old
    assert (trusting.let_in(beside), trusting.let_in(client)) == (True, False)


def test_f14_groups_are_read_at_each_sign_in_and_what_they_take_away_ends_sessions(trusting, there):
    name = there.says["email"]
    there.says["groups"] = "heads"  # as some name a single one
    head, _ = trusting.gone()
    assert trusting.account(name).role is Role.ADMIN
    there.says["groups"] = ["staff"]
    viewer, _ = trusting.gone()
    assert trusting.account(name).role is Role.VIEWER
    assert (trusting.let_in(head), trusting.let_in(viewer)) == (False, True)
    for groups in ([], ["others"], ["STAFF"], None, [7], {"staff": 1}):
        there.says["groups"] = groups
        client, answer = trusting.gone()
        assert (answer.status_code, "None of your groups with Shop ID" in answer.text) == (403, True)
        assert not trusting.let_in(client)
    assert not trusting.let_in(viewer)
    (entry,) = trusting.logged()
    assert (entry.who, entry.what, entry.result) == (f"oidc:{name}", "sign-in", "in no group")
    assert entry.subject == f"127.0.0.1 as {there.says['sub']}"


def test_f14_a_name_opens_no_account_that_is_here_already(trusting, there):
    name = there.says["email"]
    Accounts(trusting.state).add(name, Role.ADMIN, PASSWORD)
    client, answer = trusting.gone()
    assert (answer.status_code, f"There is already an account {name}" in answer.text) == (403, True)
    assert not trusting.let_in(client)
    assert trusting.logged()[0].result == "name taken"
    # its owner signs in as before
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302


def test_f14_an_address_of_somebody_else_leads_to_no_account_and_a_new_one_is_the_same_person(
    trusting, there
):
    first = dict(there.says)
    trusting.gone()
    there.says["sub"] = f"{first['sub']}-a-stranger"  # who has the first one's address now
    assert trusting.gone()[1].status_code == 403
    there.says |= first | {"email": f"married-{first['email']}"}
    assert trusting.let_in(trusting.gone()[0])
    assert trusting.account(first["email"]) is not None
    assert trusting.account(f"married-{first['email']}") is None


def test_f14_an_address_that_is_not_verified_lets_nobody_in_and_one_that_may_be_names_nobody(trusting, there):
    for said in (False, "false"):
        there.says["email_verified"] = said
        entry = trusting.refused(there, "Your e-mail address is not verified with Shop ID", 403)
        assert entry.result == "e-mail not verified"
    there.says |= {"email_verified": None, "preferred_username": f"Zoë {there.says['sub']}"}
    assert trusting.let_in(trusting.gone()[0])
    assert trusting.account(there.says["email"]) is None
    assert trusting.account(there.says["sub"]) is not None  # what can be no name is passed over


def test_f14_who_is_locked_here_stays_out_whatever_the_provider_says(trusting, there):
    client, _ = trusting.gone()
    Accounts(trusting.state).disable(there.says["email"])
    there.says["groups"] = ["heads"]
    again, answer = trusting.gone()
    assert (answer.status_code, "Your account is locked on this site" in answer.text) == (403, True)
    assert (trusting.let_in(client), trusting.let_in(again)) == (False, False)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_f12_f14_the_way_back_leads_to_no_other_site(trusting, there, wanted):
    assert trusting.gone(wanted=wanted)[1].location == "/"


@pytest.mark.parametrize("password", ["", "nobody has this password", "x" * 12])
def test_f14_no_password_opens_an_account_of_somebody_who_signs_in_with_the_provider(
    trusting, there, password
):
    trusting.gone()
    form = {"name": there.says["email"], "password": password}
    assert trusting.server.test_client().post("/sign-in", data=form).status_code == 401


def test_who_signs_in_with_the_provider_has_no_password_to_change(trusting, there):
    client, _ = trusting.gone()
    page = client.get("/account").text
    assert "You sign in with Shop ID: your password is there" in page
    assert "Current password" not in page
    form = {"change": "password", "old": "", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/account", data=form).status_code == 400


def test_f2_f14_an_admin_sees_who_signs_in_there_and_changes_neither_role_nor_password(trusting, there):
    trusting.gone()
    name = there.says["email"]
    there.says |= {"sub": f"{there.says['sub']}-head", "email": f"head-{name}", "groups": ["heads"]}
    admin, _ = trusting.gone()
    page = admin.get("/users", query_string={"name": name}).text
    assert f"{name} signs in with Shop ID, without a password of this site." in page
    assert "<td>signs in with Shop ID</td>" in page
    assert "Make a new password" not in page
    assert "Change role" not in page
    for form in ({"change": "password"}, {"change": "role", "role": "admin"}):
        answer = admin.post("/users", data={"name": name, **form})
        assert (answer.status_code, "signs in with another service" in answer.text) == (409, True)
    assert trusting.account(name).role is Role.VIEWER
    assert admin.post("/users", data={"name": name, "change": "lock"}).status_code == 200
    assert trusting.account(name).disabled


def test_who_signs_out_is_shown_the_way_out_there_too(trusting, there):
    client, _ = trusting.gone()
    left = client.post("/sign-out")
    assert left.location == "/sign-in?left=1"
    assert 'href="/sign-in/oidc/out"' in client.get(left.location).text
    assert not trusting.let_in(client)
    out = client.get("/sign-in/oidc/out").location
    assert out.startswith(f"{there.issuer}/leave?")
    wanted = {"client_id": "segment-desk", "post_logout_redirect_uri": "http://localhost/sign-in"}
    assert parameters(out) == wanted
    # who has a password is not told of it
    form = {"name": f"own-{there.says['email']}", "password": PASSWORD}
    Accounts(trusting.state).add(form["name"], Role.VIEWER, PASSWORD)
    assert client.post("/sign-in", data=form).status_code == 302
    assert client.post("/sign-out").location == "/sign-in"


def test_nobody_signs_in_in_the_clear(trusting):
    answer = trusting.server.test_client().get("/sign-in/oidc", base_url="http://desk.example")
    assert (answer.status_code, "over https" in answer.json["error"]) == (403, True)


def test_without_a_provider_there_is_no_such_way_in(client):
    for path in ("/sign-in/oidc", "/sign-in/oidc/back", "/sign-in/oidc/out"):
        assert client.get(path, headers=HTML).status_code == 404
    assert "/sign-in/oidc" not in client.get("/sign-in?left=1").text
