"""assets/baskets/: cells of the rules' table, cards from few numbers, the table's order in the address."""

import pytest
from playwright.sync_api import expect

RULE = {
    "antecedents": ["MUG"],
    "consequents": ["PLATE"],
    "items": ["22423", "85123A"],
    "count": 30,
    "antecedent_count": 40,
    "later_count": 9,
    "later_antecedent_count": 12,
    "later_confidence": 0.75,
}
FOUND = {
    "nothing": {},
    "groups": {
        "least": 2.0,
        "drawn": 1,
        "groups": [
            {
                "name": "Mug and plate",
                "lift": 8.0,
                "products": [["22423", "RED MUG", 90], ["85123A", "PLATE", 10]],
                "pairs": [[0, 1, 8.0]],
            }
        ],
    },
    "sets": [
        {"count": 40, "share": 0.1, "products": [["22423", "RED MUG"], ["85123A", "PLATE"]]},
        {"count": 10, "share": 0.025, "products": [["22423", "RED MUG"]]},
    ],
    "whole": "invoice",
    "bundles": {
        "clusters": {"c1": "Big spenders"},
        "listed": [
            {
                "products": [["22423", "RED MUG"]],
                "price": 2.5,
                "count": 40,
                "share": 0.1,
                "cluster": "c1",
                "of": "12 of 30",
            },
            {"products": [["85123A", "PLATE"]], "price": None, "count": 3, "share": 0.01, "cluster": None},
        ],
    },
}


def cell(desk, name, value, **more):
    given = {"value": value, "data": RULE, **more}
    return desk.draw("(name, given) => window.dashAgGridComponentFunctions[name](given)", name, given)


@pytest.fixture
def cards(desk):
    return desk.draw("(found) => dash_clientside.basketCards.draw(found)", FOUND)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("SupportCell", 0.0312, "3.12\u00a0%30"),
        ("ConfidenceCell", 0.75, "75\u00a0%30 of 40"),
        ("LiftCell", 8.25, "8.3"),
    ],
)
def test_a_measure_has_its_counts_below_it(desk, name, value, text):
    assert cell(desk, name, value, classes=[1, 2, 5]).inner_text().replace("\n", "") == text


@pytest.mark.parametrize(("finding", "text"), [(True, "2.1"), (False, "2.1may be chance")])
def test_what_chance_gives_says_where_the_lift_is_not_beyond_it(desk, finding, text):
    drawn = cell(desk, "ChanceCell", 2.13, data={**RULE, "finding": finding})
    assert drawn.inner_text().replace("\n", "") == text


def test_a_row_leads_to_all_rules_of_its_products_and_closing_leads_back(desk):
    data = {**RULE, "id": "12", "alike": 2}
    button = cell(desk, "DetailsCell", None, data=data).get_by_role("button")
    assert button.get_attribute("aria-label") == "All 2 rules of MUG and PLATE"
    button.click()
    assert desk.told == [["baskets-opened-store", {"data": {"row": "12", "press": 1}}]]


def test_a_lift_has_the_colour_of_its_class(desk):
    swatch = cell(desk, "LiftCell", 5, classes=[1, 2, 5, 10]).locator(".sd-swatch")
    assert swatch.get_attribute("style") == "--c: var(--seq-3);"


@pytest.mark.parametrize(
    ("held", "sign", "text"),
    [
        (1, "sd-ic-done", "yes, 75\u00a0%"),
        (0, "sd-ic-warning", "no, 75\u00a0%"),
        (-1, None, "cannot tell, 75\u00a0%"),
    ],
)
def test_whether_a_rule_held_up_is_a_sign_and_a_word(desk, held, sign, text):
    drawn = cell(desk, "HeldUpCell", held, data={**RULE, "held_up": held})
    assert drawn.locator(".sd-held").inner_text() == text
    assert drawn.locator("small").inner_text() == "9 of 12"
    expect(drawn.locator(f".{sign}" if sign else ".none")).to_have_count(1 if sign else 0)


def test_the_second_side_of_a_rule_leads_to_its_own_products(desk):
    desk.open(address="/baskets?scope=all&item=1")
    drawn = cell(desk, "ProductsCell", ["PLATE"], colDef={"field": "consequents"})
    link = drawn.get_by_role("link", name="PLATE")
    assert link.get_attribute("href") == "/baskets?scope=all&item=85123A"


def test_a_rule_s_buyers_are_saved_for_the_group_that_is_shown(desk):
    desk.open(address="/baskets?cluster=c1")
    link = cell(desk, "BuyersCell", None).get_by_role("link")
    assert link.get_attribute("href") == (
        "/audiences?save=rule&antecedent=22423&consequent=85123A&cluster=c1"
    )
    assert link.get_attribute("aria-label") == "Save the buyers of MUG as an audience"


def test_a_product_leads_to_its_rules_alone_with_all_other_filters_kept(desk):
    desk.open('<a href="/baskets" data-item="A B">x</a>', address="/baskets?lift=2&item=1")
    desk.page.get_by_role("link").click()
    assert desk.told == [["shell-address-location", {"search": "?lift=2&item=A+B"}]]


