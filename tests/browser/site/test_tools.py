"""The browser tests' own tools: would they notice what they are there to notice?"""

from __future__ import annotations

import pytest

from tests.browser import axe, chromium
from tests.browser.console import Console

POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'"
FINE = "<!doctype html><html lang=en><title>A</title><main><h1>A</h1><label>B <input></label></main>"


@pytest.fixture
def shown(visitor):
    """Show HTML under a policy without eval, as the site's own is."""

    def show(html: str):
        page = visitor(base_url="http://shop.invalid", alone=True)
        headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        page.route("**/*", lambda route: route.fulfill(body=html, headers=headers))
        page.goto("/")
        return page

    return show


def test_axe_accepts_a_labelled_page_and_names_an_unlabelled_input(shown):
    assert axe.violations(shown(FINE)) == []
    (complaint,) = axe.violations(shown(FINE.replace("<label>B <input></label>", "<input>")))
    assert complaint.startswith("label:")
    assert "<input>" in complaint


def test_contrast_is_judged_once_a_kind_of_text_and_again_where_a_colour_or_a_ground_is_another(
    shown, monkeypatch
):
    monkeypatch.setattr(axe, "PASSED", set())
    page = shown(FINE.replace("</main>", "<p class=first>Read me</p><p class=second>And me</p></main>"))
    assert axe.violations(page) == []
    assert page.evaluate("axeFound.size") >= 3  # the heading and both
    assert axe.violations(page) == []
    assert page.evaluate("axeFound.size") == 0
    for place, style in ((".second", "color: #ccc"), ("main", "background: #222"), (".first", "opacity: .3")):
        page.locator(place).evaluate("(element, style) => { element.style = style }", style)
        for _time in range(2):  # what does not pass is not remembered
            assert {each.partition(":")[0] for each in axe.violations(page)} == {"color-contrast"}
        page.locator(place).evaluate("element => { element.style = '' }")
    assert axe.violations(page) == []


@pytest.mark.parametrize(
    "script", ["console.error('broken')", "console.warn('broken')", "throw new Error('broken')"]
)
def test_an_error_or_warning_on_the_page_fails_the_test_unless_it_is_allowed(shown, console, script):
    page = shown(f"{FINE}<script>{script}</script>")
    page.wait_for_load_state()
    with pytest.raises(AssertionError, match="broken"):
        console.check()
    console.allow("broken")


def test_warnings_of_graphics_drivers_are_no_errors(shown, console):
    shown(f"{FINE}<script>console.warn('WebGL: slow driver')</script>")
    assert console.errors == []


def test_a_silent_console_passes():
    Console().check()


def test_a_chromium_that_is_named_but_missing_is_refused_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    with pytest.raises(SystemExit, match="name another one, or unset it"):
        chromium.find()


def test_a_chromium_on_the_path_is_found(monkeypatch, tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == program
