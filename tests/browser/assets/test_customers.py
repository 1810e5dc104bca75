"""assets/customers/: cards built from values, ids that become an address, links that keep the page."""

import pytest

LOOKS = {
    "segments": {
        "best": {"name": "Best", "colour": "green", "glyph": {"backgroundColor": "var(--c)"}},
        "lost": {"name": "Lost", "colour": "red", "glyph": {}},
    },
    "clusters": {"c1": {"name": "Big spenders", "letter": "A", "colour": "blue"}},
}


def card(desk, sent, finding="Found"):
    desk.run("() => { dash_clientside.callback_context.outputs_list = [{ id: 'card' }]; }")
    return desk.draw(
        "(sent, finding) => dash_clientside.desk_cards.build(sent, finding)",
        {"parts": {"card": sent}, "looks": LOOKS},
        finding,
    )


def test_a_table_writes_each_cell_by_the_kind_of_its_column(desk):
    sent = {
        "table": "Orders",
        "columns": [
            {"name": "Day", "kind": "day", "optional": False},
            {"name": "Spend", "kind": "money", "optional": False},
            {"name": "Pieces", "kind": "number", "optional": True},
        ],
        "rows": [["2011-12-09", 1797.24, 1200], ["2011-12-01", -3, 1]],
    }
    table = card(desk, sent).get_by_role("region", name="Orders").get_by_role("table", name="Orders")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Day", "Spend", "Pieces"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["9 Dec 2011", "1 Dec 2011"]
    assert table.get_by_role("cell").all_inner_texts() == ["£1,797.24", "1,200", "−£3.00", "1"]
    assert table.locator(".sd-num").count() == 6
    assert table.locator(".sd-num.sd-opt").count() == 3


def test_segments_and_clusters_are_told_by_sign_and_name(desk):
    sent = {
        "table": "Groups",
        "columns": [
            {"name": "Segment", "kind": "segment", "optional": False},
            {"name": "Cluster", "kind": "cluster", "optional": False},
        ],
        "rows": [["best", "c1"], [None, "c1"]],
    }
    drawn = card(desk, sent)
    assert drawn.locator(".sd-seg .sd-glyph[aria-hidden=true]").count() == 1
    assert drawn.locator(".sd-seg").inner_text() == "Best"
    assert drawn.get_by_role("rowheader").last.inner_text() == "–"
    assert drawn.locator(".sd-clu .sd-letter").all_inner_texts() == ["A", "A"]


def test_bars_have_squares_tracks_and_figures_in_a_row(desk):
    sent = {
        "className": "sd-scores",
        "rows": [[["text", "Recency"], ["squares", 3, 5, "blue"], ["track", 0.256, "red"], ["number", 4]]],
    }
    row = card(desk, sent).locator(".sd-bars.sd-scores .sd-bar-row")
    assert row.locator(".sd-dot").count() == 5
    assert row.locator(".sd-dot-on").count() == 3
    assert row.locator(".sd-track span").get_attribute("style") == "width: 25.6%;"
    assert row.locator("span.sd-num").inner_text() == "4"


def test_the_strip_of_months_can_be_read_and_lists_each_segment_once(desk):
    drawn = card(desk, {"history": [["2011-10-01", "best"], ["2011-11-01", "lost"], ["2011-12-01", "best"]]})
    strip = drawn.get_by_role("img")
    assert strip.get_attribute("aria-label") == "Oct 2011 Best, Nov 2011 Lost, Dec 2011 Best"
    assert drawn.locator(".sd-history-legend .sd-seg").all_inner_texts() == ["Best", "Lost"]


def test_a_month_before_the_first_order_is_told_so(desk):
    drawn = card(desk, {"history": [["2011-10-01", None]], "without": "no order yet"})
    assert drawn.get_by_role("img").get_attribute("aria-label") == "Oct 2011 no order yet"


@pytest.mark.parametrize("finding", [{"props": {}}])
def test_a_card_whose_callback_failed_is_empty(desk, finding):
    assert card(desk, {"notes": [{"sign": "Outlier", "meaning": "Far."}]}, finding).inner_text() == ""


def test_borders_name_the_change_and_the_cluster_that_it_leads_to(desk):
    sent = {
        "crossings": {
            "lead": "Only a worse value:",
            "changes": [{"said": "£5 less", "cluster": 0}],
            "note": "N",
        },
        "clusters": ["c1"],
    }
    drawn = card(desk, sent)
    assert drawn.locator(".sd-bar-row").inner_text() == "£5 lessABig spenders"
    assert drawn.locator("p").all_inner_texts() == ["Only a worse value:", "N"]


def test_pasted_ids_become_the_address_of_all_of_them(desk):
    desk.open(address="/customers")
    desk.run("(text) => dash_clientside.desk_customers.find(1, text)", " 12346 \r\n\nA&B\t7 ")
    assert desk.told == [["shell-address-location", {"search": "?id=12346&id=A%26B&id=7"}]]


def test_nothing_typed_asks_for_nothing(desk):
    desk.open(address="/customers")
    desk.run("(text) => dash_clientside.desk_customers.find(1, text)", " \n ")
    assert desk.told == []


def test_a_link_to_a_neighbour_keeps_the_page(desk):
    desk.open('<main><a href="/customers?id=7">7</a></main>', address="/customers?id=6")
    desk.page.get_by_role("link").click()
    assert desk.told == [["shell-address-location", {"search": "?id=7"}]]
    assert desk.run("() => location.search") == "?id=6"
