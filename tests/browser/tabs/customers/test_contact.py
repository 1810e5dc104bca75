"""The card "Campaigns and notes" in a browser: a switch and a note, and back again."""

from __future__ import annotations

from playwright.sync_api import expect

from layouts.ids import Customers, Shell
from tests.browser.axe import violations

NOTE = "Called on Monday.\nAsk again in spring."


def test_a_customer_opts_out_and_in_again_and_a_note_comes_and_goes(page):
    page.goto("/customers")
    page.locator(f"#{Customers.ANSWER} a").first.click()
    switch, badge = page.locator(f"#{Customers.SWITCH}"), page.locator(f"#{Customers.OUT}")
    expect(switch).to_have_text("Opt out of campaigns")
    switch.click()
    expect(badge).to_have_text("Opted out")
    page.locator(f"#{Customers.REMARK}").fill(NOTE)
    page.locator(f"#{Customers.REMARK_SAVE}").click()
    notes = page.locator(f"#{Customers.REMARKS}")
    expect(notes).to_contain_text("Ask again in spring.")
    shown, draft = page.url, page.locator(f"#{Customers.REMARK}")
    draft.fill("Of this customer alone")
    page.locator(f"#{Shell.LOOKUP}").fill("no-such-customer")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{Customers.REMARK_FORM}")).to_be_hidden()
    expect(draft).to_have_value("")
    page.goto(shown)
    expect(notes).to_contain_text("Ask again in spring.")
    expect(page.locator(f"#{Customers.REMARK}")).to_have_value("")
    assert violations(page) == []
    page.reload()
    expect(badge).to_have_text("Opted out")
    notes.get_by_role("button", name="Remove the note").click()
    expect(notes).to_have_text("No notes yet.")
    switch.click()
    expect(switch).to_have_text("Opt out of campaigns")
    expect(badge).to_have_text("")
