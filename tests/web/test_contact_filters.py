"""Who may filter by what contacts say: each role, by page, file, program and callback."""

from __future__ import annotations

import csv
import io

import pytest

from services.core.contacts.contact import Contact
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.people.roles import Action, Role
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded, sent

GOLD = {"attribute": "Tier:Gold"}
WHY = "Only people who may see contacts can filter by an attribute"
SOME = ("12346", "A-001", "c0007")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, 30)
    return folder


@pytest.fixture
def site(models, tmp_path):
    made = guarded(models, tmp_path)
    given = [Contact(each, email_consent=True, attributes={"Tier": "Gold"}) for each in SOME]
    Contacts(made.state).keep(given, who="ana", subject="c.csv")
    return made


def opened(site, role: Role, search: str) -> str:
    """The answer to a step on Segments, whole."""
    callback = "callbacks.segments.wiring.on_step"
    values = {
        "segments-step-store.data": {"pressed": None, "step": 1},
        "shell-address-location.search": search,
    }
    return str(sent(site, site.signed_in(role), callback, values))


@pytest.mark.parametrize("role", Role)
def test_a_page_offers_and_follows_them_for_roles_that_see_contacts_alone(site, role):
    told = opened(site, role, "?attribute=Tier%3AGold")
    may = role.may(Action.CONTACTS)
    assert (WHY in told) is not may
    assert ("'segments-attribute-span': {'hidden': False}" in told) is may
    assert ("{'value': 'Tier', 'label': 'Tier'}" in told) is may
    assert ("of 30 customers" in told) is may


@pytest.mark.parametrize("role", [role for role in Role if role.may(Action.EXPORT)])
def test_files_and_pages_of_customers_hold_who_fits_and_the_log_says_by_what(site, role):
    with site.signed_in(role).get("/export/customers.csv", query_string=GOLD) as answer:
        rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
    assert {row["customer_id"] for row in rows} == set(SOME)
    assert "attribute=Tier:Gold" in site.audit.listed(what="export")[0].subject
    answer = site.program(role).get("/api/v1/customers", query_string=GOLD | {"limit": 2})
    assert answer.headers["X-Total-Count"] == "3"
    assert "attribute=Tier%3AGold" in answer.headers["Link"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"attribute": "Tier:Silver"}, "No contact has “Silver” as Tier"),
        ({"attribute": "Colour:red"}, "The contacts have no column “Colour”"),
        ({"attribute": "Tier"}, "“Tier” is not a column and a value"),
        ({"agreed": "post"}, "Customers agree by email or phone, not by “post”"),
    ],
)
def test_what_no_contact_says_gives_no_file_and_no_answer(site, query, said):
    for address in ("/export/customers.csv", "/export/cohorts.csv"):
        answer = site.signed_in(Role.MARKETER).get(address, query_string=query)
        assert answer.status_code == 400
        assert answer.json["error"].startswith(said)
    refused = site.program(Role.MARKETER).get("/api/v1/customers", query_string=query)
    assert (refused.status_code, refused.json["field"]) == (400, next(iter(query)))
    assert refused.json["detail"].startswith(said)


def test_a_viewer_is_refused_by_programs_and_by_the_list_of_values(site):
    refused = site.program(Role.VIEWER).get("/api/v1/cohorts", query_string=GOLD)
    assert refused.status_code == 400
    assert WHY in refused.json["detail"]
    key, entry = next(
        (key, entry)
        for key, entry in site.app.callback_map.items()
        if "segments-attribute-input" in key and "callback" in entry
    )
    assert entry["callback"].__module__ == "callbacks.shared.contact_filters"
    body = {
        "output": key,
        "outputs": {"id": "segments-attribute-input", "property": "children"},
        "inputs": [
            {"id": "segments-attribute-select", "property": "value", "value": "Tier"},
            {"id": "segments-attribute-part-input", "property": "value", "value": ""},
        ],
        "state": [{"id": "shell-release-store", "property": "data", "value": None}],
        "changedPropIds": ["segments-attribute-select.value"],
    }
    assert site.signed_in(Role.VIEWER).post("/_dash-update-component", json=body).status_code == 403
    answer = site.signed_in(Role.SERVICE).post("/_dash-update-component", json=body)
    assert "attribute=Tier:Gold" in answer.text


def test_who_is_erased_is_no_longer_found_by_it(site):
    forgotten = Forgotten(site.state)
    client = site.program(Role.MARKETER)
    assert client.get("/api/v1/customers", query_string=GOLD).headers["X-Total-Count"] == "3"
    forgotten.erase("c0007", forgotten.add("c0007"), "ana", "done")
    assert client.get("/api/v1/customers", query_string=GOLD).headers["X-Total-Count"] == "2"
    Contacts(site.state).keep([Contact("1")], who="ana", subject="c.csv", replace=True)
    assert "no column “Tier”" in client.get("/api/v1/customers", query_string=GOLD).json["detail"]
