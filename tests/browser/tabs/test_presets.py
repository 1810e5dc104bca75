"""The editor of presets, as an analyst uses it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from services.core import presets
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_to_fit


def editor(page: Page, address: str = "/presets") -> None:
    page.goto(address)
    expect(page.get_by_text("Nobody would move")).to_be_visible()


def rename(page: Page, old: str, new: str) -> None:
    field = page.get_by_label(f"Name of {old}")
    field.fill(new)
    field.blur()


def save(page: Page, name: str | None = None, author: str = "Ann") -> None:
    if name:
        page.get_by_label("Name of the preset").fill(name)
    page.get_by_label("Your name").fill(author)
    page.get_by_role("button", name="Save").click()


def test_an_analyst_comes_from_segments_sees_who_moves_saves_and_goes_back(site, visitor, tmp_path):
    page = visitor(base_url=site.url)
    page.goto("/")
    page.get_by_role("link", name="Edit these segments").click()
    expect(page).to_have_url(re.compile("/presets$"))
    expect(page.get_by_text("Nobody would move")).to_be_visible()

    page.get_by_label("Recency 5, buying 5").select_option(label="Loyal")
    expect(
        page.get_by_text(re.compile(r"customers with £[\d,]+ would move, all from Champions to Loyal"))
    ).to_be_visible()
    rename(page, "Loyal", "Regulars")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give the preset a name.")).to_be_visible()
    save(page, "Our shop")
    expect(page.get_by_text("train FILE --preset our-shop")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?preset=our-shop$"))

    rename(page, "Regulars", "Fans")
    save(page, author="Ben")
    expect(page.get_by_text("Version 2 of “Our shop” is saved.")).to_be_visible()
    page.get_by_role("button", name="Go back to this version").click()
    expect(page.get_by_text("Version 3 of “Our shop” is saved.")).to_be_visible()
    expect(page.get_by_label("Name of Regulars")).to_have_value("Regulars")
    expect(page.get_by_role("cell", name="Back to version 1")).to_be_visible()
    expect(page.get_by_text("Version 3 of “Our shop” is saved.")).to_be_visible()

    with page.expect_download() as started:
        page.get_by_role("link", name="Download TOML").click()
    assert started.value.suggested_filename == "our-shop-3.toml"
    assert presets.load(str(started.value.path().rename(tmp_path / "ours.toml"))).version == 3


def test_cut_points_are_fixed_refused_and_found_again(page: Page):
    editor(page)
    how = page.get_by_label("Spend, how it is cut")
    second = page.get_by_label("Spend, cut point 2")
    before = second.input_value()
    expect(second).to_be_disabled()
    how.select_option(label="Fixed")
    expect(second).to_be_enabled()
    second.fill("0.5")
    second.press("Enter")
    expect(page.get_by_text(re.compile(r"cut point 2 \(0\.50\) is less than cut point 1"))).to_be_visible()
    expect(second).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Spend, cut point 3")).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_text("Correct the marked fields")).to_be_visible()
    second.fill(before)
    second.press("Enter")
    expect(page.get_by_text("Cut points rise")).to_have_count(0)
    expect(second).to_have_attribute("aria-invalid", "false")
    second.fill("1")
    second.blur()
    expect(page.get_by_text("Cut points rise")).to_be_visible()
    how.select_option(label="Equal shares")
    expect(second).to_have_value(before)
    expect(page.get_by_text("Nobody would move")).to_be_visible()


def test_of_two_browser_tabs_the_second_is_told_and_keeps_its_fields(site, visitor):
    one, other = visitor(base_url=site.url), visitor(base_url=site.url)
    editor(one)
    rename(one, "Loyal", "Regulars")
    save(one, "Shop of two")
    expect(one.get_by_text("Version 1 of “Shop of two” is saved.")).to_be_visible()
    editor(other, "/presets?preset=shop-of-two")
    rename(one, "Regulars", "Fans")
    save(one)
    expect(one.get_by_text("Version 2 of “Shop of two” is saved.")).to_be_visible()
    rename(other, "Regulars", "Faithful")
    save(other, author="Ben")
    expect(
        other.get_by_text("Ann saved version 2 of “Shop of two” after you opened version 1.")
    ).to_be_visible()
    expect(other.get_by_label("Name of Regulars")).to_have_value("Faithful")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Version 3 of “Shop of two” is saved.")).to_be_visible()


def test_a_hostile_name_is_text_and_an_unknown_preset_is_said(site, visitor):
    page = visitor(base_url=site.url)
    editor(page)
    rename(page, "Loyal", "<img src=x onerror=alert(1)>")
    save(page, "<b>=1+1</b>", "\u202e<script>")
    expect(page.get_by_text("Give your name without invisible characters")).to_be_visible()
    save(page, author="<script>")
    expect(page.get_by_text("Version 1 of “<b>=1+1</b>” is saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="<script>", exact=True)).to_be_visible()
    page.goto("/presets?preset=%3Cimg%20src%3Dx%3E")
    expect(page.get_by_text("There is no preset “<img src=x>” here")).to_be_visible()
    expect(page.get_by_label("Preset", exact=True)).to_have_value("standard")


def test_axe_finds_nothing(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    editor(page)
    page.get_by_label("Recency 5, buying 5").select_option(label="Lost")
    page.get_by_label("Spend, how it is cut").select_option(label="Fixed")
    page.get_by_label("Spend, cut point 2").fill("0")
    page.get_by_label("Spend, cut point 2").blur()
    expect(page.get_by_text("Cut points rise from left to right")).to_be_visible()
    assert violations_in_two_looks(page) == []
    page.get_by_label("Spend, cut point 2").fill("1,000,000")
    page.get_by_label("Spend, cut point 2").blur()
    for width in (1280, 390):
        expect_to_fit(page)
        page.set_viewport_size({"width": width, "height": 900})
    expect_to_fit(page)
