"""How often a page asks the server: once for a click, twice for a look-up, three times for a tab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request, expect

from layouts.ids import Baskets, Clusters, Customers, Predict, Segments, Shell
from services.site.tabs import TABS, Place
from tests.browser.waiting import expect_query, go_within, settled

ASKED = "/_dash-update-component"
# another release, and a window that is looked at again: no click caused these
BY_ITSELF = {f"{Shell.ACTIVE}.data", f"{Shell.SEEN}.data"}
OPENED, LOOKED_UP = 3, 2


@contextmanager
def asking(page: Page) -> Iterator[list[str]]:
    """Collect the outputs of what a page that rests asks for until it rests again."""
    settled(page)
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.method != "POST" or ASKED not in request.url:
            return
        body = json.loads(request.post_data or "")
        if not BY_ITSELF.intersection(body["changedPropIds"]):
            asked.append(body["output"])

    page.on("request", note)
    yield asked
    settled(page)
    page.remove_listener("request", note)


def rows(page: Page, grid: str) -> None:
    """Wait until a list shows its first row."""
    expect(page.locator(f"#{grid} .ag-center-cols-container [row-index='0']").first).to_be_visible()


def test_each_tab_is_opened_by_at_most_three_requests(stayed):
    page = go_within(stayed, "/data")
    for name in (tab.name for tab in TABS if tab.place is not Place.NOWHERE):
        with asking(page) as asked:
            page.locator(f"#{Shell.NAVIGATION}").get_by_role("link", name=name, exact=True).click()
            expect(page.locator(f"#{Shell.NAVIGATION} [aria-current]")).to_have_text(name)
            for tab, grid in (("Segments", Segments.GRID), ("Baskets", Baskets.GRID)):
                if tab == name:
                    rows(page, grid)
        assert 0 < len(asked) <= OPENED, (name, asked)


def test_a_look_up_asks_twice_and_a_prediction_and_a_number_of_clusters_once(stayed, release):
    page = go_within(stayed, "/customers")
    page.locator(f"#{Shell.LOOKUP}").fill(release.id_of(0))
    with asking(page) as asked:
        page.locator(f"#{Shell.LOOKUP}").press("Enter")
        expect(page.locator(f"#{Customers.ID}")).to_have_text(release.id_of(0))
        expect(page.locator(f"#{Customers.REMARK}")).to_be_visible()
    assert len(asked) == LOOKED_UP, asked
    go_within(page, "/predict")
    for axis, value in (("recency", "30"), ("frequency", "5"), ("monetary", "1500")):
        page.locator(f"#{Predict.field(axis)}").fill(value)
    page.wait_for_timeout(600)  # the tracks are asked for when typing rests
    with asking(page) as asked:
        page.locator(f"#{Predict.SUBMIT}").click()
        expect(page.locator(f"#{Predict.PEOPLE} tbody tr").first).to_be_visible()
    assert len(asked) == 1, asked
    go_within(page, "/clusters")
    other = str(release.manifest.k + 1)
    with asking(page) as asked:
        page.locator(f"#{Clusters.K}").select_option(other)
        expect_query(page, {"k": [other]})
    assert len(asked) == 1, asked


def test_on_segments_a_filter_a_range_and_an_order_ask_once_each_and_the_list_follows(stayed, release):
    page = go_within(stayed, "/")
    rows(page, Segments.GRID)
    segment = release.segments[0].id
    with asking(page) as asked:
        page.locator("details:has([data-toggle-filter^='segment=']) > summary").first.click()
        page.locator(f"[data-toggle-filter='segment={segment}']").first.click()
        expect_query(page, {"segment": [segment]})
        rows(page, Segments.GRID)
    assert len(asked) == 1, asked
    with asking(page) as asked:
        page.locator(f"details:has(#{Segments.field('f_min')}) > summary").click()
        page.locator(f"#{Segments.field('f_min')}").fill("3")
        page.locator(f"#{Segments.field('f_min')}").press("Enter")
        expect_query(page, {"segment": [segment], "f_min": ["3"]})
        rows(page, Segments.GRID)
    assert len(asked) == 1, asked
    go_within(page, "/help")
    go_within(page, "/")
    rows(page, Segments.GRID)
    with asking(page) as asked:
        page.locator(f"#{Segments.GRID} .ag-header-cell[col-id='recency'] .ag-header-cell-label").click()
        expect_query(page, {"sort": ["recency:asc"]})
    assert len(asked) == 1, asked
    with asking(page) as asked:
        page.locator("details:has([data-toggle-filter^='segment=']) > summary").first.click()
        page.locator(f"[data-toggle-filter='segment={segment}']").first.click()
        expect(page.locator(f"#{Segments.FOUND}")).to_contain_text(f" of {release.count:,} customers")
        rows(page, Segments.GRID)
    assert len(asked) == 1, asked


def test_on_baskets_a_filter_and_another_group_ask_once_and_the_table_follows(stayed, release):
    page = go_within(stayed, "/baskets")
    rows(page, Baskets.GRID)
    field = page.locator(f"#{Baskets.field('min_confidence')}")
    with asking(page) as asked:
        page.locator(f"details:has(#{Baskets.field('min_confidence')}) > summary").click()
        field.fill("30")
        field.press("Enter")
        expect_query(page, {"min_confidence": ["0.3"]})
        rows(page, Baskets.GRID)
    assert len(asked) == 1, asked
    # another group is one, too, although the answer sets the list of groups
    go_within(page, "/help")
    go_within(page, "/baskets")
    rows(page, Baskets.GRID)
    mined = [each.id for each in release.overview.rule_scopes if each.rules]
    group = next(each for each in mined if each.startswith("cluster:") and "@" not in each)
    with asking(page) as asked:
        page.locator(f"details:has(#{Baskets.GROUP}) > summary").click()
        page.locator(f"#{Baskets.GROUP}").select_option(group)
        expect_query(page, {"cluster": [group.removeprefix("cluster:")]})
        rows(page, Baskets.GRID)
    assert len(asked) == 1, asked
    expect(page.locator(f"#{Baskets.GROUP}")).to_have_value(group)
