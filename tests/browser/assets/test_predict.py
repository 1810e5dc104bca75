"""assets/predict/: sliders go by logarithm, fields are written as the site's people write."""

import pytest
from playwright.sync_api import expect

from callbacks.predict.wiring import BUILT

AXES = ("recency", "frequency", "monetary")
FORM = (
    "".join(
        f'<label id="predict-{axis}-name">{axis}<input id="predict-{axis}-input"></label>'
        f'<input id="predict-{axis}-slider" type="range" min="0" max="1000" aria-label="{axis} slider">'
        f'<span id="predict-{axis}-unit">{unit}</span>'
        for axis, unit in zip(AXES, ("days", "orders", "pounds"), strict=True)
    )
    + '<input id="predict-customer-input"><button id="predict-submit-button">Predict</button>'
    + '<button id="predict-customer-button">Use</button><div id="predict-answer-div"></div>'
)
PARTS = {
    "ends": [[0, 700], [1, 200], [0, 250_000]],
    "unit": "orders",
    "written": [".", ",", 3],
    "segments": [
        {"name": "Lost", "colour": "red", "badge": "Lost"},
        {"name": "Best", "colour": "green", "badge": "Best"},
    ],
    "clusters": [{"chip": "A", "colour": "red"}],
}
DATA = {
    "under": ["", ""],
    "texts": ["75", "4", "1,797.24"],
    "values": [75, 4, 1797.24],
    "refused": [False, False, False],
    "customer_refused": False,
    "errors": ["", "", ""],
    "customer_error": "",
    "started": "",
    "tracks": None,
    "answer": None,
}


@pytest.fixture
def form(desk):
    """The form with an answer's numbers in it."""
    desk.open(FORM)
    # as Dash does: a property that is set is shown
    # what Dash tells a callback that runs: its outputs
    outputs = [{"id": str(each.component_id), "property": each.component_property} for each in BUILT]
    desk.run("(outputs) => { dash_clientside.callback_context = { outputs_list: outputs }; }", outputs)
    desk.run("""() => {
      dash_clientside.set_props = (id, props) => {
        told.push([id, props]);
        const field = document.getElementById(id);
        if (field && "value" in props) field.value = props.value;
      };
    }""")
    build(desk, DATA)
    for axis, text in zip(AXES, DATA["texts"], strict=True):
        desk.run("(id, text) => { document.getElementById(id).value = text; }", f"predict-{axis}-input", text)
    return desk


def build(desk, data, parts=PARTS):
    return desk.run("(data, parts) => dash_clientside.desk_predict.build(data, parts)", data, parts)


def slide(form, axis, position):
    """Drag a handle."""
    form.run(
        """(id, position) => {
          const slider = document.getElementById(id);
          slider.value = position;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        f"predict-{axis}-slider",
        position,
    )
    return form.page.locator(f"#predict-{axis}-input").input_value()


@pytest.mark.parametrize(("value", "share"), [(0, 0.0), (250_000, 1.0), (499, 0.5), (10**9, 1.0)])
def test_a_value_s_place_goes_by_its_logarithm_and_stays_on_the_slider(form, value, share):
    found = form.run("(value) => window.deskPredict.share(2, value)", value)
    assert found == pytest.approx(share, abs=0.001)


@pytest.mark.parametrize(
    ("axis", "position", "text"),
    [
        ("recency", 0, "0"),
        ("recency", 1000, "700"),
        ("recency", 500, "25"),
        ("frequency", 0, "1"),
        ("frequency", 1000, "200"),
        ("monetary", 500, "499"),
        ("monetary", 700, "6,000"),
        ("monetary", 999, "247,000"),
    ],
)
def test_a_dragged_handle_writes_whole_days_and_orders_and_round_sums(form, axis, position, text):
    assert slide(form, axis, position) == text


def test_numbers_are_written_with_the_site_s_signs(form):
    build(form, DATA, {**PARTS, "written": [",", ".", 3]})
    assert slide(form, "monetary", 999) == "247.000"
    build(form, DATA, {**PARTS, "ends": [[0, 700], [1, 200], [0, 2_500_000]], "written": [".", ",", 2]})
    assert slide(form, "monetary", 1000) == "25,00,000"


@pytest.mark.parametrize(
    ("axis", "key", "text"),
    [
        ("recency", "ArrowRight", "76"),
        ("frequency", "ArrowDown", "3"),
        ("monetary", "ArrowUp", "1,807.24"),
    ],
)
def test_an_arrow_key_moves_a_value_by_its_own_step(form, axis, key, text):
    form.page.locator(f"#predict-{axis}-slider").press(key)
    expect(form.page.locator(f"#predict-{axis}-input")).to_have_value(text)


def test_no_key_leads_below_the_lowest_value(form):
    slide(form, "frequency", 0)
    form.page.locator("#predict-frequency-slider").press("ArrowLeft")
    expect(form.page.locator("#predict-frequency-input")).to_have_value("1")


def test_an_answer_is_marked_as_old_as_soon_as_a_number_differs_from_its_own(form):
    answer = form.page.locator("#predict-answer-div")
    expect(answer).not_to_have_class("sd-predict-old")
    form.page.locator("#predict-recency-input").fill("76")
    expect(answer).to_have_class("sd-predict-old")
    form.page.locator("#predict-recency-input").fill("75")
    expect(answer).not_to_have_class("sd-predict-old")


def test_a_handle_says_its_number_with_its_unit(form):
    slide(form, "recency", 1000)
    expect(form.page.locator("#predict-recency-slider")).to_have_attribute("aria-valuetext", "700 days")


def test_enter_in_a_field_asks_and_in_the_customer_s_field_looks_up(form):
    form.run("""() => document.addEventListener("click", (event) => told.push(event.target.id))""")
    form.page.locator("#predict-recency-input").press("Enter")
    form.page.locator("#predict-customer-input").press("Enter")
    assert form.told[-2:] == ["predict-submit-button", "predict-customer-button"]


def test_what_was_typed_while_the_answer_was_on_its_way_stays(form):
    form.page.locator("#predict-recency-input").fill("12")
    build(form, {**DATA, "texts": ["80", "4", "1,797.24"], "values": [80, 4, 1797.24]})
    expect(form.page.locator("#predict-recency-input")).to_have_value("12")


def test_a_refused_number_is_marked_at_its_field(form):
    build(form, {**DATA, "refused": [False, True, False]})
    field = form.page.locator("#predict-frequency-input")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "predict-frequency-error")
    expect(form.page.locator("#predict-recency-input")).to_have_attribute("aria-invalid", "false")


def test_a_track_tells_where_its_segments_end(form):
    tracks = [[[0, 75, 1], [76, 700, 0]], [[1, 200, 1]], [[0, 250_000, -1]]]
    drawn = form.draw("(found) => Object.values(window.deskPredict.tracks(found))", tracks)
    assert drawn.locator(".sd-unseen").all_inner_texts() == [
        "Best up to 75 days, Lost above that.",
        "Best everywhere.",
        "Best everywhere.",
    ]
    expect(drawn.locator(".sd-predict-part")).to_have_count(4)
