"""The tabs in the top bar, and the menu that holds them on narrow screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from layouts.ids import Shell
from services.site.tabs import TABS, Place
from tests.browser import axe
from tests.browser.shell_app import serve_trial
from tests.browser.waiting import expect_to_fit, settled

NAMES = [tab.name for tab in TABS if tab.place is not Place.NOWHERE]
TALL_ENOUGH = 44
A_PERSON = 36  # pixels that whoever is signed in takes, at the right end


@pytest.fixture(scope="module")
def url():
    with serve_trial() as trial:
        yield trial.url


def opened(visitor, url: str, width: int, address: str = "/", **options: object) -> Page:
    page = visitor(base_url=url, viewport={"width": width, "height": 800}, **options)
    page.goto(address)
    return settled(page)


def tabs(page: Page):
    return page.locator(f"#{Shell.NAVIGATION} a")


@pytest.fixture
def telephone(visitor, url):
    page = opened(visitor, url, 390, "/baskets")
    open_menu(page)
    return page


def open_menu(page: Page) -> None:
    expect(tabs(page).first).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(tabs(page).first).to_be_visible()


def test_from_992_px_all_tabs_stand_in_one_row_beside_the_look_up(visitor, url):
    page = opened(visitor, url, 992)
    assert tabs(page).all_inner_texts() == NAMES
    for width in (992, 1271, 1272, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        expect_to_fit(page)
        boxes = [tabs(page).nth(place).bounding_box() for place in range(len(NAMES))]
        assert len({box["y"] for box in boxes}) == 1, width
        right = boxes[-1]["x"] + boxes[-1]["width"]
        lookup = page.locator(".sd-lookup").bounding_box()
        assert right + A_PERSON <= lookup["x"], width
        expect(page.get_by_role("button", name="Menu")).to_be_hidden()
        expect(page.locator(".sd-lookup kbd")).to_be_visible()
        assert (lookup["width"] > 100) is (width >= 1272), width


@pytest.mark.parametrize("width", [390, 992])
def test_a_look_up_of_icon_and_key_opens_when_it_is_used_and_moves_nothing(visitor, url, width):
    page = opened(visitor, url, width)
    theme = page.locator(f"#{Shell.THEME}")
    before = theme.bounding_box()
    page.locator(".sd-lookup").click()
    expect(page.get_by_role("combobox", name="Find a customer")).to_be_focused()
    assert page.locator(".sd-lookup").bounding_box()["width"] > 200
    assert theme.bounding_box() == before
    expect_to_fit(page)


def test_the_menu_lists_every_tab_in_rows_that_a_finger_hits_and_marks_the_current_one(telephone):
    assert tabs(telephone).all_inner_texts() == NAMES
    boxes = [tabs(telephone).nth(place).bounding_box() for place in range(len(NAMES))]
    assert {box["height"] for box in boxes} == {TALL_ENOUGH}
    assert len({box["x"] for box in boxes}) == 1
    marked = telephone.locator(f"#{Shell.NAVIGATION} [aria-current=page]")
    expect(marked).to_have_text("Baskets")
    assert "3px 0px 0px 0px inset" in marked.evaluate("each => getComputedStyle(each).boxShadow")
    brand = telephone.locator(".sd-brand").bounding_box()
    button = telephone.get_by_role("button", name="Menu")
    assert button.bounding_box()["x"] < brand["x"]
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_attribute("aria-controls", Shell.NAVIGATION)
    expect_to_fit(telephone)


def test_escape_a_press_outside_and_tabbing_past_the_last_entry_close_the_menu(telephone):
    telephone.keyboard.press("Tab")
    telephone.keyboard.press("Tab")
    expect(tabs(telephone).first).to_be_focused()
    telephone.keyboard.press("Escape")
    button = telephone.get_by_role("button", name="Menu")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(tabs(telephone).first).to_be_hidden()
    open_menu(telephone)
    telephone.locator(".sd-status").click()
    expect(tabs(telephone).first).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).not_to_be_focused()
    open_menu(telephone)
    tabs(telephone).last.focus()
    telephone.keyboard.press("Tab")
    expect(tabs(telephone).first).to_be_hidden()
    expect(telephone.get_by_role("combobox", name="Find a customer")).to_be_focused()


def test_an_entry_opens_its_tab_and_closes_the_menu(telephone):
    telephone.evaluate("window.stayed = true")
    telephone.get_by_role("link", name="Campaigns").press("Enter")
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Campaigns")
    expect(tabs(telephone).first).to_be_hidden()
    expect(telephone.get_by_role("button", name="Menu")).to_be_focused()
    assert telephone.evaluate("window.stayed")


@axe.in_all_looks(wide=991)
def test_axe_finds_nothing_while_the_menu_is_open(visitor, url, theme, width):
    page = opened(visitor, url, width, "/baskets", color_scheme=theme)
    open_menu(page)
    assert axe.violations(page) == []
    expect_to_fit(page)


@pytest.mark.parametrize(("address", "link"), [("/", "Edit these segments"), ("/data", "Edit its segments")])
def test_segments_and_data_lead_to_the_editor_which_marks_data(visitor, url, address, link):
    page = opened(visitor, url, 1280, address)
    page.get_by_role("link", name=link).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit segments")
    expect(page.locator(f"#{Shell.NAVIGATION} [aria-current=page]")).to_have_text("Data")


CARRIED = [
    ("/?segment=recent&country=France&r_min=3&sort=recency:asc", "movement", "/movement?to_segment=recent"),
    ("/?country=France&release=20111210T125000Z-aaaaaa", "data", "/data?release=20111210T125000Z-aaaaaa"),
]


def test_links_carry_the_filters_that_the_other_tab_has_too_and_the_release(visitor, url):
    page = visitor(base_url=url)
    for address, key, expected in CARRIED:  # further ones in tests/browser/assets/test_navigation.py
        page.goto(address)
        link = page.locator(f"#{Shell.tab(key)}")
        expect(link, f"{address} to {key}").to_have_attribute("href", expected)
