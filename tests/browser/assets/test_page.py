"""What every page does by itself: toasts, keys, refused answers, colours of charts."""

import json

import pytest
from playwright.sync_api import expect

CALLBACK = "/_dash-update-component"
BODY = {
    "outputs": {"id": "total", "property": "children"},
    "inputs": [{"id": "filter", "property": "value", "value": 3}],
    "changedPropIds": ["filter.value"],
}


def toast(desk, told, key=None):
    desk.run("(told, key) => window.desk.toast(told, key)", told, key)
    return desk.page.locator(".sd-toast")


def ask(desk, status, headers, body=BODY):
    """Have a callback answered like this; return the status that Dash sees."""
    desk.page.route(
        f"**{CALLBACK}", lambda route: route.fulfill(status=status, headers=headers, body="{}"), times=1
    )
    return desk.run(
        "(body) => fetch('/_dash-update-component', { method: 'POST', body: JSON.stringify(body) })"
        ".then((answer) => answer.status)",
        body,
    )


@pytest.mark.parametrize(
    ("mood", "role"), [("bad", "alert"), ("warn", "alert"), ("ok", "status"), ("info", "status")]
)
def test_bad_news_interrupts_whoever_listens_and_good_news_waits(desk, mood, role):
    shown = toast(desk, {"heading": "Saved", "sentence": "It is there.", "mood": mood})
    assert shown.get_attribute("role") == role
    assert shown.locator("b, p").all_inner_texts() == ["Saved", "It is there."]


def test_a_toast_shows_once_and_can_be_closed(desk):
    told = {"heading": "Saved", "sentence": "It is there.", "mood": "warn"}
    toast(desk, told, "saved")
    shown = toast(desk, told, "saved")
    expect(shown).to_have_count(1)
    shown.get_by_role("button", name="Close").click()
    expect(shown).to_have_count(0)


def test_a_toast_has_its_reference_and_its_action(desk):
    desk.run("""() => window.desk.toast(
      { heading: "H", sentence: "S.", mood: "bad", reference: "ab12" }, "k",
      { label: "Try now", act: () => told.push("pressed") },
    )""")
    shown = desk.page.locator(".sd-toast")
    assert shown.locator("code").inner_text() == "ab12"
    shown.get_by_role("button", name="Try now").click()
    assert desk.told == ["pressed"]


def test_a_failed_answer_is_none_to_dash_and_told_with_its_reference_and_the_next_one_comes(desk):
    desk.console.allow("Failed to load resource")
    assert ask(desk, 500, {"X-Reference": "ab12", "Content-Type": "application/json"}) == 204
    assert desk.page.locator(".sd-toast code").inner_text() == "ab12"
    assert ask(desk, 200, {"Content-Type": "application/json"}) == 200


@pytest.mark.parametrize(
    ("status", "headers", "heading"),
    [
        (401, {}, "Session ended"),
        (403, {"X-Reference": "ab12"}, "Not allowed"),
        (413, {"X-Reference": "ab12"}, "Too large"),
        (500, {"X-Reference": "ab12"}, "Something went wrong on our side"),
        (503, {"X-Reference": "ab12"}, "Something went wrong on our side"),
        (502, {}, "Not connected"),
        (200, {"Content-Type": "text/html"}, "Something went wrong on our side"),
    ],
)
def test_a_refused_answer_is_told_by_what_refused_it(desk, status, headers, heading):
    desk.console.allow("Failed to load resource")
    ask(desk, status, headers)
    assert desk.page.locator(".sd-toast b").inner_text() == heading


@pytest.mark.parametrize(("name", "again"), [("value", True), ("n_clicks", False), ("n_submit", False)])
def test_what_was_on_its_way_is_asked_again_but_no_press_is_repeated(desk, name, again):
    desk.console.allow("Failed to load resource")
    inputs = [{"id": "filter", "property": name, "value": 3}]
    ask(desk, 401, {}, {**BODY, "inputs": inputs, "changedPropIds": [f"filter.{name}"]})
    desk.run("() => window.dispatchEvent(new Event('focus'))")
    assert (["filter", {name: 3}] in desk.told) is again


def test_an_address_of_this_page_changes_its_query_and_another_changes_the_page(desk):
    desk.open(address="/baskets?item=1")
    desk.run("() => window.desk.goTo('/baskets?item=2')")
    assert desk.told == [["shell-address-location", {"search": "?item=2"}]]
    desk.run("() => window.desk.goTo('/customers?id=7')")
    assert desk.run("() => location.pathname + location.search") == "/customers?id=7"


def test_a_slash_leads_to_the_look_up_unless_somebody_writes(desk):
    desk.open('<input id="shell-lookup-input" aria-label="Look up"><input aria-label="Other">')
    desk.page.keyboard.press("/")
    expect(desk.page.get_by_label("Look up")).to_be_focused()
    desk.page.get_by_label("Other").press("/")
    expect(desk.page.get_by_label("Other")).to_have_value("/")


def test_a_looked_up_customer_is_the_address_whatever_the_id_holds(desk):
    desk.open('<input id="shell-lookup-input" aria-label="Look up">', address="/customers")
    desk.page.get_by_label("Look up").fill(" A&B ")
    desk.page.get_by_label("Look up").press("Enter")
    assert desk.told == [["shell-address-location", {"search": "?id=A%26B"}]]


