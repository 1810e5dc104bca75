"""The script of the first visit: offered once to each person, and where the focus goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

BODY = """
<button id="opener" data-visit="4">See what sells together</button>
<input id="field"><nav><ul><li data-marked-on="/baskets"><a id="tab" href="#moved">Baskets</a></li></ul></nav>
<section id="shell-visit-section" data-person="{}"></section>
<main id="shell-main-main" tabindex="-1"><p id="later" hidden>Rules</p><p id="target">None</p></main>
"""
STEP = """<div role="group" tabindex="-1" data-tab="tab" data-at="later target">
<button data-visit="5">Next</button><button data-visit="">Skip</button></div>"""
OFFER = '<div role="group" tabindex="-1"><button data-visit="">Not now</button></div>'
ASKED = ["shell-visit-store", {"data": 4}]


def arrive(desk, shown):
    """Put into the panel what the site answers."""
    desk.run(
        """shown => {
          const parsed = new DOMParser().parseFromString(shown, "text/html").body.firstChild;
          document.getElementById("shell-visit-section").replaceChildren(parsed);
        }""",
        shown,
    )


@pytest.fixture
def opened(desk):
    """A page on which the first step was asked for by a button, and has come."""
    desk.open(BODY.format("somebody"))
    desk.page.locator("#opener").click()
    arrive(desk, STEP)
    expect(desk.page.locator("[role=group]")).to_be_focused()
    return desk


def test_it_is_offered_to_each_person_once_and_takes_no_focus(desk):
    for person, offered in (("a1", True), ("b2", True), ("a1", False)):
        desk.open(BODY.format(person))
        desk.page.locator("#field").focus()
        desk.page.wait_for_function("window.told.length > 0" if offered else "performance.now() > 1500")
        assert desk.told == ([["shell-visit-store", {"data": 0}]] if offered else [])
        arrive(desk, OFFER)
        expect(desk.page.locator("#field")).to_be_focused()


def test_a_step_opens_its_tab_and_points_at_the_first_part_that_is_shown(opened):
    assert ASKED in opened.told
    assert opened.page.url.endswith("#moved")
    expect(opened.page.locator("[data-visited]")).to_have_id("target")


@pytest.mark.parametrize("way", ["Escape", "Skip"])
def test_whoever_leaves_finds_the_focus_where_it_was(opened, way):
    if way == "Escape":
        opened.page.keyboard.press("Escape")
    else:
        opened.page.get_by_role("button", name=way).click()
    assert opened.told[-1] == ["shell-visit-section", {"children": []}]
    expect(opened.page.locator("#opener")).to_be_focused()
    expect(opened.page.locator("[data-visited]")).to_have_count(0)


def test_escape_in_a_field_of_the_page_leaves_the_step_open(opened):
    told = len(opened.told)
    opened.page.locator("#field").press("Escape")
    assert len(opened.told) == told


def test_the_focus_goes_to_the_page_where_the_button_is_gone(opened):
    opened.page.evaluate("document.getElementById('opener').remove()")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#shell-main-main")).to_be_focused()
