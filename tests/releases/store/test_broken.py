"""A store that is away, full disks, and broken releases: what a host has is served on."""

from __future__ import annotations

import os
import shutil
import time

import pytest

from services.releases import prune
from services.releases.store import StoreAway, refused
from services.releases.store import part as sharing_part
from services.releases.store.contact import contact
from tests.releases.store.hosts import agree, away, fails, index_of


def break_byte(file):
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


FAULTS = {
    "a changed byte": (break_byte, "customers/r.npy was changed after the release was made"),
    "a file cut short": (lambda file: file.write_bytes(file.read_bytes()[:9]), "has 9 bytes instead of"),
    "a missing file": (lambda file: file.unlink(), "is not whole there"),
}


@pytest.mark.parametrize(("fault", "said"), FAULTS.values(), ids=FAULTS)
def test_d2_a_broken_release_is_never_served_and_the_one_before_stays(hosts, store, monkeypatch, fault, said):
    a, b = hosts
    first = a.train()
    agree(a, b)
    second = a.train()
    a.look()
    kept = shutil.copytree(store / "releases" / second, store.parent / "kept")
    fault(store / "releases" / second / "customers" / "r.npy")
    (told,) = b.look()
    assert said in told
    assert told in contact(b.models)
    assert (b.current, b.releases) == (first, {first})
    assert not list((b.models / "releases").glob("*.arriving"))
    # it is not fetched again at every look
    shutil.rmtree(store / "releases" / second)
    shutil.copytree(kept, store / "releases" / second)
    assert b.look() == [told]
    later = time.monotonic() + refused.AGAIN_SECONDS
    monkeypatch.setattr(refused.time, "monotonic", lambda: later)
    agree(b, a)
    assert (b.current, contact(b.models)) == (second, None)


def test_a_broken_release_that_is_not_active_keeps_no_other_one_away(hosts, store):
    a, b = hosts
    broken, whole = a.train(active=False), a.train()
    a.look()
    (store / "releases" / broken / "overview.json").write_bytes(b"{}")
    assert len(b.look()) == 1
    assert (b.current, b.releases) == (whole, {whole})


def test_a_release_that_cannot_be_used_here_is_not_spread(hosts, store, caplog):
    a, _ = hosts
    whole, broken = a.train(), a.train(active=False)
    break_byte(a.models / "releases" / broken / "customers" / "r.npy")
    assert a.look() == []
    assert index_of(store).releases == [whole]
    assert "not sent to the store of releases" in caplog.text


def test_without_the_store_a_host_goes_on_and_tells_it_later(hosts, store):
    a, b = hosts
    a.train()
    agree(a, b)
    with away(store):
        made = b.train()
        with pytest.raises(StoreAway, match=r"^The store of releases cannot be reached\. Check MODELS_URL"):
            b.look()
        assert b.current == made
        assert "cannot be reached" in contact(b.models)
    agree(b, a)
    assert a.current == made
    assert contact(b.models) is None


def test_an_upload_that_was_ended_is_nobodys_release_and_is_done_again(hosts, store, monkeypatch):
    a, b = hosts
    release = a.train()
    with monkeypatch.context() as patched:
        patched.setattr(a.sharing._parts[0]._objects._files, "put", fails)
        with pytest.raises(StoreAway):
            a.look()
    assert b.look() == []
    assert b.current is None
    agree(a, b)
    assert b.current == release


def test_what_was_fetched_by_half_is_removed_and_fetched_again(hosts):
    a, b = hosts
    release = a.train()
    a.look()
    half = b.models / "releases" / f"{release}.arriving"
    half.mkdir(parents=True)
    (half / "lookup.sqlite").write_bytes(b"half")
    agree(b, a)
    assert not half.exists()


def test_a_full_disk_is_said_and_leaves_nothing_half(hosts, monkeypatch):
    a, b = hosts
    a.train()
    a.look()

    def full(*_args):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(sharing_part, "sync_tree", full)
    with pytest.raises(StoreAway, match=r"^The disk is full: release .* was not fetched"):
        b.look()
    assert list((b.models / "releases").iterdir()) == []


def test_a_full_disk_is_not_filled_again_at_every_look(hosts, monkeypatch):
    a, b = hosts
    a.train()
    a.look()
    fetched = []

    def full(names, _paths):
        fetched.append(names)
        raise OSError(28, os.strerror(28))

    objects = b.sharing._parts[0]._objects
    monkeypatch.setattr(objects._files, "get", full)
    with pytest.raises(StoreAway, match=r"^The disk is full: release .* was not fetched"):
        b.look()
    assert "The disk is full" in b.look()[0]
    assert len(fetched) == 1


def test_a_full_disk_gets_rid_of_what_was_removed_before_more_is_fetched(hosts, monkeypatch):
    a, b = hosts
    made = [a.train() for _ in range(3)]
    agree(a, b)
    newer = a.train()
    gone = prune(a.models, keep=1)
    assert gone == made[::-1]
    a.look()

    def full(*_args):
        assert b.releases == {made[2]}  # which is active until the newer one is here
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(sharing_part, "sync_tree", full)
        with pytest.raises(StoreAway, match=rf"release {newer} was not fetched"):
            b.look()
    assert (b.current, b.releases) == (made[2], {made[2]})


def test_what_cannot_be_used_is_tried_at_longer_and_longer_intervals(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(refused.time, "monotonic", lambda: now[0])
    found, tried = refused.Refused(), []
    for second in range(0, 24 * 3600, 20):
        now[0] = float(second)
        if not found.waits("it"):
            tried.append(second)
            found.note("it", "said")
        assert found.due() is False
    assert tried[:5] == [0, 60, 180, 420, 900]
    assert tried[-1] - tried[-2] == refused.LONGEST_SECONDS
    found.drop("it")
    assert (found.sentences, found.waits("it")) == ([], False)


def test_of_a_release_of_another_scikit_learn_only_the_manifest_is_fetched(hosts, monkeypatch):
    a, b = hosts
    a.train()
    a.look()
    fetched, objects = [], b.sharing._parts[0]._objects
    get = objects.get
    monkeypatch.setattr(
        objects, "get", lambda place, names, to: fetched.extend(names) or get(place, names, to)
    )
    monkeypatch.setattr("services.releases.checks.files.version", lambda _: "99.0")
    (told,) = b.look()
    assert "and 99.0 is installed" in told
    assert fetched == ["manifest.json"]


def test_a_store_whose_folder_is_not_there_gets_no_copies(hosts, store):
    a, _ = hosts
    a.train()
    store.rmdir()
    with pytest.raises(StoreAway, match=r"cannot be reached\. Check MODELS_URL .*there is no folder"):
        a.look()
    assert not store.exists()
