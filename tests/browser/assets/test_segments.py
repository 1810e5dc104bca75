"""assets/segments/segments.js: map, sizes and tables from a view's numbers and a release's frame."""

import pytest
from playwright.sync_api import expect

FRAME = {
    "groups": {
        "segment": [
            {"id": "best", "name": "Best", "colour": "green", "glyph": {}, "playbook": "Keep them"},
            {"id": "lost", "name": "Lost", "colour": "red", "glyph": {}, "playbook": None},
        ],
        "cluster": [{"id": "c1", "name": "Big", "colour": "blue", "letter": "A"}],
    },
    "map": {
        "ups": [2, 1],
        "across": [1, 2],
        "up": "frequency",
        "column": "Frequency score",
        "days": ["31 days or more", "30 days or fewer"],
        # recency score, column score, segment, place among the view's cells
        "cells": [[1, 2, 1, 0], [2, 2, 0, 1], [1, 1, 1, 2], [2, 1, -1, 3]],
    },
    "bars": {
        "recency": {
            "head": "Recency, days",
            "labels": ["0 to 30", "31 or more"],
            "filters": ["r_min=&r_max=30", "r_min=31&r_max="],
        }
    },
    "frequency": "Orders",
    "compared": True,
}
AXES = ("recency", "frequency", "monetary")


def group(customers, revenue, means, medians, change=None, expected=None):
    return {
        "customers": customers,
        "revenue": revenue,
        "means": dict(zip(AXES, means, strict=True)),
        "medians": dict(zip(AXES, medians, strict=True)),
        "change": change,
        "expected": expected,
    }


VIEW = {
    "by": "segment",
    "customers": 100,
    "revenue": 12_000,
    "chosen": ["best"],
    "chosen_cells": [],
    "groups": [
        group(60, 2000, [12.4, 6.249, 33.3], [11, 6.5, 30], -3, 1234.5),
        group(40, 10_000, [80, 1, 250], [79.5, 1, 200], 5, 0.0),
    ],
    "cells": [[1, 2500], [40, 10_000], [0, 0], [20, 999_500]],
    "bars": {"recency": [75, 25]},
}


@pytest.fixture
def drawn(desk):
    desk.open('<div id="segments-recency-table"></div><div id="segments-sizes-table"></div>')
    return desk.draw("(view, frame) => dash_clientside.segments.draw(view, frame).slice(0, 3)", VIEW, FRAME)


def test_a_cell_of_the_map_says_scores_customers_and_revenue(drawn):
    cells = drawn.locator("button.sd-map-cell")
    assert [each.get_attribute("aria-label") for each in cells.all()] == [
        "Lost: recency 1, frequency 2: 1 customer, £2,500",
        "Best: recency 2, frequency 2: 40 customers, £10k",
        "Lost: recency 1, frequency 1: 0 customers, £0",
        "No segment: recency 2, frequency 1: 20 customers, £1.00m",
    ]
    assert cells.nth(1).get_attribute("data-toggle-filter") == "map_cell=2-2"
    assert marked(cells) == (["false"] * 4, [False, True, False, False])  # those of a chosen segment


def marked(cells):
    return (
        [each.get_attribute("aria-pressed") for each in cells.all()],
        ["sd-map-on" in each.get_attribute("class") for each in cells.all()],
    )


def test_a_chosen_cell_alone_is_marked(desk):
    desk.open("<p></p>")
    chosen = VIEW | {"chosen_cells": ["1-1"]}
    drawn = desk.draw("(view, frame) => dash_clientside.segments.draw(view, frame)[0]", chosen, FRAME)
    cells = drawn.locator("button.sd-map-cell")
    assert marked(cells) == (["false", "false", "true", "false"], [False, False, True, False])


def test_a_cell_of_two_segments_is_drawn_in_parts_and_names_both(desk):
    desk.open("<p></p>")
    mixed = VIEW | {"cells": [[1, 2500], [40, 10_000, [[1, 30], [0, 10]]], [0, 0], [20, 999_500]]}
    drawn = desk.draw("(view, frame) => dash_clientside.segments.draw(view, frame)[0]", mixed, FRAME)
    cell = drawn.locator("button.sd-map-cell").nth(1)
    assert cell.get_attribute("aria-label") == "Lost 30, Best 10: recency 2, frequency 2: 40 customers, £10k"
    assert cell.get_attribute("title") == "Lost 30, Best 10"
    assert cell.get_attribute("data-toggle-filter") == "map_cell=2-2"
    assert "linear-gradient" in cell.get_attribute("style")
    assert drawn.locator(".sd-map-name").all_text_contents() == ["Lost"]


