"""G7: who opted out is in no file and no list, whatever the list says and whatever is asked for."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.campaigns.reachable import opted_out
from services.campaigns.selection import selected
from services.desk import load_services
from services.site.customers.audiences import Audiences, Member
from services.site.customers.opt_outs import OptOuts
from services.site.settings import Settings
from services.web.access.table import EXPORTS
from services.web.api import routes
from services.web.exports import audiences as audience_exports
from services.web.exports import customers as customer_exports
from tests.campaigns.listed import Listed
from tests.releases.tiny import make_tiny_release
from tests.site.customers.test_audiences import DRAFT

WITHOUT_CUSTOMERS = ("/export/rules.csv", "/export/bundles.csv", "/export/bundle.csv", "/export/cohorts.csv")
BY_ADDRESS = ("/export/contacts.csv",)
"""Names no ids: tests/web/exports/test_contacts.py."""


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    models = tmp_path_factory.mktemp("opted-out")
    make_tiny_release(models, 30)
    return load_services(Settings(models_dir=models, state_dir=models / "state"))


@pytest.fixture(scope="module")
def ids(services):
    return [each.decode() for each in services.releases.current().customers["customer_id"].tolist()]


@pytest.fixture(scope="module")
def audience(services, ids):
    members = [Member(each, place % 5 == 1) for place, each in enumerate(ids)]
    return Audiences(services.state).add(DRAFT, members)


@pytest.fixture(scope="module")
def client(services):
    server = Flask("test")
    for module in (audience_exports, customer_exports, routes):
        module.install(server, services)
    return server.test_client()


def listed_by(client, audience) -> dict[str, tuple[list[str], str]]:
    """The ids that each way out of the site gives, with the headers."""
    asked = {
        "/export/customers.csv": "?sort=monetary:asc",
        "/export/audience.csv": f"?audience={audience}&column=country",
        "/export/audience.xlsx": f"?audience={audience}&column=monetary",
        "/api/v1/customers": "?limit=1000",
    }
    assert set(asked) == set(EXPORTS) - {*WITHOUT_CUSTOMERS, *BY_ADDRESS}
    return {
        route + query: (ids_of(answer), str(answer.headers))
        for route, query in asked.items()
        for answer in [client.get(route + query)]
    }


def ids_of(answer) -> list[str]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    if answer.mimetype == "application/json":
        return [each["customer_id"] for each in answer.json]
    if answer.mimetype == "text/csv":
        rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
        return [row[0].removeprefix("'") for row in rows[1:]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.get_data()))
    return [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_way_out_of_the_site_holds_who_opted_out(services, ids, audience, client, data):
    out = set(data.draw(st.lists(st.sampled_from([*ids, "nobody", "~" * 64]), unique=True)))
    store = OptOuts(services.state)
    store.remove(store.ids(), "test", "all")
    store.add(out, "test", "some")
    treated = [each for place, each in enumerate(ids) if place % 5 != 1]
    for address, (found, headers) in listed_by(client, audience).items():
        of = treated if "audience" in address else ids
        assert sorted(found) == sorted(set(of) - out)
        left = len(set(of) & out)
        assert (f"-without-{left}-opted-out" in headers) == (left > 0 and "/api/" not in address)


def test_a_view_is_saved_without_them_and_a_column_of_the_ledger_counts_too(services, ids):
    release = services.releases.current()
    marked = np.zeros(release.count, dtype=bool)
    marked[3] = True
    changed = type(
        "Of", (), {"customers": dict(release.customers) | {"opted_out": marked}, "count": 30, "respelled": {}}
    )()
    assert np.flatnonzero(opted_out(changed, Listed(ids[5], "nobody"))).tolist() == [3, 5]
    view = selected(release, {"save": ["segments"]}, Listed(*ids[:4], "nobody"))
    assert (view.rows.tolist(), view.left_out) == (list(range(4, 30)), 4)
