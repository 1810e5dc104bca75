"""Accessibility, as axe-core judges it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import settled

TWO_LOOKS = [(1280, "light"), (390, "dark")]
in_two_looks = pytest.mark.parametrize(("width", "theme"), TWO_LOOKS)
"""Each width and each theme once: colours are tested by themselves, what fits by four pictures of a tab."""


def in_all_looks(wide: int = 1280, narrow: int = 390) -> pytest.MarkDecorator:
    """Try all four looks; those that the other two cover between them in the long ring."""
    return pytest.mark.parametrize(
        ("width", "theme"),
        [
            (wide, "light"),
            (narrow, "dark"),
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
    # Evaluated, not added as a script: the Content-Security-Policy forbids that, rightly.
    page.evaluate(_source() + "; undefined")
    # All rules run in full; that what passes is not described as well saves a quarter of the time.
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"]]
