"""Section C: ids and filters that people mistype and programs forge, at the page and on the command line."""

from __future__ import annotations

import logging
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from layouts.ids import Baskets, Customers, Predict, Segments, Shell
from services.cli import main
from services.serving.customers.profile import MOST_IDS
from services.site.people.roles import Role
from tests.releases import tiny
from tests.web.people import guarded, sent

TAG = "<img src=x onerror=alert(1)>"
IDS = ("12346", "00123", "A-001", "a-001", TAG, "123")
HOSTILE = {
    "sql": "' OR 1=1 --",
    "nul": "12346\x00",
    "nul alone": "\x00",
    "per cent": "%00",
    "path": "../../etc/passwd",
    "template": "{{7*7}}${7*7}",
    "regex": ".*(a+)+$",
    "any": ".",
    "direction": "\u202e12346",
    "long": "9" * 65,
}
ADDRESS = f"{Shell.ADDRESS}.search"


def text_of(part):
    """Return what a reader reads of components as JSON."""
    if isinstance(part, dict):
        return text_of(part["props"].get("children", ""))
    return "".join(map(text_of, part)) if isinstance(part, list) else str(part)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("tiny")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tiny, "IDS", IDS)
        tiny.make_tiny_release(made, 20)
    return made


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    return guarded(folder, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def admin(site):
    return site.signed_in(Role.ADMIN)


@pytest.fixture
def ask(site, admin, caplog):
    """Ask callbacks, none of which may fail."""
    caplog.set_level(logging.ERROR)
    yield lambda callback, **values: sent(site, admin, callback, values)
    assert not caplog.records


@pytest.fixture
def look_up(ask):
    """Look ids up at the page, and return who is shown and the text in the place of a customer."""

    def look(*ids):
        asked = ask(
            "callbacks.customers.wiring.on_address", **{ADDRESS: "?" + urlencode([("id", i) for i in ids])}
        )
        return asked[Customers.ID]["children"], str(asked[Customers.ANSWER]["children"])

    return look


@pytest.fixture
def run(folder):
    def ran(*words):
        return CliRunner().invoke(main, [*words, "--models", str(folder)])

    return ran


def test_c1_an_unknown_id_after_a_good_one_leaves_nobody_on_the_page(look_up):
    assert look_up("12346") == ("12346", "")
    shown, said = look_up("99999")
    assert shown == ""
    assert "No customer 99999 in this release" in said


@pytest.mark.parametrize("typed", [" 12346", "12346\t", "\u00a012346\u00a0", "12346.0", "\ufeff12346\r\n"])
def test_c2_an_id_is_found_however_it_was_pasted(look_up, ask, run, typed):
    assert look_up(typed)[0] == "12346"
    assert run("customer", typed, "--json").exit_code == 0
    asked = {"search": f"?customer={quote(typed)}", "by": None, "ask": 1}
    shown = ask("callbacks.predict.wiring.on_question", **{f"{Predict.ASKED}.data": asked})
    assert shown[Predict.DATA]["data"]["customer_refused"] is False


@pytest.mark.parametrize("typed", ["0012346", "a-0001", "012346.0", "12346.5", "1E4"])
def test_c2_zeros_and_capitals_belong_to_the_id(look_up, run, typed):
    assert look_up(typed)[0] == ""
    assert run("customer", typed).exit_code == 1


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_c3_whatever_is_typed_is_literal_text_everywhere(look_up, ask, run, admin, typed):
    shown, said = look_up(typed)
    assert shown == ""
    assert "No customer" in said or "64 characters" in said
    assert run("customer", typed).exit_code == 1
    assert run("rules", "--item", typed, "--json").stdout == "[]\n"
    assert ask("callbacks.customers.wiring.on_typing", **{f"{Shell.LOOKUP}.value": typed}) == {
        Shell.LOOKUP_OPTIONS: {"children": []}
    }
    portion = {f"{Segments.ASKED}.data": {"startRow": 0, "endRow": 50}}
    rows = ask("callbacks.segments.wiring.on_rows", **portion, **{f"{Segments.SEARCH}.value": typed})
    assert rows[Segments.ANSWERED]["data"]["rows"]["rowCount"] == 0
    with admin.get("/export/customers.csv", query_string={"containing": typed}) as file:
        assert file.get_data().count(b"\r\n") == 1
    with admin.get("/export/rules.csv", query_string={"item": typed}) as file:
        assert file.get_data().count(b"\r\n") == 1


def test_c4_a_tag_for_an_id_is_text_wherever_it_stands(look_up, ask, run):
    assert look_up(TAG)[0] == TAG
    assert TAG in look_up(TAG, "none such")[1]
    portion = {f"{Segments.ASKED}.data": {"startRow": 0, "endRow": 50}}
    rows = ask("callbacks.segments.wiring.on_rows", **portion)[Segments.ANSWERED]["data"]["rows"]["rowData"]
    assert TAG in {row["customer_id"] for row in rows}
    assert f"customer id: {TAG}" in run("customer", TAG).stdout


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("9" * 65, "An ID has at most 64 characters"),
        ("9" * 1_000_000, "That is too much text"),
        (",".join(map(str, range(10_000))), "That is too much text"),
        (",".join(map(str, range(MOST_IDS + 1))), f"{MOST_IDS} can be looked up at once"),
    ],
    ids=["65 characters", "1 MB", "10,000 ids", "one id too many"],
)
def test_c5_too_long_an_id_and_too_many_ids_are_refused_with_the_limit(look_up, run, pasted, said):
    shown, instead = look_up(pasted)
    assert shown == ""
    assert said in instead
    assert run("customer", pasted).exit_code == 1


