"""Presets on the command line: saved ones are listed, and training finds them by name and version."""

import re
from contextlib import closing

import pytest

from services.cli.prepare import prepare
from services.core import presets
from services.core.presets.draft import draft
from services.core.presets.toml import to_toml
from services.releases import list_releases, open_release
from services.site.settings import Settings
from services.site.state import State
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets, Signed
from tests.cli.commands import run
from tests.core.presets.test_drafts import unchanged, with_name
from tests.training.test_run import ledger, write


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """A state folder with two versions of "Our shop", whose second segment is called Fans, then Regulars."""
    folder = tmp_path_factory.mktemp("state")
    opened = State(folder)
    library = SavedPresets(PresetVersions(opened))
    preset = presets.load("standard")
    for seen, name in enumerate(("Fans", "Regulars")):
        named = draft(preset, with_name(unchanged(preset), 1, name)).preset
        preset = library.save(named, "Our shop", Signed("Ann"), seen).preset
    opened.close()
    return folder


def found(state, name):
    with closing(State(state)) as opened:
        return SavedPresets(PresetVersions(opened)).find(name)


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    return write(tmp_path_factory.mktemp("lines") / "ledger.csv", ledger(24))


def test_presets_lists_what_ships_and_what_was_saved_with_author_and_version(state):
    listed = run("presets", "--json", STATE_DIR=str(state)).json
    assert [each["id"] for each in listed][0::6] == ["standard", "our-shop"]
    assert {name: listed[-1][name] for name in ("version", "author", "name")} == {
        "version": 2,
        "author": "Ann",
        "name": "Our shop",
    }
    assert "Version 2, by Ann." in run("presets", STATE_DIR=str(state)).out


@pytest.mark.parametrize(
    ("name", "version", "second"), [("our-shop", 2, "Regulars"), ("our-shop@1", 1, "Fans")]
)
def test_training_takes_a_saved_preset_and_the_release_keeps_its_definition(
    tmp_path, state, lines, name, version, second
):
    words = ("train", lines, "--preset", name, "--k", 2, "--models", tmp_path, "--json")
    receipt = run(*words, STATE_DIR=str(state)).json
    assert receipt["preset"] == "our-shop"
    assert list(receipt["segments"])[1] == second
    manifest = open_release(tmp_path, receipt["release"]).manifest
    definition = presets.Preset.model_validate(manifest.preset_definition)
    assert (manifest.preset, definition.version) == ("our-shop", version)
    assert definition == found(state, name)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("our-shop@9", "no version '9'; its latest is 2"), ("your-shop", r"standard, .*, our-shop")],
)
def test_a_preset_that_is_not_there_is_exit_code_one(tmp_path, state, lines, name, sentence):
    ran = run("train", lines, "--preset", name, "--models", tmp_path, STATE_DIR=str(state))
    assert ran.code == 1
    assert re.search(sentence, ran.err)


def test_presets_that_cannot_be_read_are_said_in_a_sentence(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    ran = run("presets", STATE_DIR=str(tmp_path / "var"))
    assert (ran.code, ran.out) == (2, "")
    assert "disk may be full or read-only" in ran.err


def test_a_start_trains_again_when_a_newer_version_was_saved_and_not_otherwise(tmp_path, state, lines):
    preset = found(state, "our-shop@1")
    (tmp_path / "ours.toml").write_text(to_toml(preset), encoding="utf-8")
    settings = Settings(models_dir=tmp_path / "models", state_dir=state, data=lines)

    def started(name):
        prepare(Settings(**(vars(settings) | {"preset": name})))
        return len(list_releases(settings.models_dir))

    names = ("our-shop@1", str(tmp_path / "ours.toml"), "our-shop", "our-shop@2")
    assert [started(name) for name in names] == [1, 1, 2, 2]
