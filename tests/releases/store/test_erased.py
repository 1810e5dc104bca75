"""Who is erased stays erased: whatever other hosts did meanwhile, and whatever they made out of contact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_UN, flock

import pytest

from services.core.refusals import Refusal
from services.releases import open_release, prune
from services.releases.erasing import erase, holders, named
from services.releases.removed import noted_removed
from services.releases.store import StoreAway
from services.releases.store.objects import Objects, Overtaken
from tests.releases.store.hosts import agree, away, index_of

GONE = "A-001"
AT = datetime(2026, 12, 1, tzinfo=UTC)


def nowhere(store, *hosts):
    """Assert that no file of a host or of the store names who was erased."""
    for folder in (store, *(host.models for host in hosts)):
        held = [path for path in folder.rglob("*") if path.is_file() and GONE.encode() in path.read_bytes()]
        assert held == []


def test_a_release_that_was_erased_goes_though_another_host_has_activated_it(hosts, store):
    a, b = hosts
    first, _second = a.train(), a.train()
    agree(a, b)
    erase(a.models, GONE, "someone", AT)
    b.activate(first)
    b.look()
    assert index_of(store).current == first
    agree(a, b)
    nowhere(store, a, b)
    assert {a.current, b.current} == {index_of(store).current}
    assert noted_removed(a.models) == frozenset()


def test_one_that_was_pruned_meanwhile_stays_where_it_is_in_use(hosts, store):
    a, b = hosts
    made = [a.train() for _ in range(3)]
    agree(a, b)
    assert made[0] in prune(a.models, keep=1)
    b.activate(made[0])
    b.look()
    agree(a, b)
    assert (a.current, index_of(store).current) == (made[0], made[0])
    assert noted_removed(a.models) == frozenset()


def test_a_removal_that_another_host_wrote_over_is_told_again(hosts, store):
    a, b = hosts
    a.train()
    agree(a, b)
    before = (store / "index.json").read_bytes()
    erase(a.models, GONE, "someone", AT)
    a.look()
    (store / "index.json").write_bytes(before)
    assert noted_removed(a.models)
    agree(a, b)
    nowhere(store, a, b)
    assert noted_removed(a.models) == frozenset()


def test_of_two_that_write_into_a_folder_at_once_the_second_sees_what_the_first_wrote(store):
    ours = Objects(store.as_uri())
    ours.write("index.json", b"1", None)
    stamp = ours.stamp("index.json")
    with (store / "index.json.lock").open("r+") as lock, ThreadPoolExecutor(1) as pool:
        flock(lock, LOCK_EX)
        waiting = pool.submit(ours.write, "index.json", b"22", stamp)
        with pytest.raises(TimeoutError):
            waiting.result(0.2)
        (store / "index.json").write_bytes(b"333")
        flock(lock, LOCK_UN)
        with pytest.raises(Overtaken):
            waiting.result(30)
    assert (store / "index.json").read_bytes() == b"333"


def test_what_a_host_made_out_of_contact_brings_nobody_back(hosts, store):
    a, b = hosts
    a.train()
    agree(a, b)
    with away(store):
        made = b.train()
    erase(a.models, GONE, "someone", AT)
    a.look()
    a.erased = b.erased = {GONE}
    (told,) = b.look()
    assert f"Release {made} was not sent to the store of releases, because it has 1 customer who was" in told
    assert GONE not in told
    assert b.current == a.current
    assert b.sharing.lacking == []
    nowhere(store, a)
    assert b.look() == [told]


def test_nothing_is_sent_while_it_cannot_be_seen_who_was_erased(hosts, store, monkeypatch):
    a, _ = hosts
    made = a.train()

    def unknown(_ids):
        raise Refusal("The records cannot be read.")

    monkeypatch.setattr(a.sharing._parts[0], "_erased", unknown)
    with pytest.raises(StoreAway, match=r"whether somebody in it was erased\. The records cannot be read\.$"):
        a.look()
    assert not (store / "releases").exists()
    assert a.current == made


def test_all_that_a_release_names_are_known(hosts):
    a, _ = hosts
    opened = open_release(a.models, a.train())
    found = named(opened)
    assert GONE in found
    assert len(found) >= len(opened.customers["customer_id"])
    assert all(holders(a.models, each) == [opened.id] for each in found)
