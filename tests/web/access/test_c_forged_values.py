"""C7, what no page sends: each input of each callback forged in turn; nothing of it is an error of ours."""

from __future__ import annotations

import json
import logging

import pytest

from services.site.people.roles import Role
from services.web.access.forged import possible
from services.web.access.gate import CALLBACKS as ADDRESS
from tests.releases.tiny import make_tiny_release
from tests.web.people import body_of, guarded

FORGED = (True, -1, 1e308, "__class__", "\ud800", "?segment=99&r_min=9&r_max=1&k=99", ["a"], {"x": [1]})


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny_release(folder)
    return guarded(folder, tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize(
    "value",
    FORGED,
    ids=[type(value).__name__ + str(value)[:8] for value in FORGED[:4]] + ["half", "query", "list", "dict"],
)
def test_c7_a_forged_value_is_refused_or_answered_and_never_a_failure(site, caplog, value):
    caplog.set_level(logging.ERROR)
    admin = site.signed_in(Role.ADMIN)
    tried = 0
    for key, entry in site.app.callback_map.items():
        if "callback" not in entry:
            continue
        whole = body_of(key, entry)
        for part, place in [(p, n) for p in ("inputs", "state") for n in range(len(whole[p]))]:
            body = json.loads(json.dumps(whole))
            forged = body[part][place]
            if isinstance(forged, list):
                continue  # a wildcard that admits nothing yet
            forged["value"] = value
            if part == "inputs":
                body["changedPropIds"] = [f"{forged['id']}.{forged['property']}"]
            answer = admin.post(ADDRESS, json=body)
            tried += 1
            assert answer.status_code in (200, 204, 400), (key, forged)
            assert not caplog.records, (key, forged)
    assert tried > 100


@pytest.mark.parametrize(
    ("identifier", "name", "value"),
    [
        ("shell-address-location", "search", "?id=1"),
        ("shell-address-location", "search", None),
        ("_pages_location", "pathname", "/customers"),
        ("x-input", "value", ""),
        ("x-checklist", "value", ["segment"]),
        ("x-button", "n_clicks", 3),
        ("x-grid", "getRowsRequest", {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}),
        ("x-grid", "getRowsRequest", {"startRow": 0, "sortModel": [{"colId": "monetary", "sort": "asc"}]}),
        ("x-store", "data", {"any": ["thing"]}),
    ],
)
def test_c7_what_pages_send_passes(identifier, name, value):
    assert possible(identifier, name, value)
