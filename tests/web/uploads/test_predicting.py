"""``POST /churn/table/rows``: a table in, what is known of it and the table with its answers out."""

from __future__ import annotations

import gzip
import io
import json
from contextlib import closing

import pytest
import xlsxwriter
from werkzeug.formparser import parse_form_data

from services.site.people.roles import Role
from services.training.labelled.run import TableOptions, train_table
from services.web.uploads import predicting
from services.web.uploads.predicting import ROUTE
from tests.cli.commands import run
from tests.training.labelled.tables import HEADER, rows, write
from tests.web.people import guarded

KNOWN = [HEADER[0], *HEADER[2:]]
TABLE = [["7001", "3", "York", "20"], ["7002", "12", "Rome", "7.6"], ["7003", "", "", ""]]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    options = TableOptions("Churn", candidates=("k_nn",))
    path = write(folder / "table.csv", rows())
    train_table(path, folder / "models", options, folder / "s", lambda _what: None)
    return folder / "models"


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("answered"))


def given_back(answer):
    """Return the report and the file of an answer, as a browser takes them apart."""
    assert answer.status_code == 200, answer.text
    environ = {
        "wsgi.input": io.BytesIO(answer.get_data()),
        "CONTENT_TYPE": answer.headers["Content-Type"],
        "CONTENT_LENGTH": str(len(answer.get_data())),
        "REQUEST_METHOD": "POST",
    }
    _stream, form, files = parse_form_data(environ)
    with closing(files["file"]) as file:
        return json.loads(form["report"]), file.read()


@pytest.mark.slow
def test_page_and_command_answer_a_marked_file_to_the_same_byte_and_the_log_names_it(site, models, tmp_path):
    path = write(tmp_path / "autumn.csv", TABLE, KNOWN, mark="\ufeff")
    sent = path.read_bytes()
    with site.signed_in(Role.VIEWER).post(f"{ROUTE}?name=autumn.csv", data=sent) as answer:
        report, file = given_back(answer)
    written = run("predict-churn", path, "--out", tmp_path / "out.csv", "--models", models, "--json").json
    assert report == {name: value for name, value in written.items() if name != "out"}
    assert file == (tmp_path / "out.csv").read_bytes()
    assert (report["rows"], report["answered"], report["refused"]) == (3, 2, 1)
    assert (
        "“City”: 1 cell holds a value that the model did not see in training: “Rome”." in report["warnings"]
    )
    entry = site.audit.listed(what="export")[0]
    assert (entry.who, entry.result, entry.rows) == ("viewer", "done", 3)
    assert entry.subject == f"{ROUTE}?file=autumn.csv&model={report['release']}"


@pytest.mark.slow
def test_rounded_numbers_tabs_packed_files_and_workbooks_are_answered_alike(site, tmp_path):
    rounded = [["1", "3.0", "York", "20"]]
    whole = [["1", "3", "York", "20.0"]]
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate([KNOWN, [1, 3, "York", 20]]):
            sheet.write_row(place, 0, row)
    tabs = "\n".join("\t".join(row) for row in [KNOWN, *whole]).encode()
    first = write(tmp_path / "a.csv", rounded, KNOWN).read_bytes()
    client = site.signed_in(Role.VIEWER)
    found = []
    for sent in (first, tabs, gzip.compress(tabs), book.read_bytes()):
        with client.post(ROUTE, data=sent) as answer:
            found.append(given_back(answer)[0]["shown"][0]["probability"])
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.slow
def test_what_cannot_be_answered_is_one_sentence_and_nothing_stays(site, models, tmp_path, monkeypatch):
    client = site.signed_in(Role.VIEWER)
    lacking = write(tmp_path / "a.csv", [["1", "York"]], ["CustomerID", "City"]).read_bytes()
    for sent, sentence in (
        (lacking, "The file lacks the columns “Tenure”, “Spend”"),
        (b"", "The file is empty."),
    ):
        answer = client.post(ROUTE, data=sent)
        assert answer.status_code == 400
        assert sentence in answer.json["error"]
    monkeypatch.setattr(predicting, "_MOST_MB", 0)
    assert client.post(ROUTE, data=b"x").status_code == 413
    work = tmp_path.parent / "answered0" / "work"
    assert [each for each in work.iterdir() if each.is_dir()] == []


def test_without_a_model_the_answer_says_how_one_is_made(tmp_path):
    site = guarded(tmp_path / "models", tmp_path / "state")
    answer = site.signed_in(Role.VIEWER).post(ROUTE, data=b"a,b\n1,2\n")
    assert (answer.status_code, answer.json["error"]) == (
        404,
        "No churn model has been trained on a table yet. Make one with train-churn.",
    )