def test_a_chart_s_colours_are_those_of_the_theme_shown_and_follow_it(desk):
    desk.open("<style>:root { --c-1: #102030; } [data-bs-theme=dark] { --c-1: #a0b0c0; }</style>")
    desk.run("""() => {
      window.drawn = [];
      const chart = document.createElement("div");
      document.body.append(Object.assign(chart, { className: "js-plotly-plot", on: () => {} }));
      window.Plotly = { react: (_place, figure) => { drawn.push(figure.data[0].marker.color); } };
      window.Plotly.react(chart, { data: [{ marker: { color: "var(--c-1)" }, text: "--c-1" }], layout: {} });
      document.documentElement.setAttribute("data-bs-theme", "dark");
      window.dispatchEvent(new CustomEvent("sd-theme"));
    }""")
    assert desk.run("() => drawn") == ["rgb(16, 32, 48)", "rgb(160, 176, 192)"]


def test_a_mixed_colour_is_written_as_charts_read_it(desk):
    colour = desk.run("""() => {
      let found = null;
      window.Plotly = { react: (_place, figure) => { found = figure.data[0].color; } };
      window.Plotly.react({ on: () => {} }, [{ color: "color-mix(in srgb, #ff0000 50%, transparent)" }], {});
      return found;
    }""")
    assert colour == "rgba(255,0,0,0.5)"


@pytest.mark.parametrize(
    ("locale", "separators", "march", "monday"),
    [("en-GB", ".,", None, None), ("de-DE", ",.", "Mär", "Montag"), ("ko-KR", ".,", "3월", "월요일")],
)
def test_a_chart_has_the_signs_and_the_dates_of_its_reader(desk, locale, separators, march, monday):
    desk.open(locale=locale)
    layout, config = desk.run("""() => {
      let found = null;
      window.Plotly = { react: (_place, figure) => { found = [figure.layout, figure.config]; } };
      window.Plotly.react({ on: () => {} }, { data: [], layout: {}, config: { responsive: true } });
      return found;
    }""")
    assert layout["separators"] == separators
    assert config["responsive"]
    dates = config["locales"][config["locale"]]["format"] if march else None
    assert (dates and dates["shortMonths"][2], dates and dates["days"][1]) == (march, monday)


def test_a_word_of_several_senses_is_said_in_its_own(desk):
    senses = {"million\x04m": "\u00a0Mio.", "m": "m"}
    desk.open(f"<script>window.deskMessages = {json.dumps(senses)};</script>", locale="de-DE", currency="EUR")
    written = desk.run("() => window.dashAgGridFunctions.moneyShort(5824000)")
    assert written == "5,82\u00a0Mio.\u00a0€"


@pytest.mark.parametrize(("count", "said"), [(1, "1 строка"), (3, "3 строки"), (1205, "1 205 строк")])
def test_a_counted_sentence_has_the_form_and_the_digits_of_its_language(desk, count, said):
    forms = {"{n} row": ["{n} строка", "{n} строки", "{n} строк"]}
    desk.open(f"<script>window.deskMessages = {json.dumps(forms)};</script>", locale="ru-RU")
    assert desk.run("(count) => sayCount('{n} row', '{n} rows', count)", count).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("meta", "point", "address", "after"),
    [
        ("segment=lost", 7, "/?segment=best", "?segment=best&segment=lost"),
        (["segment=best", "segment=lost"], 1, "/?segment=lost", ""),
        (["r_min=&r_max=20", "r_min=21&r_max="], 0, "/?r_min=40&f_min=2", "?f_min=2&r_max=20"),
        (["r_min=&r_max=20", "r_min=21&r_max="], 1, "/?r_min=21&f_min=2", "?f_min=2"),
    ],
)
def test_a_pressed_part_of_a_chart_filters_and_pressed_again_lets_go(desk, meta, point, address, after):
    desk.open("<p></p>", address=address)
    stopped = desk.run(
        """([meta, pointNumber]) => {
      const heard = {};
      window.Plotly = { react: () => {} };
      const chart = { on: (kind, act) => { heard[kind] = act; } };
      for (let drawn = 0; drawn < 2; drawn += 1) window.Plotly.react(chart, { data: [], layout: {} });
      return heard.plotly_treemapclick({ points: [{ data: { meta }, pointNumber }] });
    }""",
        [meta, point],
    )
    assert stopped is False  # or plotly.js would go into the area
    assert desk.told == [["shell-address-location", {"search": after}]]


@pytest.mark.parametrize("meta", [None, ["segment=lost"]])
def test_a_part_that_stands_for_nothing_filters_nothing(desk, meta):
    desk.open("<p></p>")
    desk.run(
        """(meta) => {
      let act = null;
      window.Plotly = { react: () => {} };
      window.Plotly.react({ on: (_kind, heard) => { act = heard; } }, { data: [], layout: {} });
      act({ points: [{ data: { meta }, pointNumber: undefined }] });
    }""",
        meta,
    )
    assert desk.told == []
