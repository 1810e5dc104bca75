"""Which release answers: workers follow the pointer, a page keeps what it shows."""

import shutil
import threading

import pytest

from services.core.refusals import ReleaseUnusable
from services.releases import activate, set_current
from services.serving import load_services
from services.serving import releases as serving
from services.serving.releases import Releases
from services.site.settings import Settings
from tests.releases.tiny import make_tiny_release


@pytest.fixture(autouse=True)
def always_look(monkeypatch):
    monkeypatch.setattr(serving, "CHECK_SECONDS", 0)


def test_without_a_release_there_is_none_and_asking_says_how_to_make_one(tmp_path):
    releases = Releases(tmp_path)
    assert releases.current() is None
    with pytest.raises(ReleaseUnusable, match="Train one"):
        releases.at(None)


def test_a_release_made_after_the_start_is_noticed(tmp_path):
    releases = Releases(tmp_path)
    assert releases.current() is None
    made = make_tiny_release(tmp_path)
    assert releases.current().id == made


def test_a_newly_activated_release_answers_and_a_page_keeps_its_own(tmp_path):
    first = make_tiny_release(tmp_path, customers=6)
    releases = Releases(tmp_path)
    shown = releases.current()
    second = make_tiny_release(tmp_path, customers=8, previous=first)
    assert releases.current().id == second
    assert releases.at(first) is shown
    assert releases.at(None).id == second


def test_going_back_is_noticed_too(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    releases = Releases(tmp_path)
    assert releases.current().id == second
    activate(tmp_path, first)
    assert releases.current().id == first


def test_a_damaged_release_is_not_taken_and_the_loaded_one_goes_on(tmp_path):
    first = make_tiny_release(tmp_path)
    releases = Releases(tmp_path)
    assert releases.current().id == first
    second = make_tiny_release(tmp_path, previous=first)
    model = tmp_path / "releases" / second / "model.pkl"
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    assert releases.current().id == first
    assert second in releases.problem
    assert "model.pkl" in releases.problem


def test_a_page_whose_release_is_gone_is_told_to_reload(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    shutil.rmtree(tmp_path / "releases" / first)
    with pytest.raises(ReleaseUnusable, match="Reload the page"):
        Releases(tmp_path).at(first)
    assert Releases(tmp_path).at("../../etc").id == second


def test_swapping_under_readers_never_mixes_two_releases(tmp_path):
    sizes = {make_tiny_release(tmp_path, customers=size): size for size in (6, 9)}
    releases, wrong, stop = Releases(tmp_path), [], threading.Event()

    def read():
        while not stop.is_set():
            release = releases.current()
            orders = release.lookup().execute("select count(distinct customer) from orders").fetchone()[0]
            if not (release.count == sizes[release.id] == release.manifest.customers >= orders):
                wrong.append(release.id)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(50):
        for made in sizes:
            set_current(tmp_path, made)
            assert releases.current().id == made
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_the_active_release_is_ready_to_predict_before_workers_are_forked(tmp_path):
    make_tiny_release(tmp_path)
    active = load_services(Settings(models_dir=tmp_path)).releases.current()
    assert {"neighbours", "usual"} <= vars(active).keys()
    assert load_services(Settings(models_dir=tmp_path / "empty")).releases.current() is None


def test_a_release_that_was_removed_answers_no_more_from_memory(tmp_path):
    first = make_tiny_release(tmp_path)
    make_tiny_release(tmp_path, previous=first)
    releases = Releases(tmp_path)
    assert releases.at(first).id == first
    shutil.rmtree(tmp_path / "releases" / first)
    with pytest.raises(ReleaseUnusable, match="no longer kept"):
        releases.at(first)
