"""Accessibility, as axe-core judges it."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import expect_to_fit, settled

NARROW, WIDE = (390, "dark"), (1280, "light")
FIRST_LOOK: dict[str, Any] = {"viewport": {"width": NARROW[0], "height": 900}, "color_scheme": NARROW[1]}
"""What a visitor begins with whose page `violations_in_two_looks` judges."""
BOTH_LOOKS = "EVERY_LOOK" in os.environ
"""Whether axe judges a state of a page in both looks, as `make test-all` has it.

In the gate it judges each tab in both (``tests/browser/site/test_screenshots.py``), and its further states
in the look in which they are shown."""

# Contrast is most of axe's time. A text is judged where it stands for the first time; after that, one with
# the same colours, font and grounds, in elements of the same classes within such elements, is not.
ONCE_A_KIND = """
(before) => {
  const judged = new Set(before), kinds = new WeakMap(), rule = axe._audit.getRule("color-contrast");
  window.axeMatches ??= rule.matches;
  const matches = window.axeMatches;
  const number = (text, from) => {  // FNV-1a in two halves
    let low = from[0], high = from[1];
    for (let place = 0; place < text.length; place += 1) {
      low = Math.imul(low ^ text.charCodeAt(place), 0x01000193);
      high = Math.imul(high ^ text.charCodeAt(place), 0x5bd1e995);
    }
    return [low, high];
  };
  const kind = (element) => {
    if (!element) return [0, 0];
    if (!kinds.has(element)) {
      const style = getComputedStyle(element);
      const own = [
        element.tagName, element.getAttribute("class"), style.color, style.font, style.backgroundColor,
        style.backgroundImage, style.opacity, style.filter, style.textShadow,
      ];
      kinds.set(element, number(own.join("|"), kind(element.parentElement)));
    }
    return kinds.get(element);
  };
  window.axeFound = new Set();
  axe.configure({rules: [{id: "color-contrast", matches: (element, ...given) => {
    const own = kind(element).join();
    if (judged.has(own) || !matches.call(rule, element, ...given)) return false;
    judged.add(own);
    window.axeFound.add(own);
    return true;
  }}]});
}
"""
RUN = """
async () => {
  const {violations} = await axe.run({resultTypes: ["violations"]});
  return [violations, [...window.axeFound]];
}
"""


PASSED: set[str] = set()
"""Kinds of text whose contrast this process has seen pass, from page to page."""


def in_all_looks(wide: int = 1280, narrow: int = 390) -> pytest.MarkDecorator:
    """Try all four looks: the gate what is narrow and dark, the long ring the others."""
    return pytest.mark.parametrize(
        ("width", "theme"),
        [
            (narrow, "dark"),
            pytest.param(wide, "light", marks=pytest.mark.long),
            pytest.param(wide, "dark", marks=pytest.mark.long),
            pytest.param(narrow, "light", marks=pytest.mark.long),
        ],
    )


@cache
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return axe's complaints about ``page`` once it rests, one line an element: rule, reason, HTML."""
    return violations_while_waiting(settled(page))


def violations_while_waiting(page: Page) -> list[str]:
    """Return the same for a page whose answers are still on their way."""
    if not page.evaluate("typeof axe === 'object'"):  # a page that stays has it from the first time
        # Evaluated, not added as a script: the Content-Security-Policy forbids that, rightly.
        page.evaluate(_source() + "; undefined")
    page.evaluate(ONCE_A_KIND, list(PASSED))
    # All rules run in full; that what passes is not described as well saves a quarter of the time.
    found, kinds = page.evaluate(RUN)
    if "color-contrast" not in {rule["id"] for rule in found}:
        PASSED.update(kinds)
    return [f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"]]


def violations_in_two_looks(page: Page) -> list[str]:
    """Return the same for ``page`` in its look, and with `BOTH_LOOKS` in the other one.

    It stays in the other one; in both it has to fit.
    """
    assert page.viewport_size is not None
    narrow = page.viewport_size["width"] == NARROW[0]
    found = []
    first, other = (NARROW, WIDE) if narrow else (WIDE, NARROW)
    for width, theme in (first, other):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        if BOTH_LOOKS or (width, theme) == first:
            found += [f"{width} px, {theme}: {complaint}" for complaint in violations(page)]
        expect_to_fit(page)
    return found