def test_a_group_of_products_is_a_ring_of_links_and_a_table(cards):
    expect(cards.locator(".sd-ring-lines")).to_have_count(1)
    dots = cards.locator(".sd-ring-dot")
    assert [each.get_attribute("aria-label") for each in dots.all()] == ["Red mug", "Plate"]
    assert dots.first.get_attribute("style") == "left: 50%; top: 11.3636%;"
    assert dots.all_inner_texts() == ["1", "2"]  # as the names beside it are numbered
    names = cards.locator(".sd-rings ol").get_by_role("link")
    assert names.all_text_contents() == ["RED MUG", "PLATE"]
    assert names.first.get_attribute("data-item") == "22423"
    assert cards.locator(".sd-rings small").inner_text() == "2 products, lift 8"
    region = cards.get_by_role("region", name="Groups of products bought together")
    assert region.get_by_role("columnheader").all_inner_texts() == [
        "Group",
        "Products",
        "Pairs",
        "Highest lift",
    ]
    assert region.get_by_role("rowheader").all_text_contents() == ["Mug and plate"]
    assert region.get_by_role("cell").all_text_contents() == ["RED MUG, PLATE", "1", "8.0"]


def test_the_largest_groups_alone_are_drawn_and_all_are_in_the_table(desk):
    more = [*FOUND["groups"]["groups"], {**FOUND["groups"]["groups"][0], "name": "Second"}]
    found = {**FOUND, "groups": {**FOUND["groups"], "groups": more}}
    drawn = desk.draw("(found) => dash_clientside.basketCards.draw(found)", found)
    assert drawn.locator(".sd-rings b").all_text_contents() == ["Mug and plate"]
    region = drawn.get_by_role("region", name="Groups of products bought together")
    assert region.get_by_role("rowheader").all_text_contents() == ["Mug and plate", "Second"]


def test_sets_are_measured_against_the_most_frequent(cards):
    rows = cards.locator(".sd-set-row")
    assert [each.text_content() for each in rows.all()] == ["RED MUG + PLATE40", "RED MUG10"]
    assert rows.last.locator(".sd-track span").get_attribute("style") == "width: 25%;"
    assert rows.first.locator(".sd-num").get_attribute("title") == "10.00\u00a0% of invoices"


def test_a_bundle_is_worth_its_price_times_its_sales_and_an_unknown_price_is_a_dash(cards):
    region = cards.get_by_role("region", name="Bundles: products that sell together")
    assert region.get_by_role("cell").all_text_contents() == [
        *("40 10.0\u00a0%", "£2.50", "£100", "Big spenders12 of 30"),
        *("3 1.0\u00a0%", "–", "–", "–"),
    ]


def test_a_card_without_anything_to_show_says_so(desk):
    nothing = {"groups": "No groups", "sets": "No sets", "bundles": "No bundles"}
    drawn = desk.draw("(found) => dash_clientside.basketCards.draw(found)", {**FOUND, "nothing": nothing})
    assert drawn.inner_text().replace("\n", "") == "No groupsNo setsNo bundles"


def test_the_classes_of_lift_are_listed_from_the_strongest(desk):
    weak = {"lowest": 1, "below": 2, "rules": 4000, "support": 0.0125, "confidence": 0.2}
    strong = {"lowest": 2, "below": None, "rules": 12, "support": 0.01, "confidence": 0.6}
    figure = {"layout": {"meta": {"classes": [weak, strong]}}}
    drawn = desk.draw("(figure) => dash_clientside.baskets.classes(figure)", figure)
    assert drawn.locator("th").all_text_contents() == ["2 or more", "1 to under 2"]
    assert drawn.locator("td").all_text_contents() == [
        *("12", "1.0\u00a0%", "60\u00a0%"),
        *("4,000", "1.3\u00a0%", "20\u00a0%"),
    ]


def test_a_picture_that_failed_has_no_classes(desk):
    assert desk.run("() => dash_clientside.baskets.classes(null)") == []


@pytest.mark.parametrize(
    ("sorted_by", "search"),
    [
        ([{"colId": "lift", "sort": "desc"}], "?item=1"),
        (
            [{"colId": "lift", "sort": "desc"}, {"colId": "count", "sort": "asc"}],
            "?item=1&sort=-lift%2Ccount",
        ),
        ([], "?item=1&sort=none"),
    ],
)
def test_the_order_of_the_table_stands_in_the_address_unless_it_is_the_usual_one(desk, sorted_by, search):
    desk.open(address="/baskets?item=1")
    desk.run(
        """async (sortModel) => {
          const grid = { isDestroyed: () => false, getGridId: () => "7" };
          window.dash_ag_grid = { getApiAsync: () => Promise.resolve(grid) };
          dash_clientside.baskets.keepSort({ sortModel }, "grid");
          await new Promise((done) => setTimeout(done));
        }""",
        sorted_by,
    )
    assert desk.run("() => location.search") == search


def test_a_table_that_opens_takes_its_order_from_the_address(desk):
    desk.open(address="/baskets?sort=-lift,count")
    state = desk.run("""async () => {
      let asked = null;
      const applyColumnState = (of) => { asked = of; };
      const grid = { isDestroyed: () => false, getGridId: () => "7", applyColumnState };
      window.dash_ag_grid = { getApiAsync: () => Promise.resolve(grid) };
      dash_clientside.baskets.keepSort({ sortModel: [] }, "grid");
      await new Promise((done) => setTimeout(done));
      return asked.state;
    }""")
    assert state == [
        {"colId": "lift", "sort": "desc", "sortIndex": 0},
        {"colId": "count", "sort": "asc", "sortIndex": 1},
    ]
