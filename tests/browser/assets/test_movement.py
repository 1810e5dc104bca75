"""assets/movement/: bands and table of the flows between two days, the flow chosen, sizes over time."""

import pytest
from playwright.sync_api import expect

VIEW = {
    "groups": [
        {"id": "best", "name": "Best", "colour": "green", "glyph": {}},
        {"id": "lost", "name": "Lost", "colour": "red", "glyph": {}},
        {"id": "none", "name": "Not yet a customer", "colour": "grey", "glyph": {}},
    ],
    # from, to, customers, and how many of them by which cause
    "flows": [[0, 0, 40], [0, 1, 1200, 1000, 200], [2, 0, 1]],
    "causes": [{"id": "time", "name": "Time alone"}, {"id": "order", "name": "New orders"}],
    "days": ["Previous release", "This release"],
    "chosen": [None, None, None],
    "by": "segment",
    "from": "release",
    "to": "2011-12-09",
}
PLACE = '<div id="movement-diagram-div"></div><div id="movement-by-div"></div>'


def draw(desk, view=VIEW, address="/movement"):
    desk.open(PLACE, address=address)
    return desk.draw("(view) => dash_clientside.movement.draw(view)", view)


def test_the_table_has_a_part_for_who_changed_who_is_new_and_who_stayed(desk):
    drawn = draw(desk)
    region = drawn.get_by_role("region", name="Flows from Previous release to This release")
    table = region.get_by_role("table", name="Flows from Previous release to This release")
    assert table.locator("thead th[scope=col]").all_inner_texts() == [
        "From",
        "To",
        "Customers",
        "Time alone",
        "New orders",
    ]
    parts = table.locator("th[scope=colgroup]").all_inner_texts()
    assert parts == ["Changed segment", "Not yet a customer", "Stayed"]
    assert table.locator("tfoot").inner_text().split("\t")[:2] == ["All customers, this release", "1,241"]
    assert table.locator("tbody").first.locator("tr").nth(1).inner_text().split() == [
        "Best",
        "Lost",
        "1,200",
        "1,000",
        "200",
    ]


@pytest.mark.parametrize(
    ("chosen", "parts", "whole"),
    [
        ([None, "lost", None], ["Changed segment"], False),
        (["best", None, None], ["Changed segment", "Stayed"], False),
        (["best", "lost", None], ["Changed segment", "Not yet a customer", "Stayed"], True),
    ],
)
def test_one_end_of_a_flow_narrows_the_table_to_its_flows_and_its_sums_lead_nowhere_else(
    desk, chosen, parts, whole
):
    drawn = draw(desk, VIEW | {"chosen": chosen})
    assert drawn.locator("th[scope=colgroup]").all_inner_texts() == parts
    assert bool(drawn.locator(".sd-moves-sum button").count()) == whole


@pytest.mark.parametrize(
    ("name", "address", "chosen", "search"),
    [
        (
            "Best to Lost: 1,200 customers",
            "/movement?by=x",
            [None] * 3,
            "?by=x&from_segment=best&to_segment=lost",
        ),
        (
            "Best to Lost, New orders: 200 customers",
            "/movement",
            [None] * 3,
            "?from_segment=best&to_segment=lost&cause=order",
        ),
        (
            "Best to Lost: 1,200 customers",
            "/movement?from_segment=best&to_segment=lost",
            ["best", "lost", None],
            "?",
        ),
    ],
)
def test_a_number_leads_to_its_customers_and_back_when_they_are_chosen(desk, name, address, chosen, search):
    drawn = draw(desk, {**VIEW, "chosen": chosen}, address)
    button = drawn.get_by_role("button", name=name, exact=True)
    assert button.get_attribute("data-search") == search
    assert button.get_attribute("aria-pressed") == str(search == "?").lower()


def test_every_flow_is_a_band_as_wide_as_its_customers(desk):
    draw(desk)
    bands = desk.page.locator("path.sd-moves-band")
    assert [each.get_attribute("aria-label") for each in bands.all()] == [
        "Stayed in Best: 40 customers",
        "Best to Lost: 1,200 customers",
        "Not yet a customer to Best: 1 customer",
    ]
    assert bands.first.get_attribute("class") == "sd-moves-band sd-moves-stayed"
    width = 1200 * 440 / 1241
    assert f"v{width:.6f}"[:8] in bands.nth(1).get_attribute("d")
    assert bands.nth(1).locator("title").text_content() == "Best to Lost: 1,200 customers"


def test_arrow_keys_walk_the_bands_and_enter_chooses_one(desk):
    draw(desk)
    bands = desk.page.locator("path.sd-moves-band")
    bands.first.focus()
    desk.page.keyboard.press("ArrowUp")
    expect(bands.last).to_be_focused()
    desk.page.keyboard.press("ArrowRight")
    expect(bands.first).to_be_focused()
    assert [each.get_attribute("tabindex") for each in bands.all()] == ["0", "-1", "-1"]
    desk.page.keyboard.press("Enter")
    assert desk.told == [
        ["shell-address-location", {"search": "?from_segment=best&to_segment=best"}],
    ]


