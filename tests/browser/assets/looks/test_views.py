"""assets/views.js: the menu asks for its list as it is opened, and for what is pressed in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

BODY = """<main id="shell-main-main" data-release="r1"><details class="sd-add sd-views" data-views="segments">
<summary>Views</summary><div class="sd-pop">
<a href="/?segment=lost&table=map" data-view="1">Lost</a><a href="/churn?release=r1" data-view="1">Pinned</a>
<a href="/?release=r0" data-view="1">Older</a><a href="/?sort=recency:asc" data-view="1">Sorted</a>
<button type="button" data-change-view="7" data-name="Lost">Change</button>
<input type="text" id="segments-views-new-input" aria-label="New name">
<button type="button" data-views-ask="delete">Delete</button>
<input type="text" id="segments-views-name-input" aria-label="Name">
<button type="button" data-views-ask="save">Save view</button></div></details></main>"""
STORE = "segments-views-store"


@pytest.fixture
def menu(desk):
    desk.open(BODY, address="/?country=UK&release=r1")
    desk.run("() => window.desk.looks.follow('/')")
    desk.page.get_by_text("Views").click()
    expect(desk.page.get_by_role("link", name="Lost")).to_be_visible()
    return desk


def asked(desk):
    return [given["data"] for name, given in desk.told if name == STORE]


def test_it_asks_as_it_is_opened_and_for_each_press(menu):
    menu.page.get_by_role("button", name="Save view").click()
    menu.page.get_by_label("Name", exact=True).press("Enter")
    told = {"search": "?country=UK&release=r1", "view": None, "seen": ""}
    assert asked(menu) == [
        {"what": "open", "press": 1, **told},
        {"what": "save", "press": 2, **told},
        {"what": "save", "press": 3, **told},
    ]


def test_a_view_is_changed_as_it_was_seen(menu):
    menu.page.get_by_role("button", name="Change").click()
    assert ["segments-views-new-input", {"value": "Lost"}] in menu.told
    told = [given for name, given in menu.told if name == "segments-views-change-div"]
    assert told == [{"hidden": True}, {"hidden": False}]  # as the menu was opened, and now
    menu.page.get_by_label("New name").press("Enter")
    menu.page.get_by_role("button", name="Delete").click()
    assert [(each["what"], each["view"], each["seen"]) for each in asked(menu)[1:]] == [
        ("rename", 7, "Lost"),
        ("delete", 7, "Lost"),
    ]


def test_the_focus_stays_in_the_menu_when_its_form_goes(menu):
    menu.run("""() => {
      const form = document.createElement("div");
      form.className = "sd-views-form";
      document.querySelector(".sd-pop").append(form);
      form.append(document.querySelector("[data-views-ask=delete]"));
    }""")
    menu.page.get_by_role("button", name="Delete").focus()
    menu.run("() => { document.querySelector('.sd-views-form').hidden = true; }")
    expect(menu.page.locator("summary")).to_be_focused()


def test_a_word_that_is_being_composed_is_ended_by_enter_and_nothing_is_saved(menu):
    menu.run("""() => document.getElementById("segments-views-name-input").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }))""")
    assert [each["what"] for each in asked(menu)] == ["open"]


def test_a_view_of_the_page_is_followed_in_place_with_the_release_that_is_shown(menu):
    menu.page.get_by_role("link", name="Lost").click()
    search = "?segment=lost&table=map&release=r1"
    assert menu.told[-1] == ["shell-address-location", {"search": search}]
    expect(menu.page.locator("details")).not_to_have_attribute("open", "")
    expect(menu.page.locator("summary")).to_be_focused()


def test_a_view_of_another_page_is_opened_without_loading_it_anew(menu):
    menu.run("() => { window.stays = true; }")
    menu.page.get_by_role("link", name="Pinned").click()
    expect(menu.page).to_have_url("http://desk.test/churn?release=r1")
    assert menu.run("() => window.stays") is True


@pytest.mark.parametrize(
    ("name", "address"), [("Older", "/?release=r0"), ("Sorted", "/?sort=recency%3Aasc&release=r1")]
)
def test_other_numbers_and_another_order_load_the_page_anew(menu, name, address):
    menu.run("() => { window.stays = true; }")
    menu.page.get_by_role("link", name=name).click()
    expect(menu.page).to_have_url(f"http://desk.test{address}")
    assert menu.run("() => window.stays ?? null") is None
