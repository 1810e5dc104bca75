"""The customers of a cell as a file and as an audience: those of the list, and none of a cell left out."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from flask import Flask, g

from services.campaigns.selection import selected
from services.core.refusals import Refusal
from services.serving.cohorts.address import answer, rows_in_cell
from services.web.exports import cohorts as exports
from tests.campaigns.listed import NOBODY_OUT, Listed
from tests.serving.shops import shop
from tests.web.exports.test_customers import ROUTE, rows_in
from tests.web.exports.test_movement import client_of

__all__ = ["client_of"]


def cells(release):
    """The first cell that is shown, and the first that is left out though somebody is in it."""
    found = answer(release, {"every": ["quarter"]})
    told = {}
    for row in range(len(found.found.sizes)):
        for since in range(len(found.found.sizes) - row):
            day = found.first_day(row)
            key = f"{day.year}-Q{(day.month + 2) // 3}.{since}"
            if found.found.people[row, since]:
                told.setdefault(bool(found.out[row, since]), key)
    return told[False], told[True]


def test_the_file_holds_the_customers_of_the_cell_in_the_lists_order(client_of):
    release = shop()
    shown, _ = cells(release)
    query = {"every": "quarter", "cell": shown, "sort": "recency:asc"}
    found = answer(release, {name: [value] for name, value in query.items()})
    ids = [release.id_of(row) for row in rows_in_cell(release, found, "recency:asc")]
    listed = [
        row["customer_id"].removeprefix("'")
        for row in rows_in(client_of(release).get(ROUTE, query_string=query))
    ]
    assert listed == [each.removeprefix("'") for each in ids]
    assert len(listed) >= 5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"cell": "1999-Q1.0"}, "These cohorts have no cell “1999-Q1.0”."),
        ({"product": "X"}, "There is no product “X”"),
        ({"r_min": "3"}, "r_min"),
    ],
)
def test_what_cannot_be_followed_gives_no_file(client_of, query, said):
    refused = client_of(shop()).get(ROUTE, query_string={"every": "quarter"} | query)
    assert refused.status_code == 400
    assert said in refused.get_data(as_text=True)


def test_a_cell_that_is_left_out_gives_no_file_and_no_audience(client_of):
    release = shop()
    _, out = cells(release)
    refused = client_of(release).get(ROUTE, query_string={"every": "quarter", "cell": out})
    assert refused.status_code == 400
    assert "This cell is left out" in refused.get_data(as_text=True)
    with pytest.raises(Refusal, match="This cell is left out"):
        selected(release, {"save": ["cohorts"], "every": ["quarter"], "cell": [out]}, NOBODY_OUT)


def test_an_audience_is_the_cell_without_who_opted_out():
    release = shop()
    shown, _ = cells(release)
    query = {"save": ["cohorts"], "every": ["quarter"], "cell": [shown]}
    whole = selected(release, query, NOBODY_OUT)
    assert (whole.source, whole.query) == ("cohorts", f"every=quarter&cell={shown}")
    fewer = selected(release, query, Listed(release.id_of(int(whole.rows[0]))))
    assert fewer.left_out == 1
    assert fewer.rows.tolist() == whole.rows[1:].tolist()


def test_the_matrix_as_a_file_holds_every_cell_that_is_shown_and_no_figure_of_another():
    release, server = shop(), Flask("test")
    exports.install(
        server, SimpleNamespace(releases=SimpleNamespace(at=lambda _asked: release), by_contacts=None)
    )
    query = {"every": "quarter", "country": release.overview.countries[0].name}
    found = answer(release, {name: [value] for name, value in query.items()})
    with server.test_client() as client:
        rows = rows_in(client.get("/export/cohorts.csv", query_string=query))
        assert g.taken == (release.id, len(rows), urlencode(query))
    assert len(rows) == sum(range(1, len(found.found.sizes) + 1))
    figures = ("customers", "share", "orders", "revenue", "revenue_per_customer")
    places = [
        (row, since) for row in range(len(found.found.sizes)) for since in range(len(found.found.sizes) - row)
    ]
    for (row, since), told in zip(places, rows, strict=True):
        assert told["since"] == str(since)
        if found.out[row, since]:
            assert not any(told[name] for name in figures)
            continue
        people, size = int(found.found.people[row, since]), int(found.found.sizes[row])
        assert people >= 5
        assert [float(told[name]) for name in figures] == pytest.approx(
            [people, people / size, found.found.orders[row, since], found.found.revenue[row, since],
             found.found.revenue[row, since] / size]
        )  # fmt: skip


def test_a_matrix_that_cannot_be_followed_is_no_file():
    release, server = shop(), Flask("test")
    exports.install(
        server, SimpleNamespace(releases=SimpleNamespace(at=lambda _asked: release), by_contacts=None)
    )
    refused = server.test_client().get("/export/cohorts.csv?product=X")
    assert refused.status_code == 400
    assert "There is no product “X”" in refused.get_data(as_text=True)
