"""How the site is doing, as analysts and as others see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callbacks.status.view import show
from services.desk import load_services
from services.releases.store import Sharing
from services.site.alerts.events import Alerts, Finding
from services.site.jobs.leases import Leases
from services.site.people.roles import Role
from services.site.settings import Settings
from services.web.access.asking import Asking
from tests.releases.tiny import make_tiny_release

ANALYST, VIEWER = Asking("ann", Role.ANALYST), Asking("vic", Role.VIEWER)
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def services(tmp_path):
    make_tiny_release(tmp_path / "models")
    loaded = load_services(Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "state"))
    yield loaded
    loaded.state.close()


def said(services, who, now=NOW):
    return list(texts(show(services, who, now)["page"]))


def texts(shown):
    if isinstance(shown, str):
        yield shown.strip()
    elif isinstance(shown, list):
        for each in shown:
            yield from texts(each)
    elif isinstance(shown, dict):
        yield from texts(shown["props"].get("children"))


def test_a_site_with_a_worker_is_well(services):
    Leases(services.state, "w", NOW.timestamp).show()
    found = said(services, ANALYST)
    assert "All is well." in found
    assert "Made 21 Nov 2026, 22:45 with Tiny, 6 customers." in found
    assert "Can be read and written." in found
    assert "None of the last 15 minutes has been counted yet; each is counted once it is over." in found
    assert "No alert is on." in found


def test_a_worker_that_is_silent_for_a_minute_needs_a_look(services):
    Leases(services.state, "w", NOW.timestamp).show()
    found = said(services, VIEWER, NOW + timedelta(seconds=61))
    assert "Worker needs a look." in found
    assert any(
        "None has been heard from since 25 Nov 2026, 12:00, so trainings wait" in each for each in found
    )


def test_old_data_counts_where_the_site_says_so(services):
    Leases(services.state, "w", NOW.timestamp).show()
    hosted = replace(services, settings=replace(services.settings, data_max_age_days=7))
    found = said(hosted, VIEWER)
    assert "Data needs a look." in found
    assert "Ends on 30 November 2011, 5,474 days ago." in found


def test_others_do_not_see_what_analysts_see_but_that_there_is_something(services):
    Leases(services.state, "w", NOW.timestamp).show()
    full = replace(services, settings=replace(services.settings, alert_disk_percent=100))
    Alerts(services.state).settle([Finding("disk", "", "The disk is nearly full.")], tell=False)
    assert {"Disk needs a look.", "The disk is nearly full.", "1 alert is on."} <= set(said(full, ANALYST))
    seen = said(full, VIEWER)
    assert "Something that analysts and admins see here needs a look." in seen
    assert not {"Disk", "Records", "Answers", "The disk is nearly full."} & set(seen)


def test_a_newer_release_is_said_with_its_light(services):
    make_tiny_release(services.settings.models_dir, made_at=NOW, active=False)
    found = said(services, VIEWER)
    assert any("No figure shows a shift. Publish it when you want" in each for each in found)


def test_a_host_of_several_says_whether_it_has_what_the_store_has(services, tmp_path):
    Leases(services.state, "w", NOW.timestamp).show()
    url = (tmp_path / "store").as_uri()
    shared = replace(services, settings=replace(services.settings, models_url=url))
    assert "Store needs a look." in said(shared, VIEWER)
    assert any(
        each.startswith("Nobody has looked at the store of releases yet.") for each in said(shared, ANALYST)
    )
    (tmp_path / "store").mkdir()
    Sharing(shared.settings.models_dir, url, lambda _ids: set()).look()
    assert "This host has the releases of the store." in said(shared, VIEWER)
    assert not any("store" in each for each in said(services, VIEWER))
