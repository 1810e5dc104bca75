"""Each filter that is declared is in every place that asks for customers, and means the same in each."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from callbacks.segments.view import frame, show
from callbacks.segments.wiring import LISTED
from layouts.segments.frame import layout
from services.core.contacts.contact import Contact
from services.core.filters import CHOICES, CONTACTS, CUSTOMER_FILTERS, PARAMETERS, RANGES, Choice, OfContacts
from services.core.refusals import Refusal
from services.releases import read_current
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.filters import Filters, check_known, options, read_filters
from services.serving.release.loaded import Loaded
from services.site.customers.attributes import Attributes
from services.site.customers.contacts import Contacts
from services.site.people.audit import Entry, What
from services.site.people.roles import Role
from services.web.pages.audit_words import in_words
from tests.campaigns.listed import NOBODY_OUT
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded

FILTERS = {each.name: each for each in CUSTOMER_FILTERS}


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, 30)
    return folder


@pytest.fixture(scope="module")
def release(models) -> Loaded:
    return Loaded(models, read_current(models))


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    made = guarded(models, tmp_path_factory.mktemp("state"))
    some = ("12346", "00123", "A-001", "c0007")
    given = [Contact(each, email_consent=True, attributes={"Tier": "Gold: 5 %"}) for each in some]
    Contacts(made.state).keep(given, who="ana", subject="c.csv")
    return made


@pytest.fixture(scope="module")
def seen(site) -> ByContacts:
    return ByContacts(Attributes(site.state))


@pytest.fixture(scope="module")
def program(site):
    return site.program(Role.ADMIN)


@pytest.fixture(scope="module")
def browser(site):
    return site.signed_in(Role.EXPORTER)


def narrowed(release: Loaded, name: str) -> dict[str, str | float]:
    """Parameters that ask for some customers by one filter."""
    of = FILTERS[name]
    if isinstance(of, Choice):
        held = (each for each in options(release)[name] if Filters(**{name: (each,)}).mask(release).any())
        return {name: next(held)}
    if isinstance(of, OfContacts):
        return {name: {"attribute": "Tier:Gold: 5 %", "agreed": "email"}[name]}
    middle = float(sorted(of.numbers(release.customers[of.column]).tolist())[release.count // 2])
    return {of.parameters[0]: middle, of.parameters[1]: 2 * middle}


def asked(release: Loaded, browser, program, query: str, seen: ByContacts) -> tuple[list[str], int, int, str]:
    """What the page says of the view, and how many customers page, file and program find."""
    shown = show(release, f"?{query}", seen)
    text = browser.get(f"/export/customers.csv?{query}").get_data().decode("utf-8-sig")
    in_file = len(list(csv.DictReader(io.StringIO(text, newline=""))))
    rows = LISTED.rows(release, {"startRow": 0, "endRow": 9}, f"?{query}", NOBODY_OUT, by_contacts=seen)
    on_page = rows["rows"]["rowCount"]
    return (
        shown["notes"],
        on_page,
        in_file,
        program.get(f"/api/v1/customers?{query}").headers["X-Total-Count"],
    )


@pytest.mark.parametrize("name", FILTERS)
def test_page_file_and_program_find_the_same_customers(release, program, browser, seen, name):
    query = urlencode(narrowed(release, name))
    read = read_filters({key: str(value) for key, value in narrowed(release, name).items()}, release, seen)
    found = int(read.filters.mask(release).sum())
    assert found > 0
    assert asked(release, browser, program, query, seen) == ([], found, found, str(found))


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("end", [0, 1])
def test_a_bound_beyond_every_customer_leaves_nobody_anywhere(release, program, browser, seen, name, end):
    values = RANGES[name].numbers(release.customers[RANGES[name].column]).tolist()
    query = urlencode({RANGES[name].parameters[end]: max(values) + 1 if end == 0 else min(values) - 1})
    assert asked(release, browser, program, query, seen) == ([], 0, 0, "0")


@pytest.mark.parametrize("name", FILTERS)
def test_the_page_has_its_menu_or_fields_and_a_chip_that_takes_it_out(release, seen, name):
    of = FILTERS[name]
    placed = {str(getattr(part, "id", "")) for part in layout()._traverse()}
    assert {f"segments-{each}-input" for each in of.parameters} <= placed
    shown = show(release, "?" + urlencode(narrowed(release, name)), seen)
    (chip,) = shown["chips"]
    assert chip["props"]["data-drop-filter"] == " ".join(of.parameters)
    if isinstance(of, Choice):
        menu = frame(release, "")["menus"][name]
        toggles = [entry["props"]["data-toggle-filter"] for entry in menu]
        assert toggles == [f"{name}={value}" for value in options(release)[name]]
    elif not isinstance(of, OfContacts):
        assert all(shown["fields"][each] for each in of.parameters)


def test_the_document_of_the_api_describes_every_parameter_once(program):
    paths = program.get("/api/v1/openapi.json").json["paths"]
    told = {each["name"]: each["description"] for each in paths["/api/v1/customers"]["get"]["parameters"]}
    assert set(told) == {*PARAMETERS, "sort", "limit", "offset", "release"}
    assert len({told[name] for name in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_the_audit_log_says_it_in_words(parameter):
    at = datetime(2026, 11, 29, tzinfo=UTC)
    said = in_words(Entry(1, at, "ana", What.LIST.value, f"/?{parameter}=7", "r", 1, "done"))
    several = CHOICES | CONTACTS
    label = several[parameter].label().lower() if parameter in several else parameter
    words = {"min": "at least 7 ", "max": "at most 7 "}.get(parameter.rpartition("_")[2], f"{label} 7")
    assert said.startswith(f"Customers listed on Segments: {words}")


def test_a_filter_that_is_not_declared_cannot_be_asked_for():
    with pytest.raises(TypeError, match="x_min"):
        Filters(x_min=3.0)


def test_a_release_that_lacks_a_filters_column_says_so_and_gives_nobody_more(release, monkeypatch):
    bare = {
        name: values for name, values in release.customers.items() if name not in ("rhythm", "overdue_days")
    }
    monkeypatch.setattr(release, "customers", bare)
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"rhythm": None}))
    read = read_filters({"overdue_min": "3", "rhythm": "silent"}, release)
    assert [each.name for each in read.left_out] == ["rhythm", "overdue_min"]
    assert "does not know the days overdue" in read.notes[1]
    for asked_for in (Filters(overdue_min=3.0), Filters(rhythm=("silent",))):
        with pytest.raises(Refusal, match="his release"):
            check_known(asked_for, release)
    shown = show(release, "?overdue_min=3")
    assert not any("longer than usual" in str(part) for part in shown["kpis"])
    assert (
        LISTED.rows(release, {"startRow": 0, "endRow": 9}, "?sort=rhythm:desc", NOBODY_OUT)["rows"][
            "rowCount"
        ]
        == 30
    )
