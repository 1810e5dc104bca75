"""Versions in the state folder: what is added stays, and nothing is written by looking."""

import threading
from datetime import UTC, datetime

import pytest

from services.core.refusals import Refusal
from services.site.preset_versions import FILE, PresetVersions
from services.site.saved_presets import Record

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(preset="ours", version=1, author="Ann"):
    return Record(preset, version, 'id = "ours"', "standard", author, "O'Neil; DROP TABLE", NOON)


def test_looking_makes_no_file(tmp_path):
    store = PresetVersions(tmp_path / "var")
    assert (store.latest(), store.versions("ours")) == ([], [])
    assert not (tmp_path / "var").exists()


def test_versions_come_back_as_they_were_newest_first(tmp_path):
    store = PresetVersions(tmp_path / "var")
    kept = [record("ours", 1), record("ours", 10), record("ours", 2), record("a", 1)]
    assert all(store.add(each) for each in kept)
    again = PresetVersions(tmp_path / "var")
    assert again.versions("ours") == [kept[1], kept[2], kept[0]]
    assert again.latest() == [kept[3], kept[1]]


def test_a_version_that_is_there_is_not_overwritten(tmp_path):
    store = PresetVersions(tmp_path)
    assert store.add(record(author="Ann"))
    assert not store.add(record(author="Ben"))
    assert [each.author for each in store.versions("ours")] == ["Ann"]


def test_of_many_who_save_at_once_one_is_first(tmp_path):
    kept = []
    threads = [
        threading.Thread(
            target=lambda author: kept.append(PresetVersions(tmp_path).add(record(author=author))),
            args=(str(number),),
        )
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == [False] * 7 + [True]
    assert len(PresetVersions(tmp_path).versions("ours")) == 1


def test_a_damaged_file_is_said_in_a_sentence(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database, but long enough to be taken for one" * 40)
    with pytest.raises(Refusal, match="Saved presets cannot be read"):
        PresetVersions(tmp_path).latest()


def test_a_folder_that_cannot_be_made_saves_nothing_and_says_so(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(Refusal, match="Nothing was saved") as refused:
        PresetVersions(tmp_path / "var").add(record())
    assert refused.value.field == "save"
