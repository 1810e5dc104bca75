"""Contacts from the file on: chosen, kept at a press, seen at the customer, taken for a tool, sent to one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from layouts.ids import Audiences, Customers, Data
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.running import Site, serve
from tests.serving.shops import shop

READ_MILLISECONDS = 5 * 60_000


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the small shop's release, whose contacts are nobody else's, and without a worker."""
    to = {"PUSH_LAYOUT": "brevo", "PUSH_KEY": "k-1", "PUSH_LIST": "12", "PUSH_URL": "http://127.0.0.1:9/"}
    folder = tmp_path_factory.mktemp("site")
    with serve(shop().folder.parents[1], folder, WEB_CONCURRENCY="1", **to) as running:
        yield running


def file_of(release) -> bytes:
    written = io.StringIO()
    rows = [(release.id_of(row), f"c{row}@example.org", "yes") for row in range(release.count)]
    csv.writer(written).writerows([("Customer ID", "Email", "Consent"), *rows, ("", "no@example.org", "yes")])
    return written.getvalue().encode()


@pytest.mark.slow
def test_contacts_go_from_a_file_to_the_customer_into_the_file_of_a_tool_and_on_their_way_to_one(
    visitor, own_site
):
    release = shop()
    page = visitor(base_url=own_site.url, **FIRST_LOOK)
    page.goto("/data")
    card = page.locator(f"#{Data.CONTACTS}")
    with page.expect_file_chooser() as chooser:
        page.locator(f"#{Data.CONTACTS_CHOOSE}").click()
    sent = {"name": "contacts.csv", "mimeType": "text/csv", "buffer": file_of(release)}
    chooser.value.set_files(sent)
    expect(card).to_contain_text("contacts.csv has arrived.")
    expect(card).to_contain_text("is removed after a day")
    card.get_by_role("button", name="Keep these contacts").click()
    # a command of its own reads the file
    kept = f"{release.count + 1:,} rows: {release.count:,} kept, 1 rejected."
    expect(card).to_contain_text(kept, timeout=READ_MILLISECONDS)
    expect(card).to_contain_text("The row has no customer ID.")
    assert violations_in_two_looks(page) == []
    page.goto(f"/customers?id={release.id_of(0)}")
    expect(page.locator(f"#{Customers.REACH}")).to_contain_text("c0@example.org (agreed to campaigns)")
    assert violations_in_two_looks(page) == []
    page.goto("/audiences?save=segments")
    page.get_by_label("Name", exact=True).fill("By e-mail")
    page.locator("#audiences-owner-input").fill("Ana")
    page.locator("#audiences-save-button").click()
    expect(page).to_have_url(re.compile(r"/audiences\?audience=\d+$"))
    with page.expect_download() as download:
        page.get_by_role("row", name=re.compile("^Klaviyo")).get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"), newline="")))
    assert 0 < len(rows) <= release.count
    assert all(re.fullmatch(r"c\d+@example\.org", each["Email"]) for each in rows)
    card = page.locator(f"#{Audiences.PUSH_CARD}")
    expect(card).to_contain_text(f"{len(rows)} customers in the audience can be sent to Brevo.")
    expect(card).to_contain_text("In Brevo they are added to list 12.")
    assert violations_in_two_looks(page) == []
    card.get_by_role("button", name="Send to Brevo").click()
    waits = f"Waiting for the worker: Brevo accepted 0 of {len(rows)} customers so far."
    expect(card).to_contain_text(waits)
    expect(card.get_by_role("button", name="Send to Brevo")).to_be_hidden()
    assert violations_in_two_looks(page) == []
