"""Whatever is sent to a callback or to the API, nothing breaks: no HTTP 500, nothing without who asks.

The suite sends a few hundred bodies; ``FUZZED=10000 pytest tests/web/test_fuzzed_bodies.py`` sends more.
"""

from __future__ import annotations

import json
import logging
import os
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.core.vocabulary import AXES
from services.site.people.roles import Role
from services.web.access.gate import CALLBACKS as ADDRESS
from services.web.access.table import OPEN, ROUTES
from services.web.api.asked import Customers, Rules
from tests.web.people import body_of, guarded

EXAMPLES = int(os.environ.get("FUZZED", "150"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["?id=12347", "?segment=champions&r_max=x", "?k=99", "all", "c1", "\x00", "?id=%00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["startRow", "endRow", "sortModel", "filterModel", "x", "id"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def admin(site):
    return site.signed_in(Role.ADMIN)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_value_of_an_input_is_an_error_of_ours(site, admin, data):
    logging.disable(logging.CRITICAL)  # a callback that refuses a forged value says so in the log
    keys = sorted(key for key, entry in site.app.callback_map.items() if "callback" in entry)
    key = data.draw(st.sampled_from(keys))
    body = body_of(key, site.app.callback_map[key])
    for part in ("inputs", "state"):
        for each in body[part]:
            if isinstance(each, dict):
                each["value"] = data.draw(VALUES)
    changed = [f"{each['id']}.{each['property']}" for each in body["inputs"] if isinstance(each, dict)]
    body["changedPropIds"] = data.draw(st.sampled_from([[], changed, changed[:1], ["x.y"], ["nodot"]]))
    answer = admin.post(ADDRESS, json=body)
    assert answer.status_code in (200, 204, 400), (key, answer.status_code, answer.text[:300])


@settings(max_examples=EXAMPLES)
@given(body=VALUES)
def test_no_body_is_answered_without_a_session(site, body):
    assert site.visitor().post(ADDRESS, json=body).status_code == 401


TEXTS = st.text(max_size=20) | st.sampled_from(
    ["champions", "c1", "1", "-1", "1e400", "nan", "a/b", "\x00", "99"]
)
API = [rule for rule in ROUTES if rule.startswith("/api/")]
NAMES = st.sampled_from([*Customers.model_fields, *Rules.model_fields]) | TEXTS
BODIES = (
    VALUES
    | st.lists(st.dictionaries(st.sampled_from([*AXES, "x"]), VALUES, max_size=4), max_size=3)
    | st.fixed_dictionaries({axis: st.integers() | st.floats() | VALUES for axis in AXES})
)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_request_to_the_api_is_an_error_of_ours(site, data):
    logging.disable(logging.CRITICAL)
    rule = data.draw(st.sampled_from(API))
    path = rule.replace("<customer_id:id>", quote(data.draw(TEXTS), safe=""))
    query = urlencode(data.draw(st.lists(st.tuples(NAMES, TEXTS), max_size=3)))
    method = data.draw(
        st.sampled_from(["GET", "POST", "HEAD", "PUT"] if rule != "/api/v1/predict" else ["POST"])
    )
    body = json.dumps(data.draw(BODIES)) if method == "POST" else None
    asked = {"query_string": query, "method": method, "data": body, "content_type": "application/json"}
    answer = site.program(Role.ADMIN).open(path, **asked)
    assert answer.status_code in (200, 400, 404, 405), (path, query, body, answer.text[:300])
    assert answer.status_code == 200 or method == "HEAD" or answer.mimetype == "application/problem+json"
    if ROUTES[rule] != OPEN:
        assert site.visitor().open(path, **asked).status_code in (401, 405), (path, method)


@pytest.fixture(autouse=True)
def heard_again():
    yield
    logging.disable(logging.NOTSET)
