"""The tab Predict, as a marketer uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from services.core.text.numbers_typed import BRITISH
from services.serving.predictions.predict import predict
from services.serving.predictions.what_if import person, tracks
from services.serving.release.loaded import Loaded
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_query, go_within, query

VALUES = {"recency": 75.0, "frequency": 4.0, "monetary": 1797.24}
LINK = "/predict?recency=75&frequency=4&monetary=1797.24"
FIELDS = {"recency": "#predict-recency-input", "frequency": "#predict-frequency-input"}
FIELDS["monetary"] = "#predict-monetary-input"
ANSWER = "#predict-answer-div"
SEGMENT = "#predict-segment-span"


@pytest.fixture
def answered(stayed: Page, release) -> Page:
    go_within(stayed, LINK)
    expect(stayed.locator(SEGMENT)).to_have_text(segment_of(release, VALUES))
    return stayed


def segment_of(release: Loaded, values: dict[str, float]) -> str:
    return predict(release, values).segment.name


def press_predict(page: Page) -> None:
    page.get_by_role("button", name="Predict").click()


def elsewhere(release: Loaded, values: dict[str, float]) -> float:
    """A recency that gives another segment, the rest unchanged."""
    here = segment_of(release, values)
    parts = tracks(release, values)["recency"]
    return next(part.first for part in parts if release.segments[part.segment].name != here)


def test_a_link_is_its_own_answer_for_another_visitor_too(answered, release, visitor, site):
    prediction = predict(release, VALUES)
    expect(answered.locator("#predict-cluster-span")).to_contain_text(prediction.cluster.name)
    expect(answered.locator("#predict-margin-text")).to_contain_text(f"{prediction.margin:.2f}")
    expect(answered.locator("#predict-people-div tbody tr")).to_have_count(6)
    expect(answered.locator("#predict-distances-div .sd-bar-row")).to_have_count(len(release.clusters))
    other = visitor(base_url=site.url)
    other.goto(answered.url)
    expect(other.locator(SEGMENT)).to_have_text(prediction.segment.name)


def test_the_keyboard_is_enough(stayed, release):
    page = go_within(stayed, "/predict")
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    for name, text in zip(("Recency", "Orders", "Spend"), ("75", "4", "1,797.24"), strict=True):
        page.get_by_role("textbox", name=re.compile(f"^{name}")).focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(SEGMENT)).to_have_text(segment_of(release, VALUES))
    # a link means the same everywhere, and the field shows what can be typed
    expect_query(page, {"recency": ["75"], "frequency": ["4"], "monetary": ["1797.24"]})
    expect(page.locator(FIELDS["monetary"])).to_have_value("1,797.24")


def test_arrow_keys_step_a_day_an_order_and_ten_pounds(answered):
    for name, keys, text in (
        ("Recency", ["ArrowLeft", "ArrowLeft"], "73"),
        ("Orders", ["ArrowUp"], "5"),
        ("Spend", ["ArrowRight"], "1,807.24"),
    ):
        slider = answered.get_by_role("slider", name=name)
        slider.focus()
        for key in keys:
            answered.keyboard.press(key)
        expect(answered.get_by_role("textbox", name=re.compile(f"^{name}"))).to_have_value(text)
    expect(answered.get_by_role("slider", name="Recency")).to_have_attribute("aria-valuetext", "73 days")


def test_a_dragged_slider_writes_its_number_and_predict_answers_for_it(answered, release):
    slider = answered.get_by_role("slider", name="Recency")
    box = slider.bounding_box()
    changed = answered.get_by_text("The numbers have changed.")
    expect(changed).to_be_hidden()
    answered.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 12)
    answered.mouse.down()
    answered.mouse.move(box["x"] + 9, box["y"] + 12)
    answered.mouse.up()
    field = answered.locator(FIELDS["recency"])
    expect(field).not_to_have_value("75")
    expect(changed).to_be_visible()
    for faded in (".sd-predict-head", ".sd-predict-sentence", "#predict-notes-div", ".sd-predict-facts"):
        expect(answered.locator(faded)).to_have_css("filter", "saturate(0.35)")
    expect(answered.locator("#predict-distances-div").locator("..")).to_have_css("filter", "saturate(0.35)")
    expect(changed).to_have_css("filter", "none")
    moved = float(field.input_value())
    assert moved < 10
    press_predict(answered)
    expect(changed).to_be_hidden()
    expect(answered.locator(".sd-predict-facts")).to_have_css("filter", "none")
    expect(answered.locator(SEGMENT)).to_have_text(segment_of(release, VALUES | {"recency": moved}))
    assert query(answered)["recency"] == [field.input_value()]


def test_typing_moves_the_handle_and_repaints_the_other_tracks(answered, release):
    slider = answered.get_by_role("slider", name="Recency")
    before = slider.input_value()
    painted = answered.locator("#predict-frequency-track .sd-unseen").text_content()
    target = elsewhere(release, VALUES)
    answered.locator(FIELDS["recency"]).fill(f"{target:g}")
    expect(slider).not_to_have_value(before)
    expect(answered.locator("#predict-frequency-track .sd-unseen")).not_to_have_text(painted)


def test_the_track_under_the_handle_has_the_segment_of_the_answer(answered, release):
    colours = answered.locator("#predict-recency-track .sd-predict-part")
    named = [part.get_attribute("title") for part in colours.all()]
    ends = release.overview.axes["recency"]
    parts = [part for part in tracks(release, VALUES)["recency"] if part.first <= ends.max]
    assert named == [release.segments[part.segment].name for part in parts if part.last >= ends.min]
    middle = answered.get_by_role("slider", name="Recency").bounding_box()
    share = int(answered.get_by_role("slider", name="Recency").input_value()) / 1000
    x = middle["x"] + 8 + share * (middle["width"] - 16)
    under = [part for part in colours.all() if part.bounding_box()["x"] <= x]
    assert under[-1].get_attribute("title") == segment_of(release, VALUES)


BAD = [
    ("recency", "", "whole number from 0 up"),
    ("recency", "2.5", "whole number from 0 up"),
    ("recency", "9" * 64, "That is too large"),
    ("frequency", "0", "A customer has at least one order."),
    ("frequency", "-3", "whole number from 1 up"),
    ("monetary", "abc", "such as 1,797.24"),
    ("monetary", "12,5", "such as 1,797.24"),
    ("monetary", "1 234", "such as 1,797.24"),
    ("monetary", "1e400", "such as 1,797.24"),
]


def test_each_bad_value_is_told_beside_its_field_and_the_old_answer_is_gone(answered, release):
    for axis, typed, words in BAD:  # each begins with the answer that the one before ended with
        field, line = answered.locator(FIELDS[axis]), answered.locator(f"#predict-{axis}-error")
        field.fill(typed)
        press_predict(answered)
        expect(line, f"{axis} {typed!r}").to_contain_text(words)
        expect(answered.locator(ANSWER)).to_be_hidden()
        expect(answered.locator(SEGMENT)).to_be_empty()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", f"predict-{axis}-error")
        expect(field).to_be_focused()
        expect(field).to_have_value(typed)
        field.fill(BRITISH.write(VALUES[axis]))
        field.press("Enter")
        expect(answered.locator(ANSWER)).to_be_visible()
        expect(answered.locator(SEGMENT)).to_have_text(segment_of(release, VALUES))
        expect(line).to_be_empty()
        expect(field).to_have_attribute("aria-invalid", "false")


def test_a_value_nobody_had_is_answered_with_a_warning(stayed):
    page = go_within(stayed, "/predict?recency=9000&frequency=4&monetary=1797.24")
    expect(page.locator("#predict-recency-error")).to_contain_text(
        "The answer is an extrapolation: treat it with care."
    )
    expect(page.locator("#predict-range-span")).to_have_text("Recency is outside")
    expect(page.locator(FIELDS["recency"])).to_have_attribute("aria-invalid", "false")


def test_one_starts_from_a_customer_changes_a_value_and_resets(stayed, release):
    row = int(release.customers["order_monetary"][-1])
    best = person(release, row)
    page = go_within(stayed, "/predict")
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    box = page.get_by_role("textbox", name="Customer id")
    box.fill(best.customer_id)
    box.press("Enter")
    expect(page.locator("#predict-people-finding")).to_contain_text(
        f"{best.customer_id}, the customer you started from, has exactly these values and is in the "
        "same segment and cluster."
    )
    expect(page.locator(FIELDS["monetary"])).to_have_value(BRITISH.write(best.values["monetary"]))
    expect(page.locator(SEGMENT)).to_have_text(release.segments[best.segment].name)
    page.locator(FIELDS["recency"]).fill("300")
    page.locator(FIELDS["recency"]).press("Enter")
    expect(page.locator("#predict-start-text")).to_contain_text("; changed since then.")
    assert query(page)["customer"] == [best.customer_id]
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    expect(page.locator(ANSWER)).to_be_hidden()
    expect_query(page, {})
    page.go_back()
    expect(page.locator(FIELDS["recency"])).to_have_value("300")
    expect(page.locator(ANSWER)).to_be_visible()


def test_an_unknown_customer_is_told_at_the_box_and_the_old_answer_is_gone(answered):
    box = answered.get_by_role("textbox", name="Customer id")
    box.fill("<img src=x onerror=alert(1)>")
    answered.get_by_role("button", name="Start from a customer").click()
    expect(answered.locator("#predict-customer-error")).to_contain_text("No customer <img src=x")
    expect(answered.locator(ANSWER)).to_be_hidden()
    expect(box).to_have_attribute("aria-invalid", "true")


def test_a_neighbour_is_one_link_away(answered):
    first = answered.locator("#predict-people-div tbody a").first
    name = first.text_content()
    first.click()
    expect(answered.get_by_role("heading", level=1)).to_have_text(name)


STATES = [
    ("", ".sd-predict-state .sd-empty"),
    ("?recency=9000&frequency=4&monetary=1797.24", "#predict-people-div tbody"),
    ("?recency=&frequency=0&monetary=12,5", ".sd-err .sd-ic-refused >> nth=0"),
    ("?customer=nobody", "#predict-customer-error .sd-ic-refused"),
]


def test_nothing_keeps_readers_out(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto("/predict")
    for search, shown in STATES:
        if search:
            go_within(page, f"/predict{search}")
        expect(page.locator(shown)).to_be_visible()
        assert violations_in_two_looks(page) == [], search
