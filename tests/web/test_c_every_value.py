"""C7, all that the browser hands over: each input, state and store of each callback, of every kind of value.

Nothing of it is an error of ours: no line of the log at ERROR, no HTTP 5xx. ``FUZZED=10000`` sends more.
"""

from __future__ import annotations

import json
import logging
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.desk import load_services
from services.site.customers.notes import Notes
from services.site.people.roles import Role
from services.site.settings import Settings
from services.web.access.forged import STORES, possible
from services.web.access.gate import CALLBACKS as ADDRESS
from services.web.access.gate import PRESSES
from tests.releases.tiny import make_tiny_release
from tests.site.versions.test_presets import saved
from tests.web.people import body_of, guarded

INDEXES = ("1:1", "2")
EXAMPLES = int(os.environ.get("FUZZED", "250"))
WORDS = [
    "preset", "version", "seen", "kind", "id", "opted_out", "goal", "message", "offer", "points",
    "customdata", "startRow", "endRow", "sortModel", "colId", "sort", "recency", "frequency", "monetary",
]  # fmt: skip
TEXTS = st.sampled_from(
    ["", "all", "c1", "segment", "cluster", "our-shop", "standard", "12346", "__class__", "1:1", "9:9",
     "\x00", "nan", "1e400", "\uff12", "\xb2", "recency", "x" * 3_000, "?id=12346", "?save=segments",
     "?preset=our-shop&version=1", "?segment=recent", "?cluster=c1", "?audience=1", "?k=3",
     "?from=release&by=cluster", "?success=0.2&band=30-40&fifth=5", "/customers"]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers(-3, 12) | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models, folder = tmp_path_factory.mktemp("tiny"), tmp_path_factory.mktemp("state")
    make_tiny_release(models, 30)
    made = guarded(models, folder)
    services = load_services(Settings(models_dir=models, state_dir=folder))
    saved(services.presets, "Faithful", "Regulars")
    Notes(made.state).add("12346", "Ask again.", "ana")
    return made


@pytest.fixture(scope="module")
def admin(site):
    return site.signed_in(Role.ADMIN)


@pytest.fixture
def errors(caplog):
    caplog.set_level(logging.ERROR)
    return caplog


def callbacks(site):
    return {key: entry for key, entry in site.app.callback_map.items() if "callback" in entry}


def whole_body(key, entry):
    """A body of a page that is open and pressed: of each list of components there are two."""
    body = body_of(key, entry)
    for part in ("inputs", "state"):
        for place, spec in enumerate(entry[part]):
            given = body[part][place]
            if isinstance(given, list):
                named = json.loads(spec["id"])
                given += [{"id": named | {"index": at}, "property": spec["property"]} for at in INDEXES]
            for each in given if isinstance(given, list) else [given]:
                each["value"] = 1 if spec["property"] in PRESSES else None
    for name, given in zip(key.strip(".").split("..."), body["outputs"], strict=False):
        if isinstance(given, list):
            spec, _, changes = name.rpartition(".")
            given += [{"id": json.loads(spec) | {"index": at}, "property": changes} for at in INDEXES]
    return body


def parts_of(body):
    """All that a body hands over, the parts of lists one by one."""
    given = [each for part in ("inputs", "state") for each in body[part]]
    return [part for each in given for part in (each if isinstance(each, list) else [each])]


def names_of(body):
    return [
        f"{part['id'] if isinstance(part['id'], str) else json.dumps(part['id'], separators=(',', ':'))}"
        f".{part['property']}"
        for each in body["inputs"]
        for part in (each if isinstance(each, list) else [each])
    ]


def answered(admin, body, errors):
    errors.clear()
    answer = admin.post(ADDRESS, json=body)
    assert answer.status_code in (200, 204, 400), (body, answer.text[:300])
    assert not errors.records, (body, errors.text[-3_000:])
    return answer.status_code


COUNTS = st.integers(0, 3)
SEEN = {"seen": COUNTS}
ASKED = {
    "startRow": COUNTS,
    "endRow": st.integers(0, 200),
    "sortModel": st.lists(st.fixed_dictionaries({"colId": TEXTS, "sort": TEXTS}), max_size=2),
}
POINT = st.fixed_dictionaries({}, optional=dict.fromkeys(("pointNumber", "x", "customdata"), VALUES))
EVENTS = st.fixed_dictionaries({"points": st.lists(POINT, max_size=2)})
FRAMED = [f"{tab}-framed-store" for tab in ("segments", "churn", "cohorts")]
VIEWS = [f"{tab}-views-store" for tab in ("segments", "movement", "cohorts", "churn", "baskets")]
ASKED_OF_VIEWS = {
    "what": st.sampled_from(["open", "save", "rename", "delete", "x"]),
    "search": TEXTS,
    "view": st.none() | COUNTS,
    "seen": TEXTS,
    "press": COUNTS,
}
STORED = {
    **dict.fromkeys(VIEWS, st.fixed_dictionaries(ASKED_OF_VIEWS)),
    "shell-release-store": st.none() | TEXTS,
    "shell-seen-store": st.floats(allow_nan=False),
    **dict.fromkeys(FRAMED, st.booleans()),
    "customers-kept-store": st.fixed_dictionaries({"id": TEXTS, "opted_out": st.booleans()}),
    "customers-opened-store": st.fixed_dictionaries({"order": TEXTS, "press": COUNTS}),
    "audiences-seen-store": st.none() | st.fixed_dictionaries({"audience": COUNTS, "name": TEXTS}),
    "predict-slid-store": st.lists(st.none() | TEXTS | st.integers(), max_size=4),
    "baskets-tests-store": st.fixed_dictionaries(
        {"tested": st.booleans(), "held": st.booleans(), "release": TEXTS}
    ),
    "playbooks-base-store": st.fixed_dictionaries(SEEN | {"kind": TEXTS, "id": TEXTS}),
    "playbooks-suggestion-store": st.fixed_dictionaries(dict.fromkeys(("goal", "message", "offer"), TEXTS)),
    "training-job-store": COUNTS,
    "training-ended-store": COUNTS,
    "presets-base-store": st.fixed_dictionaries(SEEN | {"preset": TEXTS, "version": st.none() | COUNTS}),
}
KINDS = {
    "value": TEXTS,
    "search": TEXTS,
    "href": TEXTS.map(lambda text: "/" + text),
    "pathname": TEXTS.map(lambda text: "/" + text),
    "n_clicks": COUNTS,
    "n_submit": COUNTS,
    "getRowsRequest": st.fixed_dictionaries({}, optional=ASKED),
    "clickData": EVENTS,
    "hoverData": EVENTS,
}


def fitting(part):
    """Values of the kind that a page sends for a part: the worst of them is still no defect of ours."""
    if part["property"] == "id":
        return st.just(part["id"])
    if part["property"] == "data":
        return STORED.get(part["id"], TEXTS)
    if str(part["id"]).endswith("-checklist"):
        return st.lists(TEXTS, max_size=3)
    return KINDS[part["property"]]


def drawn(site, data, share):
    """A body of which one part in ``share`` is of any kind at all."""
    key = data.draw(st.sampled_from(sorted(callbacks(site))))
    body = whole_body(key, site.app.callback_map[key])
    for each in parts_of(body):
        odd = data.draw(st.integers(1, share)) == share
        each["value"] = data.draw(VALUES if odd else st.none() | fitting(each) | fitting(each))
    names = names_of(body)
    body["changedPropIds"] = data.draw(st.sampled_from([[], names, names[:1], names[-1:]]))
    return body


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_c7_no_value_of_anything_handed_over_is_an_error_of_ours(site, admin, errors, data):
    answered(admin, drawn(site, data, 20), errors)


WRONG = [True, {"startRow": ["x"], "points": 1, "id": [], "preset": 3, "kind": {}, "goal": 1}, "\ud800"]


@pytest.mark.parametrize("forged", WRONG, ids=["flag", "object", "half"])
def test_c7_each_part_of_a_wrong_kind_is_400(site, admin, errors, forged):
    tried = 0
    for key, entry in callbacks(site).items():
        for place in range(len(parts_of(whole_body(key, entry)))):
            body = whole_body(key, entry)
            part = parts_of(body)[place]
            part["value"] = forged
            fits = forged is True and part["id"] in FRAMED
            assert (answered(admin, body, errors) == 400) != fits, (key, part)
            tried += 1
    assert tried > 100


@pytest.mark.parametrize(
    "name", ["x.y", "nodot", "", ".n_clicks", "{.n_clicks", '{"index":[1]}.n_clicks', "{}.n_clicks"]
)
def test_c7_a_changed_property_of_no_part_is_400(site, admin, errors, name):
    for key, entry in callbacks(site).items():
        body = whole_body(key, entry) | {"changedPropIds": [name]}
        assert answered(admin, body, errors) == 400, key


def test_c7_lists_of_components_that_no_page_has_together_are_400(site, admin, errors):
    for key, entry in callbacks(site).items():
        whole = whole_body(key, entry)
        lists = [
            (part, place)
            for part in ("inputs", "state", "outputs")
            for place, each in enumerate(whole[part])
            if isinstance(each, list)
        ]
        patterns = [whole[part][place][0]["id"]["type"] for part, place in lists]
        for (part, place), pattern in zip(lists, patterns, strict=True):
            if patterns.count(pattern) > 1:
                body = whole_body(key, entry)
                body[part][place].pop()
                assert answered(admin, body, errors) == 400, (key, part, place)


def test_c7_every_store_and_property_that_a_callback_reads_has_a_rule(site):
    for entry in callbacks(site).values():
        for spec in (*entry["inputs"], *entry["state"]):
            if spec["property"] == "data":
                assert spec["id"] in STORES, spec
            else:
                assert spec["property"] == "id" or not possible("x", spec["property"], WRONG[1]), spec
