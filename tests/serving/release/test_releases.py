"""Which release answers: workers follow the pointer, a page keeps what it shows."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from services.core.refusals import ReleaseUnusable
from services.desk import load_services
from services.releases import activate, set_current
from services.serving.release import active as serving
from services.serving.release.active import Releases
from services.site.settings import Settings
from tests.releases.tiny import make_tiny_release


@pytest.fixture(autouse=True)
def always_look(monkeypatch):
    monkeypatch.setattr(serving, "CHECK_SECONDS", 0)


def damage(models, release_id):
    model = models / "releases" / release_id / "model.pkl"
    model.write_bytes(model.read_bytes()[:-1] + b"!")


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


def test_d11_going_back_is_noticed_too(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    releases = Releases(tmp_path)
    assert releases.current().id == second
    activate(tmp_path, first)
    assert releases.current().id == first


def test_d10_a_damaged_release_is_not_taken_and_the_loaded_one_goes_on(tmp_path):
    first = make_tiny_release(tmp_path)
    releases = Releases(tmp_path)
    assert releases.current().id == first
    second = make_tiny_release(tmp_path, previous=first)
    damage(tmp_path, second)
    assert releases.current().id == first
    assert second in releases.problem
    assert "model.pkl" in releases.problem


def test_d1_a_site_that_starts_on_a_damaged_release_takes_the_newest_good_one_before_it(tmp_path):
    moments = (datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 6))
    oldest, good, bad, activated, later = [make_tiny_release(tmp_path, made_at=each) for each in moments]
    activate(tmp_path, activated)
    damage(tmp_path, activated)
    damage(tmp_path, bad)
    releases = Releases(tmp_path)
    assert releases.current().id == good
    assert activated in releases.problem
    assert releases.problem.endswith(f"Release {good} is used instead.")
    activate(tmp_path, later)
    assert (releases.current().id, releases.problem) == (later, None)
    assert oldest != good


@pytest.mark.parametrize("content", [b"", b"../../etc", b"20200101T000000Z-000000"])
def test_d1_d10_a_site_that_starts_on_a_pointer_to_nothing_takes_the_newest_good_release(tmp_path, content):
    made = make_tiny_release(tmp_path)
    (tmp_path / "CURRENT").write_bytes(content)
    releases = Releases(tmp_path)
    assert releases.current().id == made
    assert "is used instead" in releases.problem


def test_d1_without_any_good_release_there_is_none_and_the_reason_is_one_sentence(tmp_path):
    damage(tmp_path, make_tiny_release(tmp_path))
    releases = Releases(tmp_path)
    assert releases.current() is None
    assert "model.pkl" in releases.problem
    with pytest.raises(ReleaseUnusable, match=r"model\.pkl"):
        releases.at(None)


def test_d2_a_problem_is_an_alert_once_and_not_at_every_look(tmp_path, caplog):
    damage(tmp_path, make_tiny_release(tmp_path))
    releases = Releases(tmp_path)
    for _ in range(3):
        releases.current()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_d10_a_page_whose_release_is_gone_is_told_to_reload(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    shutil.rmtree(tmp_path / "releases" / first)
    with pytest.raises(ReleaseUnusable, match="Reload the page"):
        Releases(tmp_path).at(first)
    assert Releases(tmp_path).at("../../etc").id == second


def test_d9_swapping_under_eight_readers_gives_no_error_and_never_mixes_two_releases(tmp_path):
    sizes = {
        make_tiny_release(tmp_path, customers=size): size for size in (6, 9, 12)
    }  # one more than is kept
    releases, stop = Releases(tmp_path), threading.Event()

    def read():
        seen = set()
        while not stop.is_set():
            release = releases.current()
            orders = release.lookup().execute("select count(distinct customer) from orders").fetchone()[0]
            assert release.count == sizes[release.id] == release.manifest.customers >= orders
            assert len(release.overview.clusters) == len(release.centres)
            seen.add(release.id)
        return seen

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        try:
            for _ in range(40):
                for made in sizes:
                    set_current(tmp_path, made)
                    assert releases.current().id == made
        finally:
            stop.set()
        seen = set.union(*(reader.result() for reader in readers))
    assert seen == set(sizes)


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


def cut(models, release_id):
    """Cut a column short in place, as copying over a release does."""
    column = models / "releases" / release_id / "customers" / "monetary.npy"
    with column.open("r+b") as file:
        file.truncate(column.stat().st_size // 2)


def test_d1_a_release_cut_short_in_place_is_let_go_before_it_ends_the_process(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    releases = Releases(tmp_path)
    assert releases.current().id == second
    cut(tmp_path, second)
    assert releases.current().id == first
    assert "customers/monetary.npy has " in releases.problem
    assert releases.problem.endswith(f"Release {first} is used instead.")
    with pytest.raises(ReleaseUnusable, match=r"monetary\.npy has "):
        releases.at(second)
    cut(tmp_path, first)
    assert releases.current() is None
    with pytest.raises(ReleaseUnusable, match=r"monetary\.npy has "):
        releases.at(None)


def test_d1_sizes_are_looked_at_when_a_release_in_memory_is_swapped_back(tmp_path):
    first = make_tiny_release(tmp_path)
    releases = Releases(tmp_path)
    assert releases.current().id == first
    second = make_tiny_release(tmp_path, previous=first)
    assert releases.current().id == second
    cut(tmp_path, first)
    set_current(tmp_path, first)
    assert releases.current().id == second
    assert "customers/monetary.npy has " in releases.problem
    with pytest.raises(ReleaseUnusable, match=r"monetary\.npy has "):
        releases.at(first)


def test_d10_without_a_pointer_a_good_release_serves_and_it_is_said_before_and_after_a_restart(tmp_path):
    made = make_tiny_release(tmp_path)
    running = Releases(tmp_path)
    assert running.current().id == made
    (tmp_path / "CURRENT").unlink()
    for releases in (running, Releases(tmp_path)):
        assert releases.current().id == made
        assert releases.problem == (
            "No release is active: CURRENT is missing from the models folder. Activate one: python -m "
            f"services activate ID. Release {made} is used instead."
        )
    activate(tmp_path, made)
    assert (running.current().id, running.problem) == (made, None)


def test_d10_what_nobody_ever_activated_is_not_served(tmp_path):
    made = make_tiny_release(tmp_path, active=False)
    releases = Releases(tmp_path)
    assert releases.current() is None
    assert releases.problem == (
        "No release is active yet. Analysts and admins publish one on Compare releases; on the server it is "
        "python -m services activate ID."
    )
    with pytest.raises(ReleaseUnusable, match="No release is active yet"):
        releases.at(None)
    assert releases.at(made).id == made, "asked for by its id, a release answers"
    activate(tmp_path, made)
    assert (releases.current().id, releases.problem) == (made, None)


def test_d10_a_start_after_the_active_release_was_removed_says_what_is_missing(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    running = Releases(tmp_path)
    assert running.current().id == second
    shutil.rmtree(tmp_path / "releases" / second)
    for releases in (running, Releases(tmp_path)):
        assert releases.current().id == first
        assert releases.problem == (
            f"Release {second}, which CURRENT names, is not in the models folder. Activate another: python "
            f"-m services activate ID. Release {first} is used instead."
        )
