"""What surrounds the tabs, in a real browser under the real Content-Security-Policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from layouts.ids import Shell
from services.core.refusals import Refusal
from services.site.tabs import TABS, Place
from tests.browser import axe
from tests.browser.shell_app import Trial, serve_trial
from tests.browser.waiting import settled

NAMED = [tab for tab in TABS if tab.place is not Place.NOWHERE]
FOCUSED = "(e => e.getAttribute('aria-label') || e.innerText)(document.activeElement)"
REFERENCE = re.compile(r"SD-[0-9A-Z]{5}")


@pytest.fixture(scope="module")
def served() -> Iterator[Trial]:
    with serve_trial() as trial:
        yield trial


@pytest.fixture
def trial(served: Trial) -> Trial:
    served.fault, served.active = None, "20111210T125000Z-aaaaaa"
    return served


def opened(page: Page) -> Page:
    page.goto("/customers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
    return settled(page)


@pytest.fixture
def desk(visitor: Callable[..., Page], trial: Trial) -> Page:
    return opened(visitor(base_url=trial.url))


@pytest.fixture
def desk_alone(visitor: Callable[..., Page], trial: Trial) -> Page:
    """For what changes the browser itself."""
    return opened(visitor(base_url=trial.url, alone=True))


def test_a_page_is_accessible_asks_no_other_host_and_does_not_scroll_sideways(visitor, trial):
    page = visitor(base_url=trial.url, **axe.FIRST_LOOK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/customers")
    expect(page.locator("#trials .js-plotly-plot .bars path")).to_be_visible()
    expect(page.locator("#trials .ag-row")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert axe.violations_in_two_looks(page) == []
    assert [url for url in asked if not url.startswith(("data:", trial.url))] == []


def test_tabs_are_links_that_keep_the_page_and_obey_back(desk):
    desk.evaluate("window.stayed = true")
    desk.get_by_role("link", name="Baskets").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Baskets")
    expect(desk.locator("[aria-current=page]")).to_have_text("Baskets")
    desk.go_back()
    expect(desk.locator("[aria-current=page]")).to_have_text("Customers")
    assert desk.evaluate("window.stayed")


def test_the_theme_follows_the_system_until_the_reader_chooses(visitor, trial):
    page = visitor(base_url=trial.url, color_scheme="dark")
    page.goto("/data")
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(root).to_have_attribute("data-bs-theme", "light")
    page.reload()
    expect(root).to_have_attribute("data-bs-theme", "light")
    expect(root).to_have_attribute("data-ag-theme-mode", "light")


def test_a_chart_takes_the_colours_of_the_theme_when_it_is_switched(desk):
    bar = desk.locator("#trials .bars path")
    expect(bar).to_have_css("fill", "rgb(0, 86, 62)")
    desk.locator(f"#{Shell.THEME}").click()
    expect(bar).to_have_css("fill", "rgb(16, 151, 121)")


def test_a_card_shows_its_chart_or_its_table(desk):
    card = desk.get_by_role("region", name="Sizes", exact=True).first
    expect(card.get_by_role("table")).to_be_hidden()
    card.get_by_role("button", name="Table").press("Enter")
    expect(card.get_by_role("table")).to_be_visible()
    expect(card.get_by_role("img")).to_be_hidden()
    expect(card.get_by_role("button", name="Table")).to_have_attribute("aria-pressed", "true")


def test_the_grid_writes_and_draws_as_the_rest_of_the_page(desk):
    row = desk.locator("#trial-grid .ag-row")
    expect(row.locator(".ag-cell")).to_have_count(6)
    assert row.locator(".ag-cell").all_inner_texts() == [
        "A/1",
        "Champions",
        "A\nFrequent big spenders",
        "−£4,310.00",
        "20.4\u00a0%",
        "9 Dec 2011",
    ]
    row.locator(".ag-cell").first.focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/customers\?id=A%2F1$"))


def test_the_keyboard_reaches_everything_in_order(desk):
    reached = []
    for _press in range(6 + len(NAMED)):
        desk.keyboard.press("Tab")
        reached.append(
            desk.evaluate(
                "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            )
        )
    names = [tab.name for tab in NAMED]
    first = ["Skip to content", "Skip to the list", "Hide the note on local mode", "Segment Desk"]
    assert reached[:4] == first
    assert reached[4 : 4 + len(names)] == names
    assert reached[5 + len(names)] == "Switch between light and dark"


def test_slash_looks_a_customer_up_and_enter_goes_there(desk):
    desk.locator("body").press("/")
    expect(desk.get_by_role("combobox", name="Find a customer")).to_be_focused()
    desk.keyboard.type("A-001/x &é")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/customers\?id=A-001%2Fx%20%26%C3%A9$"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Customers")


def test_the_note_on_local_mode_can_be_hidden_for_the_visit(desk):
    expect(desk.get_by_text("Local mode.")).to_be_visible()
    desk.get_by_role("button", name="Hide the note on local mode").click()
    expect(desk.get_by_text("Local mode.")).to_be_hidden()
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Customers")
    expect(desk.get_by_text("Local mode.")).to_be_hidden()


def test_a_defect_shows_a_reference_resets_the_answer_and_frees_the_button(desk, trial, caplog):
    trial.fault = ZeroDivisionError("the secret detail")
    desk.get_by_role("button", name="Ask").click()
    toast = desk.get_by_role("alert").filter(has_text="Something went wrong on our side")
    expect(toast).to_contain_text(REFERENCE)
    answer = desk.locator("#trial-answer-div")
    expect(answer).to_contain_text("could not be shown")
    expect(answer).not_to_contain_text("old answer")
    expect(desk.get_by_role("button", name="Ask")).to_be_enabled()
    assert "secret" not in desk.content()
    (logged,) = [record for record in caplog.records if record.message == "callback failed"]
    assert logged.ref in toast.inner_text()
    assert "the secret detail" in str(logged.exc_info[1])
    assert axe.violations(desk) == []
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


def test_a_refusal_that_rises_is_a_sentence_without_a_reference(desk, trial):
    trial.fault = Refusal("A customer has at least one order.")
    desk.get_by_role("button", name="Ask").click()
    expect(desk.locator("#trial-answer-div")).to_have_text("A customer has at least one order.")
    assert not REFERENCE.search(desk.get_by_role("alert").inner_text())


def test_a_lost_connection_is_said_marks_the_answer_and_recovers(desk_alone, console):
    console.allow("Failed to load resource")
    echo = desk_alone.locator("#trial-echo-div")
    expect(echo).to_have_text("echo one")
    desk_alone.context.set_offline(True)
    desk_alone.get_by_label("Echo").fill("two")
    lost = desk_alone.get_by_role("alert").filter(has_text="Not connected")
    expect(lost).to_be_visible()
    expect(echo).to_have_attribute("data-sd-kept", re.compile(r"^\d\d:\d\d$"))
    desk_alone.get_by_role("button", name="Ask").click()
    expect(desk_alone.get_by_role("button", name="Ask")).to_be_enabled()
    desk_alone.context.set_offline(False)
    lost.get_by_role("button", name="Try now").click()
    expect(lost).to_have_count(0)
    expect(desk_alone.get_by_text("Connected again")).to_be_visible()
    expect(echo).to_have_text("echo two")
    expect(echo).not_to_have_attribute("data-sd-kept", re.compile("."))


def test_a_refused_request_is_said_and_marks_the_answer(desk, console):
    console.allow("Failed to load resource")
    said = {"json": {"error": "no"}, "headers": {"X-Reference": "SD-7F3K2"}}
    desk.route("**/_dash-update-component**", lambda route: route.fulfill(status=403, **said))
    desk.get_by_role("button", name="Ask").click()
    expect(desk.get_by_role("alert")).to_contain_text("Not allowed")
    expect(desk.locator("#trial-answer-div")).to_have_attribute("data-sd-kept", re.compile(r"^\d\d:\d\d$"))
    expect(desk.get_by_role("button", name="Ask")).to_be_enabled()


def test_a_new_release_is_offered_and_changes_nothing_by_itself(visitor, trial):
    page = visitor(base_url=trial.url, alone=True)
    page.clock.install()
    page.goto("/customers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
    main = page.locator(f"#{Shell.MAIN}")
    trial.active = "20111211T125000Z-bbbbbb"
    page.clock.run_for(2_000)
    expect(page.get_by_text("is now active")).to_be_visible()
    expect(main).to_have_attribute("data-release", "20111210T125000Z-aaaaaa")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Show this release").click()
    expect(main).to_have_attribute("data-release", "20111211T125000Z-bbbbbb")


def test_a_copied_link_names_the_release_and_opens_it(desk_alone, trial):
    desk_alone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk_alone.get_by_role("button", name="Copy link to this view").click()
    expect(desk_alone.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    address = desk_alone.evaluate("navigator.clipboard.readText()")
    assert address == f"{trial.url}/customers?release=20111210T125000Z-aaaaaa"
    trial.active = "20111211T125000Z-bbbbbb"
    desk_alone.goto(address)
    expect(desk_alone.locator(f"#{Shell.MAIN}")).to_have_attribute("data-release", "20111210T125000Z-aaaaaa")


def test_an_unknown_address_has_a_page_of_its_own(visitor, trial, console):
    console.allow("Failed to load resource")
    page = visitor(base_url=trial.url, color_scheme="dark")
    page.goto("/nope")
    expect(page.get_by_role("heading", name="There is no page at this address")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("link", name="Open Segments").click()
    expect(page.locator("[aria-current=page]")).to_have_text("Segments")


def test_two_visitors_do_not_see_each_other(visitor, trial):
    first, second = visitor(base_url=trial.url), visitor(base_url=trial.url)
    for page in (first, second):
        page.goto("/customers")
        expect(page.locator("#trial-echo-div")).to_have_text("echo one")
    first.get_by_label("Echo").fill("mine")
    expect(first.locator("#trial-echo-div")).to_have_text("echo mine")
    expect(second.locator("#trial-echo-div")).to_have_text("echo one")
