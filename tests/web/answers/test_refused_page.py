"""Whoever opens an address that their role may not see gets a page, and a program its object."""

from __future__ import annotations

import pytest

from services.site.people.roles import Role
from services.site.tabs import TABS, Place
from tests.web.people import HTML, guarded


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


def test_a_reader_gets_a_sentence_and_every_tab_to_go_on_to(site):
    answer = site.signed_in(Role.VIEWER).get("/audit", headers=HTML)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert "Your role, viewer, does not allow this; it takes the role admin." in answer.text
    named = [tab for tab in TABS if tab.place is not Place.NOWHERE]
    assert all(f'<a href="{tab.path}">{tab.name}</a>' in answer.text for tab in named)
    assert answer.headers["X-Reference"].startswith("SD-")


def test_a_program_gets_its_object(site):
    answer = site.signed_in(Role.VIEWER).get("/audit")
    assert answer.json["error"].startswith("Your role, viewer,")
