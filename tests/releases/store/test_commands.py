"""Commands on a host that shares its releases: what reaches the store, and what does not wait for it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import activate, read_current
from services.releases.erasing import holders
from services.releases.store.contact import contact
from tests.cli.commands import start
from tests.releases.store.hosts import Host, away
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
    assert "python -m services follow brings both together when the store answers" in done.stderr
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
    monkeypatch.setattr("services.cli.forgetting.bring_together", lambda *_: False)
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
