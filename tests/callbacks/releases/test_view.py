"""The page of two releases as functions: what an address shows, what publishing answers."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from dash import no_update

from callbacks.releases import view
from callbacks.releases.publishing import publish
from callbacks.releases.view import show
from services.releases import listing, read_current
from services.serving.release.active import Releases
from services.serving.release.cache import AnswerCache
from services.serving.releases.drifting import Drifts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from services.web.access.asking import Asking
from tests.callbacks.asked import asked_of_a_site
from tests.releases.tiny import make_tiny_release

ANALYST, VIEWER = Asking("ann", Role.ANALYST), Asking("vic", Role.VIEWER)


@pytest.fixture
def site(tmp_path):
    """A site with an old release and a newer one that is active."""
    models = tmp_path / "models"
    ids = [
        make_tiny_release(models, count, made_at=datetime(2026, 11, day, tzinfo=UTC))
        for count, day in ((6, 21), (8, 22))
    ]
    cache = AnswerCache()
    made = SimpleNamespace(
        releases=Releases(models),
        state=State(tmp_path / "state"),
        settings=Settings(),
        cache=cache,
        drifts=Drifts(models),
        models=models,
        old=ids[0],
        new=ids[1],
    )
    with asked_of_a_site(cache):
        yield made


def test_the_page_shows_the_active_release_beside_the_newest_other(site):
    shown = show(site, "", ANALYST)
    assert shown["chosen"] == site.old
    assert [each["value"] for each in shown["options"]] == [site.old]
    assert "2 customers are only in the active release. Of the 6 customers in both" in str(shown["page"])
    assert (shown["publish"], shown["publish_hidden"]) == ("Go back to this release", False)


def test_a_newer_release_has_its_light_and_the_rule_and_an_older_one_no_advice(site):
    back = str(show(site, "", ANALYST)["page"])
    assert "sd-light-ok" in back
    assert "Publish it when" not in back
    publish(site, site.old, ANALYST)
    newer = str(show(site, "", ANALYST)["page"])
    assert "No figure shows a shift." in newer
    assert "Publish it when you want its newer sales." in newer
    assert "publish a newer release when it shows a large shift (RETRAIN_AT)" in newer


def test_the_first_release_of_a_site_is_looked_at_and_published(tmp_path, monkeypatch):
    monkeypatch.setattr("services.serving.release.active.CHECK_SECONDS", 0)
    models = tmp_path / "models"
    first = make_tiny_release(models, active=False)
    site = SimpleNamespace(releases=Releases(models), state=State(tmp_path / "state"), settings=Settings())
    shown = show(site, "", ANALYST)
    assert (shown["sub"], shown["chosen"]) == ("No release is active yet.", first)
    assert (shown["publish"], shown["publish_hidden"]) == ("Publish this release", False)
    assert "Once it is published, every page shows it." in str(shown["page"])
    assert "24 of 25" in str(shown["page"])
    assert publish(site, first, ANALYST)["revision"] == first
    after = show(site, "", ANALYST)
    assert "No other release can be used" in str(after["page"])
    assert after["publish_hidden"]


def test_two_releases_are_compared_once(site, monkeypatch):
    compared = []
    before = view.compare
    monkeypatch.setattr(view, "compare", lambda *args: compared.append(args) or before(*args))
    assert show(site, "", ANALYST)["page"] == show(site, "", VIEWER)["page"]
    assert len(compared) == 1


def test_an_address_that_names_no_release_shows_the_newest_other(site):
    assert show(site, "?with=nonsense", ANALYST)["chosen"] == site.old
    assert show(site, f"?with={site.new}", ANALYST)["chosen"] == site.old  # with itself nothing is compared


def test_who_may_not_change_anything_sees_no_button(site):
    assert show(site, "", VIEWER)["publish_hidden"]


def test_publishing_takes_effect_at_once_and_is_logged(site):
    told = publish(site, site.old, ANALYST)
    assert "is active" in str(told["published"])
    assert (told["refused"], told["revision"]) == ([], site.old)
    assert read_current(site.models) == site.releases.current().id == site.old
    (entry,) = Audit(site.state).listed(what=What.ACTIVATION)
    assert (entry.who, entry.release, entry.result) == ("ann", site.old, "done")
    assert show(site, "", ANALYST)["publish"] == "Publish this release"


def test_what_cannot_be_logged_is_not_published(site, tmp_path):
    (tmp_path / "taken").write_text("no folder")
    site.state = State(tmp_path / "taken")
    told = publish(site, site.old, ANALYST)
    assert "so nothing was done" in str(told["refused"])
    assert read_current(site.models) == site.new


def test_what_is_logged_and_then_fails_is_logged_as_not_done(site, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(listing, "set_current", full)
    with pytest.raises(OSError, match="No space"):
        publish(site, site.old, ANALYST)
    assert [entry.result for entry in Audit(site.state).listed()] == ["not done", "done"]


@pytest.mark.parametrize("asked", ["nonsense", None, "../x"])
def test_what_cannot_be_published_is_refused_and_the_active_one_stays(site, asked):
    told = publish(site, asked, ANALYST)
    assert "There is no release" in str(told["refused"])
    assert told["revision"] is no_update
    assert site.releases.current().id == site.new


def test_a_damaged_release_is_refused_with_its_fault(site):
    next((site.models / "releases" / site.old).glob("*.pkl")).write_bytes(b"nothing")
    told = publish(site, site.old, ANALYST)
    assert told["published"] == []
    assert "Release" in str(told["refused"])
    assert site.releases.current().id == site.new


def test_one_release_alone_is_nothing_to_compare(tmp_path):
    make_tiny_release(tmp_path)
    shown = show(SimpleNamespace(releases=Releases(tmp_path)), "", ANALYST)
    assert "nothing to compare with this one" in str(shown["page"])
    assert shown["publish_hidden"]
    assert shown["bar_hidden"]
