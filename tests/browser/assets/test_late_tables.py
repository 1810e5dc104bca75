"""assets/late-tables.js: a table behind a chart is built from its text when it is first asked for."""

import json

import pytest
from playwright.sync_api import expect

SENT = {
    "name": "Products sold",
    "columns": [{"name": "Product", "style": "", "product": True}, {"name": "Revenue", "style": "sd-num"}],
    "rows": [["<img src=x>", "£12"], ["MUG", "£3"]],
}
CARD = """<div class="sd-card"><div class="sd-toggle"><button data-view="chart">Chart</button>
<button data-view="table">Table</button></div><div id="late"></div></div>"""


@pytest.fixture
def card(desk):
    desk.open(CARD)
    desk.run("(text) => { document.getElementById('late').dataset.written = text; }", json.dumps(SENT))
    return desk.page


def test_nothing_is_built_before_the_table_is_asked_for(card):
    card.get_by_role("button", name="Chart").click()
    assert card.locator("#late").inner_html() == ""


def test_the_table_has_its_name_its_headings_and_its_cells_as_text(card):
    card.get_by_role("button", name="Table").click()
    region = card.get_by_role("region", name="Products sold")
    assert region.get_attribute("tabindex") == "0"
    table = region.get_by_role("table", name="Products sold")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Product", "Revenue"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["<img src=x>", "MUG"]
    assert table.get_by_role("cell").all_inner_texts() == ["£12", "£3"]
    expect(table.locator("th.sd-num, td.sd-num")).to_have_count(3)


def test_only_names_of_products_are_put_into_sentence_case(card):
    card.get_by_role("button", name="Table").click()
    assert card.locator(".sd-prod").all_inner_texts() == ["<img src=x>", "MUG"]


def test_a_table_is_built_once(card):
    for _press in range(2):
        card.get_by_role("button", name="Table").click()
    expect(card.locator("#late table")).to_have_count(1)


def test_a_row_leads_to_a_page_by_its_heading(desk):
    desk.open(CARD)
    sent = SENT | {"leads": "/?country=", "rows": [["A & B", "£12"]]}
    desk.run("(text) => { document.getElementById('late').dataset.written = text; }", json.dumps(sent))
    desk.page.get_by_role("button", name="Table").click()
    link = desk.page.get_by_role("rowheader").get_by_role("link", name="A & B")
    assert link.get_attribute("href") == "/?country=A%20%26%20B"
    link.click()
    assert desk.told == [["shell-address-location", {"search": "?country=A%20%26%20B"}]]
