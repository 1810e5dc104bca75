"""What a file's address may hold: anything that would be dropped without a word is refused in a sentence."""

from __future__ import annotations

import pytest
from flask import Flask

from services.desk import load_services
from services.site.settings import Settings
from services.web.exports import (
    audiences,
    bundle,
    bundles,
    contacts,
    customers,
    predicted_rows,
    presets,
    rules,
)
from tests.releases.tiny import make_tiny_release

FILES = {
    "/export/customers.csv": ("group", "r_min", "containing"),
    "/export/rules.csv": ("min_lift", "held_up"),
    "/export/bundles.csv": ("baskets",),
    "/export/bundle.csv": ("bundle_price", "bundle_discount"),
    "/export/audience.csv": ("audience",),
    "/export/audience.xlsx": ("audience",),
    "/export/contacts.csv": ("audience", "tool"),
    "/export/preset.toml": ("preset", "version"),
    "/predict/rows": (),
}
ONCE = [(path, name) for path, names in FILES.items() for name in (*names, "release")]


def client_of(models):
    services = load_services(Settings(models_dir=models, state_dir=models / "var"))
    server = Flask("test")
    for module in (audiences, bundle, bundles, contacts, customers, predicted_rows, presets, rules):
        module.install(server, services)
    return server.test_client()


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 30)
    return client_of(models)


def answer(client, path, query=""):
    if path == "/predict/rows":
        return client.post(f"{path}?{query}", data=b"recency,frequency,monetary\n1,1,1\n")
    return client.get(f"{path}?{query}")


def refused(client, path, query) -> str:
    given = answer(client, path, query)
    assert given.status_code == 400, f"{path}?{query}"
    return given.get_data(as_text=True)


@pytest.mark.parametrize("path", FILES)
def test_a_name_that_is_no_parameter_is_refused(client, path):
    assert "There is no parameter “segmnt” here" in refused(client, path, "segmnt=recent")


@pytest.mark.parametrize(("path", "name"), ONCE)
def test_a_parameter_without_a_value_is_refused(client, path, name):
    assert f"{name} has no value" in refused(client, path, f"{name}=")
    assert f"{name} has no value" in refused(client, path, f"{name}=+")


@pytest.mark.parametrize(("path", "name"), ONCE)
def test_a_parameter_of_one_value_that_is_given_twice_is_refused(client, path, name):
    assert f"{name} is given 2 times" in refused(client, path, f"{name}=1&{name}=2")


@pytest.mark.parametrize("path", FILES)
def test_a_release_that_is_none_is_refused(client, path):
    more = "&audience=1" if "audience" in path else ""
    assert "There is no release “foo”" in refused(client, path, f"release=foo{more}")


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/export/customers.csv", "sort=foo", "Customers cannot be sorted by “foo”"),
        ("/export/customers.csv", "sort=monetary:up", "Customers cannot be sorted by “monetary:up”"),
        ("/export/customers.csv", "from=release&sort=foo", "Customers cannot be sorted by “foo”"),
        ("/export/customers.csv", "group=colour", "not by “colour”"),
        ("/export/customers.csv", "segment=", "segment has no value"),
        ("/export/customers.csv", "segment=recent&segment=", "segment has no value"),
        ("/export/customers.csv", "m_min=1&m_min=2", "m_min is given 2 times. Give it once."),
        ("/export/rules.csv", "sort=foo", "Rules cannot be sorted by “foo”"),
        ("/export/rules.csv", "sort=-lift,foo", "Rules cannot be sorted by “foo”"),
        ("/export/rules.csv", "min_confidence=50", "write 0.5 for 50 %"),
        ("/export/audience.csv", "audience=1&column=foo", "There is no column “foo”"),
    ],
)
def test_a_value_that_cannot_be_followed_is_refused(client, path, query, said):
    assert said in refused(client, path, query)


def test_what_may_be_repeated_is_taken(client):
    assert answer(client, "/export/customers.csv", "segment=recent&segment=distant").status_code == 200


@pytest.mark.parametrize("path", FILES)
def test_without_a_release_that_can_be_used_the_site_is_not_ready(tmp_path, path):
    given = answer(client_of(tmp_path), path, "audience=1" if "audience" in path else "")
    assert given.status_code == 503
    assert "There is no release yet" in given.get_data(as_text=True)