def test_a_side_s_name_tells_its_day_and_its_customers(desk):
    draw(desk)
    names = desk.page.locator("button.sd-moves-name")
    assert [each.get_attribute("aria-label") for each in names.all()] == [
        "Best on Previous release: 1,240 customers",
        "Not yet a customer on Previous release: 1 customer",
        "Best on This release: 41 customers",
        "Lost on This release: 1,200 customers",
    ]


@pytest.mark.parametrize(
    ("start", "end", "search"),
    [
        ("2011-06-09", "release", "?from=2011-06-09&to=release"),
        ("release", "2011-12-10", "?by=cluster&from=release&to=2011-12-10"),
        ("2011-06-09", "2011-09-09", "?from=2011-06-09&to=2011-09-09"),
        ("release", "2011-12-09", "no update"),
        (None, "release", "no update"),
    ],
)
def test_days_chosen_by_hand_go_into_the_address(desk, start, end, search):
    desk.open(PLACE, address="/movement?by=cluster")
    found = desk.run(
        "(start, end, view) => dash_clientside.movement.choose(start, end, view)", start, end, VIEW
    )
    assert found == search


OVER = {
    "days": ["30 Sep 2011", "31 Oct 2011", "30 Nov 2011"],
    "groups": [
        {"id": "best", "name": "Best", "colour": "green", "glyph": {}, "letter": None},
        {"id": "lost", "name": "Lost", "colour": "red", "glyph": {}, "letter": None},
    ],
    "customers": [1, 30, 40],
    "sizes": [[1, 0], [20, 10], [20, 20]],
}
PLAYER = """<div class="sd-card"><div class="sd-toggle"><button data-view="table">Table</button></div>
<div id="movement-sizes-div"></div><div id="movement-sizes-table"></div></div>"""


@pytest.fixture
def player(desk):
    desk.open(PLAYER)
    desk.run("() => { window.setInterval = (act) => { window.tick = act; return 1; }; }")
    desk.run("() => { window.clearInterval = () => { window.tick = () => {}; }; }")
    play(desk)
    return desk.page


def play(desk, over=OVER):
    desk.run("(over) => { dash_clientside.movementSizes.draw({ over }); }", over)


def rows(player):
    return [each.locator(".sd-cut, .sd-num").all_text_contents() for each in player.locator(".sd-over").all()]


def tick(player):
    player.evaluate("() => window.tick()")


def test_the_last_day_is_shown_first_and_the_arrow_keys_go_to_others(player):
    slider = player.get_by_role("slider", name="Day")
    assert slider.get_attribute("aria-valuetext") == "30 Nov 2011"
    assert rows(player) == [["Best", "20", "50\u00a0%"], ["Lost", "20", "50\u00a0%"]]
    slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "31 Oct 2011"
    expect(player.locator(".sd-player b")).to_have_text("31 Oct 2011, 30 customers")
    assert rows(player) == [["Best", "20", "67\u00a0%"], ["Lost", "10", "33\u00a0%"]]
    widths = [each.get_attribute("style") for each in player.locator(".sd-over .sd-track > span").all()]
    assert widths == ["width: 100%;", "width: 50%;"]  # of the largest of all days


def test_play_goes_from_the_first_day_to_the_last_and_stops_there(player):
    day = player.locator(".sd-player b")
    player.get_by_role("button", name="Play").click()
    expect(day).to_have_text("30 Sep 2011, 1 customer")
    tick(player)
    expect(day).to_have_text("31 Oct 2011, 30 customers")
    tick(player)
    expect(day).to_have_text("30 Nov 2011, 40 customers")
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    tick(player)
    expect(day).to_have_text("30 Nov 2011, 40 customers")


def test_pause_and_the_slider_stop_it_where_it_is(player):
    day = player.locator(".sd-player b")
    player.get_by_role("button", name="Play").click()
    player.get_by_role("button", name="Pause").click()
    tick(player)
    expect(day).to_have_text("30 Sep 2011, 1 customer")
    player.get_by_role("button", name="Play").click()
    expect(day).to_have_text("31 Oct 2011, 30 customers")
    player.get_by_role("slider").press("Home")
    tick(player)
    expect(day).to_have_text("30 Sep 2011, 1 customer")


def test_another_flow_leaves_the_player_where_it_is_and_other_customers_do_not(player, desk):
    player.get_by_role("slider").press("Home")
    play(desk)
    expect(player.locator(".sd-player b")).to_have_text("30 Sep 2011, 1 customer")
    play(desk, {**OVER, "customers": [0, 1, 1], "sizes": [[0, 0], [1, 0], [0, 1]]})
    expect(player.locator(".sd-player b")).to_have_text("30 Sep 2011, 0 customers")
    assert rows(player) == [["Best", "0", "–"], ["Lost", "0", "–"]]


def test_its_table_has_every_day(player, desk):
    player.get_by_role("button", name="Table").click()
    table = player.get_by_role("table", name="Customers of each segment by day")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Segment", *OVER["days"]]
    assert table.get_by_role("row").nth(1).locator("th, td").all_text_contents() == ["Best", "1", "20", "20"]
    play(desk, {**OVER, "sizes": [[1, 0], [20, 10], [21, 19]]})
    assert table.get_by_role("row").nth(1).locator("th, td").all_text_contents() == ["Best", "1", "20", "21"]
