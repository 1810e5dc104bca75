"""In which language a reader reads: the site's by its locale, or the one that they chose."""

from __future__ import annotations

import pytest

from app import create_app
from services.desk import load_services
from services.site.settings import Settings
from tests.languages.small import german
from tests.releases.tiny import make_tiny_release

GERMAN = {
    "Find a customer": "Kunden suchen",
    "There is nothing at this address.": "Unter dieser Adresse gibt es nichts.",
    "Close": "Schließen",
    ("{n} row", "{n} rows"): ("{n} Zeile", "{n} Zeilen"),
}


@pytest.fixture(scope="module", autouse=True)
def _german(tmp_path_factory):
    scripts = ("Close", ("{n} row", "{n} rows"))
    with german(tmp_path_factory.mktemp("po"), GERMAN, scripts, senses={("million", "m"): " Mio."}):
        yield


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


def client_of(models, state, locale="en_GB"):
    settings = Settings(models_dir=models, state_dir=state, locale=locale)
    return create_app(settings, load_services(settings)).server.test_client()


@pytest.fixture
def client(models, tmp_path):
    return client_of(models, tmp_path)


def choose(client, code, back="/data?x=1"):
    return client.post("/language", data={"language": code, "next": back})


def layout(client):
    return client.get("/_dash-layout").text


def test_without_a_choice_a_page_is_in_the_language_of_the_site(models, tmp_path, client):
    assert '<html lang="en-GB"' in client.get("/").text
    assert "Find a customer" in layout(client)
    other = client_of(models, tmp_path / "other", "de_AT")
    assert '<html lang="de"' in other.get("/").text
    assert 'content="de-AT"' in other.get("/").text
    assert "Kunden suchen" in layout(other)


def test_a_choice_is_kept_for_the_next_pages_and_for_nobody_else(models, tmp_path, client):
    answer = choose(client, "de")
    assert (answer.status_code, answer.location) == (302, "/data?x=1")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert '<html lang="de"' in client.get("/").text
    assert 'name="sd-locale" content="de"' in client.get("/").text
    assert "Kunden suchen" in layout(client)
    assert "Find a customer" in layout(client.application.test_client())
    choose(client, "en")
    assert "Find a customer" in layout(client)


def test_english_on_a_german_site_writes_numbers_as_the_english_do(models, tmp_path):
    client = client_of(models, tmp_path, "de_DE")
    choose(client, "en")
    assert 'name="sd-locale" content="en-GB"' in client.get("/").text


@pytest.mark.parametrize("code", ["fr", "", "../de", "<b>"])
def test_what_is_no_language_of_the_site_changes_nothing(client, code):
    assert "Set-Cookie" not in choose(client, code).headers
    client.set_cookie("language", code)
    assert '<html lang="en-GB"' in client.get("/").text


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_a_choice_leads_nowhere_else(client, back):
    assert choose(client, "de", back).location == "/"


def test_another_site_cannot_choose(client):
    answer = client.post("/language", data={"language": "de"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_scripts_get_the_sentences_that_stand_in_scripts(client):
    assert "/vendor/messages/" not in client.get("/").text
    choose(client, "de")
    page = client.get("/").text
    address = page.partition('<script src="/vendor/messages/')[2].partition('"')[0]
    assert page.index("/vendor/messages/") < page.index("/vendor/desk.js")
    sent = client.get(f"/vendor/messages/{address}")
    assert sent.text == (
        'window.deskMessages = {"Close":"Schließen","{n} row":["{n} Zeile","{n} Zeilen"],'
        '"million\\u0004m":" Mio."};\n'
    )
    assert client.get("/vendor/messages/en.js").status_code == 404
    assert client.get("/vendor/messages/fr.js").status_code == 404


def test_programs_are_told_in_english(client):
    choose(client, "de")
    assert client.get("/api/v1/nothing").json["detail"].startswith("There is nothing at this address.")
