"""When signs of waiting come and go, and what stays where no answer comes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.holding import (
    PRESSED,
    REQUESTS,
    SHAPES,
    STAMPS,
    Held,
    expect_at_rest,
    no_answers,
    stamps,
)
from tests.browser.waiting import settled


@pytest.fixture
def page(visitor: Callable[..., Page], site) -> Page:
    opened = visitor(base_url=site.url)
    opened.add_init_script(STAMPS)
    return opened


def let_time_pass(page: Page, milliseconds: int) -> None:
    """Advance the page's stopped clock bit by bit, so that what timers lead to happens in between."""
    for _step in range(milliseconds // 10):
        page.clock.run_for(10)


def stop_the_clock(page: Page) -> None:
    settled(page)
    expect(page.locator(".main-svg").first).to_be_attached()  # Plotly is given 30 seconds of this clock
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)


@pytest.fixture
def segments(page: Page) -> Page:
    """The tab Segments under a clock that stands still."""
    page.clock.install()
    page.goto("/")
    stop_the_clock(page)
    return page


def test_the_control_answers_within_100_ms_and_shapes_come_after_300(segments):
    with no_answers(segments):
        segments.locator("button.sd-map-cell").first.click()
        let_time_pass(segments, 100)
        expect(segments.locator(PRESSED)).to_have_count(1)
        let_time_pass(segments, 190)
        expect(segments.locator(SHAPES)).to_have_count(0)
        let_time_pass(segments, 20)
        expect(segments.locator(SHAPES).first).to_be_attached()
        segments.clock.resume()
    expect_at_rest(segments)


def test_an_answer_within_300_ms_shows_no_grey_shape(segments):
    segments.locator("button.sd-map-cell").first.click()
    passed = 0
    while segments.evaluate("window.requestsUnderWay") or passed < 20:
        segments.clock.run_for(1)
        segments.wait_for_timeout(20)
        passed += 1
    assert passed < 250, "The answers took longer than the test can hold the clock."
    segments.clock.resume()
    expect_at_rest(segments)
    assert "shapes" not in stamps(segments)


def test_after_ten_seconds_the_wait_can_be_ended_and_the_last_results_are_back(segments):
    figure = segments.locator(".sd-kpi-value").first
    before = figure.inner_text()
    with no_answers(segments):
        segments.locator("button.sd-map-cell").first.click()
        let_time_pass(segments, 1_000)
        expect(figure).to_be_hidden()
        segments.clock.run_for(10_000)
        working = segments.get_by_role("status").filter(has_text="Still working")
        working.get_by_role("button", name="Stop waiting").click()
        segments.clock.resume()
        expect(figure).to_be_visible()
        expect(figure).to_have_text(before)
        expect(segments.locator("main > .sd-kept")).to_contain_text("as of")
        expect(working).to_have_count(0)
        expect(segments.locator(f"{PRESSED}, {SHAPES}")).to_have_count(0)


@axe.in_all_looks()
def test_the_first_load_shows_the_bar_the_title_and_grey_shapes(visitor, site, theme, width):
    page = visitor(base_url=site.url, color_scheme=theme, viewport={"width": width, "height": 900})
    layout = Held()
    page.route("**/_dash-layout*", layout.take)
    with no_answers(page):
        page.goto("/baskets")
        title = page.get_by_role("heading", name="Baskets", level=1)
        expect(title).to_be_visible()
        expect(page.locator("#shell-first .sd-sk").first).to_be_visible()
        # on a narrow screen the tabs are behind the menu, which the page brings
        expect(page.locator("#shell-first nav [aria-current=page]")).to_have_text("Baskets")
        expect(page.get_by_text("Loading...")).to_be_hidden()
        assert axe.violations_while_waiting(page) == []
        layout.release()
        expect(page.locator("#shell-first")).to_have_count(0)
        expect(page.locator("main .sd-first-page")).to_be_visible()
        expect(title).to_be_visible()
        assert axe.violations_while_waiting(page) == []
    expect(page.locator(".sd-first-page")).to_have_count(0)
    expect(page.locator("#baskets-rules-text")).not_to_be_empty()


def test_a_failure_brings_the_last_numbers_back_with_their_time_and_a_second_changes_nothing(page, console):
    console.allow("Failed to load resource")
    page.goto("/")
    settled(page)
    figure, kept = page.locator(".sd-kpi-value").first, page.locator(".sd-kept")
    before = figure.inner_text()
    for asked in (REQUESTS, "**/healthz"):  # by which the page finds out that the site is back
        page.route(asked, lambda route: route.fulfill(status=502))
    for _press in range(2):
        page.locator("button.sd-map-cell").first.click()
        settled(page)
        expect(page.get_by_role("alert").filter(has_text="Not connected")).to_be_visible()
        expect(figure).to_have_text(before)
        expect(page.locator("main > .sd-kept")).to_have_text(re.compile(r"^as of \d\d:\d\d$"))
        expect(page.locator("#segments-map-card .sd-kept")).to_have_count(1)
        faint = "[...document.querySelectorAll('main *')].some(each => getComputedStyle(each).opacity < 0.5)"
        assert not page.evaluate(faint)
        assert axe.violations(page) == []
    page.unroute(REQUESTS)
    page.unroute("**/healthz")
    # at once, since the page tries again by itself
    page.get_by_role("button", name="Try now").evaluate("button => button.click()")
    expect(kept).to_have_count(0)


def test_a_tab_that_cannot_be_opened_says_so_and_the_way_back_shows_the_one_before(page, console):
    console.allow("Failed to load resource")
    page.goto("/")
    settled(page)
    page.route(REQUESTS, lambda route: route.fulfill(status=500, headers={"X-Reference": "SD-7F3K2"}))
    page.get_by_role("link", name="Baskets").click()
    expect(page.get_by_role("heading", name="Baskets could not be opened")).to_be_visible()
    expect(page.locator(".sd-kpi-value").first).to_be_hidden()
    page.go_back()
    expect(page.locator(".sd-kpi-value").first).to_be_visible()
    expect(page.get_by_role("heading", name="Baskets could not be opened")).to_have_count(0)


def test_a_ring_turns_only_where_motion_is_welcome(page):
    page.goto("/predict?recency=75&frequency=4&monetary=1797.24")
    settled(page)
    with no_answers(page):
        page.locator("#predict-submit-button").click()
        pressed = page.locator(PRESSED)
        expect(pressed).to_be_visible()
        for motion, turning in (("reduce", "none"), ("no-preference", "sd-turn")):
            page.emulate_media(reduced_motion=motion)
            assert pressed.evaluate("each => getComputedStyle(each, '::after').animationName") == turning
