"""The page that brings a file as functions: what each address shows, and what the buttons do."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from dash import no_update

from callbacks.imports.adding import place
from callbacks.imports.view import show
from services.core.refusals import Refusal
from services.site.ledger import Ledger
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.uploads import Uploads
from services.web.access.asking import Asking
from services.web.uploads import children
from tests.callbacks.imports.found import COMPARED, INSPECTED, QUESTION
from tests.site.ledger.keeping import keep

ANA, TOM, VIEWER = Asking("ana", Role.ANALYST), Asking("tom", Role.ANALYST), Asking("vic", Role.VIEWER)


@pytest.fixture
def site(tmp_path):
    """A site to which ana sent a file."""
    services = SimpleNamespace(settings=Settings(state_dir=tmp_path, max_upload_mb=40))
    upload = Uploads(tmp_path).receive("may.csv", [b"a"], "ana")
    return SimpleNamespace(services=services, upload=upload, uploads=Uploads(tmp_path))


@pytest.fixture
def answers(monkeypatch):
    """What each command answers; a refusal is raised."""
    given = {"inspect": INSPECTED, "compare": COMPARED, "add": {"added": [{"id": "0" * 16}], "known": []}}

    def ask(_module, words, **_bounds):
        answer = given[words[0] if words[0] == "inspect" else words[1]]
        if callable(answer):
            answer = answer(words)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(children, "ask", ask)
    return given


def shown(site, query="", who=ANA):
    return show(site.services, f"?file={site.upload.id}{query}", who)


def links(part, found=None):
    """All addresses that a page links to."""
    found = [] if found is None else found
    if isinstance(part, list):
        for each in part:
            links(each, found)
    elif isinstance(part, dict):
        if "href" in part.get("props", {}):
            found.append(part["props"]["href"])
        for each in part.values():
            links(each, found)
    return found


def test_the_first_step_lists_what_was_sent_and_says_what_can_be(site):
    page = show(site.services, "", ANA)
    assert (page["file_hidden"], page["most"]) == (False, "40")
    assert "Up to 40 MB each" in page["limit"]
    assert "may.csv" in str(page["waiting"])
    assert links(page["waiting"]) == [f"/import?file={site.upload.id}"]
    assert show(site.services, "", TOM)["waiting"] == []


def test_who_only_looks_is_told_who_brings_files(site):
    page = shown(site, who=VIEWER)
    assert "Only analysts and admins can bring files" in str(page["body"])
    assert page["file_hidden"]
    assert page["remove_hidden"]


@pytest.mark.parametrize("asked", ["0" * 32, "../x", "nonsense"])
def test_an_upload_that_is_not_there_is_said(site, asked):
    assert "There is no such upload" in str(show(site.services, f"?file={asked}", ANA)["body"])


def test_others_uploads_are_not_there(site):
    assert "There is no such upload" in str(shown(site, who=TOM)["body"])


def test_what_is_understood_adds_up_and_leads_on(site, answers):
    page = shown(site)
    text = str(page["body"])
    assert "9 rows of 4 customers for £1,235" in text
    assert "9 used + 3 left out = 12 in the file." in text
    assert "3 of 5 columns are used." in text
    assert f"/uploads/{site.upload.id}/left-out.csv" in links(page["body"])
    assert f"/import?file={site.upload.id}&step=place&as=new" in links(page["body"])
    assert [each["value"] for each in page["columns"]] == ["Client", "Day", "Total", "Note", "-"]
    assert (page["roles_hidden"], page["placing_hidden"]) == (False, True)


def test_what_was_answered_is_listed_and_can_be_taken_back(site, answers):
    page = shown(site, "&date_order=dmy&columns=amount%3DTotal")
    assert "“Total” is read as “Amount”" in str(page["body"])
    back = [each for each in links(page["body"]) if "step" not in each and "left-out" not in each]
    assert [sorted(parse_qs(each.partition("?")[2])) for each in back] == [
        ["columns", "file"],
        ["date_order", "file"],
    ]


def test_a_question_shows_what_each_answer_comes_to(site, answers):
    answers["inspect"] = INSPECTED | {"questions": [QUESTION]}
    for step in ("questions", "place"):  # nothing is added before it is answered
        page = shown(site, f"&step={step}&columns=date%3DDay")
        text = str(page["body"])
        assert "£1,234.50 over 9 rows of 4 customers" in text
        assert "No column is read as “Amount”" in text
        assert "Then there is one more question." in text
        (first, second) = links(page["body"])
        assert parse_qs(first.partition("?")[2])["columns"] == ["date=Day", "amount=-"]
        assert parse_qs(second.partition("?")[2])["columns"] == ["date=Day", "amount=Total"]
    assert "1 question has to be answered." not in str(page["body"])


def test_an_answer_of_the_same_role_takes_the_place_of_the_one_before(site, answers):
    answers["inspect"] = INSPECTED | {"questions": [QUESTION]}
    page = shown(site, "&step=questions&columns=amount%3DNet")
    assert parse_qs(links(page["body"])[0].partition("?")[2])["columns"] == ["amount=-"]


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(site, answers):
    answers["inspect"] = Refusal("The archive is damaged or incomplete.")
    assert "The archive is damaged or incomplete." in str(shown(site)["body"])


def test_answers_that_do_not_do_can_be_taken_back(site, answers):
    answers["inspect"] = Refusal("There is no column Net.")
    page = shown(site, "&columns=amount%3DNet")
    assert links(page["body"]) == [f"/import?file={site.upload.id}&as=new"]
    assert links(shown(site, "&as=new")["body"]) == []


def test_a_file_with_a_header_seen_before_is_read_as_that_one_was_unless_that_does_not_fit(
    site, answers, monkeypatch
):
    alike = {"name": "april.csv", "added_at": "2024-05-03T10:00:00+00:00", "answers": {"date_order": ["dmy"]}}
    monkeypatch.setattr("callbacks.imports.view._alike", lambda *_given: alike)
    body = str(shown(site)["body"])
    assert "april.csv" in body
    assert " of 3 May 2024, which has the same columns." in body
    assert f"/import?file={site.upload.id}&step=place&date_order=dmy" in links(shown(site)["body"])
    assert "april.csv" not in str(shown(site, "&as=new")["body"])
    answers["inspect"] = lambda words: Refusal("No.") if "--date-order=dmy" in words else INSPECTED
    again = Uploads(site.services.settings.state_dir).receive("may.csv", [b"b"], "ana")
    body = str(show(site.services, f"?file={again.id}", ANA)["body"])
    assert "9 rows of 4 customers" in body
    assert "april.csv" not in body


def test_a_parameter_that_no_option_takes_is_said(site, answers):
    assert "accept_unreadable takes 1." in str(shown(site, "&accept_unreadable=yes")["body"])


def test_a_first_file_is_added_and_replaces_nothing(site, answers):
    answers["compare"] = dict.fromkeys(COMPARED) | {"file": COMPARED["file"]}
    page = shown(site, "&step=place")
    assert "this is its first file" in str(page["body"])
    assert (page["placing_hidden"], page["replace_hidden"]) == (False, True)


def test_a_file_of_the_ledger_can_take_the_place_of_the_others(site, answers):
    ledger = Ledger(site.services.settings.state_dir)
    keep(ledger, "may.csv", "a\n")
    site.upload = site.uploads.receive("may.csv", [b"a\n"], "ana")
    page = shown(site, "&step=place")
    assert "This file is in the ledger already." in str(page["body"])
    assert (page["placing_hidden"], page["replace_hidden"]) == (True, True)
    keep(ledger, "april.csv", "b\n", month=4)
    page = shown(site, "&step=place")
    assert (page["placing_hidden"], page["add_hidden"], page["replace_hidden"]) == (False, True, False)
    assert page["replace_hint"] == "1 May 2024 to 28 May 2024. 1 file in the ledger is removed."
    answers["add"] = {"added": [], "known": [{"id": "1" * 16}]}
    told = place(site.services, f"?file={site.upload.id}&step=place", ANA, replaces=True)
    assert told["search"] == f"?added={'1' * 16}"


def test_adding_leads_to_what_was_added_and_a_refusal_stays(site, answers):
    query = f"?file={site.upload.id}&step=place"
    answers["add"] = Refusal("“may.csv” was not added: no orders.")
    told = place(site.services, query, ANA, replaces=False)
    assert ("was not added" in str(told["refused"]), told["search"]) == (True, no_update)
    assert "There is no such upload" in str(place(site.services, query, TOM, replaces=False)["refused"])
    answers["add"] = {"added": [{"id": "0" * 16}], "known": []}
    assert place(site.services, query, ANA, replaces=False) == {"refused": [], "search": f"?added={'0' * 16}"}
    assert site.uploads.of("ana") == []


def test_what_was_added_and_is_gone_since_is_said(site):
    assert "The file is not in the ledger" in str(show(site.services, "?added=0000", ANA)["body"])
