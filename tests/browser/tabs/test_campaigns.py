"""From who is about to leave to whether a campaign worked: its presses, and the result a month later."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, expect

from layouts.ids import Shell
from services.releases import activate
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.releases import tiny
from tests.releases.tiny import make_tiny_release
from tests.running import serve

MOST_PRESSES, MOST_BACK = 12, 2
CUSTOMERS = 900
NAME, PASSWORD = "mia@example.org", "four words and more"


@pytest.fixture
def desk(tmp_path):
    make_tiny_release(tmp_path / "models", CUSTOMERS)
    state = State(tmp_path / "state")
    Accounts(state).add(NAME, Role.MARKETER, PASSWORD)
    state.close()
    with serve(tmp_path / "models", tmp_path, WEB_CONCURRENCY="1") as running:
        yield running


def sign_in(page, address="/"):
    page.goto(address)
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(f"#{Shell.NAVIGATION}")).to_be_attached()  # behind the menu where it is narrow
    return page


class Hand:
    """Presses, and counts how often it did; typing into a field takes a press on it."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()

    def type(self, field: Locator, text: str) -> None:
        self.press(field)
        field.page.keyboard.type(text)


def a_month_later(monkeypatch, models, treated):
    """Publish the next release: whoever got the campaign has ordered in its days, and nobody else."""
    orders = tiny.tiny_orders(CUSTOMERS)
    last = orders.drop_duplicates("id", keep="last")
    more = last[last["id"].isin(treated)].assign(bought_at=pd.Timestamp("2011-12-15"), amount=50.0)
    other = last[~last["id"].isin(treated)].iloc[:1].assign(bought_at=pd.Timestamp("2012-01-05"))
    added = pd.concat([more, other])
    whole = pd.concat([orders, added.assign(invoice="9" + added["invoice"])], ignore_index=True)
    monkeypatch.setattr(tiny, "tiny_orders", lambda _customers: whole)
    monkeypatch.setattr(tiny, "AS_OF", pd.Timestamp("2012-01-06"))
    activate(models, make_tiny_release(models, CUSTOMERS, active=False))


@pytest.mark.slow
def test_the_sentence_takes_at_most_twelve_presses_and_its_result_two(desk, visitor, monkeypatch):
    page, hand = visitor(base_url=desk.url), Hand()
    tabs = sign_in(page).locator(f"#{Shell.NAVIGATION}")
    # who are we about to lose?
    hand.press(tabs.get_by_role("link", name="Churn", exact=True))
    expect(page.locator("#churn-customers-finding")).to_contain_text(re.compile(r"\d+ customers at "))
    expect(page.locator("#churn-audience-link")).to_have_text(re.compile(r"Save as audience, \d+"))
    hand.press(page.locator("#churn-audience-link"))
    # what is it worth, and what do I send them?
    expect(page.locator("#audiences-trials-div")).to_contain_text("What is it worth?")
    expect(page.locator("#audiences-preview-div")).to_contain_text("would be held out")
    expect(page.locator("#audiences-playbook-input")).not_to_have_value("")
    hand.type(page.locator("#audiences-name-input"), "Before they go")
    expect(page.locator("#audiences-owner-input")).to_have_value(NAME)
    hand.press(page.locator("#audiences-save-button"))
    expect(page.locator("#audiences-result-div h2").first).to_have_text("Before they go")
    # the list with a holdout
    facts = page.locator("#audiences-result-div .sd-audience-facts").inner_text()
    in_group, held_out = map(int, re.search(r"(\d+) in the campaign group, (\d+) held out", facts).groups())
    assert held_out > 0
    with page.expect_download() as download:
        hand.press(page.locator("#audiences-export-link"))
    text = Path(download.value.path()).read_text("utf-8-sig")
    treated = [row["customer_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert len(treated) == in_group
    # tell me in a month
    expect(page.locator("#audiences-list-div")).to_contain_text("Result ready on")
    assert hand.presses <= MOST_PRESSES, hand.presses

    a_month_later(monkeypatch, desk.models, treated)
    later = sign_in(visitor(base_url=desk.url))
    back = Hand()
    back.press(later.locator(f"#{Shell.NAVIGATION}").get_by_role("link", name="Campaigns"))
    expect(later.locator("#audiences-list-div")).to_contain_text("Worked")
    back.press(later.get_by_role("link", name="Before they go"))
    expect(later.locator("#audiences-result-div")).to_contain_text("The campaign worked: ")
    expect(later.locator("#audiences-result-div .sd-iv-row").first).to_contain_text("Worked")
    assert back.presses <= MOST_BACK
    judged = visitor(base_url=desk.url, **FIRST_LOOK)
    sign_in(judged, later.url)
    expect(judged.locator("#audiences-result-div .sd-iv-row").first).to_be_visible()
    assert violations_in_two_looks(judged) == []
    # another name, out of the list, back again, and gone for good
    later.locator("#audiences-rename-input").fill("Kept")
    later.locator("#audiences-rename-button").click()
    expect(later.locator("#audiences-result-div h2").first).to_have_text("Kept")
    later.locator("#audiences-archive-button").click()
    expect(later.locator("#audiences-list-div")).to_contain_text("All campaigns are archived")
    later.locator("#audiences-restore-button").click()
    expect(later.locator("#audiences-list-div")).to_contain_text("Kept")
    later.locator("#audiences-delete-button").click()
    expect(later.locator("#audiences-change-error")).to_contain_text("Type the word “delete” first")
    later.locator("#audiences-delete-input").fill("delete")
    later.locator("#audiences-delete-button").click()
    expect(later.locator("#audiences-list-div")).to_contain_text("No campaigns yet")
