"""One visitor after the other in the same context, and two at once; what of a page is waited for."""

from __future__ import annotations

import pytest

from tests.browser import waiting
from tests.browser.console import Console

LEFT = """() => {
  const kept = [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  document.cookie = "left=behind";
  localStorage.setItem("left", "behind");
  sessionStorage.setItem("left", "behind");
  return kept.filter(Boolean);
}"""


@pytest.fixture
def console() -> Console:
    return Console()


def left(page) -> list[str]:
    """What the page finds of a visitor before; it leaves something of each kind behind."""
    page.goto("/healthz")
    return page.evaluate(LEFT)


def test_the_next_visitor_finds_nothing_of_the_one_before_and_has_other_options(site, visitors, console):
    with visitors.of_a_test(console) as visitor:
        first = visitor(base_url=site.url, viewport={"width": 390, "height": 900}, color_scheme="dark")
        assert left(first) == []
        assert left(first) == ["left=behind", "left", "left"]
    with visitors.of_a_test(console) as visitor:
        second = visitor(base_url=site.url)
        assert second.context == first.context
        assert left(second) == []
        seen = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
        assert second.evaluate(seen) == [1280, False]


def test_two_visitors_of_one_test_share_nothing_and_one_alone_has_another_context(site, visitors, console):
    with visitors.of_a_test(console) as visitor:
        one, other = visitor(base_url=site.url), visitor(base_url=site.url)
        assert (left(one), left(other)) == ([], [])
        opened = {one.context, other.context}
    with visitors.of_a_test(console) as visitor:
        alone = visitor(base_url=site.url, alone=True)
        assert left(alone) == []
        assert alone.context not in opened


def test_patience_ends_with_an_answer_that_does_not_come_not_with_a_page_that_is_slow(visitor, monkeypatch):
    page = visitor()
    page.set_content("<h1>Slow</h1>")
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    assert waiting.settled(page) is page
    page.evaluate("window.requestsUnderWay = 1")
    with pytest.raises(AssertionError, match="still waits for answers"):
        waiting.settled(page)
