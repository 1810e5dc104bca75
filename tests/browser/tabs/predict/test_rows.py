"""Many rows at once, as a marketer does it: a file in, the same file with its answers out."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.releases import read_current
from services.serving.predictions.rows_answers import answer_rows
from services.serving.release.loaded import Loaded
from tests.browser.axe import violations
from tests.browser.waiting import expect_to_fit

GOOD = b"customer,recency,orders,spend\na,75,4,1797.24\nb,2,7,4310\n"
MIXED = GOOD + b"c,x,1,1\n" * 12
ANSWER = "#predict-rows-div"


@pytest.fixture
def ready(page: Page) -> Page:
    page.goto("/predict")
    expect(page.get_by_text("Enter three numbers")).to_be_visible()
    expect(page.get_by_text("Columns recency, orders and spend. Up to 200,000 rows.")).to_be_visible()
    return page


def give(page: Page, body: bytes, name: str = "autumn.csv") -> None:
    """Choose a file by keyboard alone."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").press("Enter")
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": body})


def drop(page: Page, body: bytes) -> None:
    carried = page.evaluate_handle(
        "text => { const carried = new DataTransfer();"
        " carried.items.add(new File([text], 'dropped.csv', {type: 'text/csv'})); return carried; }",
        body.decode(),
    )
    page.dispatch_event("#predict-rows-drop", "drop", {"dataTransfer": carried})


def test_the_file_that_is_downloaded_is_the_one_the_command_line_writes(ready, models):
    give(ready, MIXED)
    answer = ready.locator(ANSWER)
    expect(answer).to_contain_text("12 of 14 rows failed:")
    expect(answer.get_by_role("listitem")).to_have_count(10)
    expect(answer.get_by_role("listitem").first).to_have_text("Line 4: recency: “x” is not a number.")
    expect(answer).to_contain_text("The rest are explained in the file’s last column.")
    with ready.expect_download() as download:
        answer.get_by_role("link", name="Download autumn-predicted.csv").click()
    assert download.value.suggested_filename == "autumn-predicted.csv"
    release = Loaded(models, read_current(models))
    written = "".join(answer_rows(release, io.BytesIO(MIXED)).text())
    assert Path(download.value.path()).read_bytes().decode() == written


def test_a_dropped_file_is_answered_and_the_next_one_takes_its_place(ready):
    drop(ready, MIXED)
    expect(ready.locator(ANSWER)).to_contain_text("12 of 14 rows")
    drop(ready, GOOD)
    expect(ready.locator(ANSWER)).to_contain_text("All 2 rows are answered.")
    expect(ready.locator(ANSWER).get_by_role("link")).to_have_text("Download dropped-predicted.csv")
    expect(ready.locator(ANSWER).get_by_role("listitem")).to_have_count(0)


def test_a_file_that_cannot_be_used_is_told_and_the_old_answer_is_gone(ready, console):
    console.allow("400 (BAD REQUEST)")
    give(ready, GOOD)
    expect(ready.locator(ANSWER).get_by_role("link")).to_be_visible()
    give(ready, b"a,b\n1,2\n")
    expect(ready.locator(ANSWER)).to_have_text(re.compile("^No column was found for recency, orders, spend"))
    expect(ready.locator(ANSWER).get_by_role("link")).to_have_count(0)


def test_a_file_that_is_too_large_is_not_even_sent(ready):
    ready.evaluate("window.deskPredict.parts.limits.bytes = 2e6")
    ready.route("**/predict/rows*", lambda route: route.abort())
    give(ready, b"x" * 2_000_001)
    expect(ready.locator(ANSWER)).to_have_text("The file is larger than 2 MB. Split it into several.")


def test_a_lost_connection_and_a_failure_are_told_apart(ready, console):
    console.allow("Failed to load resource")
    ready.route("**/predict/rows*", lambda route: route.abort())
    give(ready, GOOD)
    expect(ready.locator(ANSWER)).to_contain_text("The connection was lost before the answer came.")
    failed = {"error": "Something went wrong on our side.", "ref": "SD-7F3K2"}
    ready.unroute("**/predict/rows*")
    ready.route("**/predict/rows*", lambda route: route.fulfill(status=500, json=failed))
    give(ready, GOOD)
    expect(ready.locator(ANSWER)).to_contain_text("Quote the reference SD-7F3K2")
    ready.unroute("**/predict/rows*")
    ended = {"error": "Your session has ended. Sign in again to continue.", "ref": "SD-7F3K2"}
    ready.route("**/predict/rows*", lambda route: route.fulfill(status=401, json=ended))
    give(ready, GOOD)
    expect(ready.locator(ANSWER)).to_have_text(ended["error"])
    ready.unroute("**/predict/rows*")
    give(ready, GOOD)
    expect(ready.locator(ANSWER)).to_contain_text("All 2 rows are answered.")


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_nothing_keeps_readers_out(visitor, site, theme, width):
    page = visitor(base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=theme)
    page.goto("/predict")
    expect(page.locator("#predict-rows-hint")).to_contain_text("200,000")
    give(page, MIXED)
    expect(page.locator(ANSWER).get_by_role("link")).to_be_visible()
    expect_to_fit(page)
    assert violations(page) == []
