"""The customers of a view as a file: exactly its rows, in its order, with cells that run nothing."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from callbacks.segments.view import show
from services.desk import load_services
from services.serving.lists import listing as customer_list
from services.serving.lists.filters import Filters
from services.serving.lists.listing import listed, rows_of
from services.site.settings import Settings
from services.web.exports import customers as customer_exports
from tests.releases.tiny import make_tiny_release

ROUTE = "/export/customers.csv"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    models = tmp_path_factory.mktemp("export")
    make_tiny_release(models, 30)
    return load_services(Settings(models_dir=models))


@pytest.fixture(scope="module")
def client(services):
    server = Flask("test")
    customer_exports.install(server, services)
    return server.test_client()


def rows_in(answer) -> list[dict[str, str]]:
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("query", "filters", "sort"),
    [
        ("", Filters(), ""),
        ("segment=recent&sort=recency:asc", Filters(segment=("recent",)), "recency:asc"),
        ("country=France&f_min=2&sort=country:desc", Filters(country=("France",), f_min=2), "country:desc"),
    ],
)
def test_the_file_holds_the_views_customers_in_its_order_with_every_digit(
    client, services, query, filters, sort
):
    release = services.releases.current()
    shown = listed(release, rows_of(release, filters, sort))
    exported = rows_in(client.get(f"{ROUTE}?{query}"))
    ids = [row["customer_id"].removeprefix("'") for row in exported]
    assert ids == [customer["customer_id"] for customer in shown]
    assert [float(row["spend"]) for row in exported] == [customer["monetary"] for customer in shown]
    assert [int(row["recency_days"]) for row in exported] == [customer["recency"] for customer in shown]


def test_g1_g8_an_id_that_looks_like_a_formula_is_guarded_and_zeros_are_kept(client):
    ids = {row["customer_id"] for row in rows_in(client.get(ROUTE))}
    assert {"'=1+1", "00123", "é/7", "NA"} <= ids
    assert "=1+1" not in ids


def test_g2_g8_spreadsheets_take_the_file_for_utf_8_and_save_it_under_our_name(client, services):
    answer = client.get(f"{ROUTE}?segment=recent")
    release = services.releases.current()
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    rows = len(rows_in(answer))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="segment-desk-customers-{release.id}-{rows}.csv"'
    )


def test_g4_more_rows_than_a_file_holds_are_said_in_its_name_and_on_the_page(client, services, monkeypatch):
    release = services.releases.current()
    assert show(release, "")["findings"]["customers"].count("A file holds") == 0
    monkeypatch.setattr(customer_list, "MOST_IN_FILE", 29)
    answer = client.get(f"{ROUTE}?sort=monetary:desc")
    assert f"{release.id}-first-29-of-30.csv" in answer.headers["Content-Disposition"]
    first = listed(release, rows_of(release, Filters(), "monetary:desc")[:29])
    assert [float(row["spend"]) for row in rows_in(answer)] == [each["monetary"] for each in first]
    said = show(release, "")["findings"]["customers"]
    assert said.endswith(" A file holds only the first 29 of them, in the order of the list.")


def test_g4_a_file_is_written_while_it_is_sent(client):
    assert client.get(ROUTE).is_streamed


def test_a_view_without_customers_gives_the_heading_alone(client):
    answer = client.get(f"{ROUTE}?r_min=100000")
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("\r\n") == 1


def test_g2_nothing_of_the_address_gets_into_the_headers(client):
    for query, status in (("containing=zz%0d%0aX-Evil:1", 200), ("sort=%0d%0aX-Evil:1", 400)):
        answer = client.get(f"{ROUTE}?{query}")
        assert answer.status_code == status
        assert "X-Evil" not in answer.headers


def test_a_release_that_is_gone_is_refused_with_a_sentence(client):
    answer = client.get(f"{ROUTE}?release=20200101T000000Z-000000")
    assert answer.status_code == 400
    assert "no longer kept" in answer.get_data(as_text=True)


def test_the_release_of_the_address_is_the_one_exported(tmp_path):
    older = make_tiny_release(tmp_path, 8)
    services = load_services(Settings(models_dir=tmp_path))
    server = Flask("test")
    customer_exports.install(server, services)
    answer = server.test_client().get(f"{ROUTE}?release={older}")
    assert older in answer.headers["Content-Disposition"]
    assert len(rows_in(answer)) == 8


@pytest.mark.parametrize(
    "query",
    ["segment=99", "segment=recent&segment=99", "cluster=__class__", "country=%ff", "r_min=x", "f_max=nan"],
)
def test_c7_a_filter_the_release_does_not_know_gives_no_file(client, query):
    answer = client.get(f"{ROUTE}?{query}")
    assert answer.status_code == 400
    assert "so there is no such file" in answer.get_data(as_text=True)
