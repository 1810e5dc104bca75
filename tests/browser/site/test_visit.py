"""The first visit as somebody has it who comes for the first time, with a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from layouts.shell.visit import STEPS
from tests.browser.axe import violations
from tests.browser.waiting import expect_to_fit, settled


@pytest.mark.slow
def test_a_newcomer_is_led_over_five_pages_that_go_on_working_and_is_not_asked_again(site, visitor):
    page = visitor(new=True, base_url=site.url, viewport={"width": 390, "height": 844})
    page.goto("/")
    panel = page.get_by_role("region", name="First visit").get_by_role("group")
    expect(panel).to_contain_text("New to Segment Desk?")
    assert violations(page) == []
    panel.get_by_role("button", name="Start").click()
    for number, step in enumerate(STEPS, 1):
        expect(panel).to_contain_text(f"First visit, {number} of {len(STEPS)}")
        expect(panel).to_contain_text(step.says())
        expect(panel).to_be_focused()
        expect(page.locator("[data-visited]")).to_have_count(1)
        expect_to_fit(page)
        assert panel.bounding_box()["height"] < 844 / 3
        panel.get_by_role("button", name="Finish" if step is STEPS[-1] else "Next").click()
    expect(panel).to_have_count(0)
    assert violations(page) == []
    page.goto("/help")
    settled(page)
    again = page.get_by_role("button", name=STEPS[0].title())
    again.click()
    expect(panel).to_contain_text("First visit, 1 of 5")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator("#shell-main-main")).to_be_focused()
