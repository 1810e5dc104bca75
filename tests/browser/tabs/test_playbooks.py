"""The tab Playbooks, as staff use it: read, edited by two, suggested, printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.visitors import at_help
from tests.browser.waiting import go_within
from tests.running import serve
from tests.site.model_server import TEXTS, serve_model


@pytest.fixture(scope="module")
def model():
    with serve_model() as served:
        yield served


@pytest.fixture(scope="module")
def own_site(models, model, tmp_path_factory):
    """A site whose playbooks nobody else changes."""
    folder = tmp_path_factory.mktemp("playbooks")
    with serve(models, folder, WEB_CONCURRENCY="1", LLM_BASE_URL=model.url, LLM_MODEL="m") as running:
        yield running


@pytest.fixture(scope="module")
def own_staying(visitors, own_site):
    with visitors.staying(own_site.url) as opened:
        yield opened


@pytest.fixture
def own(own_staying, console):
    """As ``stayed``, of the site of its own."""
    with at_help(own_staying, console) as opened:
        yield opened


def sign(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name)


def answers_the_buttons_of_versions(answer: Response) -> bool:
    """Tell the answer that Dash fetches when buttons to go back appear: it may not clear the receipt."""
    return '"changedPropIds":["{\\"index\\"' in (answer.request.post_data or "")


def test_from_the_list_to_a_saved_version_and_back(own: Page):
    page = go_within(own, "/playbooks")
    page.get_by_label("Playbook for Champions").get_by_role("link", name="Open to edit or print").click()
    expect(page).to_have_url(re.compile(r"/playbooks\?segment=champions$"))
    goal = page.get_by_label("Goal", exact=True)
    expect(goal).to_have_value(re.compile("."))
    before = goal.input_value()
    goal.fill("Keep them close.")
    sign(page, "Ana")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Version 1 is saved.")).to_be_visible()
    expect(page.get_by_label("Playbook for Champions")).to_contain_text("Keep them close.")
    goal.fill(before)
    with page.expect_response(answers_the_buttons_of_versions):
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Version 2 is saved.")).to_be_visible()
    page.get_by_role("button", name="Go back to this version").click()
    expect(page.get_by_text("Version 3 is saved.")).to_be_visible()
    expect(goal).to_have_value("Keep them close.")


def test_two_who_edit_at_once_lose_nothing(own: Page, visitor, own_site):
    first, second = go_within(own, "/playbooks?segment=loyal"), visitor(base_url=own_site.url)
    second.goto("/playbooks?segment=loyal")
    for page, name in ((first, "Ana"), (second, "Ben")):
        expect(page.get_by_label("Goal", exact=True)).to_have_value(re.compile("."))
        page.get_by_label("Goal", exact=True).fill(f"The goal of {name}.")
        sign(page, name)
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Version 1 is saved.")).to_be_visible()
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Ana saved version 1 of this playbook in the meantime.")).to_be_visible()
    expect(second.get_by_text("The goal of Ana.")).to_be_visible()
    expect(second.get_by_label("Goal", exact=True)).to_have_value("The goal of Ben.")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Version 2 is saved.")).to_be_visible()


def test_a_suggestion_fills_the_fields_only_when_it_is_taken(own: Page, model):
    page = go_within(own, "/playbooks?cluster=c1")
    goal = page.get_by_label("Goal", exact=True)
    expect(goal).to_have_value(re.compile("."))
    before = goal.input_value()
    page.get_by_role("button", name="Suggest a text").click()
    expect(page.get_by_role("heading", name="Suggested text")).to_be_visible()
    expect(goal).to_have_value(before)
    page.get_by_role("button", name="Put into the fields").click()
    expect(goal).to_have_value(TEXTS["goal"])
    expect(page.get_by_role("heading", name="Versions")).to_have_count(0)
    model.status = 500
    page.get_by_role("button", name="Suggest a text").click()
    expect(page.get_by_text("answered with status 500")).to_be_visible()
    expect(goal).to_have_value(TEXTS["goal"])
    model.status = 200


def test_without_a_language_model_there_is_no_button(stayed: Page):
    page = go_within(stayed, "/playbooks?cluster=c1")
    expect(page.get_by_label("Goal", exact=True)).to_have_value(re.compile("."))
    expect(page.get_by_role("button", name="Suggest a text")).to_have_count(0)


def test_the_switch_leads_to_the_clusters_and_back(stayed: Page):
    page = go_within(stayed, "/playbooks")
    page.get_by_role("group", name="Groups").get_by_role("link", name="Clusters").click()
    expect(page).to_have_url(re.compile(r"\?group=cluster$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Playbooks")
    page.go_back()
    expect(page.get_by_label("Playbook for Champions")).to_be_visible()


def test_one_groups_page_prints_as_its_plan_alone(stayed: Page):
    page = go_within(stayed, "/playbooks?segment=champions")
    expect(page.get_by_label("Goal", exact=True)).to_have_value(re.compile("."))
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_label("Playbook for Champions")).to_be_visible()
    for part in (".sd-bar", ".sd-playbooks-form", ".sd-actions", ".sd-crumb"):
        expect(page.locator(part)).to_be_hidden()
    assert page.locator(".sd-playbook").evaluate("part => getComputedStyle(part).color") == "rgb(0, 0, 0)"


def test_axe_finds_nothing_on_a_groups_page(visitor, own_site):
    page = visitor(base_url=own_site.url, **FIRST_LOOK)
    page.goto("/playbooks?segment=champions")
    expect(page.get_by_label("Goal", exact=True)).to_have_value(re.compile("."))
    assert violations_in_two_looks(page) == []
