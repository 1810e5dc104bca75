"""assets/looks.js: which cards show their table and which columns are left out stands in the address."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

CARD = """<section class="sd-card" data-card="{0}"><header><div class="sd-toggle">
<button type="button" data-view="chart" aria-pressed="true">Chart of {0}</button>
<button type="button" data-view="table" aria-pressed="false">Table of {0}</button></div></header></section>"""
BODY = f"""<main id="shell-main-main" data-release="r1">{CARD.format("map")}{CARD.format("sizes")}
<details class="sd-add sd-columns" data-columns-of="list"><summary>Columns</summary>
<div class="sd-pop"><div class="sd-menu"></div></div></details></main>"""
GRID = """() => {
  const columns = ["customer_id", "recency", "rfm"].map((id) => {
    const column = { shown: true };
    column.getColId = () => id;
    column.isVisible = () => column.shown;
    column.getColDef = () => ({ headerName: `The ${id}` });
    return column;
  });
  window.grid = {
    getColumns: () => columns,
    isDestroyed: () => false,
    addEventListener: (kind, act) => { window.grid.loaded = act; },
    sizeColumnsToFit: () => {},
    setColumnsVisible: (ids, shown) => ids.forEach((id) => {
      columns.find((each) => each.getColId() === id).shown = shown;
    }),
  };
  window.desk.looks.list(window.grid);
}"""
SHOWN = "() => window.grid.getColumns().filter((each) => each.shown).map((each) => each.getColId())"


def query(page):
    return urlsplit(page.evaluate("location.href")).query


def follow(desk, address=None):
    """The page's address changes, as Dash says."""
    if address:
        desk.page.evaluate("(to) => history.pushState({}, '', to)", address)
    desk.run("() => window.desk.looks.follow(location.pathname)")


@pytest.fixture
def opened(desk):
    desk.open(BODY, address="/?segment=lost")
    follow(desk)
    return desk


def card(page, name):
    return page.locator(f'[data-card="{name}"]')


def test_a_switch_is_written_in_place_and_nobody_is_asked(opened):
    before = opened.page.evaluate("history.length")
    opened.page.get_by_role("button", name="Table of map").click()
    assert query(opened.page) == "segment=lost&table=map"
    opened.page.get_by_role("button", name="Table of sizes").click()
    opened.page.get_by_role("button", name="Chart of map").click()
    assert query(opened.page) == "segment=lost&table=sizes"
    opened.page.get_by_role("button", name="Chart of sizes").click()
    assert query(opened.page) == "segment=lost"
    assert (opened.told, opened.page.evaluate("history.length")) == ([], before)


def test_a_link_shows_its_tables_and_those_of_cards_that_come_later(desk):
    desk.open(BODY, address="/?table=map&table=late&table=gone")
    follow(desk)
    expect(card(desk.page, "map")).to_have_attribute("data-shows", "table")
    expect(desk.page.get_by_role("button", name="Table of map")).to_have_attribute("aria-pressed", "true")
    expect(card(desk.page, "sizes")).not_to_have_attribute("data-shows", "table")
    late = CARD.format("late")
    put = "document.querySelector('main').append(new Range().createContextualFragment(html))"
    desk.run(f"(html) => {put}", late)
    expect(card(desk.page, "late")).to_have_attribute("data-shows", "table")


def test_what_else_is_written_into_the_address_keeps_it(opened):
    opened.page.get_by_role("button", name="Table of map").click()
    follow(opened, "/?segment=best&r_min=3")
    assert query(opened.page) == "segment=best&r_min=3&table=map"
    expect(card(opened.page, "map")).to_have_attribute("data-shows", "table")


def test_the_next_customer_is_looked_at_as_the_one_before(desk):
    desk.open(BODY, address="/customers?id=1")
    follow(desk)
    desk.page.get_by_role("button", name="Table of map").click()
    desk.run("() => window.desk.goTo('/customers?id=2')")
    assert desk.told[-1] == ["shell-address-location", {"search": "?id=2"}]
    follow(desk, "/customers?id=2")
    assert query(desk.page) == "id=2&table=map"
    expect(card(desk.page, "map")).to_have_attribute("data-shows", "table")


def test_a_page_that_means_something_else_by_these_names_is_left_alone(desk):
    desk.open('<main id="shell-main-main"></main>', address="/import?table=customers")
    follow(desk)
    desk.page.evaluate("history.pushState({}, '', '/import?file=1')")
    follow(desk)
    assert query(desk.page) == "file=1"
    assert desk.run("() => window.desk.looks.lead('?file=1&table=lines')") is False


def test_another_page_going_back_and_a_saved_view_are_looked_at_as_they_say(opened):
    opened.page.get_by_role("button", name="Table of map").click()
    follow(opened, "/churn?table=sizes")
    expect(card(opened.page, "map")).to_have_attribute("data-shows", "chart")
    expect(card(opened.page, "sizes")).to_have_attribute("data-shows", "table")
    assert opened.run("() => window.desk.looks.lead('?table=map')") is True
    assert query(opened.page) == "table=map"
    assert opened.run("() => window.desk.looks.lead('?band=1')") is False
    expect(card(opened.page, "map")).to_have_attribute("data-shows", "chart")
    opened.page.evaluate("history.pushState({}, '', '/churn?band=2')")
    follow(opened)
    opened.page.go_back()
    expect(card(opened.page, "map")).to_have_attribute("data-shows", "table")


def test_columns_are_left_out_and_come_back(opened):
    opened.run(GRID)
    opened.page.get_by_text("Columns").click()
    entries = opened.page.locator("[data-column]")
    assert entries.all_inner_texts() == ["The recency", "The rfm"]  # whose list it is always stays
    entries.last.click()
    assert (query(opened.page), opened.run(SHOWN)) == ("segment=lost&hide=rfm", ["customer_id", "recency"])
    expect(entries.last).to_have_attribute("aria-pressed", "false")
    entries.last.click()
    assert (query(opened.page), opened.run(SHOWN)[-1]) == ("segment=lost", "rfm")


def test_a_link_leaves_out_its_columns_once_the_list_has_them(desk):
    desk.open(BODY, address="/?hide=rfm&hide=customer_id&hide=unknown")
    follow(desk)
    desk.run(GRID)
    assert desk.run(SHOWN) == ["customer_id", "recency"]
    desk.run("() => { window.grid.getColumns()[2].shown = true; window.grid.loaded(); }")
    assert desk.run(SHOWN) == ["customer_id", "recency"]
