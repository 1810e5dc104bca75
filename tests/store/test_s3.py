"""Releases through S3: what the quick tests ask of a mounted folder holds of the real libraries, too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.releases.erasing import erase, holders
from services.releases.store.index import INDEX, read_index
from services.releases.store.objects import Objects, Overtaken, StoreAway
from tests.hosts.pair import host, publish_each_way, seconds_until
from tests.releases.store.hosts import Host, agree
from tests.releases.tiny import make_tiny_release
from tests.store.s3 import BUCKET, s3
from tests.worker.stage import until

for library in ("s3fs", "moto"):
    pytest.importorskip(library, reason="make test-store has what S3 needs.")

pytestmark = pytest.mark.long
WITHIN = 5.0
"""Seconds in which a release reaches every host."""
_number = iter(range(100))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture
def url(server, monkeypatch):
    """A place in the bucket that nobody has written to."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/test-{next(_number)}"


@pytest.fixture
def hosts(url, tmp_path):
    return [Host(tmp_path / name, url) for name in ("a", "b")]


def test_the_index_is_written_only_as_it_was_read(url):
    ours, theirs = Objects(url), Objects(url)
    assert ours.stamp(INDEX) is None
    ours.write(INDEX, b"1", None)
    with pytest.raises(Overtaken):
        theirs.write(INDEX, b"2", None)
    stamp = theirs.stamp(INDEX)
    theirs.write(INDEX, b"3", stamp)
    with pytest.raises(Overtaken):
        ours.write(INDEX, b"4", stamp)
    assert ours.read(INDEX) == b"3"


@pytest.mark.parametrize("known", [True, False])
def test_the_store_itself_decides_who_was_first(url, monkeypatch, known):
    ours, theirs = Objects(url), Objects(url)
    if known:
        ours.write(INDEX, b"1", None)
    stamp, really, asked = ours.stamp(INDEX), ours.stamp, []
    theirs.write(INDEX, b"2", stamp)

    def as_before_the_other_wrote(name):
        asked.append(name)
        return stamp if len(asked) == 1 else really(name)

    monkeypatch.setattr(ours, "stamp", as_before_the_other_wrote)
    with pytest.raises(Overtaken):
        ours.write(INDEX, b"3", stamp)
    assert theirs.read(INDEX) == b"2"


def test_a_bucket_that_is_not_there_is_said(url):
    Objects(url).check()
    lost = Objects("s3://nobodys-bucket/desk")
    with pytest.raises(StoreAway, match=r"^The store of releases cannot be reached\. Check MODELS_URL"):
        lost.check()
    with pytest.raises(StoreAway, match=r"^The store of releases cannot be reached\. Check MODELS_URL"):
        lost.write(INDEX, b"1", None)


def test_releases_activations_and_erasures_reach_the_other_host(hosts, url):
    a, b = hosts
    first, second = a.train(), a.train()
    agree(a, b)
    assert b.current == second
    b.activate(first)
    agree(b, a)
    assert a.current == first
    erase(a.models, "A-001", "someone", datetime(2026, 12, 1, tzinfo=UTC))
    agree(a, b)
    assert holders(b.models, "A-001") == []
    objects = Objects(url)
    index = read_index(objects.read(INDEX))
    assert {first, second} <= set(index.removed)
    with pytest.raises(FileNotFoundError):
        objects.read(f"releases/{first}/manifest.json")


def test_a_release_with_a_changed_byte_is_not_taken(hosts, url):
    a, b = hosts
    first = a.train()
    agree(a, b)
    second = a.train()
    a.look()
    objects = Objects(url)
    name = f"releases/{second}/overview.json"
    objects.write(name, objects.read(name).replace(b"a", b"b", 1), objects.stamp(name))
    (told,) = b.look()
    assert "was changed after the release was made" in told
    assert b.current == first


def test_a_release_reaches_two_hosts_within_seconds(server, url, tmp_path):
    settings = server.environment | {"MODELS_URL": url}
    with host(tmp_path / "a", settings) as a, host(tmp_path / "b", settings) as b:
        first = make_tiny_release(a.models)
        seconds_until([a, b], first)
        took = publish_each_way(a, b)
        print(f"published in {took} s")  # noqa: T201 (for -s)
        assert max(took) < WITHIN, took
        with server.silent():
            until(lambda: b.ready()["status"] == "degraded", 120)
            assert {a.current(), b.current()} == {first}
            newer = make_tiny_release(a.models)
            seconds_until([a], newer)
        seconds_until([a, b], newer)
        until(lambda: b.ready()["status"] == "ready")
