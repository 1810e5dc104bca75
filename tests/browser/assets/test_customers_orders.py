"""assets/customers/: an order that opens to its lines, and the list that one came from."""

from __future__ import annotations

import pytest

OPENED = {
    "customer": "6",
    "heading": "Order 5",
    "finding": "18 May 2011, 10:08: 2 lines, £8.00.",
    "table": "Lines of order 5",
    "columns": [
        {"name": "Product", "kind": "product", "optional": False},
        {"name": "Quantity", "kind": "quantity", "optional": False},
        {"name": "Price", "kind": "money", "optional": True},
    ],
    "rows": [["Lamp", 0.25, None], ["Pot", 1200, 2.5]],
}


def built(desk, sent, shown="6"):
    return desk.draw("(sent, shown) => dash_clientside.desk_orders.build(sent, shown)", sent, shown)


def test_an_order_is_a_heading_a_sentence_and_a_table_and_can_be_closed(desk):
    drawn = built(desk, OPENED)
    assert drawn.get_by_role("heading", name="Order 5").count() == 1
    assert "2 lines, £8.00." in drawn.inner_text()
    table = drawn.get_by_role("table", name="Lines of order 5")
    assert table.get_by_role("cell").all_inner_texts() == ["0.250", "–", "1,200", "£2.50"]
    drawn.get_by_role("button", name="Close Order 5").click()
    assert desk.told == [["customers-order-store", {"data": None}]]


def test_what_cannot_be_opened_is_a_sentence_and_nothing_is_nothing(desk):
    drawn = built(desk, {"customer": "6", "heading": "Order 7", "finding": "Not <b>here</b>."})
    assert "Not <b>here</b>." in drawn.inner_text()
    assert drawn.get_by_role("table").count() == 0
    assert built(desk, None).inner_text() == ""


def test_an_order_of_somebody_else_than_is_shown_is_not_drawn_however_late_it_comes(desk):
    assert built(desk, OPENED, "7").inner_text() == ""
    assert "Order 5" in built(desk, OPENED, "6").inner_text()
    late = {**OPENED, "customer": "4", "heading": "Order 1"}
    assert built(desk, late, "6").inner_text() == "no update"
    assert built(desk, late, "8").inner_text() == ""
    assert built(desk, OPENED, "").inner_text() == ""


def test_a_press_on_an_order_asks_for_it_and_puts_it_into_the_address(desk):
    desk.open(
        '<main><a href="/customers?id=6&order=5" data-order="5 of é">5</a></main>', address="/customers?id=6"
    )
    for press in (1, 2):
        desk.page.get_by_role("link").click()
        assert desk.told[-1] == ["customers-opened-store", {"data": {"order": "5 of é", "press": press}}]
    assert desk.run("() => new URLSearchParams(location.search).get('order')") == "5 of é"
    assert desk.run("() => new URLSearchParams(location.search).get('id')") == "6"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2011-05-18T10:08:00", "18 May 2011, 10:08"),
        ("2011-05-18T00:00:00", "18 May 2011"),
        ("2011-05-18", "18 May 2011"),
        (None, "–"),
    ],
)
def test_a_moment_has_its_time_where_the_file_has_one(desk, value, said):
    assert desk.run("(value) => dashAgGridFunctions.dayTime(value)", value) == said


STEPS = (
    '<main><a href="/customers?id=1&list=%2F" data-step="previous">1</a>'
    '<a href="/customers?id=3&list=%2F" data-step="next">3</a><input aria-label="Note"></main>'
)


def test_j_and_k_follow_the_list_but_not_while_somebody_types(desk):
    desk.open(STEPS, address="/customers?id=2&list=%2F")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("k")
    asked = [["shell-address-location", {"search": f"?id={each}&list=%2F"}] for each in (3, 1)]
    assert desk.told == asked
    desk.page.keyboard.down("j")
    desk.page.keyboard.down("j")  # held, the key repeats
    desk.page.keyboard.up("j")
    asked.append(asked[0])
    assert desk.told == asked
    desk.page.get_by_label("Note").press("j")
    desk.page.keyboard.press("Control+k")
    assert desk.told == asked


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/?segment=a&sort=recency%3Aasc&release=x", "/?segment=a&sort=recency%3Aasc&containing=12"),
        ("/churn?success=0.2", "/churn?success=0.2"),
        ("/movement?by=cluster", None),
    ],
)
def test_a_customer_of_a_list_is_opened_with_the_list_as_it_is_narrowed(desk, address, kept):
    desk.open('<input id="segments-search-input" value="12">', address=address)
    drawn = desk.draw("(given) => window.dashAgGridComponentFunctions.CustomerLink(given)", {"value": "7"})
    href = drawn.locator("a").get_attribute("href")
    assert desk.run("(href) => new URL(href, location.href).searchParams.get('list')", href) == kept
