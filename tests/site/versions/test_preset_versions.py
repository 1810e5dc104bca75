"""Versions of presets in the site's state: what is added stays, is logged, and is never written twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from services.site.people.audit import Audit
from services.site.state import State, StateUnusable
from services.site.versions import numbered
from services.site.versions.numbered import Overtaken
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import Record, SavedPresets, Signed
from tests.site.versions.test_presets import STANDARD, renamed

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANN, BEN = Signed("Ann Smith", account="ann"), Signed("Ben")


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def other(state, tmp_path):
    """The same state as another worker has it open."""
    opened = State(tmp_path)
    yield opened
    opened.close()


def record(preset="ours", version=1, author="Ann"):
    return Record(preset, version, 'id = "ours"', "standard", author, "O'Neil; DROP TABLE", NOON)


def logged(state):
    return [(each.who, each.what, each.subject, each.result) for each in Audit(state).listed()]


def test_versions_come_back_as_they_were_newest_first(state, other):
    store = PresetVersions(state)
    kept = [record("ours", 1), record("ours", 10), record("ours", 2), record("a", 1)]
    assert all(store.add(each, "ann", "saved") for each in kept)
    again = PresetVersions(other)
    assert again.versions("ours") == [kept[1], kept[2], kept[0]]
    assert again.latest() == [kept[3], kept[1]]


def test_a_version_that_is_there_is_not_overwritten_and_not_logged_again(state):
    store = PresetVersions(state)
    assert store.add(record(author="Ann"), "ann", "saved")
    assert not store.add(record(author="Ben"), "ben", "saved")
    assert [each.author for each in store.versions("ours")] == ["Ann"]
    assert logged(state) == [("ann", "preset", "ours@1", "saved")]


def test_of_many_who_save_at_once_one_is_first(state, other):
    def add(number):
        return PresetVersions(other if number % 2 else state).add(record(author=str(number)), "ann", "saved")

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(add, range(8))) == [False] * 7 + [True]
    assert len(PresetVersions(state).versions("ours")) == len(logged(state)) == 1


def test_saving_and_going_back_are_logged_with_who_what_and_which_version(state):
    library = SavedPresets(PresetVersions(state))
    first = library.save(renamed(STANDARD, "Fans"), "Our shop", ANN, 0)
    library.save(renamed(first.preset, "Regulars"), "Our shop", BEN, 1)
    library.go_back("our-shop", 1, ANN, 2)
    assert logged(state) == [
        ("ann", "preset", "our-shop@3", "back to version 1"),
        ("local", "preset", "our-shop@2", "saved"),
        ("ann", "preset", "our-shop@1", "saved"),
    ]
    times = [each.at for each in reversed(Audit(state).listed())]
    kept = [each.saved_at for each in reversed(library.versions("our-shop"))]
    assert all(abs((at - saved).total_seconds()) <= 1 for at, saved in zip(times, kept, strict=True))


def test_of_two_people_in_two_workers_the_second_is_told_of_the_first(state, other):
    ann, ben = SavedPresets(PresetVersions(state)), SavedPresets(PresetVersions(other))
    first = ann.save(renamed(STANDARD, "Fans"), "Our shop", ANN, 0)
    ben.save(renamed(first.preset, "Regulars"), "Our shop", BEN, 1)
    with pytest.raises(Overtaken, match=r"Ben saved version 2 of “Our shop” after you opened version 1\."):
        ann.save(renamed(first.preset, "Friends"), "Our shop", ANN, 1)
    with pytest.raises(Overtaken):
        ann.go_back("our-shop", 1, ANN, 1)
    assert [each.author for each in ann.versions("our-shop")] == ["Ben", "Ann Smith"]
    assert [subject for _, _, subject, _ in logged(state)] == ["our-shop@2", "our-shop@1"]


def test_a_version_that_cannot_be_logged_is_not_kept(state, monkeypatch):
    def full(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(numbered, "add_within", full)
    with pytest.raises(StateUnusable):
        PresetVersions(state).add(record(), "ann", "saved")
    assert PresetVersions(state).latest() == []


def test_a_database_that_may_only_be_read_saves_nothing_and_says_so(state):
    store = PresetVersions(state)
    store.add(record(), "ann", "saved")
    with state.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StateUnusable, match=r"nothing was done\. .* disk may be full or read-only"):
        store.add(record(version=2), "ann", "saved")
    assert store.versions("ours") == [record()]


def test_a_folder_that_cannot_be_made_saves_nothing_and_says_so(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    store = PresetVersions(State(tmp_path / "var"))
    with pytest.raises(StateUnusable, match="nothing was done"):
        store.add(record(), "ann", "saved")


@pytest.mark.parametrize("asked", ["\x00", "\ud800", "ours\n", "Лучшие"])
def test_what_can_be_no_id_has_no_versions(state, asked):
    PresetVersions(state).add(record(), "ann", "saved")
    assert PresetVersions(state).versions(asked) == []
