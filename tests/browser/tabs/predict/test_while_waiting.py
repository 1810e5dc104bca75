"""What a reader types on the tab Predict while answers are still on their way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.holding import fills, held
from tests.browser.waiting import settled

LINK = "/predict?recency=75&frequency=4&monetary=1797.24"
RECENCY, ORDERS, SPEND = (f"#predict-{axis}-input" for axis in ("recency", "frequency", "monetary"))
CHANGED = "The numbers have changed."


@pytest.mark.parametrize("late", [["data-store"], ["parts-store"], ["data-store", "parts-store"]])
def test_what_is_typed_before_the_first_answer_stays(page, late):
    with held(page, *late):
        page.goto("/predict")
        page.get_by_role("textbox", name=re.compile("^Recency")).press_sequentially("75")
        page.locator(SPEND).press_sequentially("1,797.24")
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    expect(page.locator("#predict-recency-hint")).to_contain_text("in the data")
    expect(page.locator(ORDERS)).not_to_have_value("")
    expect(page.locator(RECENCY)).to_have_value("75")
    expect(page.locator(SPEND)).to_have_value("1,797.24")
    expect(page.get_by_role("slider", name="Recency")).to_have_attribute("aria-valuetext", "75 days")
    expect(page.get_by_role("slider", name="Recency")).not_to_have_value("0")


def test_what_is_typed_while_an_answer_is_on_its_way_stays_and_is_said_to_be_newer(page):
    page.goto(LINK)
    expect(page.locator("#predict-people-div tbody")).to_be_visible()
    with held(page, "predict-data-store"):
        page.locator(RECENCY).fill("2")
        # the address comes with the answer: only the server reads what is typed
        with page.expect_request(lambda request: fills(request, "predict-data-store")):
            page.locator(RECENCY).press("Enter")
        page.locator(ORDERS).fill("7")
    expect(page).to_have_url(re.compile("recency=2&"))
    expect(page.locator("#predict-sentence-text")).to_contain_text("2 days")
    expect(page.locator(ORDERS)).to_have_value("7")
    expect(page.get_by_text(CHANGED)).to_be_visible()
    page.locator(ORDERS).press("Enter")
    expect(page.get_by_text(CHANGED)).to_be_hidden()
    expect(page.locator("#predict-sentence-text")).to_contain_text("seven orders")


def test_reset_and_going_back_write_over_what_was_typed(page):
    page.goto(LINK)
    expect(page.locator("#predict-people-div tbody")).to_be_visible()
    page.locator(ORDERS).fill("7")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    expect(page.locator(ORDERS)).not_to_have_value("7")
    page.locator(ORDERS).fill("7")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(ORDERS)).not_to_have_value("7")
    page.locator(ORDERS).fill("7")
    page.go_back()
    expect(page.locator(ORDERS)).to_have_value("4")


def test_going_back_and_forward_before_an_answer_shows_that_of_the_address(page):
    page.goto(LINK)
    expect(page.locator("#predict-people-div tbody")).to_be_visible()
    page.locator(RECENCY).fill("2")
    page.locator(RECENCY).press("Enter")
    expect(page.locator("#predict-sentence-text")).to_contain_text("2 days")
    with held(page, "predict-data-store"):
        for go in (page.go_back, page.go_forward):
            with page.expect_request(lambda request: fills(request, "predict-data-store")):
                go()
        expect(page).to_have_url(re.compile("recency=2&"))
    settled(page)
    expect(page.locator("#predict-sentence-text")).to_contain_text("2 days")
    expect(page.locator(RECENCY)).to_have_value("2")
