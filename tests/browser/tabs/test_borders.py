"""The next cluster, and badges: what the pages say is what happens when one does it."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from layouts.parts import borders
from services.core.text.numbers_typed import BRITISH
from services.core.vocabulary import AXES
from services.serving.predictions.crossings import smallest_changes
from services.serving.release.loaded import Loaded
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import go_within, settled


def values_of(release: Loaded, row: int) -> dict[str, float]:
    return {axis: release.customers[axis][row].item() for axis in AXES}


def first(release: Loaded, flags: np.ndarray) -> str:
    return release.id_of(int(np.flatnonzero(flags)[0]))


def test_making_the_change_that_predict_names_leads_to_the_cluster_it_names(stayed, release):
    every = range(release.count)
    row = next(row for row in every if len(smallest_changes(release, values_of(release, row))) == 2)
    values = values_of(release, row)
    better, worse = smallest_changes(release, values)
    for place, change in enumerate((better, worse)):
        page = go_within(stayed, f"/predict?customer={release.id_of(row)}")
        rows = page.locator("#predict-crossing-div .sd-bar-row")
        expect(rows).to_have_count(2)
        expect(rows.nth(place)).to_contain_text(borders.change(change, "orders"))
        there = release.clusters[change.cluster].name
        expect(rows.nth(place)).to_contain_text(there)
        field = page.locator(f"#predict-{change.axis}-input")
        expect(field).to_have_value(BRITISH.write(values[change.axis]))
        field.fill(BRITISH.write(change.value))
        field.press("Enter")
        expect(page.locator("#predict-cluster-span")).to_contain_text(there)


def test_the_customer_page_says_the_same_changes(stayed, release):
    row = int(np.argmax(release.customers["margin"]))
    found = smallest_changes(release, values_of(release, row))
    page = go_within(stayed, f"/customers?id={release.id_of(row)}")
    said = page.locator("#customers-crossing-div .sd-bar-row")
    expect(said).to_have_count(len(found))
    for place, change in enumerate(found):
        expect(said.nth(place)).to_contain_text(borders.change(change, "orders"))
    expect(page.locator("#customers-notes-div")).to_be_empty()


def test_a_borderline_customer_and_an_outlier_have_their_badges(visitor, site, release):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    margin, outlier = np.asarray(release.customers["margin"]), np.asarray(release.customers["outlier"])
    between, apart = first(release, (margin < 0.1) & ~outlier), first(release, outlier & (margin > 0.11))
    page.goto("/customers")
    settled(page)
    for tab, asked in (("customers", "id"), ("predict", "customer")):
        address, place = f"/{tab}?{asked}=", f"#{tab}-notes-div"
        go_within(page, f"{address}{between}")
        expect(page.locator(place)).to_contain_text("Almost as near to")
        expect(page.locator(f"{place} .sd-sign")).to_have_text(["Borderline"])
        go_within(page, f"{address}{apart}")
        expect(page.locator(f"{place} .sd-sign")).to_have_text(["Outlier"])
        expect(page.locator(place)).to_contain_text("far from usual")
        assert violations_in_two_looks(page) == []
