"""The customers of a flow as a file: exactly those that the page lists, with where they were and why."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from callbacks.movement.wiring import LISTED
from services.core.text.cells import guarded
from services.serving.movement.address import answer, listed_movers, rows_in_flow
from services.site.state import State
from services.web.exports import customers as customer_exports
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import shop, table_shop
from tests.web.exports.test_customers import ROUTE, rows_in


@pytest.fixture(scope="module")
def client_of(tmp_path_factory):
    state = State(tmp_path_factory.mktemp("state"))

    def client(release):
        server = Flask("test")
        releases = SimpleNamespace(at=lambda _asked: release)
        customer_exports.install(server, SimpleNamespace(releases=releases, state=state, by_contacts=None))
        return server.test_client()

    yield client
    state.close()


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2024-05-31", "to": "2024-12-31"},
        {"from": "2024-05-31", "to": "2024-12-31", "from_segment": "not_yet", "sort": "recency:asc"},
        {"to_segment": "champions"},
        {"cause": "stayed-away", "sort": "customer_id:desc"},
    ],
)
def test_the_file_holds_the_flows_customers_in_the_lists_order(client_of, query):
    release = shop()
    found = answer(release, {name: [value] for name, value in query.items()})
    listed = listed_movers(release, found.moved, rows_in_flow(release, found, query.get("sort", "")))
    exported = rows_in(client_of(release).get(ROUTE, query_string=query))
    assert len(exported) > 0
    names = {group.id: group.name for group in found.moved.groups}
    assert [row["customer_id"] for row in exported] == [guarded(row["customer_id"]) for row in listed]
    assert [row["from_segment"] for row in exported] == [names[row["from_segment"]] for row in listed]
    assert [row["to_segment"] for row in exported] == [names[row["to_segment"]] for row in listed]
    assert [row["cause"] for row in exported] == [row["cause"] or "" for row in listed]


def test_cells_of_a_flow_run_nothing(client_of):
    stayed = [{"from_segment": group.id, "to_segment": group.id} for group in shop().segments]
    moved = client_of(shop()).get(f"{ROUTE}?by=segment")
    files = [moved, *(client_of(shop()).get(ROUTE, query_string=flow) for flow in stayed)]
    ids = {row["customer_id"] for file in files for row in rows_in(file)}
    assert "'=1+1" in ids
    assert "=1+1" not in ids


def test_a_file_of_a_view_has_no_columns_of_a_flow(client_of):
    assert "cause" not in rows_in(client_of(shop()).get(ROUTE))[0]


def test_a_flow_of_a_release_without_a_past_is_refused_with_a_sentence(client_of):
    refused = client_of(table_shop()).get(f"{ROUTE}?from=2024-05-31")
    assert refused.status_code == 400
    assert "one moment only" in refused.get_data(as_text=True)


def test_c7_a_flow_between_groups_that_are_none_gives_no_file(client_of):
    for query in ("from_segment=__class__", "cause=99", "from=1999-01-01"):
        assert client_of(shop()).get(f"{ROUTE}?{query}").status_code == 400, query


def test_c7_the_page_leaves_out_what_it_does_not_know_and_so_does_the_address_of_its_file(client_of):
    shown = LISTED.rows(
        shop(), {"startRow": 0, "endRow": 5}, "?cause=99&from_segment=__class__&from=1999-01-01", NOBODY_OUT
    )
    assert client_of(shop()).get(shown["export"]).status_code == 200
    assert set(parse_qs(urlsplit(shown["export"]).query)) == {"from", "to", "sort", "release"}
