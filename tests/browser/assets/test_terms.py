"""Dotted words: what they mean opens by pointer, keyboard and tap, and Escape closes it and nothing else."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

BODY = """
<main><button class="sd-term" data-word="lift">Lift</button>
<div class="ag-header-cell sd-term-head sd-word-support" tabindex="0">Support</div>
<button class="sd-term" data-word="gone">Gone</button>
<p id="elsewhere" style="margin-top: 400px">Elsewhere</p>
<div id="shell-meaning-tooltip" role="tooltip" hidden
  style="position: fixed; left: var(--sd-left); top: var(--sd-top)"></div></main>
<div id="react-entry-point"></div><div id="shell-first" hidden data-meanings='{}'></div>
"""
MEANINGS = {"lift": ["Lift", "How many times as often."], "support": ["Support", "The <b>share</b> of all."]}


@pytest.fixture
def words(desk):
    desk.open(BODY.replace("{}", json.dumps(MEANINGS)))
    return desk.page


def tip(page):
    return page.locator("#shell-meaning-tooltip")


def test_a_word_opens_on_hover_and_its_meaning_can_be_pointed_at(words):
    words.get_by_role("button", name="Lift").hover()
    expect(tip(words)).to_have_text("LiftHow many times as often.")
    tip(words).hover()
    words.wait_for_timeout(400)
    expect(tip(words)).to_be_visible()
    words.locator("#elsewhere").hover()
    expect(tip(words)).to_be_hidden()


def test_a_word_opens_on_focus_and_describes_itself_while_it_is_open(words):
    lift = words.get_by_role("button", name="Lift")
    lift.focus()
    expect(lift).to_have_attribute("aria-describedby", "shell-meaning-tooltip")
    words.locator(".sd-term-head").focus()
    expect(tip(words)).to_have_text("SupportThe <b>share</b> of all.")
    assert lift.get_attribute("aria-describedby") is None


def test_a_tap_opens_a_word_and_a_tap_elsewhere_closes_it(words):
    words.get_by_role("button", name="Lift").dispatch_event("click")
    expect(tip(words)).to_be_visible()
    words.locator("#elsewhere").dispatch_event("click")
    expect(tip(words)).to_be_hidden()


def test_escape_closes_the_meaning_first_and_whatever_else_at_the_second_press(words):
    words.evaluate(
        "window.heard = 0; document.addEventListener('keydown', e => { window.heard += e.key === 'Escape'; })"
    )
    words.get_by_role("button", name="Lift").focus()
    words.keyboard.press("Escape")
    expect(tip(words)).to_be_hidden()
    assert words.evaluate("window.heard") == 0
    words.keyboard.press("Escape")
    assert words.evaluate("window.heard") == 1


def test_a_word_that_nobody_explains_opens_nothing(words):
    words.get_by_role("button", name="Gone").focus()
    expect(tip(words)).to_be_hidden()


def test_the_meaning_stays_inside_the_window(words):
    words.set_viewport_size({"width": 700, "height": 300})
    words.evaluate(
        "document.querySelector('.sd-term').style.cssText = 'position: fixed; right: 0; bottom: 0'"
    )
    words.get_by_role("button", name="Lift").focus()
    box = tip(words).bounding_box()
    assert box["x"] + box["width"] <= 700
    assert box["y"] + box["height"] <= 300
