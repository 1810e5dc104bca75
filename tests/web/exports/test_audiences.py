"""The treated of an audience as a file: nobody of the holdout, cells that run nothing and come back whole."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from services.core.text import cells
from services.core.text.number_cells import is_number
from services.desk import load_services
from services.serving.lists import listing as customer_list
from services.serving.lists.listing import listed
from services.site.customers.audiences import Audiences, Member
from services.site.people.roles import Action, Role
from services.site.settings import Settings
from services.site.state import StateUnusable
from services.web.exports import audiences as audience_exports
from services.web.exports.audiences import COLUMNS, lines
from tests.overviews import cluster, overview, segment
from tests.releases.tiny import IDS, make_tiny_release
from tests.site.customers.test_audiences import DRAFT
from tests.web.people import guarded

ROUTE = "/export/audience.csv"
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    " =",
    "\u00a0=",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\n=",
    "  @",
)
BODIES = (
    'cmd|" /C calc"!A0',
    'SUM(1;2),"x"\r\nnext',
    "\u202ehidden\u202c\u0645\u0631\u062d\u0628\u0627",
    "HYPERLINK('http://x';\t1)",
)
HOSTILE = [start + body for start in STARTS for body in BODIES]


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    models = tmp_path_factory.mktemp("audience")
    make_tiny_release(models, 30)
    return load_services(Settings(models_dir=models, state_dir=models / "state"))


@pytest.fixture(scope="module")
def number(services):
    members = [Member(each, place == 1) for place, each in enumerate((*IDS, "c0009", "gone"))]
    return Audiences(services.state).add(replace(DRAFT, name="=Name\r\nX-Evil: 1"), members)


@pytest.fixture(scope="module")
def client(services):
    server = Flask("test")
    audience_exports.install(server, services)
    return server.test_client()


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_file_holds_the_treated_alone_with_the_chosen_columns(client, number, services):
    answer = client.get(f"{ROUTE}?audience={number}&column=monetary&column=segment")
    head, *rows = cells_of(answer.get_data().decode())
    assert head == ["customer_id", "segment", "spend"]
    ids = {row[0].removeprefix("'") for row in rows}
    assert ids == {*IDS, "c0009"} - {IDS[1]}
    release = services.releases.current()
    spend = {each["customer_id"]: each["monetary"] for each in listed(release, np.arange(30, dtype=np.int32))}
    assert {row[0].removeprefix("'"): float(row[2]) for row in rows} == {each: spend[each] for each in ids}


def test_g2_g8_a_spreadsheet_reads_it_as_utf_8_under_a_name_of_ours(client, number, services):
    answer = client.get(f"{ROUTE}?audience={number}")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    name = f"segment-desk-audience-{number}-{services.releases.current().id}-6.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "status"),
    [("audience=99", 404), ("audience=x", 400), ("", 400), ("audience=1&column=nonsense", 400)],
)
def test_an_audience_that_is_none_is_refused(client, asked, status):
    assert client.get(f"{ROUTE}?{asked}").status_code == status


def test_records_that_are_away_are_no_missing_audience(tmp_path, monkeypatch):
    make_tiny_release(tmp_path / "models", 30)
    site = guarded(tmp_path / "models", tmp_path)

    def away(*_):
        raise StateUnusable

    monkeypatch.setattr(Audiences, "one", away)
    with site.signed_in(Role.EXPORTER).get(f"{ROUTE}?audience=1") as answer:
        assert answer.status_code == 503


def test_g4_an_audience_larger_than_a_file_is_refused_for_a_part_would_spoil_its_measure(
    client, number, monkeypatch
):
    monkeypatch.setattr(customer_list, "MOST_IN_FILE", 1)
    answer = client.get(f"{ROUTE}?audience={number}")
    assert answer.status_code == 400
    assert "such a file can hold up to 1" in answer.get_data(as_text=True)


def test_a_release_that_is_gone_is_refused(client, number):
    answer = client.get(f"{ROUTE}?audience={number}&release=20200101T000000Z-000000")
    assert answer.status_code == 400


def test_only_who_may_export_takes_it_away_and_each_time_is_logged(tmp_path):
    make_tiny_release(tmp_path / "models", 30)
    site = guarded(tmp_path / "models", tmp_path)
    number = Audiences(site.state).add(DRAFT, [Member("12346", False), Member("00123", True)])
    asked = f"{ROUTE}?audience={number}&column=country"
    for role in Role:
        with site.signed_in(role).get(asked) as answer:
            assert answer.status_code == (200 if role.may(Action.EXPORT) else 403)
            assert answer.headers["Cache-Control"] == "no-store"
    entries = site.audit.listed(what="export")
    assert {(entry.who, entry.subject, entry.rows) for entry in entries} == {
        (role.value, asked, 1) for role in Role if role.may(Action.EXPORT)
    }


class Hostile:
    """A release whose customers, segments and countries are all called what a spreadsheet might run."""

    def __init__(self, texts: list[str]) -> None:
        count = len(texts)
        ids = np.array([text.encode() for text in texts])
        whole, money = np.arange(count, dtype=np.int32), -np.arange(count) - 0.5
        self.customers = dict.fromkeys(
            ("segment", "cluster", "country", "recency", "frequency", "r", "f", "m"), whole
        )
        days = np.full(count, np.datetime64("2011-12-09T12:50:00"))
        self.customers |= {"customer_id": ids, "monetary": money, "last_purchase": days}
        self.segments = [segment(f"s{place}", text) for place, text in enumerate(texts)]
        self.clusters = [cluster(f"c{place}", name=text) for place, text in enumerate(texts)]
        self.overview = overview(countries=[{"name": text, "customers": 1, "revenue": 1.0} for text in texts])
        self.preset = type("Preset", (), {"rfm": type("Rfm", (), {"frequency": "orders"})})


def exported(texts: list[str]) -> list[list[str]]:
    rows = np.arange(len(texts), dtype=np.int32)
    return cells_of("".join(lines(Hostile(texts), rows, list(COLUMNS))))[1:]


def test_g1_sixty_hostile_cells_come_back_as_text_and_negative_numbers_as_numbers():
    assert len(HOSTILE) == 60
    rows = exported(HOSTILE)
    assert len(rows) == 60
    for place, (text, row) in enumerate(zip(HOSTILE, rows, strict=True)):
        assert row[:4] == [cells.guarded(text)] * 4
        assert all(cell[0] == "'" and cell[1:] == text for cell in row[:4])
        assert float(row[6]) == -place - 0.5


# numpy drops zero bytes at an id's end; no id holds them
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40),
        min_size=1,
        max_size=5,
    )
)
@example(["-0", "+1e5", " -12.5", "-1-1"])
def test_g1_whatever_a_cell_holds_comes_back_and_none_begins_a_formula(texts):
    for text, row in zip(texts, exported(texts), strict=True):
        for cell in row[:4]:
            assert cell in (text, f"'{text}")
            assert is_number(cell.strip(" ")) or not cell.lstrip().startswith(("=", "+", "-", "@"))
