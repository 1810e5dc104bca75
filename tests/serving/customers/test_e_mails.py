"""Customers by e-mail: any spelling finds them, also in releases that keep it as the file wrote it."""

from __future__ import annotations

import pytest

from services.campaigns.reachable import opted_out
from services.releases import read_current
from services.serving.customers.near_ids import alike
from services.serving.customers.profile import complete, profile, several
from services.serving.lists.filters import Filters
from services.serving.lists.listing import rows_of
from services.serving.release.loaded import Loaded
from services.site.customers.opt_outs import OptOuts
from services.site.state import State
from tests.releases import tiny


@pytest.fixture(params=["ann@x.org", "Ann@X.org"])
def release(request, tmp_path, monkeypatch):
    """A release of today, and one from before e-mails had one spelling."""
    monkeypatch.setattr(tiny, "IDS", (request.param, "00123", "A-001", "é/7", "NA", "=1+1"))
    tiny.make_tiny_release(tmp_path)
    return Loaded(tmp_path, read_current(tmp_path))


@pytest.mark.parametrize("typed", ["ann@x.org", "Ann@X.org", " ANN@X.ORG "])
def test_any_spelling_of_an_e_mail_finds_the_customer(release, typed):
    found = profile(release, typed)
    assert found.customer_id.lower() == "ann@x.org"
    assert several(release, [f"{typed},A-001"])[1] == []
    assert alike(release, typed) == []


def test_codes_are_found_as_they_are_written_alone(release):
    assert release.row_of("a-001") is None
    assert release.row_of("A-001") is not None


def test_who_opted_out_under_another_spelling_is_left_out(release, tmp_path):
    store = OptOuts(State(tmp_path / "state"))
    store.add(["ANN@x.org"], "Ana", "one")
    marked = opted_out(release, store)
    assert [release.id_of(row).lower() for row in marked.nonzero()[0]] == ["ann@x.org"]
    assert store.remove(["Ann@x.org"], "Ana", "one") == 1
    assert not opted_out(release, store).any()


def test_typing_and_searching_need_no_capitals(release):
    if release.id_of(release.row_of("ann@x.org")) == "ann@x.org":
        assert complete(release, "Ann@X") == ["ann@x.org"]
        assert len(rows_of(release, Filters(), "", "Ann@")) == 1
    assert complete(release, "A-0") == ["A-001"]
