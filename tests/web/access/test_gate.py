"""Requests that no page of ours would send are refused before anything runs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.ids import Shell
from services.web.access.gate import CALLBACKS, fault_of, own_origin

ASKED = {
    "output": f"{Shell.NEWER}.children",
    "outputs": {"id": Shell.NEWER, "property": "children"},
    "inputs": [{"id": Shell.ACTIVE, "property": "data", "value": "20111210T125000Z-3fa9c1"}],
    "state": [{"id": Shell.RELEASE, "property": "data", "value": "20111210T125000Z-3fa9c1"}],
    "changedPropIds": [f"{Shell.ACTIVE}.data"],
}
FORGED = [
    {**ASKED, "output": "nobody.children"},
    {**ASKED, "output": ["list"]},
    {**ASKED, "output": f"{Shell.MARKED}.data"},  # a clientside callback has no server side
    {**ASKED, "inputs": []},
    {**ASKED, "inputs": "text"},
    {**ASKED, "inputs": ASKED["inputs"] * 2},
    {**ASKED, "inputs": [{"id": Shell.TOAST, "property": "data"}]},
    {**ASKED, "inputs": [None]},
    {**ASKED, "state": [{"id": Shell.RELEASE, "property": "clear_data"}]},
    {key: value for key, value in ASKED.items() if key != "state"},
    {**ASKED, "outputs": {"id": Shell.MAIN, "property": "children"}},
    {**ASKED, "outputs": None},
    {**ASKED, "changedPropIds": [1]},
    {**ASKED, "changedPropIds": None},
    [],
    None,
    1,
    {},
]


def test_what_the_page_sends_passes(client):
    answer = client.post(CALLBACKS, json=ASKED)
    assert answer.status_code == 200
    assert answer.json["response"] == {Shell.NEWER: {"children": []}}


@pytest.mark.parametrize("body", FORGED)
def test_a_forged_body_is_400_with_a_reference(client, body):
    answer = client.post(CALLBACKS, data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json) == {"error", "ref"}
    assert answer.headers["X-Reference"] == answer.json["ref"]


@pytest.mark.parametrize(("sent", "status"), [(b"", 400), (b"{", 400), (b"\xff", 400), (b"[" * 100_000, 400)])
def test_what_is_no_json_is_400(client, sent, status):
    assert client.post(CALLBACKS, data=sent, content_type="application/json").status_code == status


def test_a_body_of_another_type_or_size_is_refused(client):
    assert client.post(CALLBACKS, data="x").status_code == 415
    assert client.post(CALLBACKS, data=b"1" * 2_000_001, content_type="application/json").status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
    ],
)
def test_another_sites_page_is_refused(client, headers):
    assert client.post(CALLBACKS, json=ASKED, headers=headers).status_code == 403


def test_our_own_page_is_let_in():
    assert own_origin({"Sec-Fetch-Site": "same-origin", "Origin": "http://shop.example"}, "shop.example")
    assert own_origin({}, "shop.example")
    assert own_origin({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, "shop.example")
    assert not own_origin({"Sec-Fetch-Site": "none", "Origin": "null"}, "shop.example")


WILD = {
    '{"index":["ALL"],"type":"chip"}.n_clicks': None,
    "x.children": {
        "callback": print,
        "inputs": [{"id": '{"index":["ALL"],"type":"chip"}', "property": "n_clicks"}],
        "state": [{"id": '{"index":["MATCH"],"type":"row"}', "property": "data"}],
    },
}


def wild(chips: object, row: object) -> str | None:
    output = {"output": "x.children", "outputs": {"id": "x", "property": "children"}}
    return fault_of({**output, "inputs": [chips], "state": [row]}, WILD)


def test_wildcards_admit_what_they_match_and_nothing_else():
    chip = {"id": {"index": "uk", "type": "chip"}, "property": "n_clicks", "value": 1}
    row = {"id": {"index": 3, "type": "row"}, "property": "data"}
    assert wild([chip, chip], row) is None
    assert wild([], row) is None
    assert wild(chip, row)
    assert wild([{**chip, "id": {"index": "uk", "type": "other"}}], row)
    assert wild([{**chip, "id": {"index": ["uk"], "type": "chip"}}], row)
    assert wild([{**chip, "property": "id"}], row)
    assert wild([chip], [row])


anything = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "property", "value", "index", "type"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(ASKED, anything)))
def test_no_body_breaks_the_gate(parts):
    poll = {"callback": print, "inputs": ASKED["inputs"], "state": ASKED["state"]}
    for output in (ASKED["output"], "x.children"):
        fault = fault_of({**ASKED, **parts, "output": output}, {ASKED["output"]: poll, **WILD})
        assert fault is None or fault.endswith(".")