def test_a_cell_that_nobody_is_ever_in_cannot_be_pressed(desk):
    desk.open("<p></p>")
    empty = VIEW | {"cells": [*VIEW["cells"][:3], [0, 0]]}
    drawn = desk.draw("(view, frame) => dash_clientside.segments.draw(view, frame)[0]", empty, FRAME)
    assert drawn.locator("div.sd-map-cell").text_content() == "0£0"


def test_each_segment_is_named_once_in_the_map(drawn):
    assert drawn.locator(".sd-map-name").all_text_contents() == ["Lost", "Best"]


def test_groups_stand_by_falling_revenue_and_the_largest_fills_its_track(drawn):
    rows = drawn.locator(".sd-sizes:not(.sd-bar-head)")
    assert [each.text_content() for each in rows.all()] == ["Lost40£10k", "Best60£2,000"]
    widths = [each.get_attribute("style") for each in rows.first.locator(".sd-track > span").all()]
    assert widths == ["width: 66.7%; opacity: 0.55;", "width: 100%;"]


def test_the_table_of_groups_has_their_means_shares_and_changes(drawn):
    region = drawn.get_by_role("region", name="Groups with their means")
    table = region.get_by_role("table", name="Groups with their means")
    heads = table.get_by_role("columnheader").all_text_contents()
    assert heads == [
        *("Segment", "Customers", "Share", "Change", "Recency, days", "Orders", "Spend", "Revenue share"),
        *("Expected in 90 days", "Playbook", "Bought together"),
    ]
    assert table.get_by_role("rowheader").all_text_contents() == ["Best", "Lost"]
    cells = table.get_by_role("row").nth(1).get_by_role("cell").all_text_contents()
    assert cells == [
        *("60", "60.0\u00a0%", "−3", "12", "6.2", "£33", "16.7\u00a0%"),
        *("£1,235", "Keep them", "RulesRules of Best"),
    ]


def test_a_group_leads_to_its_plan_and_its_rules(drawn):
    links = drawn.get_by_role("row").filter(has_text="Lost").get_by_role("link")
    assert [each.get_attribute("href") for each in links.all()] == [
        "/playbooks?segment=lost",
        "/baskets?segment=lost",
    ]


def test_clusters_are_told_by_their_letters_and_have_no_change(desk):
    view = {**VIEW, "by": "cluster", "groups": [group(100, 12_000, [40, 3, 120], [40, 3, 120])]}
    drawn = desk.draw("(view, frame) => dash_clientside.segments.draw(view, frame).slice(0, 3)", view, FRAME)
    table = drawn.get_by_role("table")
    assert table.get_by_role("rowheader").all_text_contents() == ["ABig"]
    heads = table.get_by_role("columnheader").all_text_contents()
    assert not {"Change", "Expected in 90 days"} & set(heads)  # nothing is expected where nothing is known


def test_a_table_behind_a_chart_is_left_as_text_until_it_is_shown(drawn, desk):
    sent = desk.run("() => JSON.parse(document.getElementById('segments-recency-table').dataset.written)")
    assert sent["name"] == "Distribution: Recency, days"
    assert [row[1:] for row in sent["rows"]] == [["75", "75.0\u00a0%"], ["25", "25.0\u00a0%"]]


@pytest.mark.parametrize(
    ("name", "row", "address"),
    [
        ("recency", "31 or more", "?r_min=31"),
        ("sizes", "Best", "?segment=best"),
        ("treemap", "Lost", "?segment=lost"),
        ("rm", "Lost", "?segment=lost"),
    ],
)
def test_what_a_picture_filters_by_its_table_does_for_the_keyboard(desk, name, row, address):
    desk.open(
        '<div class="sd-card"><div class="sd-toggle"><button data-view="table">Table</button></div>'
        f'<div id="segments-{name}-table"></div></div>'
    )
    desk.run("(view, frame) => { dash_clientside.segments.draw(view, frame); }", VIEW, FRAME)
    desk.page.get_by_role("button", name="Table").click()
    head = desk.page.get_by_role("rowheader", name=row)
    head.get_by_role("button", name=row).press("Enter")
    assert desk.told == [["shell-address-location", {"search": address}]]
    desk.run("(view, frame) => { dash_clientside.segments.draw(view, frame); }", VIEW, FRAME)
    expect(head.get_by_role("button", name=row)).to_be_focused()  # or a second Enter could not let go


