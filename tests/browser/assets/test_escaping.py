"""Names come from files of strangers: whatever draws them, they come out as the text that they are."""

import pytest
from playwright.sync_api import expect

NAME = '<img src=x onerror="document.title = `broken in`">'
LOOK = {"name": NAME, "letter": NAME, "colour": "var(--c-1)"}
SEGMENT = {"name": NAME, "colour": "var(--c-1)", "glyph": {}, "id": NAME}
LOOKS = {"segments": {"lost": SEGMENT}, "clusters": {"c1": LOOK}}

CELLS = {
    "SegmentCell": {"value": "lost", "segments": {"lost": SEGMENT}},
    "ClusterCell": {"value": "c1", "clusters": {"c1": LOOK}},
    "CustomerLink": {"value": NAME},
    "ProductCell": {"value": NAME},
    "ProductsCell": {
        "value": [NAME, NAME],
        "colDef": {"field": "antecedents"},
        "data": {"antecedents": [NAME, NAME], "items": [NAME, NAME]},
    },
}
CARDS = {
    "of products": {
        "table": NAME,
        "columns": [{"name": "Product", "kind": "product", "optional": False}],
        "rows": [[NAME]],
    },
    "of words": {
        "table": NAME,
        "columns": [{"name": "Word", "kind": "text", "optional": False}],
        "rows": [[NAME]],
    },
    "of customers": {
        "table": NAME,
        "columns": [{"name": "Customer", "kind": "customer", "optional": False}],
        "rows": [[NAME]],
    },
    "of segments": {
        "table": NAME,
        "columns": [{"name": "Segment", "kind": "segment", "optional": False}],
        "rows": [["lost"]],
    },
    "of clusters": {
        "table": NAME,
        "columns": [{"name": "Cluster", "kind": "cluster", "optional": False}],
        "rows": [["c1"]],
    },
    "of bars": {"className": "", "rows": [[["text", NAME]]]},
    "of months": {"history": [["2011-12-01", "lost"]]},
    "of notes": {"notes": [{"sign": NAME, "meaning": NAME}]},
}
FLOWS = {
    "groups": [{"id": "a", **LOOK}, {"id": "b", **LOOK}, {"id": "none", "name": NAME, "letter": NAME}],
    "flows": [[0, 1, 3, 3]],
    "causes": [{"id": "order", "name": NAME}],
    "days": [NAME, NAME],
    "chosen": [None, None, None],
    "by": "cluster",
}
BASKETS = {
    "nothing": {},
    "groups": {
        "least": 2.0,
        "groups": [
            {
                "name": NAME,
                "lift": 3.0,
                "products": [[NAME, NAME, 9], [NAME, NAME, 4]],
                "pairs": [[0, 1, 3.0]],
            }
        ],
    },
    "sets": [{"count": 4, "share": 0.1, "products": [[NAME, NAME]]}],
    "whole": "customer",
    "bundles": {
        "clusters": {"c1": NAME},
        "listed": [
            {
                "products": [[NAME, NAME]],
                "price": 1,
                "count": 2,
                "share": 0.1,
                "cluster": "c1",
                "of": NAME,
            }
        ],
    },
}


@pytest.fixture(scope="module")
def desk(site_in):
    return site_in().open('<div id="movement-diagram-div"></div>')


def expect_text(desk, place, times=1):
    """Fail unless the name can be read in ``place``, and nothing was made of it."""
    assert place.inner_text().lower().count(NAME.lower()) >= times
    expect(place.locator("img")).to_have_count(0)
    assert desk.page.title() == "Scripts"


@pytest.mark.parametrize("cell", CELLS)
def test_a_name_like_markup_is_text_in_a_cell_of_a_grid(desk, cell):
    drawn = desk.draw("(cell, given) => window.dashAgGridComponentFunctions[cell](given)", cell, CELLS[cell])
    expect_text(desk, drawn)


@pytest.mark.parametrize("card", CARDS)
def test_a_name_like_markup_is_text_in_a_customer_s_card(desk, card):
    desk.run("() => { dash_clientside.callback_context.outputs_list = [{ id: 'card' }]; }")
    sent = {"parts": {"card": CARDS[card]}, "looks": LOOKS}
    drawn = desk.draw("(sent) => dash_clientside.desk_cards.build(sent, 'Finding')", sent)
    expect_text(desk, drawn)


def test_a_name_like_markup_is_text_among_baskets(desk):
    drawn = desk.draw("(found) => dash_clientside.basketCards.draw(found)", BASKETS)
    expect_text(desk, drawn, times=7)
    picture = desk.page.locator(".sd-ring-dot").first
    assert picture.get_attribute("href") == f"/baskets?item={quoted(desk, NAME)}"


def test_a_name_like_markup_is_text_among_movements(desk):
    drawn = desk.draw("(view) => dash_clientside.movement.draw(view)", FLOWS)
    expect_text(desk, drawn, times=4)
    expect_text(desk, desk.page.locator("#movement-diagram-div"), times=4)


def test_a_name_like_markup_is_text_in_a_toast(desk):
    desk.run(
        "(name) => window.desk.toast({ heading: name, sentence: name, reference: name, mood: 'bad' })", NAME
    )
    expect_text(desk, desk.page.locator("#shell-toasts-area"), times=3)


def test_a_customer_s_id_cannot_leave_its_address(desk):
    cell = {"value": "a&b=c#d/../é"}
    drawn = desk.draw("(given) => window.dashAgGridComponentFunctions.CustomerLink(given)", cell)
    address = f"/customers?id={quoted(desk, 'a&b=c#d/../é')}"
    assert drawn.locator("a").get_attribute("href") in (address, f"{address}&list=%2F")


def quoted(desk, text):
    return desk.run("(text) => encodeURIComponent(text)", text)
