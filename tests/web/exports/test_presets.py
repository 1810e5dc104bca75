"""A preset as a file, and what its address refuses."""

from __future__ import annotations

import pytest
from flask import Flask

from services.core import presets
from services.core.presets.draft import draft
from services.desk import load_services
from services.site.settings import Settings
from services.site.versions.presets import Signed
from services.web.answers import errors
from services.web.exports import presets as preset_exports
from tests.core.presets.test_drafts import STANDARD, unchanged, with_name
from tests.releases.tiny import make_tiny_release


@pytest.fixture
def site(tmp_path):
    make_tiny_release(tmp_path / "models")
    services = load_services(Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "var"))
    server = Flask("test")
    preset_exports.install(server, services)
    return services, server.test_client()


def test_a_saved_version_comes_as_the_file_that_training_takes(site):
    services, client = site
    named = draft(STANDARD, with_name(unchanged(STANDARD), 1, "Fans")).preset
    saved = services.presets.save(named, "Our shop", Signed("Ann"), 0)
    for query in ("preset=our-shop", "preset=our-shop&version=1"):
        answer = client.get(f"/export/preset.toml?{query}")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="our-shop-1.toml"'
        assert answer.mimetype == "application/toml"
        assert presets.parse(answer.get_data(as_text=True), "file") == saved.preset


def test_a_state_that_cannot_be_read_is_the_sites_fault_and_not_a_missing_preset(tmp_path):
    make_tiny_release(tmp_path / "models")
    (tmp_path / "var").write_text("a file where the folder should be")
    server = Flask("test")
    services = load_services(Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "var"))
    preset_exports.install(server, services)
    errors.install(server, lambda _path: False, "")
    answer = server.test_client().get("/export/preset.toml?preset=our-shop")
    assert answer.status_code == 503
    assert "disk may be full or read-only" in answer.json["error"]


def test_without_a_name_the_preset_of_the_release_comes(site):
    answer = site[1].get("/export/preset.toml")
    assert presets.parse(answer.get_data(as_text=True), "file").id == site[0].releases.at(None).preset.id


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("preset=gone", 404),
        ("preset=..%2F..%2Fetc%2Fpasswd", 404),
        ("preset=standard&version=3", 404),
        ("preset=standard&version=x", 400),
        ("preset=standard&version=" + "9" * 400, 400),
    ],
)
def test_what_is_not_there_is_answered_in_a_sentence(site, query, status):
    answer = site[1].get(f"/export/preset.toml?{query}")
    assert answer.status_code == status
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_site_without_a_release_says_so(tmp_path):
    server = Flask("test")
    preset_exports.install(server, load_services(Settings(models_dir=tmp_path, state_dir=tmp_path)))
    answer = server.test_client().get("/export/preset.toml")
    assert answer.status_code == 503
    assert "Train one" in answer.get_data(as_text=True)
