"""Commands on a host that shares its releases: what reaches the store, and what does not wait for it."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import activate, read_current
from services.releases.erasing import holders
from services.releases.folders import release_ids
from services.releases.labelled.store import labelled_root
from services.releases.store.agreed import turn
from services.releases.store.contact import contact
from tests.cli.commands import start
from tests.releases.store.hosts import Host, away, index_of
from tests.releases.tiny import make_tiny_release
from tests.worker.stage import until

GONE = "A-001"


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture
def other(store, tmp_path):
    return Host(tmp_path / "other", store.as_uri())


@pytest.fixture
def models(tmp_path, store, monkeypatch):
    folder = tmp_path / "models"
    make_tiny_release(folder)
    monkeypatch.setenv("MODELS_DIR", str(folder))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_URL", store.as_uri())
    return folder


def desk(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_following_needs_a_store(monkeypatch, tmp_path):
    monkeypatch.delenv("MODELS_URL", raising=False)
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    done = desk("follow", "--once")
    assert done.exit_code == 2
    assert "MODELS_URL is not set" in done.stderr


def test_one_look_brings_both_together_and_says_what_is_not_taken(models, store, other):
    assert desk("follow", "--once").exit_code == 0
    other.look()
    assert other.current == read_current(models)
    made = other.train()
    other.look()
    (store / "releases" / made / "overview.json").unlink()
    done = desk("follow", "--once")
    assert done.exit_code == 3
    assert f"release {made} is not whole there" in done.stderr


def test_an_activation_by_command_is_in_the_store_when_the_command_ends(models, other):
    older, newer = make_tiny_release(models), make_tiny_release(models)
    assert desk("activate", older).exit_code == 0
    other.look()
    assert other.current == older
    assert newer in other.releases


def test_a_command_goes_on_without_the_store_and_says_so(models, store):
    newer = make_tiny_release(models, active=False)
    with away(store):
        done = desk("activate", newer, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"release": newer})
    assert "cannot be reached" in done.stderr
    assert "python -m services follow brings both together as soon as that can be done" in done.stderr
    assert read_current(models) == newer


def test_another_folder_than_the_sites_is_nobodys_business(models, store, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    made = make_tiny_release(elsewhere, active=False)
    assert desk("activate", made, "--models", elsewhere).exit_code == 0
    assert list(store.iterdir()) == []


def test_who_is_forgotten_is_fetched_first_and_gone_everywhere_after(models, store, other):
    theirs = other.train(active=False)
    other.look()
    receipt = json.loads(desk("forget", GONE, "--json").stdout)
    assert theirs in {each["old"] for each in receipt["releases"]}
    assert not [path for path in store.rglob("*") if path.is_file() and GONE.encode() in path.read_bytes()]
    other.look()
    assert holders(other.models, GONE) == []


def test_nobody_is_forgotten_by_half(models, store, other):
    desk("follow", "--once")
    with away(store):
        done = desk("forget", GONE)
    assert done.exit_code == 2
    assert "Nothing was erased, because the store of releases has to take part." in done.stderr
    made = other.train(active=False)
    other.look()
    (store / "releases" / made / "overview.json").unlink()
    done = desk("forget", GONE)
    assert done.exit_code == 3
    assert "Nothing was erased, because this host lacks a release." in done.stderr
    assert holders(models, GONE)


def test_a_store_that_is_gone_after_erasing_is_on_the_receipt(models, store, monkeypatch):
    desk("follow", "--once")
    monkeypatch.setattr("services.cli.forgetting.bring_together", lambda *_, **__: False)
    receipt = json.loads(desk("forget", GONE, "--json").stdout)
    assert any(
        each.startswith("The store of releases and the other hosts still name") for each in receipt["remains"]
    )


def test_e18_check_config_says_that_the_store_does_not_answer(models, store):
    assert "store of releases" not in desk("check-config").stderr
    with away(store):
        done = desk("check-config")
    assert done.exit_code == 0
    assert "The store of releases cannot be reached." in done.stderr
    store.rmdir()
    assert "there is no folder" in desk("check-config").stderr


@pytest.fixture
def broken(models, store, other):
    """The release that is active in the store, where a file of it is lost."""
    desk("follow", "--once")
    other.look()
    made = other.train()
    other.look()
    (store / "releases" / made / "overview.json").unlink()
    shutil.rmtree(other.models / "releases" / made)
    return made


def test_a_release_that_nobody_has_whole_is_removed_from_every_host(models, store, other, broken):
    before = read_current(models)
    assert f"python -m services releases remove {broken}." in desk("forget", GONE).stderr
    done = desk("releases", "remove", broken, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"release": broken})
    index = index_of(store)
    assert (index.current, broken in index.releases, broken in index.removed) == (before, False, True)
    assert not (store / "releases" / broken).exists()
    assert other.look() == []
    assert other.current == before
    assert desk("forget", GONE).exit_code == 0


def test_what_is_in_use_or_unknown_is_not_removed(models, store, broken):
    used = read_current(models)
    done = desk("releases", "remove", used)
    assert done.exit_code == 2
    assert f"{used} is in use. Activate another release first" in done.stderr
    assert desk("releases", "remove", "20261121T224500Z-3fa9c1").exit_code == 1
    assert desk("releases", "remove", "../..").exit_code == 1
    # with nothing in use here nothing could take its place
    (models / "CURRENT").unlink()
    (models / ".shared.json").write_text('{"current":null}')
    done = desk("releases", "remove", broken)
    assert done.exit_code == 2
    assert "Nothing is in use on this host that could take its place." in done.stderr
    assert broken in index_of(store).releases


def test_a_release_of_one_host_alone_is_removed_with_the_same_command(tmp_path, monkeypatch):
    monkeypatch.delenv("MODELS_URL", raising=False)
    alone = tmp_path / "alone"
    older, newer = make_tiny_release(alone), make_tiny_release(alone)
    assert desk("releases", "remove", older, "--models", alone).exit_code == 0
    assert release_ids(alone) == [newer]
    done = desk("releases", "--models", alone, "remove", newer)
    assert done.exit_code == 2
    assert "Put --models after remove." in done.stderr
    listed = json.loads(desk("releases", "--models", alone, "--json").stdout)
    assert [each["id"] for each in listed] == [newer]


def test_models_of_labelled_tables_are_removed_too(models, other, labelled):
    older, newer = labelled(models).id, labelled(models).id
    desk("follow", "--once")
    other.look()
    assert desk("releases", "remove", newer).exit_code == 2
    assert desk("releases", "remove", older).exit_code == 0
    other.look()
    assert release_ids(labelled_root(other.models)) == [newer]


def test_only_the_release_that_is_activated_is_fetched(models, other):
    used = read_current(models)
    asked_for, left = other.train(active=False), other.train(active=False)
    other.look()
    assert desk("activate", asked_for).exit_code == 0
    assert set(release_ids(models)) == {used, asked_for}
    other.look()
    assert left in other.releases
    assert other.current == asked_for


def test_a_command_does_not_wait_for_a_long_fetch(models, store, monkeypatch):
    newer = make_tiny_release(models, active=False)
    monkeypatch.setattr("services.cli.releases.PATIENCE_SECONDS", 0.0)
    with turn(models, None):
        done = desk("activate", newer)
    assert done.exit_code == 0
    assert "Another process of this host is bringing releases and the store together." in done.stderr
    assert read_current(models) == newer
    assert list(store.iterdir()) == []
    assert contact(models).startswith("Nobody has looked")


def test_who_was_erased_does_not_come_back_with_a_host_that_was_away(models, other):
    desk("follow", "--once")
    other.look()
    assert desk("forget", GONE).exit_code == 0
    # as one that was made before, out of contact; a training would leave the customer out
    made = make_tiny_release(models)
    done = desk("follow", "--once")
    assert done.exit_code == 3
    assert f"Release {made} was not sent to the store of releases" in done.stderr
    other.look()
    assert holders(other.models, GONE) == []


@pytest.mark.slow
def test_the_process_follows_until_it_is_told_to_end(models, store, other, tmp_path):
    folder = tmp_path / "process"
    folder.mkdir()
    process = start(folder, "follow")
    try:
        until(lambda: other.look() == [] and other.current == read_current(models))
        made = other.train()
        other.look()
        until(lambda: read_current(models) == made)
        with away(store):
            until(lambda: "cannot be reached" in (contact(models) or ""))
            activate(models, make_tiny_release(models, active=False))
        until(lambda: contact(models) is None)
        until(lambda: other.look() == [] and other.current == read_current(models))
    finally:
        process.terminate()
        process.join(30)
    assert process.exitcode == 0
    *before, last = [json.loads(line) for line in (folder / "err").read_text().splitlines()]
    assert {line["level"] for line in before} == {"ERROR"}
    assert "in contact again" in last["message"]
