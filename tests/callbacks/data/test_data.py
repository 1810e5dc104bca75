"""The page of a release: from a models folder, from an empty one, from a damaged one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from dash import html
from dash._utils import to_json

from callbacks.data.wiring import LISTED_SECONDS, Pages
from layouts.data.frame import SUB
from layouts.plain import plain
from services.desk import load_services
from services.releases import activate
from services.site.settings import Settings
from services.site.sources import Sources, configured
from tests.releases.tiny import make_tiny_release

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def pages_of(models):
    models.mkdir(exist_ok=True)
    return Pages(load_services(Settings(models_dir=models)))


def written(shown):
    return json.dumps([shown["page"], shown.get("listed")], ensure_ascii=False)


def test_the_page_of_the_active_release_says_its_age_today(models):
    release = make_tiny_release(models)
    shown = pages_of(models).show(release, NOW)
    assert release in shown["sub"]
    assert "5,474 days old; it was 5,470 days when the release was made." in written(shown)


def test_the_page_holds_no_component_so_that_it_is_written_at_once(models):
    shown = pages_of(models).show(make_tiny_release(models), NOW)
    assert json.loads(json.dumps(shown)) == shown


def test_plain_is_what_dash_would_send_of_all_that_a_callback_can_reach():
    tree = html.Div([html.P("a", id="b"), None, 1.5, ("c", {"d": html.B("e", id="g")})], id="f")
    assert json.loads(json.dumps(plain(tree))) == json.loads(to_json(tree))


def test_what_a_release_says_of_itself_is_built_once_a_day(models):
    release = make_tiny_release(models)
    pages = pages_of(models)
    first = pages.show(release, NOW)["page"]
    again = pages.show(release, NOW + timedelta(hours=1))["page"]
    tomorrow = pages.show(release, NOW + timedelta(days=1))["page"]
    assert again[0] is first[0]
    assert "5,475 days old" in json.dumps(tomorrow)


def test_an_older_release_is_shown_by_its_id_and_the_active_one_is_linked(models):
    old = make_tiny_release(models, made_at=EARLIER)
    new = make_tiny_release(models)
    shown = pages_of(models).show(old, NOW)
    assert old in shown["sub"]
    assert f"/data?release={new}" in written(shown)
    assert f"/data?release={old}" not in written(shown)


def test_the_list_follows_the_active_release_at_once_and_other_changes_in_seconds(models, monkeypatch):
    monkeypatch.setattr("services.serving.release.active.CHECK_SECONDS", 0)
    old = make_tiny_release(models, made_at=EARLIER)
    pages = pages_of(models)
    assert "One release is kept" in written(pages.show(old, NOW))
    new = make_tiny_release(models, active=False)
    assert new not in written(pages.show(old, NOW))
    assert new in json.dumps(pages.listed(old, NOW, anew=True))  # a training has ended
    assert new in written(pages.show(old, NOW))
    newer = make_tiny_release(models, 8, active=False)
    assert newer not in written(pages.show(old, NOW))
    assert newer in written(pages.show(old, NOW + timedelta(seconds=LISTED_SECONDS)))
    activate(models, new)
    assert "Active and shown here" not in written(pages.show(old, NOW + timedelta(seconds=LISTED_SECONDS)))


def test_without_any_release_the_page_says_how_one_is_made(models):
    shown = pages_of(models).show(None, NOW)
    assert shown["sub"] == SUB()
    assert "There is no release yet." in written(shown)
    assert "python -m services train FILE" in written(shown)


def test_a_damaged_active_release_is_listed_with_its_fault(models):
    release = make_tiny_release(models)
    (models / "releases" / release / "model.pkl").unlink()
    shown = pages_of(models).show(release, NOW)
    assert shown["sub"] == SUB()
    assert "One release is kept, and it cannot be used." in written(shown)
    assert "model.pkl" in written(shown)


def test_sources_that_renew_themselves_stand_below_the_figures_where_there_are_any(models, tmp_path):
    release = make_tiny_release(models)
    settings = Settings(models_dir=models, state_dir=tmp_path / "state", source_folder=tmp_path / "brought")
    services = load_services(settings)
    sources = Sources(services.state)
    (source,) = configured(settings)
    assert sources.claim(source, "worker", 20)
    sources.failed(source, "worker", "There is no folder.")
    pages = Pages(services)
    assert "The last try failed." in written({"page": pages.show(release, NOW)["page"][1]})
    assert "There is no folder." in written(pages.show("none", NOW, where=True))
    assert "There is no folder." not in written(pages.show("none", NOW))
    assert str(tmp_path) not in written(pages.show(release, NOW))
    services.state.close()
    assert "data-sources-section" not in written(pages_of(models).show(release, NOW))


def test_records_that_cannot_be_read_are_said_where_the_sources_stand(models, tmp_path):
    release = make_tiny_release(models)
    settings = Settings(models_dir=models, source_folder=tmp_path, database_url="postgresql://127.0.0.1:1/x")
    assert "records cannot be read or written" in written(Pages(load_services(settings)).show(release, NOW))
