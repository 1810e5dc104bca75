"""``POST /predict/rows``: a file in, the same file with its answers out, or one sentence."""

from __future__ import annotations

import csv
import errno
import io
import json

import pytest
from flask import Flask

from services.desk import load_services
from services.serving.predictions.predict import predict
from services.site.settings import Settings
from services.web.answers import errors
from services.web.exports import predicted_rows as row_predictions
from services.web.exports.predicted_rows import REPORT, ROUTE
from tests.releases.tiny import make_tiny_release

ROWS = b"customer,recency,orders,spend\na,30,2,100\nb,x,2,100\n"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    models = tmp_path_factory.mktemp("rows")
    make_tiny_release(models, 30)
    return load_services(Settings(models_dir=models))


@pytest.fixture(scope="module")
def client(services):
    server = Flask("test")
    errors.install(server, lambda _path: True, "")
    row_predictions.install(server, services)
    return server.test_client()


def test_the_same_file_comes_back_with_answers_and_a_report(client, services):
    release = services.releases.current()
    with client.post(f"{ROUTE}?release={release.id}", data=ROWS) as answer:
        text = answer.get_data().decode("utf-8-sig")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert release.id in answer.headers["Content-Disposition"]
    first = [{"line": 3, "error": "recency: “x” is not a number."}]
    assert json.loads(answer.headers[REPORT]) == {"rows": 2, "refused": 1, "first": first}
    good, bad = csv.DictReader(io.StringIO(text, newline=""))
    alone = predict(release, {"recency": 30, "frequency": 2, "monetary": 100})
    assert good["customer"] == "a"
    assert good["predicted_cluster"] == alone.cluster.name
    assert float(good["predicted_margin"]) == alone.margin
    assert bad["predicted_error"] == first[0]["error"]


def test_a_file_beyond_memory_is_answered_too(client):
    many = ROWS.splitlines(keepends=True)
    with client.post(ROUTE, data=many[0] + many[1] * 70_000) as answer:
        assert json.loads(answer.headers[REPORT])["rows"] == 70_000
        assert answer.get_data().count(b"\r\n") == 70_001


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The file is empty."),
        (b"a,b\n1,2\n", "No column was found for recency, orders, spend."),
        (ROWS.splitlines(keepends=True)[0] + b"a,1,1,1\n" * 200_001, "more than 200,000 rows"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(client, body, sentence):
    answer = client.post(ROUTE, data=body)
    assert answer.status_code == 400
    assert sentence in answer.get_json()["error"]


LONG = b"x" * 131_073


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"customer,recency,orders,spend\n" + LONG + b",30,2,100\n", 2),
        (b'customer,recency,orders,spend\na,30,2,100\n"' + LONG + b'",30,2,100\n', 3),
        (b"customer,recency,orders,spend\n" + b"a,30,2,100\n" * 200 + LONG + b",30,2,100\n", 202),
        (b"customer,recency,orders,spend," + LONG + b"\na,30,2,100,b\n", 1),
        (b"customer;recency;orders;spend\n" + LONG + b";30;2;100\n", 2),
    ],
    ids=["first row", "quoted", "far down", "header", "semicolons"],
)
def test_a_cell_that_is_too_long_is_a_sentence_that_names_its_line(client, body, line):
    answer = client.post(ROUTE, data=body)
    said = f"A cell that begins on line {line} has more than 131,072 characters."
    assert (answer.status_code, answer.get_json()["error"][: len(said)]) == (400, said)


def test_a_long_line_of_short_cells_is_read_whatever_separates_them(client):
    note = b"x" * 100_000
    with client.post(
        ROUTE, data=b"recency;orders;spend;a;b\n30;2;100;" + note + b";" + note + b"\n"
    ) as answer:
        assert json.loads(answer.headers[REPORT]) == {"rows": 1, "refused": 0, "first": []}


def test_a_release_that_is_gone_is_one_sentence_too(client):
    answer = client.post(f"{ROUTE}?release=20200101T000000Z-abcdef", data=ROWS)
    assert answer.status_code == 400
    assert "no longer kept here" in answer.get_json()["error"]


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_is_refused_whether_or_not_its_size_is_told(client, monkeypatch, told):
    monkeypatch.setattr(row_predictions, "MOST_BYTES", 1_000_000)
    body = b"x" * 1_000_001
    # as gunicorn tells that a body without a size has come to its end
    ended = {"input_stream": io.BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}
    sent = {"data": body} if told else ended
    answer = client.post(ROUTE, **sent)
    assert answer.status_code == 413
    assert answer.get_json()["error"] == "The file is larger than 1 MB. Split it into several."


def test_a_file_that_did_not_arrive_whole_is_refused(client):
    body = b"recency,frequency,monetary\n75,4,1797.24\n"
    cut = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(body) + 10)}
    answer = client.post(ROUTE, input_stream=io.BytesIO(body), environ_overrides=cut)
    assert (answer.status_code, answer.get_json()["error"]) == (
        400,
        "The file did not arrive whole. Send it again.",
    )


def test_reading_the_address_is_no_upload(client):
    assert client.get(ROUTE).status_code == 405


def test_e8_a_disk_without_room_for_the_file_is_one_sentence(client, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(row_predictions, "_receive", full)
    answer = client.post(ROUTE, data=ROWS)
    assert answer.status_code == 503
    assert answer.get_json()["error"] == (
        "The site's disk is full, so nothing was done. Tell the person who runs this site."
    )