@pytest.mark.parametrize(
    ("name", "address", "pressed"),
    [
        ("recency", "/?r_min=31", ["31 or more"]),
        ("recency", "/?r_min=31&r_max=60", []),
        ("sizes", "/?segment=lost&segment=other", ["Lost"]),
        ("sizes", "/?cluster=lost", []),
    ],
)
def test_a_table_says_what_of_it_the_address_asks_for(desk, name, address, pressed):
    desk.open(
        f'<div class="sd-card" data-shows="table"><div id="segments-{name}-table"></div></div>',
        address=address,
    )
    desk.run("(view, frame) => { dash_clientside.segments.draw(view, frame); }", VIEW, FRAME)
    buttons = desk.page.get_by_role("rowheader").get_by_role("button")
    expect(buttons).to_have_count(2)
    assert buttons.and_(desk.page.get_by_role("button", pressed=True)).all_text_contents() == pressed


def test_a_bar_of_everybody_has_nothing_to_press(desk):
    desk.open('<div class="sd-card" data-shows="table"><div id="segments-recency-table"></div></div>')
    bars = {"recency": {"head": "Recency, days", "labels": ["0 or more"], "filters": [""]}}
    view, frame = VIEW | {"bars": {"recency": [100]}}, FRAME | {"bars": bars}
    desk.run("(view, frame) => { dash_clientside.segments.draw(view, frame); }", view, frame)
    expect(desk.page.get_by_role("rowheader", name="0 or more")).to_be_visible()
    expect(desk.page.get_by_role("button")).to_have_count(0)


def test_the_pictures_of_dots_name_the_colours_of_the_groups_that_have_customers(desk):
    desk.open("<p></p>")
    view = {
        **VIEW,
        "groups": [group(100, 12_000, [40, 3, 120], [40, 3, 120]), group(0, 0, [None] * 3, [0] * 3)],
    }
    source = "(view, frame) => dash_clientside.segments.draw(view, frame).slice(3, 6)"
    legends = desk.draw(source, view, FRAME).locator(".sd-legend")
    assert legends.all_text_contents() == ["Best"] * 3


def test_a_bar_of_a_size_is_as_good_as_its_name(drawn, desk):
    drawn.locator(".sd-sizes .sd-track").first.dispatch_event("click")  # without a style sheet it has no size
    assert desk.told == [["shell-address-location", {"search": "?segment=lost"}]]


def test_a_table_that_is_shown_follows_its_view(desk):
    desk.open(
        '<div class="sd-card"><div class="sd-toggle"><button data-view="table">Table</button></div>'
        '<div id="segments-sizes-table"></div></div>'
    )
    draw = "(view, frame) => { dash_clientside.segments.draw(view, frame); }"
    desk.run(draw, VIEW, FRAME)
    desk.page.get_by_role("button", name="Table").click()
    rows = desk.page.get_by_role("rowheader")
    assert rows.all_inner_texts() == ["Lost", "Best"]
    desk.run(
        draw,
        {**VIEW, "groups": [group(60, 20_000, [1] * 3, [1] * 3), group(0, 0, [None] * 3, [None] * 3)]},
        FRAME,
    )
    expect(rows).to_have_count(1)
    assert desk.page.get_by_role("cell").all_inner_texts() == ["60", "£20,000"]


@pytest.mark.parametrize(
    ("model", "search"),
    [
        ([{"colId": "recency", "sort": "asc"}], "?sort=recency%3Aasc"),
        ([{"colId": "monetary", "sort": "desc"}], ""),
    ],
)
def test_the_list_s_order_stands_in_the_address_unless_it_is_the_usual_one(desk, model, search):
    desk.run("(sortModel) => dash_clientside.segments.keepSort({ sortModel })", model)
    assert desk.run("() => location.search") == search
