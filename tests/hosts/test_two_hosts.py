"""E1: two hosts that share records and releases; one is killed while people work, and comes back."""

from __future__ import annotations

import pytest

from services.releases import read_current
from tests.hosts.pair import Load, host, publish_each_way, seconds_until, with_account
from tests.postgresql import postgresql
from tests.releases.tiny import make_tiny_release
from tests.server.front import behind_nginx
from tests.worker.stage import until

pytestmark = pytest.mark.long

CLIENTS = 8
WITHIN = 5.0
"""Seconds in which a release reaches every host."""


def test_e1_a_host_that_is_killed_loses_what_it_was_answering_and_nothing_else(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    folders = [tmp_path / name for name in ("a", "b")]
    with postgresql() as database:
        settings = with_account(database, tmp_path / "state") | {"MODELS_URL": store.as_uri()}
        with host(folders[0], settings) as a, host(folders[1], settings) as b:
            first = make_tiny_release(a.models)
            seconds_until([a, b], first)
            took = publish_each_way(a, b)
            assert max(took) < WITHIN, took
            with behind_nginx(a.site, tmp_path, b.site) as front:
                load = Load(front, CLIENTS)
                with load.going_on():
                    until(lambda: len(load.asked) > 10 * CLIENTS)
                    killed = a.kill()
                    until(lambda: len(load.since(killed + 1)) > 10 * CLIENTS)
                lost = [each for each in load.asked if each.status != 200]
                print(f"{len(load.asked)} requests, lost {lost}, published in {took} s")  # noqa: T201 (for -s)
                # a client has one request under way; a moment passes until all sockets are closed
                assert len(lost) <= CLIENTS
                assert all(each.began < killed + 0.5 and each.ended > killed - 0.5 for each in lost), lost
                # what changes nothing was asked again at the other host
                assert [each for each in lost if each.method == "GET"] == []
                assert front.sign_in().status == 302
                assert b.current() == first
                newer = make_tiny_release(b.models)
                seconds_until([b], newer)
                # the host comes back with the copy that it had, and with what it has missed
                assert read_current(a.models) == first
                with host(folders[0], settings, "/readyz") as again:
                    seconds_until([again, b], newer)


def test_a_host_without_the_store_says_so_and_serves_on(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    settings = {"MODELS_URL": store.as_uri()}
    with host(tmp_path / "a", settings) as alone:
        release = make_tiny_release(alone.models)
        seconds_until([alone], release)
        until(lambda: (store / "index.json").exists())
        assert alone.ready()["status"] == "ready"
        store.rename(tmp_path / "aside")
        store.touch()
        until(lambda: alone.ready()["status"] == "degraded")
        assert "The store of releases cannot be reached." in alone.ready()["reason"]
        assert alone.current() == release
    with host(tmp_path / "a", settings, "/readyz") as alone:
        assert alone.current() == release
