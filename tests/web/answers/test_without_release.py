"""While no release can be served, pages say what to do and lead there; then all are back."""

from __future__ import annotations

import pytest

from app import create_app
from services.desk import load_services
from services.releases import activate
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.tabs import TABS
from services.web.access.asking import Asking
from tests.releases.tiny import make_tiny_release

ADDRESSES = [tab.path for tab in TABS if not tab.before_releases]
ANYWAY = [tab.path for tab in TABS if tab.before_releases]
EMPTY, DAMAGED, WAITING = "There is no release yet.", "model.pkl", "No release is active yet."


def a_damaged_release(models):
    release = make_tiny_release(models)
    (models / "releases" / release / "model.pkl").write_bytes(b"")


def a_release_that_nobody_activated(models):
    make_tiny_release(models, active=False)


@pytest.fixture
def visitor(tmp_path, monkeypatch):
    """A browser at a site over a models folder; the folder is looked at with every request."""
    monkeypatch.setattr("services.serving.release.active.CHECK_SECONDS", 0.0)

    def at(made):
        models = tmp_path / "models"
        models.mkdir()
        made(models)
        settings = Settings(models_dir=models, state_dir=tmp_path / "state")
        client = create_app(settings, load_services(settings)).server.test_client()
        return models, lambda path: client.get(path, headers={"Accept": "text/html"})

    return at


CASES = [
    (lambda models: None, EMPTY, '<a class="sd-btn sd-btn-primary" href="/import">Bring a file</a>'),
    (a_damaged_release, DAMAGED, '<a class="sd-btn sd-btn-primary" href="/data">Open Data</a>'),
    (a_release_that_nobody_activated, WAITING, 'href="/data">Open Data</a>'),
]


@pytest.mark.parametrize(("made", "said", "link"), CASES, ids=["none", "damaged", "not activated"])
def test_each_tab_is_503_and_says_once_what_to_do_and_serves_once_a_good_release_is_active(
    visitor, made, said, link
):
    models, get = visitor(made)
    ready = get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (503, "not ready")
    assert said in ready.json["reason"]
    for path in ADDRESSES:
        page = get(path)
        assert (page.status_code, page.mimetype) == (503, "text/html"), path
        assert page.text.count(said) == 1, path
        assert link in page.text
        assert "sd-sk" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
    assert [(path, get(path).status_code) for path in ANYWAY] == [(path, 200) for path in ANYWAY]
    release = make_tiny_release(models)
    assert get("/readyz").json == {"status": "ready", "release": release}
    assert {get(path).status_code for path in ADDRESSES} == {200}


def test_who_may_not_bring_a_file_is_not_sent_to_do_so(visitor, monkeypatch):
    monkeypatch.setattr("app.asking", lambda: Asking("vic", Role.VIEWER))
    _, get = visitor(lambda models: None)
    assert 'href="/data">Open Data</a>' in get("/").text


def test_what_is_no_page_is_not_answered_by_the_sentence(visitor):
    _, get = visitor(lambda models: None)
    assert get("/healthz").status_code == 200
    assert get("/nowhere").status_code == 404
    assert "text/html" not in get("/export/customers.csv").headers["Content-Type"]


def test_a_release_that_waits_is_served_as_soon_as_it_is_activated(visitor):
    models, get = visitor(lambda models: None)
    release = make_tiny_release(models, active=False)
    assert WAITING in get("/").text
    activate(models, release)
    assert get("/").status_code == 200
