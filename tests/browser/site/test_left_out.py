"""Who opted out is counted beside the file, wherever a list of customers can be taken away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from layouts import words
from layouts.ids import Customers, Movement, Segments, Shell
from services.serving.movement.address import answer
from services.site.customers.opt_outs import OptOuts
from services.site.state import State
from tests.browser.axe import violations
from tests.browser.waiting import expect_to_fit, settled

FOLDER = Path(__file__).parents[3] / "screenshots"


@pytest.fixture
def store(site):
    state = State(site.state)
    store = OptOuts(state)
    store.remove(store.ids(), "test", "all")
    yield store
    store.remove(store.ids(), "test", "all")
    state.close()


def said(out: int, of: int) -> str:
    are = "is" if out == 1 else "are"
    counted = f"{words.number(out)} of these {words.number(of)} customers"
    return f"{counted} opted out and {are} excluded from the file."


def comes_back(page: Page) -> None:
    """What a browser says when its window is looked at again."""
    settled(page).evaluate("window.dispatchEvent(new Event('focus'))")


def test_a_customer_who_opts_out_is_counted_beside_both_files_of_segments(
    page, visitor, site, release, store
):
    page.goto("/")
    sentences = [page.locator(f"#{each}") for each in (Segments.LEFT_OUT_HEAD, Segments.LEFT_OUT)]
    for sentence in sentences:
        expect(sentence).to_be_empty()
    customer, another = (release.id_of(row) for row in (0, 1))
    other = visitor(base_url=site.url)
    other.goto(f"/customers?id={customer}")
    other.locator(f"#{Customers.SWITCH}").click()
    expect(other.locator(f"#{Customers.OUT}")).to_have_text("Opted out")
    comes_back(page)
    for sentence in sentences:
        expect(sentence).to_have_text(said(1, release.count))
    assert violations(page) == []
    # meanwhile another one, and the reader has not looked away: the press itself counts
    store.add([another], "test", "one")
    with page.expect_download() as download:
        page.locator(f"#{Segments.EXPORT}").click()
    assert "-without-2-opted-out" in download.value.suggested_filename
    for sentence in sentences:
        expect(sentence).to_have_text(said(2, release.count))
    # a view without them, and the way back over the customer's page
    page.locator("#segments-search-input").fill("no id holds this")
    page.keyboard.press("Enter")
    expect(sentences[1]).to_be_empty()
    page.goto(f"/customers?id={customer}")
    expect(page.locator(f"#{Customers.OUT}")).to_have_text("Opted out")
    page.locator(f"#{Customers.SWITCH}").click()
    expect(page.locator(f"#{Customers.OUT}")).to_be_empty()
    page.locator(f"#{Shell.NAVIGATION} a").first.click()
    expect(sentences[0]).to_have_text(said(1, release.count))
    expect(page.locator(f"#{Segments.EXPORT_ROWS}")).to_have_attribute(
        "href", page.locator(f"#{Segments.EXPORT}").get_attribute("href")
    )


def test_a_view_of_nobody_says_nothing_of_opt_outs(page, release, store):
    store.add([release.id_of(0)], "test", "one")
    page.goto("/")
    sentence = page.locator(f"#{Segments.LEFT_OUT_HEAD}")
    expect(sentence).to_have_text(said(1, release.count))
    page.locator("summary", has_text="Recency").click()
    page.locator("#segments-r_min-input").fill("99999")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{Segments.EXPORT}")).to_be_hidden()
    expect(sentence).to_be_empty()


def test_a_flow_says_how_many_of_it_opted_out(page, release, store):
    found = answer(release, {})
    inside = [release.id_of(int(row)) for row in found.fits.nonzero()[0][:3]]
    outside = release.id_of(int((~found.fits).nonzero()[0][0]))
    store.add([*inside, outside], "test", "some")
    page.goto("/movement")
    sentence = page.locator(f"#{Movement.LEFT_OUT}")
    expect(sentence).to_have_text(said(3, int(found.fits.sum())))
    with page.expect_download() as download:
        page.locator(f"#{Movement.EXPORT}").click()
    assert re.search("-without-3-opted-out", download.value.suggested_filename)
    store.remove(inside[:2], "test", "some")
    comes_back(page)
    expect(sentence).to_have_text(said(1, int(found.fits.sum())))


@pytest.mark.parametrize(
    ("name", "address"), [("segments", "/"), pytest.param("movement", "/movement", marks=pytest.mark.long)]
)
def test_the_sentence_fits_its_place_and_has_its_picture(visitor, site, release, store, name, address):
    store.add([release.id_of(row) for row in range(0, release.count, 9)], "test", "some")
    page = visitor(base_url=site.url, viewport={"width": 390, "height": 900})
    page.goto(address)
    expect(page.locator(f"#{name}-left-out")).to_contain_text("excluded from the file")
    row = page.locator(f"#{name}-customers-grid .ag-row[row-index='0'] a")
    expect(row).to_have_text(re.compile(r"\S"))
    FOLDER.mkdir(exist_ok=True)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect_to_fit(page)
        page.screenshot(path=FOLDER / f"{name}-left-out-{width}.png", full_page=True)
