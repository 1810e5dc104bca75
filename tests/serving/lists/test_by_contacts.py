"""What contacts say as a filter: who fits, counted one by one, and what cannot be followed is told."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from services.core.filters import attribute_text
from services.core.refusals import NotFound, Refusal
from services.releases import read_current
from services.serving.lists import by_contacts as module
from services.serving.lists import contact_columns
from services.serving.lists.by_contacts import ByContacts, withheld
from services.serving.lists.filters import Filters, check_known, read_filters
from services.serving.release.loaded import Loaded
from services.site.state import StateUnusable
from tests.releases.tiny import make_tiny_release
from tests.serving.lists.said import Said

GOLD, GIFT, MEMBER = "Gold", "🎁 since 2020: %&+", "عضو"
TIERS = {"12346": GOLD, "00123": GIFT, "A-001": GOLD, "é/7": MEMBER, "c0007": GOLD, "nobody": "Silver"}
SIZES = {"12346": "M", "c0008": "M", "A-001": "L"}
AGREED = {"email": ["12346", "é/7", "nobody"], "phone": ["A-001", "12346"]}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("attributes")
    make_tiny_release(models, 12)
    return Loaded(models, read_current(models))


@pytest.fixture
def said() -> Said:
    return Said({"Tier: now": TIERS, "Size": SIZES}, AGREED)


@pytest.fixture
def seen(said) -> ByContacts:
    return ByContacts(said)


def ids(release: Loaded, filters: Filters) -> set[str]:
    return {release.id_of(int(row)) for row in np.flatnonzero(filters.mask(release))}


def everybody(release: Loaded) -> set[str]:
    return ids(release, Filters())


TEXTS = [
    *(("Tier: now", value) for value in (GOLD, GIFT, MEMBER, "Silver", "")),
    *(("Size", value) for value in ("M", "L", "")),
]


@pytest.mark.parametrize(
    "chosen", [*combinations(TEXTS, 1), *combinations(TEXTS, 2), *combinations(TEXTS, 3)]
)
def test_any_value_of_a_column_fits_and_every_column_has_to(release, seen, chosen):
    read = read_filters({"attribute": [attribute_text(*each) for each in chosen]}, release, seen)
    held = {"Tier: now": TIERS, "Size": SIZES}
    expected = {
        customer
        for customer in everybody(release)
        if all(
            held[column].get(customer, "") in [value for named, value in chosen if named == column]
            for column in {named for named, _ in chosen}
        )
    }
    assert (ids(release, read.filters), read.left_out) == (expected, [])
    again = read_filters({"attribute": read.filters.chosen("attribute")}, release, seen)
    assert again.filters == read.filters
    check_known(read.filters, release)


def test_a_columns_values_are_those_of_the_releases_customers_the_most_frequent_first(release, seen):
    column = seen.column(release, "Tier: now")
    assert column.values == [GOLD, MEMBER, GIFT, "Silver"]
    assert column.customers == [3, 1, 1, 0]
    assert column.without == release.count - 5
    assert column.codes.dtype == np.uint8


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["email"], {"12346", "é/7"}),
        (["phone"], {"12346", "A-001"}),
        (["email", "phone"], {"12346", "é/7", "A-001"}),
    ],
)
def test_who_agreed_to_any_way_that_is_asked_for(release, seen, asked, expected):
    read = read_filters({"agreed": asked}, release, seen)
    assert (ids(release, read.filters), read.notes) == (expected, [])


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("attribute", "Tier", "“Tier” is not a column and a value, so it was left out. In an address, write"),
        ("attribute", "Colour:red", "The contacts have no column “Colour”, so it was left out."),
        ("attribute", "Size:XXL", "No contact has “XXL” as Size, so it was left out."),
        ("attribute", "Size:m", "No contact has “m” as Size, so it was left out."),
        ("agreed", "post", "Customers agree by email or phone, not by “post”, so it was left out."),
    ],
)
def test_what_no_contact_says_is_left_out_with_a_note(release, seen, name, text, why):
    read = read_filters({name: [text], "r_max": ["100"]}, release, seen)
    (note,) = read.notes
    assert note.startswith(why)
    assert read.filters == Filters(r_max=100.0)


def test_who_may_not_see_contacts_is_told_so_and_filters_by_nothing_of_them(release):
    read = read_filters({"attribute": ["Size:M"], "agreed": ["email"]}, release)
    assert read.filters == Filters()
    assert read.notes == [
        "Only people who may see contacts can filter by an attribute, so it was left out.",
        "Only people who may see contacts can filter by what customers agreed to, so it was left out.",
    ]
    with pytest.raises(Refusal, match="Only people who may see contacts"):
        Filters(attribute=("Size:M",)).mask(release)


def test_a_filter_goes_on_in_a_copy_without_another(release, seen):
    both = read_filters({"attribute": ["Size:M"], "agreed": ["phone"]}, release, seen).filters
    assert ids(release, both) == {"12346"}
    assert ids(release, both.without("agreed")) == {"12346", "c0008"}


def test_a_column_is_read_once_until_contacts_change(release, seen, said):
    for _ in range(3):
        read_filters({"attribute": ["Size:M", "Size:L", "Size:"]}, release, seen)
    assert said.read == 1
    said.attributes["Size"]["c0009"] = "M"
    said.changes += 1
    read = read_filters({"attribute": ["Size:M"]}, release, seen)
    assert ids(release, read.filters) == {"12346", "c0008", "c0009"}
    assert said.read == 2
    del said.attributes["Size"]
    said.changes += 1
    (note,) = read_filters({"attribute": ["Size:M"]}, release, seen).notes
    assert note == "The contacts have no column “Size”, so it was left out."


def test_what_is_kept_has_a_limit(release, seen, said, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1)
    for column in ("Size", "Tier: now", "Size"):
        seen.column(release, column)
    assert said.read == 3
    assert len(seen._kept) == 1


def test_a_column_of_too_many_values_is_refused_by_name(release, seen, monkeypatch):
    monkeypatch.setattr(contact_columns, "MOST_VALUES", 3)
    with pytest.raises(Refusal, match="“Tier: now” has more than 3 different values, too many to filter by"):
        seen.column(release, "Tier: now")
    with pytest.raises(NotFound):
        seen.column(release, "Colour")
    assert seen.column(release, "Size").values == ["M", "L"]


def test_ten_thousand_values_are_no_trouble(release, said):
    said.attributes["Town"] = {f"x{number}": f"Town {number}" for number in range(10_000)} | {
        "12346": "Town 7"
    }
    column = ByContacts(said).column(release, "Town")
    assert (len(column.values), column.values[0], column.customers[:2]) == (10_000, "Town 7", [1, 0])
    assert column.codes.dtype == np.uint16


def test_records_that_cannot_be_read_are_told(release, seen, said, monkeypatch):
    def away():
        raise StateUnusable

    monkeypatch.setattr(said, "stamp", away)
    read = read_filters({"attribute": ["Size:M"], "agreed": ["email"]}, release, seen)
    assert read.filters == Filters()
    assert all(note.startswith("Contacts cannot be read at the moment, so") for note in read.notes)


def test_without_contacts_no_column_is_known(release):
    nobody = ByContacts(Said({}))
    assert (nobody.columns(), nobody.known()) == ([], False)
    assert ids(release, read_filters({"agreed": ["email"]}, release, nobody).filters) == set()
    assert withheld("agreed").refused.endswith("agreed to.")


def test_names_of_columns_are_read_once_until_contacts_change(said, monkeypatch):
    asked, real = [], said.columns
    monkeypatch.setattr(said, "columns", lambda: asked.append(1) or real())
    seen = ByContacts(said)
    first = seen.columns()
    first.append("not ours")
    assert seen.columns() == real()
    assert len(asked) == 1
    said.attributes["New"] = {"12346": "x"}
    said.changes += 1
    assert "New" in seen.columns()
    assert len(asked) == 2
