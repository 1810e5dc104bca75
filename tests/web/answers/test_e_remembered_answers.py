"""E13: what is remembered of one release is never the answer about another."""

from __future__ import annotations

import pytest

from layouts.ids import Shell
from services.site.people.roles import Role
from services.web.access.gate import CALLBACKS as ADDRESS
from tests.releases.tiny import make_tiny_release
from tests.web.people import body_of, guarded

LISTS_ALL = "callbacks.data.wiring"


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    models = tmp_path_factory.mktemp("two")
    return models, [make_tiny_release(models, customers) for customers in (6, 12)]


@pytest.fixture(scope="module")
def site(releases, tmp_path_factory):
    return guarded(releases[0], tmp_path_factory.mktemp("state"))


def test_e13_every_answer_is_of_the_release_that_the_page_shows(site, releases):
    admin = site.signed_in(Role.ADMIN)
    first, second = releases[1]

    def answered(key, entry, release):
        body = body_of(key, entry)
        for each in (*body["inputs"], *body["state"]):
            if isinstance(each, dict) and each["id"] == Shell.RELEASE:
                each["value"] = release
        return admin.post(ADDRESS, json=body).get_data(as_text=True)

    differ = set()
    for key, entry in site.app.callback_map.items():
        asks = {each["id"] for each in (*entry["inputs"], *entry["state"])}
        if Shell.RELEASE not in asks or "callback" not in entry:
            continue
        module = entry["callback"].__module__
        before, other, after = (answered(key, entry, release) for release in (first, second, first))
        if module != LISTS_ALL:
            assert first not in other, key
            assert second not in before + after, key
            assert before == after, key
        if before != other:
            differ.add(module)
    assert differ >= {
        "callbacks.segments.wiring",
        "callbacks.predict.wiring",
        "callbacks.playbooks.wiring",
        LISTS_ALL,
    }
