"""Which release is active: one pointer, changed as a whole; and what pruning spares."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.releases import (
    ReleaseWriter,
    activate,
    current_mtime,
    list_releases,
    open_release,
    prune,
    read_current,
    set_current,
    training_lock,
)
from tests.releases.forging import edit_manifest

LATER = "20261122T000000Z-00000{}"


def _copy(folder, number, previous=None):
    """Another release, equal but for its id and the release before it."""
    release_id = LATER.format(number)
    shutil.copytree(folder, folder.with_name(release_id))
    edit_manifest(folder.with_name(release_id), lambda m: m.update(id=release_id, previous=previous))
    return release_id


def test_nothing_is_active_before_the_first_release(tmp_path):
    assert read_current(tmp_path) is None
    assert current_mtime(tmp_path) is None
    assert list_releases(tmp_path) == []
    assert prune(tmp_path) == []


@pytest.mark.parametrize("unknown", ["20200101T000000Z-000000", "../x", "", "latest"])
def test_an_unknown_release_is_not_found_and_the_pointer_stays(models, release_id, unknown):
    for change in (activate, set_current):
        with pytest.raises(NotFound, match="There is no release"):
            change(models, unknown)
    assert read_current(models) == release_id


def test_each_change_of_the_pointer_can_be_seen_by_its_time(models, release_id, folder):
    other = _copy(folder, 1)
    seen = [current_mtime(models)]
    for _ in range(20):
        for name in (other, release_id):
            set_current(models, name)
            seen.append(current_mtime(models))
    assert seen == sorted(set(seen))


def test_two_threads_activating_at_once_never_leave_a_bad_pointer(models, release_id, folder):
    other = _copy(folder, 1)
    done = threading.Event()

    def read():
        seen = set()
        while not done.is_set():
            seen.add(read_current(models))
        return seen

    def change(name):
        for _ in range(25):
            set_current(models, name)

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for writer in [pool.submit(change, name) for name in (other, release_id)]:
            writer.result()
        done.set()
        seen = set.union(*(reader.result() for reader in readers))
    assert seen <= {other, release_id}
    assert open_release(models, read_current(models)).manifest.customers == 6


def test_d11_rolling_back_is_activating_the_one_before(models, release_id, folder):
    other = _copy(folder, 1, previous=release_id)
    activate(models, other)
    assert [(r.id, r.active) for r in list_releases(models)] == [(other, True), (release_id, False)]
    activate(models, release_id)
    assert [r.active for r in list_releases(models)] == [False, True]


def test_pruning_keeps_the_newest_the_active_and_the_one_before_it(models, release_id, folder):
    second, *others = [_copy(folder, number, previous=release_id) for number in range(1, 6)]
    activate(models, second)
    assert prune(models, keep=2) == others[-3::-1]
    assert [release.id for release in list_releases(models)] == [*others[:-3:-1], second, release_id]
    assert prune(models, keep=2) == []


def test_pruning_removes_nothing_while_the_pointer_is_damaged(models, folder):
    _copy(folder, 1)
    (models / "CURRENT").write_text("?")
    with pytest.raises(ReleaseUnusable, match="CURRENT"):
        prune(models, keep=0)
    assert len(list_releases(models)) == 2


def test_what_a_crash_left_goes_with_the_next_pruning_unless_a_training_runs(models, folder):
    left = folder.with_name(LATER.format(1) + ".partial")
    left.mkdir()
    with training_lock(models):
        prune(models)
        assert left.exists()
    prune(models)
    assert not left.exists()


def test_a_second_training_is_refused_with_the_hour_of_the_first(tmp_path):
    since = r"A training is running since \d{4}-\d\d-\d\d \d\d:\d\d UTC"
    with training_lock(tmp_path), pytest.raises(Refusal, match=since):
        training_lock(tmp_path).__enter__()
    with training_lock(tmp_path):
        pass


def test_a_training_that_was_killed_holds_no_lock(tmp_path):
    if not (child := os.fork()):
        try:
            training_lock(tmp_path).__enter__()
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with training_lock(tmp_path):
        pass


def test_a_writer_that_fails_leaves_nothing(tmp_path):
    def fail(error):
        with ReleaseWriter(tmp_path, LATER.format(1)) as writer:
            writer.save_json("overview.json", {})
            raise error

    for error in (ValueError("no"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            fail(error)
        assert list((tmp_path / "releases").iterdir()) == []


def test_an_incomplete_release_is_not_published(tmp_path):
    with pytest.raises(ValueError, match="made_at"), ReleaseWriter(tmp_path, LATER.format(1)) as writer:
        writer.publish({})
    assert list_releases(tmp_path) == []


def test_a_full_disk_is_said_in_a_sentence(tmp_path):
    with pytest.raises(Refusal, match="The disk is full"), ReleaseWriter(tmp_path, LATER.format(1)):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list((tmp_path / "releases").iterdir()) == []


def test_a_release_is_never_written_twice(models, release_id):
    with pytest.raises(Refusal, match="already exists"):
        ReleaseWriter(models, release_id).__enter__()
    assert open_release(models, release_id).id == release_id
