"""Who pages through a list of customers: a row of the log for a person, a filter and a minute."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from services.releases import read_current
from services.serving.customers.bought import products_like
from services.serving.customers.orders import Numbered, WithNumber
from services.serving.release.loaded import Loaded
from services.site.people import audit as auditing
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.state import State, StateUnusable
from tests.web.people import guarded, sent

TAB = {
    "callbacks.segments.wiring.on_rows": "segments",
    "callbacks.movement.wiring.on_rows": "movement",
}


@pytest.fixture
def site(models, tmp_path):
    return guarded(models, tmp_path / "state")


@pytest.fixture
def clock(monkeypatch):
    """The log's clock, standing until the test moves it."""
    now = [int(datetime(2026, 11, 29, 12, 0, tzinfo=UTC).timestamp())]
    monkeypatch.setattr(auditing, "_now", lambda: now[0])
    return now


def page(site, client, start, search="", callback="callbacks.segments.wiring.on_rows", containing=None):
    values = {
        f"{TAB[callback]}-asked-store.data": {
            "startRow": start,
            "endRow": start + 100,
        },
        "shell-address-location.search": search,
    } | ({"segments-search-input.value": containing} if containing else {})
    given = sent(site, client, callback, values)
    return given[f"{TAB[callback]}-answered-store"]["data"]["rows"]


def test_all_pages_of_a_minute_are_one_row_with_the_number_served(site, clock, models):
    client = site.signed_in(Role.VIEWER)
    served = [len(page(site, client, start)["rowData"]) for start in range(0, 1_000, 100)]
    (row,) = site.audit.listed(what="list")
    assert (row.who, row.subject, row.release) == ("viewer", "/", read_current(models))
    assert row.rows == sum(served) > 900


def test_another_filter_person_or_minute_is_another_row(site, clock):
    viewer, analyst = site.signed_in(Role.VIEWER), site.signed_in(Role.ANALYST)
    page(site, viewer, 0, "?r_max=300.0&m_min=1&sort=recency:asc&x=y")
    page(site, viewer, 100, "?m_min=1&r_max=300")
    page(site, viewer, 0, "", containing="1")
    page(site, analyst, 0, "?m_min=1&r_max=300")
    page(site, analyst, 0, "?cause=ordered", "callbacks.movement.wiring.on_rows")
    clock[0] += 60
    page(site, viewer, 0, "?m_min=1&r_max=300")
    rows = [(row.who, row.subject.partition("&to")[0]) for row in reversed(site.audit.listed(what="list"))]
    assert [who for who, _ in rows] == ["viewer", "viewer", "analyst", "analyst", "viewer"]
    narrowed = "/?r_max=300&m_min=1"
    assert [subject for _, subject in rows[:3]] == [narrowed, "/?containing=1", narrowed]
    assert rows[3][1].startswith("/movement?from=")
    assert rows[4][1] == narrowed


def test_two_workers_count_on_one_row(tmp_path, clock):
    states = [State(tmp_path), State(tmp_path)]
    for _ in range(5):
        for state in states:
            Audit(state).count_on("ana", What.LIST, "/?country=France", release="r", rows=100)
    assert [(row.subject, row.rows) for row in Audit(states[0]).listed()] == [("/?country=France", 1_000)]
    for state in states:
        state.close()


@pytest.mark.parametrize(
    "change",
    [
        "rows = rows - 1",
        "who = 'x'",
        "at = at + 1",
        "rows = 5000, subject = 'x'",
        "tally = NULL",
        "rows = NULL",
    ],
)
def test_g6_nothing_of_a_row_that_counts_on_is_changed_but_its_count(tmp_path, clock, change):
    state = State(tmp_path)
    Audit(state).count_on("ana", What.LIST, "/", release="r", rows=100)
    Audit(state).count_on("ana", What.LIST, "/", release="r", rows=0)
    with pytest.raises(StateUnusable) as fault, state.writing() as connection:
        connection.execute(text(f"UPDATE audit SET {change}"))
    assert "can only grow" in str(fault.value.__cause__)
    assert [row.rows for row in Audit(state).listed()] == [100]
    state.close()


def test_a_list_that_cannot_be_logged_is_shown_all_the_same(site, monkeypatch):
    client = site.signed_in(Role.VIEWER)

    def fail(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(Audit, "count_on", fail)
    assert len(page(site, client, 0)["rowData"]) == 100


def test_whom_a_product_or_a_shared_number_shows_is_a_list_and_no_look_up(site, models, monkeypatch):
    client, release = site.signed_in(Role.ADMIN), Loaded(models, read_current(models))

    def look(typed):
        address = {"shell-address-location.search": f"?{urlencode({'id': typed})}"}
        offers = {"customers-offers-kind-input.value": "new", "customers-offers-method-input.value": "best"}
        sent(site, client, "callbacks.customers.wiring.on_address", address)
        sent(site, client, "callbacks.customers.wiring.on_address_cards", address | offers)

    product = products_like(release, most_bought(release))[0]
    look(product.name)
    look(product.description[:4])
    found = [WithNumber(0, "N7 of 2011-01-01", False), WithNumber(0, "N7 of 2011-01-02", False)]
    shared = Numbered([*found, WithNumber(1, "N7", True)], 2, cut=False)
    monkeypatch.setattr("callbacks.customers.asked.numbered", lambda *_: shared)
    look(" N7")
    rows = [(row.subject, row.rows) for row in reversed(site.audit.listed(what="list"))]
    assert rows == [(f"/customers?{urlencode({'bought': product.name})}", 50), ("/customers?order=N7", 2)]
    assert site.audit.listed(what="look-up") == []
    look(release.id_of(0))
    assert [row.subject for row in site.audit.listed(what="look-up")] == [release.id_of(0)]
    shown = unescape(client.get("/audit?what=list").text)
    assert "Customers listed on Customers: orders and returns with the number N7" in shown


def most_bought(release):
    return release.lookup().execute("SELECT name FROM line_items WHERE item = 0").fetchone()["name"]


def test_the_log_says_in_plain_words_what_was_listed(site):
    page(site, site.signed_in(Role.VIEWER), 0, "?r_max=300&m_min=1&country=France&country=Spain")
    shown = unescape(site.signed_in(Role.ADMIN).get("/audit?what=list").text)
    narrowed = "country France or Spain; at most 300 days since the last order; at least 1 spent"
    assert f"Customers listed on Segments: {narrowed}" in shown
