"""The script of the tabs: which one is marked, and where the links of the others lead."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from layouts.ids import Shell
from layouts.plain import plain
from layouts.shell.frame import shell
from services.site.tabs import TABS, Place

MARK = """(path, query) => {
  window.told.length = 0;
  window.dash_clientside.navigation.mark(path, query);
  const links = window.told.filter(([, given]) => given.href);
  return Object.fromEntries(links.map(([id, given]) => [id, given.href]));
}"""
CARRIED = [
    ("/?segment=recent&country=France&r_min=3&sort=recency:asc", "movement", "/movement?to_segment=recent"),
    ("/?segment=recent&country=France&r_min=3", "baskets", "/baskets?segment=recent"),
    ("/?segment=recent&r_min=3", "predict", "/predict"),
    ("/?segment=recent", "playbooks", "/playbooks"),
    ("/?segment=recent", "segments", "/"),
    ("/?segment=recent&segment=distant", "movement", "/movement"),
    ("/?segment=recent&cluster=c1", "baskets", "/baskets"),
    ("/?country=France&release=20111210T125000Z-aaaaaa", "data", "/data?release=20111210T125000Z-aaaaaa"),
    ("/baskets?cluster=c1&item=tea&min_lift=2", "segments", "/?cluster=c1"),
    ("/baskets?cluster=c1", "movement", "/movement"),
    ("/movement?to_segment=recent&cause=ordered", "segments", "/?segment=recent"),
    ("/movement?to_segment=recent&to=2011-11-10", "segments", "/"),
    ("/movement?to_segment=c1&from=release&by=cluster", "segments", "/"),
    ("/movement?to_segment=no_segment", "segments", "/"),
]


@pytest.fixture
def tabs(desk):
    """The page with the site's own navigation."""
    (navigation,) = plain([shell(release=None, status="", local=False)[Shell.NAVIGATION]])
    desk.draw("part => part", navigation)
    return desk


def test_links_carry_the_filters_that_the_other_tab_has_too_and_the_release(tabs):
    found = []
    for address, key, _expected in CARRIED:
        parts = urlsplit(address)
        found.append((address, key, tabs.run(MARK, parts.path, f"?{parts.query}")[Shell.tab(key)]))
    assert found == CARRIED


def test_each_address_marks_its_own_tab_or_the_one_that_it_is_within(tabs):
    named = {tab.key: tab.name for tab in TABS if tab.place is not Place.NOWHERE}
    for tab in TABS:
        for path in {tab.path, f"{tab.path.rstrip('/')}/"}:
            tabs.run(MARK, path, "")
            marked = tabs.page.locator("[aria-current=page]").all_inner_texts()
            assert marked == [named[tab.within or tab.key]], path
