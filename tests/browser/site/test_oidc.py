"""Signing in with a provider and out again, as people meet it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.oidc import CLIENT, SECRET, provider
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.web.people import KEY


@pytest.mark.slow
def test_somebody_signs_in_with_the_provider_and_out_of_both(tmp_path, visitor, console):
    make_tiny_release(tmp_path / "models")
    with provider() as there:
        given = {
            "SECRET_KEY": KEY,
            "OIDC_ISSUER": there.issuer,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "Shop ID",
            "OIDC_ROLES": "heads=admin,staff=viewer",
        }
        there.says |= {"groups": ["heads"], "email": "head@shop.example"}
        with serve(tmp_path / "models", tmp_path, **given) as site:
            _walk(site, there, visitor(base_url=site.url, **FIRST_LOOK), console)


def _walk(site, there, page, console):
    page.goto("/baskets?min_lift=2")
    expect(page.get_by_label("Password")).to_be_visible()
    assert violations_in_two_looks(page) == []
    page.get_by_role("link", name="Sign in with Shop ID").click()
    expect(page).to_have_url(f"{site.url}/baskets?min_lift=2")
    page.locator(".sd-account summary").click()
    expect(page.locator(".sd-account")).to_contain_text("head@shop.example")
    page.goto("/account")
    expect(page.get_by_text("You sign in with Shop ID")).to_be_visible()
    expect(page.get_by_label("Current password")).to_have_count(0)
    assert violations_in_two_looks(page) == []
    state = State(site.state)
    Accounts(state).add("ben@example.org", Role.VIEWER, "four words and more")
    state.close()
    page.goto("/users?name=head@shop.example")
    expect(page.get_by_role("cell", name="signs in with Shop ID")).to_be_visible()
    assert violations_in_two_looks(page) == []
    page.goto("/account")
    page.get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out of Segment Desk.")
    assert violations_in_two_looks(page) == []
    page.get_by_role("link", name="Sign out there, too").click()
    expect(page).to_have_url(f"{site.url}/sign-in")
    assert there.requests[-1] == "/leave"
    # in no group any more
    console.allow("403")
    there.says["groups"] = []
    page.get_by_role("link", name="Sign in with Shop ID").click()
    expect(page.get_by_role("alert")).to_contain_text("None of your groups with Shop ID may use this site.")
    assert violations_in_two_looks(page) == []
