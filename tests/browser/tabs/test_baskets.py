"""The tab Baskets, as a marketer uses it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from layouts.ids import Baskets
from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters, as_contract, find
from services.serving.rules.index import rule_index
from services.serving.rules.next_items import next_items
from services.serving.rules.sets import best_of_sets, of_one_set
from tests.browser.axe import FIRST_LOOK, violations, violations_in_two_looks
from tests.browser.waiting import expect_query, expect_to_fit, go_within


@pytest.fixture
def baskets(stayed: Page, release) -> Page:
    go_within(stayed, "/baskets")
    expect(stayed.locator(".sd-found")).to_contain_text(counted(release, RuleFilters()))
    return stayed


def counted(release: Loaded, filters: RuleFilters) -> str:
    number = len(find(release, filters))
    return f"{number:,} rule"


def fill_filter(page: Page, chip: str, label: str, text: str) -> None:
    page.locator("summary", has_text=chip).click()
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")


def test_a_marketer_filters_by_product_and_by_confidence_and_goes_back(baskets, release):
    index = rule_index(release)
    code = as_contract(release, int(find(release, RuleFilters())[0]))["antecedents"][0]
    fill_filter(baskets, "Product", "Product with", index.labels[index.places[code]])
    one = RuleFilters(items=(code,))
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, one))
    expect_query(baskets, {"item": [code]})
    fill_filter(baskets, "Confidence", "Confidence at least", "60")
    both = RuleFilters(items=(code,), min_confidence=0.6)
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, both))
    expect(baskets.get_by_role("button", name=re.compile("^Confidence at least 60"))).to_be_visible()
    baskets.go_back()
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, one))
    expect(baskets.get_by_role("button", name=re.compile("^Confidence at least 60"))).to_have_count(0)
    baskets.get_by_role("button", name=re.compile("^Product .*remove")).click()
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, RuleFilters()))
    expect_query(baskets, {})


def test_the_rules_of_a_cluster_are_one_link_away_and_can_be_sent_on(baskets, release, visitor, site):
    cluster = next(c for c in release.clusters if len(find(release, RuleFilters(f"cluster:{c.id}"))))
    baskets.goto(f"/baskets?basket={release.overview.items[0].product}&release={release.id}")
    link = baskets.get_by_role("link", name=f"rules of {cluster.name}")
    link.click()
    scope = RuleFilters(f"cluster:{cluster.id}")
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, scope))
    expect_query(baskets, {"cluster": [cluster.id], "release": [release.id]})
    expect(
        baskets.get_by_role("button", name=re.compile(f"^Cluster .*{re.escape(cluster.name)}"))
    ).to_be_visible()
    other = visitor(base_url=site.url)
    other.goto(baskets.url)
    expect(other.locator(".sd-found")).to_contain_text(counted(release, scope))
    expect(
        other.get_by_role("button", name=re.compile(f"^Cluster .*{re.escape(cluster.name)}"))
    ).to_be_visible()


def test_two_products_in_the_basket_say_what_to_offer_and_an_unknown_one_is_refused_first(baskets, release):
    baskets.get_by_role("combobox", name="Product", exact=True).fill("no such thing")
    baskets.get_by_role("button", name="Add", exact=True).click()
    refusal = baskets.get_by_role("alert").filter(has_text="No rule contains a product “no such thing”")
    expect(refusal).to_be_visible()
    rule = next(
        rule
        for row in find(release, RuleFilters(unpruned=True))
        if len((rule := as_contract(release, int(row)))["antecedents"]) == 2 and len(rule["consequents"]) == 1
    )
    index = rule_index(release)
    for code in rule["antecedents"]:
        baskets.get_by_role("combobox", name="Product", exact=True).fill(index.labels[index.places[code]])
        baskets.get_by_role("combobox", name="Product", exact=True).press("Enter")
        expect(baskets.locator(".sd-inbasket button")).to_have_count(rule["antecedents"].index(code) + 1)
    first = next_items(release, rule["antecedents"])[0]
    best = baskets.locator(".sd-offers li").first
    expect(best).to_contain_text(first.description)
    expect(best).to_contain_text(f"{first.count:,} of {first.antecedent_count:,}")
    expect_query(baskets, {"basket": rule["antecedents"]})
    follow = RuleFilters(basket=tuple(rule["antecedents"]))
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, follow))
    baskets.locator(".sd-inbasket button").first.click()
    expect(baskets.locator(".sd-inbasket button")).to_have_count(1)


def test_a_product_pressed_in_the_table_is_alone_in_every_card_until_its_chip_is(baskets, release):
    link = baskets.locator('[row-index="0"] [col-id="antecedents"] a').first
    code = link.get_attribute("data-item")
    link.click()
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, RuleFilters(items=(code,))))
    expect_query(baskets, {"item": [code]})
    for card in ("sets", "bundles"):
        listed = baskets.locator(f"#baskets-{card}-div :is(tbody tr, .sd-bar-row)")
        asked = baskets.locator(f'[data-item="{code}"]')
        expect(listed.filter(has_not=asked)).to_have_count(0)
        expect(listed.filter(has=asked).first).to_be_visible()
    buyers = baskets.locator('[row-index="0"] [col-id="buyers"] a')
    expect(buyers).to_have_attribute("href", re.compile(r"^/audiences\?save=rule&antecedent=.+&consequent="))
    baskets.get_by_role("button", name=re.compile("^Product .*remove")).click()
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, RuleFilters()))


def test_a_support_below_the_mined_one_is_refused_and_clears_the_rules(baskets, release):
    fill_filter(baskets, "Support", "Support at least", "0.001")
    expect(baskets.get_by_role("alert").filter(has_text="Rules were mined at a support of")).to_be_visible()
    expect(baskets.get_by_text("No rules for this value")).to_be_visible()
    expect(baskets.locator("#baskets-rules-section")).to_be_hidden()
    expect(baskets.locator(".sd-found")).to_be_empty()
    baskets.get_by_role("button", name="Show the rules without this value").click()
    expect(baskets.locator("#baskets-rules-section")).to_be_visible()
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, RuleFilters()))


def test_filters_that_nothing_fits_name_the_one_to_drop(stayed, release):
    page = go_within(stayed, "/baskets?min_lift=100000")
    expect(page.get_by_text("No rule fits this filter")).to_be_visible()
    count = f"{len(find(release, RuleFilters())):,}"
    expect(page.get_by_text(f"Without “Lift at least 100,000” there would be {count}.")).to_be_visible()
    page.get_by_role("button", name="Remove this filter").click()
    expect(page.locator(".sd-found")).to_contain_text(count)


def test_sorting_the_table_sorts_all_rules_and_the_file(baskets, release):
    heading = baskets.get_by_role("columnheader", name="Support")
    heading.click()
    most = max(find(release, RuleFilters()), key=lambda row: release.rules["support"][row])
    share = f"{release.rules['support'][most] * 100:.2f}"
    expect(baskets.locator('[row-index="0"] [col-id="support"]')).to_contain_text(share)
    link = baskets.get_by_role("link", name="Export CSV")
    expect(link).to_have_attribute("href", re.compile("sort=-support"))
    with baskets.expect_download() as download:
        link.click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    supports = [float(row["support"]) for row in rows]
    assert len(rows) == len(find(release, RuleFilters()))
    assert supports == sorted(supports, reverse=True)


def test_a_link_opens_the_rules_in_the_same_order_for_somebody_else(baskets, release, visitor, site):
    baskets.locator('.ag-header-cell[col-id="confidence"]').click()
    row = '[row-index="0"] [col-id="confidence"]'
    best = best_of_sets(release, find(release, RuleFilters()))
    surest = f"{max(release.rules['confidence'][best]) * 100:.0f}"
    expect(baskets.locator(row)).to_contain_text(surest)
    expect_query(baskets, {"sort": ["-confidence"]})
    other = visitor(base_url=site.url)
    other.goto(baskets.url)
    expect(other.locator(row)).to_contain_text(surest)
    expect(other.locator('.ag-header-cell[col-id="confidence"]')).to_have_attribute("aria-sort", "descending")
    expect(other.locator('.ag-header-cell[col-id="lift"]')).to_have_attribute("aria-sort", "none")
    fill_filter(baskets, "Confidence", "Confidence at least", "60")
    expect_query(baskets, {"sort": ["-confidence"], "min_confidence": ["0.6"]})
    baskets.go_back()
    expect_query(baskets, {"sort": ["-confidence"]})
    baskets.locator('.ag-header-cell[col-id="lift"]').click()
    expect(baskets).to_have_url(f"{site.url}/baskets")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_set_is_one_row_and_all_its_rules_are_a_press_away(stayed, release, width):
    stayed.set_viewport_size({"width": width, "height": 900})
    page = go_within(stayed, "/baskets")
    sets = rule_index(release).count_sets(find(release, RuleFilters()))
    expect(page.locator(".sd-found")).to_contain_text(f"from {sets:,} product set")
    expect(page.locator(".sd-rules [role=treegrid], .sd-rules [role=grid]").first).to_have_attribute(
        "aria-rowcount", str(sets + 1)
    )
    button = page.locator('[row-index="0"] [data-row]:visible')
    row = int(button.get_attribute("data-row"))
    button.press("Enter")
    details = page.locator("#baskets-details-div")
    expect(details.locator("tbody tr")).to_have_count(len(of_one_set(release, row)))
    expect(details.locator("h3")).to_be_focused()
    assert violations(page) == []
    expect_to_fit(page)
    details.get_by_role("button", name="Close the details").click()
    expect(details).to_be_empty()
    expect(button).to_be_focused()


def test_the_keyboard_is_enough_to_set_a_filter_and_to_see_all_measures(baskets, release):
    baskets.locator("summary", has_text="Lift").focus()
    baskets.keyboard.press("Enter")
    expect(baskets.get_by_label("Lift at least")).to_be_focused()
    baskets.keyboard.type("2")
    baskets.keyboard.press("Enter")
    expect(baskets.locator(".sd-found")).to_contain_text(counted(release, RuleFilters(min_lift=2.0)))
    baskets.locator("summary", has_text="Product").focus()
    baskets.keyboard.press("Enter")
    expect(baskets.get_by_label("Product with")).to_be_focused()
    baskets.keyboard.press("Escape")
    expect(baskets.get_by_label("Product with")).to_be_hidden()
    expect(baskets.get_by_role("columnheader", name="Leverage")).to_have_count(0)
    baskets.get_by_role("button", name="All measures").press("Enter")
    expect(baskets.locator('.ag-header-cell[col-id="leverage"]')).to_be_attached()
    expect(baskets.get_by_role("button", name="All measures")).to_have_attribute("aria-pressed", "true")


def test_nothing_keeps_readers_out(visitor, site, release):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    code = as_contract(release, int(find(release, RuleFilters())[0]))["antecedents"][0]
    page.goto(f"/baskets?basket={code}&min_lift=1.1&cluster=nobody")
    expect(page.locator(".sd-offers li").first).to_be_visible()
    expect(page.locator('[row-index="0"] [col-id="lift"]')).to_be_visible()
    assert violations_in_two_looks(page) == []
    for button in page.get_by_role("button", name="Table").all():
        button.click()
    expect(page.get_by_role("region", name="Groups of products")).to_be_visible()
    expect(page.locator("#baskets-scatter-table tr, [id='baskets-scatter-table'] tr").first).to_be_visible()
    assert violations_in_two_looks(page) == []


def test_a_bundle_is_built_by_typing_and_from_a_rule_and_its_link_opens_it_again(
    baskets, release, visitor, site
):
    rule = as_contract(release, int(find(release, RuleFilters())[0]))
    codes = [rule["antecedents"][0], rule["consequents"][0]]
    card = baskets.locator(f"#{Baskets.BUILDER_FINDING}").locator("xpath=ancestor::section")
    entry = card.get_by_label("Product of the bundle")
    for code in codes:
        entry.fill(code)
        entry.press("Enter")
        expect(card.locator(f"#{Baskets.BUILDER_CHIPS} button")).to_have_count(codes.index(code) + 1)
        expect(entry).to_have_value("")
    expect(card).to_contain_text(re.compile(r"orders? in the past held .* together\."))
    # what is refused in one field stays there while another is used
    entry.fill("no such thing")
    card.get_by_role("button", name="Add to the bundle").click()
    expect(card).to_contain_text("No order holds a product “no such thing”.")
    card.get_by_label("Price or discount").fill("10")
    card.get_by_role("button", name="Set the price or the discount").click()
    expect(card).to_contain_text(re.compile(r"less, [\d.]+\s% off"))
    expect(card).to_contain_text("No order holds a product “no such thing”.")
    result = card.locator(f"#{Baskets.BUILDER_RESULT}")
    expect(result).to_contain_text(re.compile(r"95\s% interval [\d.]+\s% to [\d.]+\s%"))
    expect_query(baskets, {"bundle": codes, "bundle_discount": ["0.1"]})
    expect_to_fit(baskets)
    assert violations(baskets) == []
    with baskets.expect_download() as download:
        card.get_by_role("link", name=re.compile("CSV")).click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["product"] for row in rows] == codes
    other = visitor(base_url=site.url)
    other.goto(baskets.url)
    expect(other.locator(f"#{Baskets.BUILDER_RESULT}")).to_have_text(result.inner_text(), use_inner_text=True)
    expect(other.get_by_label("Price or discount")).to_have_value("10")
    # the products of a rule, instead
    go_within(baskets, "/baskets")
    baskets.locator('[row-index="0"] [data-row]:visible').click()
    baskets.get_by_role("button", name="Build a bundle of these").click()
    expect(card.locator(f"#{Baskets.BUILDER_CHIPS} button").first).to_be_visible()
    expect(card).to_contain_text(re.compile(r"orders? in the past held .* together\."))
