"""The filters by what contacts say, as a marketer and a viewer meet them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from layouts.ids import Shell
from services.core.contacts.contact import Contact
from services.site.customers.contacts import Contacts
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_query, go_within, settled
from tests.running import Site, serve
from tests.serving.shops import shop

PASSWORD = "four words and more"
TIER = "attribute=Tier%3AGold"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small shop's 40 customers: 12 Gold, 6 Silver, of 24 who agreed to e-mails."""
    folder, release = tmp_path_factory.mktemp("site"), shop()
    state = State(folder / "state")
    tiers = ["Gold"] * 12 + ["🥈 عضو"] * 6 + [""] * 6
    given = [
        Contact(release.id_of(row), email_consent=True, attributes={"Tier": tier} if tier else {})
        for row, tier in enumerate(tiers)
    ]
    Contacts(state).keep(given, who="ana", subject="c.csv")
    for role in (Role.VIEWER, Role.MARKETER):
        Accounts(state).add(role, role, PASSWORD)
    state.close()
    with serve(release.folder.parents[1], folder, WEB_CONCURRENCY="1") as running:
        yield running


def signed_in(visitor, site: Site, role: Role, address: str, **options: object) -> Page:
    page: Page = visitor(base_url=site.url, **options)
    page.goto(address)
    page.get_by_label("Name").fill(role)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return settled(page)


def found(page: Page, number: int) -> None:
    expect(page.locator(".sd-found b").first).to_have_text(str(number))


@pytest.mark.slow
def test_a_marketer_chooses_a_column_and_values_which_other_tabs_know(visitor, own_site):
    page = signed_in(visitor, own_site, Role.MARKETER, "/", **FIRST_LOOK)
    found(page, 40)
    page.locator(".sd-add-attribute > summary").click()
    page.locator("#segments-attribute-select").select_option("Tier")
    values = page.locator("#segments-attribute-input").get_by_role("button")
    expect(values).to_have_text(["Gold 12", "🥈 عضو 6", "No value 22"])
    values.nth(1).click()
    found(page, 6)
    expect_query(page, {"attribute": ["Tier:🥈 عضو"]})
    expect(values.nth(1)).to_have_attribute("aria-pressed", "true")
    values.nth(0).click()
    found(page, 18)
    assert violations_in_two_looks(page) == []
    page.get_by_label("Find a value").fill("gol")
    page.get_by_label("Find a value").press("Enter")
    expect(values).to_have_text(["Gold 12"])
    expect(values.first).to_have_attribute("aria-pressed", "true")
    chip = page.get_by_role("button", name="Attribute Tier: Gold or 🥈 عضو")
    expect(chip.or_(page.get_by_role("button", name="Attribute Tier: 🥈 عضو or Gold"))).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".sd-add-agreed > summary").click()
    page.get_by_role("button", name="Campaigns by e-mail").click()
    found(page, 18)
    page.locator(f"#{Shell.NAVIGATION}").get_by_role("link", name="Churn", exact=True).click()
    expect_query(page, {"attribute": ["Tier:🥈 عضو", "Tier:Gold"], "agreed": ["email"]})
    for address in (f"/movement?{TIER}", f"/cohorts?{TIER}"):
        go_within(page, address)
        expect(page.get_by_role("button", name="Attribute Tier: Gold")).to_be_visible()
        assert violations_in_two_looks(page) == []
    page.get_by_role("button", name="Attribute Tier: Gold").click()
    expect_query(page, {})


@pytest.mark.slow
def test_a_viewer_sees_neither_the_filters_nor_what_they_would_find(visitor, own_site):
    page = signed_in(visitor, own_site, Role.VIEWER, f"/?{TIER}")
    found(page, 40)
    expect(page.get_by_text("Only people who may see contacts can filter by an attribute")).to_be_visible()
    for address in ("/", "/movement", "/cohorts", "/churn"):
        go_within(page, address)
        expect(page.locator(".sd-by-contacts").filter(visible=True)).to_have_count(0)