def test_c5_a_body_beyond_two_megabytes_is_413(admin):
    body = b'{"output": "' + b"9" * 2_000_000 + b'"}'
    answer = admin.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("query", ["r_min=40&r_max=30", "m_min=1000000000", "segment=distant&r_max=0"])
def test_c6_filters_that_nobody_fits_say_so_and_offer_no_file(ask, admin, query):
    shown = ask(
        "callbacks.segments.wiring.on_step", **{ADDRESS: f"?{query}", f"{Segments.FRAMED}.data": True}
    )
    assert text_of(shown[Segments.FOUND]["children"]) == "0 of 20 customers"
    assert shown[Segments.EXPORT]["hidden"] is True
    assert shown[Segments.CARDS]["hidden"] is True
    portion = {f"{Segments.ASKED}.data": {"startRow": 0, "endRow": 50}, ADDRESS: f"?{query}"}
    rows = ask("callbacks.segments.wiring.on_rows", **portion)
    assert rows[Segments.ANSWERED]["data"]["rows"] == {"rowData": [], "rowCount": 0}
    with admin.get(f"/export/customers.csv?{query}") as file:
        assert file.get_data().count(b"\r\n") == 1


@pytest.mark.parametrize("query", ["segment=99", "segment=__class__", "cluster=c99", "country=__doc__"])
def test_c7_a_filter_of_no_option_is_left_out_of_the_page_and_said(ask, query):
    shown = ask(
        "callbacks.segments.wiring.on_step", **{ADDRESS: f"?{query}", f"{Segments.FRAMED}.data": True}
    )
    assert "so it was left out" in str(shown[Segments.NOTES]["children"])
    assert text_of(shown[Segments.FOUND]["children"]) == "20 customers, no filter"


def test_c7_a_column_that_no_list_has_sorts_nothing(ask):
    asked = {"startRow": 0, "endRow": 50, "sortModel": [{"colId": "__class__", "sort": "asc"}]}
    usual = asked | {"sortModel": []}
    forged, plain = (
        ask("callbacks.segments.wiring.on_rows", **{f"{Segments.ASKED}.data": each})
        for each in (asked, usual)
    )
    assert forged == plain


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("min_support=0", "support"),
        ("min_support=1.1", "share of baskets"),
        ("min_support=nan", "share of baskets"),
        ("min_support=1e-300", "support"),
        ("min_confidence=-0.1", "confidence"),
        ("min_confidence=1.1", "confidence"),
        ("min_lift=-1", "lift"),
        ("min_lift=inf", "lift"),
    ],
)
def test_c8_a_threshold_that_no_rule_can_meet_or_that_was_not_mined_is_refused(ask, run, admin, query, said):
    shown = ask("callbacks.baskets.wiring.on_step", **{ADDRESS: f"?{query}"})
    assert said in str(shown[Baskets.NOTES]["children"])
    name, value = query.split("=")
    ran = run("rules", f"--{name.replace('_', '-')}={value}")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert admin.get(f"/export/rules.csv?{query}").status_code == 400


@pytest.mark.parametrize(
    ("one", "other"), [("00123", "123"), ("123", "00123"), ("A-001", "a-001"), ("a-001", "A-001")]
)
def test_c9_customers_who_differ_in_zeros_or_capitals_alone_are_told_apart(ask, look_up, run, one, other):
    assert look_up(one)[0] == one
    shown = ask("callbacks.customers.wiring.on_address", **{ADDRESS: f"?id={one}"})
    said = str(shown[Customers.MISSING]["children"])
    assert "Not to be confused with" in said
    assert f"'{other}'" in said
    ran = run("customer", one, "--json")
    assert ran.stderr == f"Not to be confused with {other}.\n"
    assert f'"customer_id":"{one}"' in ran.stdout.replace(" ", "")


def test_c9_an_unknown_spelling_names_all_that_it_may_mean(look_up, run):
    assert "/customers?id=00123" in look_up("0123")[1]
    assert "/customers?id=123" in look_up("0123")[1]
    assert "Similar IDs: 123, 00123" in run("customer", "0123").stderr
