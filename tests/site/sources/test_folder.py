"""A watched folder: a file is taken once it has stopped growing, and not tried again until it changes."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.settings import Settings
from services.site.sources import failing
from services.site.sources.folder import SETTLED_SECONDS, Files


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "brought"
    made.mkdir()
    return made


@pytest.fixture
def files(state, clock):
    return Files(state, clock)


def names(found):
    return [each.name for each in found]


def test_a_file_is_taken_when_it_has_stopped_growing(files, folder, clock):
    (folder / "may.csv").write_text("a")
    assert files.look(folder) == []
    clock.now += SETTLED_SECONDS - 1
    (folder / "may.csv").write_text("ab")
    assert files.look(folder) == []
    clock.now += SETTLED_SECONDS
    (may,) = files.look(folder)
    assert (may.name, may.size) == ("may.csv", 2)
    files.added(may)
    clock.now += 3_600
    assert files.look(folder) == []
    (folder / "may.csv").write_text("cd")
    assert files.look(folder) == []
    clock.now += SETTLED_SECONDS
    assert names(files.look(folder)) == ["may.csv"]


def test_a_file_that_was_refused_is_told_until_it_changes_or_goes(files, folder, clock, state):
    (folder / "may.csv").write_text("a")
    (folder / "odd\udcff.csv").write_text("b")
    assert names(files.look(folder, 0)) == ["may.csv", "odd\\xff.csv"]
    for each in files.look(folder, 0):
        files.refuse(each, "0" * 64, f"“{each.name}” was not added.")
    settings = Settings(source_folder=folder)
    assert [each.file for each in failing(settings, state)] == ["may.csv", "odd\\xff.csv"]
    clock.now += 3_600
    assert files.look(folder) == []
    assert names(files.look(folder, 0, again=True)) == ["may.csv", "odd\\xff.csv"]
    (folder / "may.csv").write_text("ab")
    (folder / "odd\udcff.csv").unlink()
    files.look(folder)
    assert failing(settings, state) == []


def test_folders_hidden_files_and_what_is_still_on_its_way_are_no_files(files, folder):
    (folder / "below").mkdir()
    for name in (".may.csv.Xy12", "~$may.xlsx", "may.csv.part", "june.CSV.tmp", "gone.csv"):
        (folder / name).write_text("a")
    (folder / "gone.csv").unlink()
    (folder / "gone.csv").symlink_to(folder / "nowhere")
    assert files.look(folder, 0) == []


def test_a_folder_that_is_missing_is_refused_with_the_setting(files, folder):
    with pytest.raises(Refusal, match=r"^There is no folder “.*none”\. Make it, or set SOURCE_FOLDER"):
        files.look(folder / "none")
    (folder / "file").write_text("")
    with pytest.raises(Refusal, match="cannot be read: not a directory"):
        files.look(folder / "file")
