"""Every press gives a sign before its answer, and no result of before passes for the new one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from services.site.tabs import TABS
from tests.browser import axe
from tests.browser.holding import (
    PRESSED,
    SHAPES,
    STAMPS,
    Held,
    expect_at_rest,
    no_answers,
    nothing_answered,
    stamps,
)
from tests.browser.waiting import go_within, settled
from tests.pages import address

PREDICTED = "/predict?recency=75&frequency=4&monetary=1797.24"


@pytest.fixture
def page(visitor: Callable[..., Page], site) -> Page:
    opened = visitor(base_url=site.url)
    opened.add_init_script(STAMPS)
    return opened


def add_country(page: Page) -> None:
    page.locator(".sd-add-country summary").click()
    page.locator(".sd-add-country [data-toggle-filter]").first.click()


def look_up(page: Page) -> None:
    # a value set at once asks for no list of suggestions that would still be on its way
    page.get_by_role("combobox", name="Find a customer").fill("12006")
    page.keyboard.press("Enter")


def sort(page: Page) -> None:
    page.locator(".ag-header-cell-sortable").first.click()


def predict(page: Page) -> None:
    page.locator("#predict-recency-input").fill("7")
    page.locator("#predict-submit-button").click()


def ask_for_rules_that_held_up(page: Page) -> None:
    page.locator("#baskets-held-up-details summary").click()
    page.get_by_label("Held up later").select_option("yes")


def take_a_rule_filter(page: Page) -> None:
    page.locator("details:has(#baskets-min_confidence-input) summary").click()
    page.locator("#baskets-min_confidence-input").fill("50")
    page.locator("#baskets-min_confidence-button").click()


def move_a_cell(page: Page) -> None:
    page.get_by_label("Recency 5, buying 5").select_option(label="Loyal")


def save_audience(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Waiting")
    page.locator("#audiences-owner-input").fill("Ana")
    page.locator("#audiences-save-button").click()


def take_a_chip_away(page: Page) -> None:
    page.locator("#segments-chips-span .sd-chip").click()


def press_a_cell(page: Page) -> None:
    page.locator("button.sd-map-cell").first.click()


def open_baskets(page: Page) -> None:
    page.get_by_role("link", name="Baskets").click()


# Where it begins; what is pressed one after the other, and what then shows a result that was not asked for.
KPI, RULES = "#segments-kpis-div .sd-kpi-value", "#baskets-rules-text"
PRESSES: list[tuple[str, list[tuple[Callable[[Page], None], str]]]] = [
    (
        "/",
        [
            (sort, ".ag-row"),
            (press_a_cell, KPI),
            (take_a_chip_away, KPI),
            (add_country, KPI),
            (open_baskets, ".sd-kpi-value"),
            (ask_for_rules_that_held_up, RULES),
            (take_a_rule_filter, RULES),
        ],
    ),
    ("/customers?id=12001", [(look_up, "#customers-reason-text")]),
    (PREDICTED, [(predict, "#predict-sentence-text")]),
    ("/presets", [(move_a_cell, "#presets-preview-div p")]),
]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
def test_every_press_gives_a_sign_and_covers_the_old_result_before_any_answer(page, every):
    page.goto("/help")
    settled(page)
    for path, presses in PRESSES:
        go_within(page, path)
        for place, (act, result) in enumerate(presses):
            # a page that waits looks alike whatever was pressed: axe judges the first, in the long ring each
            expect_a_sign(page, act, result, judged=every or not place)


def expect_a_sign(page: Page, act: Callable[[Page], None], result: str, judged: bool) -> None:
    expect(page.locator(result).first).to_be_visible()
    with no_answers(page):
        act(page)
        expect(page.locator(PRESSED).first, act.__name__).to_be_visible()
        expect(page.locator(SHAPES).first, act.__name__).to_be_attached()
        expect(page.locator(result).first, act.__name__).to_be_hidden()
        expect(page.locator("main [aria-busy=true]").first).to_be_attached()
        expect(page.locator("#shell-waiting-text")).not_to_be_empty()
        print(f"{act.__name__}: milliseconds to the first signs {stamps(page)}")  # noqa: T201 (a bench, not a bound)
        assert not judged or axe.violations_while_waiting(page) == []
    expect_at_rest(page)


def test_saving_says_at_once_that_it_is_under_way_and_leaves_what_it_saves_in_sight(page):
    page.goto("/audiences?save=segments")
    settled(page)
    preview = page.locator("#audiences-preview-div")
    expect(preview).to_contain_text("would be held out")
    with no_answers(page):
        save_audience(page)
        expect(page.locator("#audiences-save-button[data-sd-pressed]")).to_be_visible()
        expect(preview).to_contain_text("would be held out")
        print(f"saving an audience: milliseconds to the first signs {stamps(page)}")  # noqa: T201
        assert axe.violations_while_waiting(page) == []
    expect_at_rest(page)


# Buttons that the list of callbacks names and that stand on the page, also in parts that are closed now.
BUTTONS = """
async () => {
  const callbacks = await (await fetch("/_dash-dependencies")).json();
  const pressed = callbacks.flatMap((each) => each.inputs).filter((each) => each.property === "n_clicks");
  return [...new Set(pressed.map((each) => each.id))]
    .filter((id) => document.getElementById(id)?.matches("main button:not([disabled])"));
}
"""
PRESS = """
(id) => {
  const button = document.getElementById(id);
  for (let each = button; each; each = each.parentElement) {
    each.hidden = false;
    each.classList.remove("d-none");
    if (each.matches("details")) each.open = true;
  }
  button.click();
}
"""


@pytest.mark.long
def test_every_button_that_a_callback_listens_to_gives_a_sign_before_its_answer(page, release):
    page.goto("/help")
    settled(page)
    asked: set[str] = set()
    for tab in TABS:
        go_within(page, address(tab.key, release))
        for button in page.evaluate(BUTTONS):
            with nothing_answered(page) as held:
                page.evaluate(PRESS, button)
                page.wait_for_timeout(700)  # a press asks within that time, or not at all
                if not held.routes:
                    continue
                asked.add(button)
                expect(page.locator(PRESSED).first, button).to_be_visible()
                print(f"{tab.key} {button}: milliseconds to the first signs {stamps(page)}")  # noqa: T201
            expect(page.locator(PRESSED)).to_have_count(0)
    assert asked >= {"audiences-save-button", "audiences-rename-button", "predict-submit-button"}


def test_a_file_that_takes_long_is_said_to_be_on_its_way(page):
    held = Held()
    page.goto("/")
    settled(page)
    page.route("**/export/*", held.take)
    with page.expect_download() as download:
        page.locator('a[download][href^="/export/customers.csv"]').first.click(no_wait_after=True)
        expect(page.locator(".sd-toast")).to_contain_text("Your file is on its way", timeout=300)
        held.release()
    assert download.value.suggested_filename.endswith(".csv")
    expect(page.locator(".sd-toast")).to_have_count(0)
