"""Numbers typed on every page that takes some: read as the site writes them, or refused beside the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.core.text.numbers_typed import Notation, notation
from tests.browser.waiting import expect_query, expect_to_fit, go_within, settled
from tests.running import Site, serve


@dataclass(frozen=True)
class Place:
    """A running site, how it writes, and what it reads wrongly if it guesses."""

    site: Site
    written: Notation
    foreign: str


@pytest.fixture(scope="module")
def german(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(models, tmp_path_factory.mktemp("german"), LOCALE="de_DE", CURRENCY="EUR") as running:
        yield running


# In the gate what may go wrong most: commas on a narrow screen. Other tests type numbers with points.
@pytest.fixture(
    params=[
        ("de_DE", 390),
        pytest.param(("de_DE", 1280), marks=pytest.mark.long),
        pytest.param(("en_GB", 390), marks=pytest.mark.long),
        pytest.param(("en_GB", 1280), marks=pytest.mark.long),
    ],
    ids=lambda each: f"{each[0]}-{each[1]}",
)
def look(request: pytest.FixtureRequest) -> tuple[str, int]:
    return request.param


@pytest.fixture
def place(request: pytest.FixtureRequest, look: tuple[str, int]) -> Place:
    if look[0] == "en_GB":
        return Place(request.getfixturevalue("site"), notation("en_GB", "GBP"), "12,5")
    return Place(request.getfixturevalue("german"), notation("de_DE", "EUR"), "12.5")


@pytest.fixture
def opened(visitor: Callable[..., Page], place: Place, look: tuple[str, int]) -> Page:
    return visitor(base_url=place.site.url, viewport={"width": look[1], "height": 900})


def a_range_on_segments(opened: Page, place: Place) -> None:
    opened.goto("/")
    settled(opened)
    opened.locator("summary").filter(has_text=re.compile("^Spend")).click()
    field, line = opened.get_by_label("Spend at least", exact=True), opened.locator("#segments-m_min-error")
    for odd in (place.foreign, "1_000", "1e3", "\uff11\uff12"):
        field.fill(odd)
        field.press("Enter")
        expect(line).to_contain_text(f"such as {place.written.write(1234.5)}.")
        expect(opened.get_by_text("No customers for this value")).to_be_visible()
        expect(opened.locator("#segments-cards-div")).to_be_hidden()
        expect(field).to_have_value(odd)
        expect_query(opened, {})
    expect_to_fit(opened)
    field.fill(place.written.write(1234.5))
    field.press("Enter")
    expect_query(opened, {"m_min": ["1234.5"]})
    expect(line).to_be_empty()
    expect(opened.locator("#segments-cards-div")).to_be_visible()
    opened.reload()
    expect(opened.locator("#segments-m_min-input")).to_have_value(place.written.write(1234.5))


def a_lift_on_baskets(opened: Page, place: Place) -> None:
    go_within(opened, "/baskets")
    opened.locator("summary", has_text="Lift").click()
    field = opened.get_by_label("Lift at least")
    field.fill(place.foreign)
    field.press("Enter")
    said = opened.get_by_role("alert").filter(has_text=f"such as {place.written.write(1.5)}.")
    expect(said).to_be_visible()
    expect(opened.get_by_text("No rules for this value")).to_be_visible()
    field.fill(place.written.write(1.5))
    field.press("Enter")
    expect_query(opened, {"min_lift": ["1.5"]})


def a_spend_on_predict_that_is_asked_for_once(opened: Page, place: Place) -> None:
    go_within(opened, "/predict?recency=75&frequency=4&monetary=1797.24")
    answer, field = opened.locator("#predict-answer-div"), opened.locator("#predict-monetary-input")
    expect(answer).to_be_visible()
    expect(field).to_have_value(place.written.write(1797.24))
    slider, before = opened.get_by_role("slider", name="Spend"), place.written.write(1807.24)
    slider.focus()
    opened.keyboard.press("ArrowRight")
    expect(field).to_have_value(before)
    settled(opened)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append((request.post_data or "").partition('"inputs"')[0]))
    field.press("Enter")
    expect_query(opened, {"recency": ["75"], "frequency": ["4"], "monetary": ["1807.24"]})
    expect(opened.get_by_text("The numbers have changed.")).to_be_hidden()
    settled(opened)
    # the tracks of a handle that came to rest are asked for by themselves
    assert len([of for of in asked if "output" in of and "predict-paint-store" not in of]) == 1
    for odd in (place.foreign, "1_000", "1e3"):
        field.fill(odd)
        field.press("Enter")
        expect(opened.locator("#predict-monetary-error")).to_contain_text(place.written.write(1797.24))
        expect(answer).to_be_hidden()
    expect_to_fit(opened)
    field.fill(place.written.write(1234.0))
    field.press("Enter")
    expect(answer).to_be_visible()
    opened.go_back()
    expect(field).to_have_value(before)


def a_cut_point_of_a_preset(opened: Page, place: Place) -> None:
    go_within(opened, "/presets")
    expect(opened.get_by_text("Nobody would move")).to_be_visible()
    first = opened.get_by_label("Spend, cut point 1")
    shown = [opened.get_by_label(f"Spend, cut point {cut}").input_value() for cut in range(1, 5)]
    assert [place.written.write(place.written.read(text)) for text in shown] == shown
    opened.get_by_label("Spend, how it is cut").select_option(label="Fixed")
    first.fill(place.foreign)
    first.blur()
    expect(opened.get_by_text(f"such as 30 or {place.written.write(1797.24)}.")).to_be_visible()
    expect(opened.get_by_text("Correct the marked fields")).to_be_visible()
    first.fill(place.written.write(1.5))
    first.blur()
    expect(opened.get_by_text(re.compile("as a number from 0 up, such as 30"))).to_have_count(0)
    expect(opened.get_by_text("Correct the marked fields")).to_have_count(0)


def the_share_that_an_audience_holds_out(opened: Page, place: Place) -> None:
    go_within(opened, "/audiences?save=segments")
    preview, field = opened.locator("#audiences-preview-div"), opened.locator("#audiences-share-input")
    expect(preview).to_contain_text("would be held out")
    field.fill(place.foreign)
    opened.keyboard.press("Tab")
    expect(opened.locator("#audiences-share-error")).to_contain_text(f"such as {place.written.write(12.5)}.")
    expect(preview).to_be_empty()
    field.fill(place.written.write(12.5))
    opened.keyboard.press("Tab")
    expect(preview).to_contain_text("would be held out")
    expect(opened.locator("#audiences-share-error")).to_be_empty()


def test_numbers_are_read_as_the_site_writes_them_on_every_page_and_others_are_refused(
    opened: Page, place: Place
):
    a_range_on_segments(opened, place)
    a_lift_on_baskets(opened, place)
    a_spend_on_predict_that_is_asked_for_once(opened, place)
    a_cut_point_of_a_preset(opened, place)
    the_share_that_an_audience_holds_out(opened, place)
