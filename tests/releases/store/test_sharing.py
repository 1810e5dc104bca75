"""What one host does with its releases reaches the other, through a store that may be away or damaged."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

from services.releases import open_release, prune, read_current
from services.releases.erasing import erase, holders
from services.releases.folders import release_ids
from services.releases.labelled.store import labelled_root, open_model
from services.releases.removed import delete
from services.releases.store import part
from services.releases.store.contact import SILENT_SECONDS, contact
from tests.releases.store.hosts import Host, agree, away, fails, index_of


def test_a_release_and_its_activation_reach_the_other_host(hosts, store):
    a, b = hosts
    release = a.train()
    agree(a, b)
    assert b.current == release
    assert open_release(b.models, release).manifest == open_release(a.models, release).manifest
    assert index_of(store).releases == [release]


def test_a_release_that_nobody_activated_is_there_before_it_is_needed(hosts):
    a, b = hosts
    a.train()
    agree(a, b)
    newer = a.train(active=False)
    agree(a, b)
    assert newer in b.releases
    assert b.current != newer


def test_d11_going_back_on_either_host_is_followed_by_the_other(hosts):
    a, b = hosts
    first, second = a.train(), a.train()
    agree(a, b)
    b.activate(first)
    agree(b, a)
    assert a.current == first
    a.activate(second)
    agree(a, b)
    assert b.current == second


def test_where_both_activated_meanwhile_the_later_one_counts(hosts, store):
    a, b = hosts
    first, second = a.train(), a.train()
    third = a.train()
    agree(a, b)
    with away(store):
        a.activate(first)
        b.activate(second)
    agree(a, b)
    assert a.current == second
    assert third in a.releases


def test_pruning_reaches_the_store_and_the_other_host(hosts, store):
    a, b = hosts
    made = [a.train() for _ in range(4)]
    agree(a, b)
    gone = prune(a.models, keep=1)
    assert gone
    agree(a, b)
    assert a.releases == set(made) - set(gone)
    assert {path.name for path in (store / "releases").iterdir()} == a.releases
    assert index_of(store).removed == sorted(gone)


def test_who_is_erased_goes_from_the_store_and_from_a_host_that_was_off(hosts, store):
    a, b = hosts
    a.train()
    agree(a, b)
    erase(a.models, "A-001", "someone", datetime(2026, 12, 1, tzinfo=UTC))
    a.look()
    held = [path for path in store.rglob("*") if path.is_file() and b"A-001" in path.read_bytes()]
    assert held == []
    assert holders(b.models, "A-001") != []
    agree(b, a)
    assert holders(b.models, "A-001") == []
    assert b.current == a.current


def test_a_folder_that_lost_its_releases_gets_them_back_and_takes_none_from_others(hosts, store):
    a, b = hosts
    release = a.train()
    agree(a, b)
    shutil.rmtree(b.models / "releases")
    agree(b, a)
    assert b.releases == {release}
    shutil.rmtree(b.models)
    agree(Host(b.models, store.as_uri()), a)
    assert index_of(store).removed == []


def test_a_store_that_was_emptied_is_filled_by_who_looks(hosts, store):
    a, b = hosts
    release = a.train()
    agree(a, b)
    shutil.rmtree(store)
    store.mkdir()
    agree(b, a)
    assert index_of(store).current == release


def test_of_two_that_write_at_once_none_is_lost(hosts, store, monkeypatch):
    a, b = hosts
    a.train()
    agree(a, b)
    theirs, ours = b.train(active=False), a.train(active=False)
    objects = a.sharing._parts[0]._objects
    put, between = objects.put, [b]

    def put_and_be_overtaken(*given):
        put(*given)
        while between:
            between.pop().look()

    monkeypatch.setattr(objects, "put", put_and_be_overtaken)
    a.look()
    assert {theirs, ours} <= set(index_of(store).releases)
    agree(a, b)


def test_an_activation_while_another_arrives_is_not_undone(hosts, monkeypatch):
    a, b = hosts
    first, second = a.train(), a.train()
    agree(a, b)
    third = a.train()
    a.look()
    fetch, between = b.sharing._parts[0]._fetch, [first]

    def fetch_while_somebody_activates(release_id):
        fetch(release_id)
        while between:
            b.activate(between.pop())

    monkeypatch.setattr(b.sharing._parts[0], "_fetch", fetch_while_somebody_activates)
    b.look()
    assert b.current == first
    agree(b, a)
    assert a.current == first
    assert {second, third} <= a.releases


def test_going_back_in_the_moment_after_another_was_followed_is_not_undone(hosts, monkeypatch):
    a, b = hosts
    first, second = a.train(), a.train()
    a.activate(first)
    agree(a, b)
    a.activate(second)
    a.look()
    really, between = part.follow_current, [first]

    def follow_and_go_back(*given):
        followed = really(*given)
        while between:
            b.activate(between.pop())
        return followed

    monkeypatch.setattr(part, "follow_current", follow_and_go_back)
    b.look()
    agree(b, a)
    assert (a.current, b.current) == (first, first)


def test_looking_costs_one_question_a_part_while_nothing_happens(hosts, monkeypatch):
    a, b = hosts
    a.train()
    agree(a, b)
    asked = []
    files = b.sharing._parts[0]._objects._files
    info = files.info
    monkeypatch.setattr(files, "info", lambda path: asked.append(path) or info(path))
    for other in ("cat_file", "put", "get", "pipe_file", "rm"):
        monkeypatch.setattr(files, other, fails)
    assert b.look() == []
    assert len(asked) == 2


def test_a_damaged_pointer_is_put_right_by_the_store(hosts):
    a, b = hosts
    release = a.train()
    agree(a, b)
    (b.models / "CURRENT").write_text("nonsense")
    agree(b, a)
    assert read_current(b.models) == release


def test_nobody_looking_is_said_after_some_minutes(hosts):
    a, _ = hosts
    assert contact(a.models).startswith("Nobody has looked at the store of releases yet. Start python -m")
    a.look()
    assert contact(a.models) is None
    os.utime(a.models / ".store", (0, 0))
    assert contact(a.models, SILENT_SECONDS) is None
    said = contact(a.models, SILENT_SECONDS + 1)
    assert said.startswith("Nobody has looked at the store of releases since 1 January 1970, 00:00 UTC")


def test_a_look_that_fetches_for_long_shows_that_it_goes_on(hosts, monkeypatch):
    a, b = hosts
    a.train()
    agree(a, b)
    for _ in range(2):
        a.train()
    a.look()
    os.utime(b.models / ".store", (0, 0))
    shown, objects = [], b.sharing._parts[0]._objects
    get = objects.get

    def get_and_look(*given):
        shown.append(contact(b.models) is None)
        get(*given)

    monkeypatch.setattr(objects, "get", get_and_look)
    b.look()
    # a manifest and the other files of each: the second release comes after a sign of life
    assert shown == [False, False, True, True]


def test_models_of_labelled_tables_are_shared_too(hosts, labelled):
    a, b = hosts
    labelled(a.models)
    agree(a, b)
    assert open_model(b.models).manifest == open_model(a.models).manifest
    for _ in range(6):
        labelled(a.models)
    agree(a, b)
    kept = labelled_root(b.models) / "releases"
    assert len(list(kept.iterdir())) == 5


def test_a_folder_without_a_store_notes_no_removals(tmp_path):
    alone = Host(tmp_path / "alone", (tmp_path / "store").as_uri())
    for _ in range(4):
        alone.train()
    assert prune(alone.models, keep=1)
    assert not (alone.models / ".removed").exists()


def test_a_model_that_somebody_else_deletes_meanwhile_is_nobodys_fault(tmp_path, labelled, monkeypatch):
    for _ in range(5):
        labelled(tmp_path)
    root = labelled_root(tmp_path)

    def deleted_twice(where, old):
        (doomed,) = old
        assert doomed not in release_ids(root)
        delete(where, old)
        delete(where, old)

    monkeypatch.setattr("services.releases.labelled.store.delete", deleted_twice)
    labelled(tmp_path)
    assert len(list((root / "releases").iterdir())) == 5
