"""assets/theme.js: the reader's theme, else the system's; both before anything is painted."""

import pytest
from playwright.sync_api import expect


def expect_theme(desk, name):
    expect(desk.page.locator("html")).to_have_attribute("data-bs-theme", name)


@pytest.fixture(autouse=True)
def forgetful(desk):
    """No theme is remembered, and the system is light."""
    desk.page.emulate_media(color_scheme="light")
    desk.run("() => { localStorage.clear(); sessionStorage.clear(); }")
    desk.open()


def test_a_reader_who_chose_none_has_the_system_s(desk):
    expect_theme(desk, "light")
    desk.page.emulate_media(color_scheme="dark")
    expect_theme(desk, "dark")


def test_a_chosen_theme_stays_with_the_next_page_and_whatever_the_system_does(desk):
    desk.run("() => window.deskTheme.toggle()")
    expect_theme(desk, "dark")
    expect_theme(desk.open(), "dark")
    desk.page.emulate_media(color_scheme="dark")
    desk.page.emulate_media(color_scheme="light")
    expect_theme(desk, "dark")


def test_grids_and_charts_are_told(desk):
    desk.run("() => window.addEventListener('sd-theme', (event) => { window.heard = event.detail; })")
    desk.run("() => window.deskTheme.toggle()")
    assert desk.run("() => window.heard") == "dark"
    assert desk.run("() => document.documentElement.getAttribute('data-ag-theme-mode')") == "dark"


def test_a_theme_chosen_in_another_window_is_followed(desk):
    desk.run(
        "() => { localStorage.setItem('sd-theme', 'dark'); window.dispatchEvent(new Event('storage')); }"
    )
    expect_theme(desk, "dark")


def test_a_browser_without_a_memory_still_changes_its_theme(desk):
    desk.run("() => { Storage.prototype.setItem = () => { throw new Error('refused'); }; }")
    desk.run("() => window.deskTheme.toggle()")
    expect_theme(desk, "dark")


def test_a_banner_that_was_closed_stays_closed_with_the_next_page(desk):
    desk.open('<button data-hide-banner="older">Close</button>').page.get_by_role("button").click()
    desk.open()
    assert desk.run("() => document.documentElement.getAttribute('data-hidden-banners')") == "older"
