"""Callbacks name components and properties that exist, and every callback belongs to a tab."""

from __future__ import annotations

import json
from types import SimpleNamespace

import dash
import pytest

from app import create_app
from layouts import frame, ids
from layouts.plain import plain
from services.serving.release.cache import AnswerCache
from services.site.settings import Settings
from services.site.state import State
from services.site.tabs import TABS


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    releases = SimpleNamespace(
        current=lambda: None, at=lambda _asked: None, listing=list, problem="There is no release yet."
    )
    settings = Settings(state_dir=tmp_path_factory.mktemp("state"))
    state = State(settings.state_dir)
    services = SimpleNamespace(releases=releases, settings=settings, cache=AnswerCache(), state=state)
    return create_app(settings, services)


def components(app):
    with app.server.test_request_context("/"):
        pages = [app.layout(), *(frame(tab).layout() for tab in TABS)]
    everything = [part for page in pages for part in (page, *page._traverse())]
    return [part for part in everything if getattr(part, "id", None) is not None]


def dependencies(app):
    for spec in app._callback_list:
        yield from ((spec["output"], each["id"], each["property"]) for each in spec["inputs"] + spec["state"])
        output = spec["output"]
        for one in output[2:-2].split("...") if output.startswith("..") else [output]:
            if "." in one:
                yield (output, *one.split("@")[0].rsplit(".", 1))


def test_every_dependency_names_a_real_component_and_property(app):
    placed = {str(part.id): part for part in components(app)}
    checked = 0
    for callback, identifier, name in dependencies(app):
        if identifier.startswith(("{", "_pages_")) or "." not in callback:
            continue
        assert identifier in placed, f"{callback}: no page has a component {identifier}"
        part = placed[identifier]
        known = name in part._prop_names or name.startswith(("data-", "aria-"))
        assert known, f"{callback}: {identifier} is a {type(part).__name__}, which has no {name}"
        checked += 1
    assert checked > 5


def test_no_id_is_used_twice(app):
    named = [json.dumps(part.id) if isinstance(part.id, dict) else str(part.id) for part in components(app)]
    assert sorted(named) == sorted(set(named))


def test_every_id_of_the_shell_is_on_every_page(app):
    with app.server.test_request_context("/"):
        shell = app.layout()
    placed = {str(part.id) for part in shell._traverse() if getattr(part, "id", None)}
    assert set(ids.Shell) <= placed


def test_a_page_survives_a_foreign_query_and_is_the_layout_of_its_module(app):
    for tab in TABS:
        module = frame(tab)
        page = dash.page_registry[module.__name__]
        assert page["path"] == tab.path
        assert page["layout"](release="x", layout="7", id="12347") == plain(module.layout())


def test_nothing_was_attached_at_import():
    assert dash._callback.GLOBAL_CALLBACK_LIST == []
