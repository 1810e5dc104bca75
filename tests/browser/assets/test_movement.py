"""assets/movement/movement.js: bands and table of the flows between two days, and the flow that is chosen."""

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
    "days": ["9 Sep 2011", "This release"],
    "chosen": [None, None, None],
    "by": "segment",
    "from": "2011-09-09",
    "to": "release",
}
PLACE = '<div id="movement-diagram-div"></div><div id="movement-by-div"></div>'


def draw(desk, view=VIEW, address="/movement"):
    desk.open(PLACE, address=address)
    return desk.draw("(view) => dash_clientside.movement.draw(view)", view)


def test_the_table_has_a_part_for_who_changed_who_is_new_and_who_stayed(desk):
    drawn = draw(desk)
    region = drawn.get_by_role("region", name="Flows from 9 Sep 2011 to This release")
    table = region.get_by_role("table", name="Flows from 9 Sep 2011 to This release")
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
        "Best on 9 Sep 2011: 1,240 customers",
        "Not yet a customer on 9 Sep 2011: 1 customer",
        "Best on This release: 41 customers",
        "Lost on This release: 1,200 customers",
    ]


@pytest.mark.parametrize(
    ("start", "end", "search"),
    [
        ("2011-06-09", "release", "?from=2011-06-09&to=release"),
        ("release", "2011-12-10", "?by=cluster&from=release&to=2011-12-10"),
        ("2011-06-09", "2011-09-09", "?from=2011-06-09&to=2011-09-09"),
        ("2011-09-09", "release", "no update"),
        (None, "release", "no update"),
    ],
)
def test_days_chosen_by_hand_go_into_the_address(desk, start, end, search):
    desk.open(PLACE, address="/movement?by=cluster")
    found = desk.run(
        "(start, end, view) => dash_clientside.movement.choose(start, end, view)", start, end, VIEW
    )
    assert found == search
