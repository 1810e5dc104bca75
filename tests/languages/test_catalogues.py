"""services/core/language/catalogues.py: the languages that there are, each complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from services.core.language import catalogues
from services.core.language.messages import ENGLISH
from tests.languages.catalogues import UNSAID, faults

KEYWORDS = ("_", "later", "plural:1,2", "sense:1c,2", "say", "sayCount:1,2", "saySense:1c,2")
"""As the Makefile has them."""


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_every_language_that_people_can_have_is_complete(code: str) -> None:
    if code != ENGLISH.code:
        with (catalogues.FOLDER / f"{code}.po").open("rb") as file:
            assert faults(read_po(file, locale=code)) == []
    assert catalogues.of_locale(code).code == code


@pytest.mark.parametrize("file", sorted(catalogues.FOLDER.glob("*.po")), ids=lambda file: file.stem)
def test_what_a_catalogue_says_so_far_fits_its_english(file: Path) -> None:
    with file.open("rb") as opened:
        found = faults(read_po(opened, locale=file.stem))
    assert [each for each in found if not each.endswith(UNSAID)] == []


def test_a_locale_without_a_complete_catalogue_has_english() -> None:
    assert catalogues.of_locale("fr_FR") is ENGLISH
    assert catalogues.of_locale("en_GB") is ENGLISH


def test_a_file_is_read_and_says_its_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("Save", "Speichern")
    with (tmp_path / "de.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "LANGUAGES", ("en", "de"))
    catalogues.read.cache_clear()
    german = catalogues.of_locale("de_DE")
    catalogues.read.cache_clear()
    assert (german.code, german.catalogue.gettext("Save")) == ("de", "Speichern")


def test_what_is_wrong_with_a_catalogue_is_told() -> None:
    catalogue = Catalog(locale="ru")
    catalogue.add("Save", "Сохранить")
    catalogue.add("Open")
    catalogue.add("Saved by {name}", "Сохранено")
    catalogue.add("Sure", "Точно", flags=["fuzzy"])
    catalogue.add(("{n} day", "{n} days"), ("{n} день", "{n} дня", ""))
    catalogue.add(("{n} week", "{n} weeks"), ("{n} неделя", "{n} недели", "{n} недель"))
    assert faults(catalogue) == [
        "'Open' is not said in every form",
        "'Saved by {name}' has other places than the English",
        "'Sure' is unsure",
        "('{n} day', '{n} days') is not said in every form",
    ]


@pytest.mark.parametrize("file", sorted(catalogues.FOLDER.glob("*.po")), ids=lambda file: file.stem)
def test_each_catalogue_has_what_the_source_says(file: Path, extracted: set[tuple[str | None, str]]) -> None:
    with file.open("rb") as opened:
        has = {(each.context, _first(each.id)) for each in read_po(opened, locale=file.stem) if each.id}
    assert sorted(map(str, extracted ^ has)) == [], "make messages brings them together"


@pytest.fixture(scope="module")
def extracted() -> set[tuple[str | None, str]]:
    """The sense and the English of each message that `make messages` finds."""
    keywords = parse_keywords(KEYWORDS)
    with (Path(__file__).parent / "extracted.ini").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = list(extract_from_file("python", "app.py", keywords=keywords))
    for folder in ("assets", "callbacks", "layouts", "services"):
        each = extract_from_dir(folder, methods, options, keywords=keywords, comment_tags=())
        found += [message[1:] for message in each]
    return {(context, _first(message)) for _line, message, _comments, context in found}


def _first(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]
