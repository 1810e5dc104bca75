"""What commands say of an upload is asked once for each way of reading it; refusals are asked again."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import BadRequest, TooManyRequests

from services.core.refusals import Refusal
from services.site.uploads import Uploads
from services.web.uploads import children, looking
from services.web.uploads.options import options_of

INSPECT = ("inspect", "--json")


@pytest.fixture
def upload(tmp_path):
    return Uploads(tmp_path).receive("may.csv", [b"a"], "ana")


@pytest.fixture
def asked(monkeypatch):
    """The words of each command that ran, which answers how many there were before."""
    words: list[list[str]] = []

    def ask(_module, given, **_bounds):
        words.append(list(given))
        return {"asked": len(words)}

    monkeypatch.setattr(children, "ask", ask)
    return words


def test_a_file_is_read_once_for_each_way_of_reading_it(tmp_path, upload, asked):
    of = [{}, {"date_order": ["dmy"]}, {}, {"date_order": ["dmy"]}, {"date_order": ["mdy"]}]
    told = [looking.look(tmp_path, upload, INSPECT, query)["asked"] for query in of]
    assert told == [1, 2, 1, 2, 3]
    path = str(Uploads(tmp_path).path(upload).resolve())
    assert asked[1] == ["inspect", "--json", "--date-order=dmy", "--", path]


def test_what_else_an_answer_depends_on_asks_anew(tmp_path, upload, asked):
    states = [["one"], ["one", "two"], ["one"]]
    told = [looking.look(tmp_path, upload, INSPECT, {}, state)["asked"] for state in states]
    assert told == [1, 2, 1]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 0)


def test_a_person_s_question_waits_for_the_one_before(tmp_path, upload, monkeypatch):
    busy = [TooManyRequests("Wait."), TooManyRequests("Wait.")]

    def ask(*_given, **_bounds):
        if busy:
            raise busy.pop()
        return {"asked": 3}

    monkeypatch.setattr(children, "ask", ask)
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 60)
    monkeypatch.setattr(looking, "_AGAIN_SECONDS", 0)
    assert looking.look(tmp_path, upload, INSPECT, {}) == {"asked": 3}


@pytest.mark.parametrize("error", [BadRequest("Too much."), TooManyRequests("Wait."), Refusal("No.")])
def test_a_refusal_is_a_sentence_and_is_asked_again(tmp_path, upload, monkeypatch, error):
    def refuse(*_given, **_bounds):
        raise error

    monkeypatch.setattr(children, "ask", refuse)
    with pytest.raises(Refusal, match=r"^(Too much|Wait|No)\.$"):
        looking.look(tmp_path, upload, INSPECT, {})
    monkeypatch.setattr(children, "ask", lambda *_given, **_bounds: {"asked": 1})
    assert looking.look(tmp_path, upload, INSPECT, {}) == {"asked": 1}


def test_a_file_that_is_added_is_no_upload_any_more_and_one_that_is_refused_stays(
    tmp_path, upload, asked, monkeypatch
):
    uploads = Uploads(tmp_path)
    looking.add(tmp_path, upload, {"decimal": [","]}, replaces=True)
    assert asked[0][:-2] == ["ledger", "add", "--json", "--by=ana", "--replace", "--decimal=,"]
    assert uploads.of("ana") == []
    again = uploads.receive("may.csv", [b"a"], "ana")
    monkeypatch.setattr(looking, "ask", lambda *_given: (_ for _ in ()).throw(Refusal("No.")))
    with pytest.raises(Refusal):
        looking.add(tmp_path, again, {})
    assert uploads.of("ana") == [again]


def test_columns_that_are_named_one_by_one_are_one_option():
    query = {"columns": ["amount=Total", "date=Day"], "keep_status": ["open", "new"]}
    told = ["--columns=amount=Total,date=Day", "--keep-status=open", "--keep-status=new"]
    assert options_of(query) == told
