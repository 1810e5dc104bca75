"""The filters by what contacts say: whom they are offered to, a column's values, and pages that narrow."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from callbacks.audiences.view import described
from callbacks.churn.view import show as show_churn
from callbacks.churn.wiring import LISTED as ON_CHURN
from callbacks.cohorts.view import show as show_cohorts
from callbacks.cohorts.wiring import LISTED as ON_COHORTS
from callbacks.movement.view import show as show_movement
from callbacks.movement.wiring import LISTED as ON_MOVEMENT
from callbacks.segments.view import show as show_segments
from callbacks.segments.wiring import LISTED as ON_SEGMENTS
from callbacks.shared.contact_filters import offered, values
from services.campaigns.selection import selected
from services.core.refusals import Refusal
from services.serving.customers.way import way_through
from services.serving.lists.by_contacts import ByContacts
from services.serving.release.loaded import Loaded
from services.site.state import StateUnusable
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT
from tests.releases.tiny import make_tiny_release
from tests.serving.lists.said import Said
from tests.serving.shops import shop

ALL = {"startRow": 0, "endRow": 500}
DAYS = "from=2024-05-31&to=2024-12-31"
GOLD = "attribute=Tier%3AGold"
PAGES = {
    "segments": (show_segments, ON_SEGMENTS, ""),
    "movement": (show_movement, ON_MOVEMENT, f"{DAYS}&"),
    "cohorts": (show_cohorts, ON_COHORTS, "every=quarter&"),
    "churn": (show_churn, ON_CHURN, "band=0-100&"),
}


def golden(release: Loaded) -> set[str]:
    """Every second customer of a release."""
    return {release.id_of(row) for row in range(0, release.count, 2)}


def contacts_of(release: Loaded) -> Said:
    return Said({"Tier": dict.fromkeys(golden(release), "Gold")}, {"email": sorted(golden(release))})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    return Loaded(models, make_tiny_release(models, 30))


@pytest.fixture(params=PAGES)
def page(request) -> str:
    return request.param


@pytest.fixture
def release(page, tiny) -> Loaded:
    """The small shop, which is too small for chances of no order."""
    return tiny if page == "churn" else shop()


@pytest.fixture
def said() -> Said:
    return contacts_of(shop())


@pytest.fixture
def seen(said) -> ByContacts:
    return ByContacts(said)


def listed(release: Loaded, page: str, query: str, seen: ByContacts | None) -> dict[str, object]:
    _show, of, own = PAGES[page]
    return of.rows(release, ALL, f"?{own}{query}", NOBODY_OUT, by_contacts=seen)


def ids(answer) -> set[str]:
    return {row["customer_id"] for row in answer["rows"]["rowData"]}


@pytest.mark.parametrize("query", [GOLD, "agreed=email", f"{GOLD}&agreed=email"])
def test_each_list_its_file_and_its_audience_hold_who_fits_and_nobody_else(page, release, query):
    seen = ByContacts(contacts_of(release))
    whole, part = listed(release, page, "", seen), listed(release, page, query, seen)
    assert ids(part) == ids(whole) & golden(release) != set()
    for name in parse_qs(query):
        assert name in parse_qs(part["export"].partition("?")[2])
    asked = parse_qs(part["audience"].partition("?")[2])
    saved = selected(release, asked | {"save": [page]}, NOBODY_OUT, seen)
    assert {release.id_of(int(row)) for row in saved.rows} == ids(part)
    assert set(parse_qs(query)) <= set(parse_qs(saved.query))
    words = described(release, saved)
    assert ("Tier: Gold" in words) == (GOLD in query)
    assert ("Agreed to campaigns by e-mail" in words) == ("agreed" in query)


def test_each_page_has_its_chip_and_what_it_counts_is_of_these_customers(page, release):
    show, _of, own = PAGES[page]
    seen = ByContacts(contacts_of(release))
    shown = show(release, f"?{own}{GOLD}", seen)
    assert shown["notes"] == []
    assert "Attribute Tier: Gold" in text_of(shown["narrowed" if page == "movement" else "chips"])
    if page == "movement":
        data = shown["data"]
        movers = [flow for flow in data["flows"] if flow[0] not in (flow[1], len(data["groups"]) - 1)]
        assert sum(flow[2] for flow in movers) == len(ids(listed(release, page, GOLD, seen)))


def test_who_may_not_see_contacts_gets_a_note_and_everybody_and_no_audience(page, release):
    show, _of, own = PAGES[page]
    shown = show(release, f"?{own}{GOLD}")
    assert "Only people who may see contacts can filter by an attribute" in text_of(shown["notes"])
    assert ids(listed(release, page, GOLD, None)) == ids(listed(release, page, "", None))
    with pytest.raises(Refusal, match="Only people who may see contacts"):
        selected(release, parse_qs(f"{own}{GOLD}") | {"save": [page]}, NOBODY_OUT)


def test_an_audience_is_not_saved_with_a_value_that_is_gone(seen):
    with pytest.raises(Refusal, match="No contact has “Silver” as Tier"):
        selected(shop(), {"save": ["segments"], "attribute": ["Tier:Gold", "Tier:Silver"]}, NOBODY_OUT, seen)


def test_the_way_through_a_list_is_of_who_fits(seen):
    assert way_through(shop(), 0, f"/?{GOLD}", seen).of == len(golden(shop()))


def test_they_are_offered_to_who_may_see_contacts_where_there_are_some(seen, said, monkeypatch):
    assert offered(seen) == {
        "attribute_hidden": False,
        "agreed_hidden": False,
        "columns": [{"value": "Tier", "label": "Tier"}],
    }
    nothing = {"attribute_hidden": True, "agreed_hidden": True, "columns": []}
    assert offered(None) == offered(ByContacts(Said({}))) == nothing
    assert offered(ByContacts(Said({}, {"email": []})))["attribute_hidden"]

    def away():
        raise StateUnusable

    monkeypatch.setattr(said, "columns", away)
    assert offered(seen) == nothing


def toggles(entries) -> list[str]:
    return [each["props"]["data-toggle-filter"] for each in entries if each["type"] == "Button"]


def test_a_columns_values_are_listed_with_their_customers_and_found_by_a_part(said, monkeypatch):
    monkeypatch.setattr("callbacks.shared.contact_filters.SHOWN", 5)
    customers = sorted(golden(shop()))
    said.attributes["Town: of shop"] = {
        customer: f"Ünter {place // 2}" for place, customer in enumerate(customers)
    } | {f"x{number}": f"Other {number}" for number in range(9_990)}
    seen = ByContacts(said)
    entries = values(shop(), seen, "Town: of shop", "")
    assert toggles(entries)[0] == "attribute=Town%3A of shop:Ünter 0"
    assert toggles(entries)[-1] == "attribute=Town%3A of shop:"
    assert len(toggles(entries)) == 6
    assert text_of(entries[0]) == "Ünter 0 2"
    assert text_of(entries[5]) == f"No value {shop().count - len(customers)}"
    assert text_of(entries[-1]).startswith("The 5 most frequent of 10 values.")
    assert toggles(values(shop(), seen, "Town: of shop", " üNTER  3 ")) == [
        "attribute=Town%3A of shop:Ünter 3"
    ]
    assert text_of(values(shop(), seen, "Town: of shop", "zzz")) == "No value contains this."


def test_a_column_that_is_gone_or_has_too_many_values_says_so(seen, monkeypatch):
    assert values(shop(), seen, "Colour", "") == "The contacts have no column “Colour”."
    monkeypatch.setattr("services.serving.lists.contact_columns.MOST_VALUES", 0)
    assert "too many to filter by." in values(shop(), seen, "Tier", "")
