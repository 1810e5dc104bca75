"""`make messages` finds the texts of the glossary, the presets and the plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

SERVICES = Path("services")


@pytest.mark.parametrize(
    ("way", "path", "texts"),
    [
        (
            "glossary",
            "core/glossary.toml",
            {"Lift", "Zhang’s metric, from −1 (never together) to 1 (always)."},
        ),
        ("preset", "core/presets/standard.toml", {"Standard", "Champions", "Thank in person; early access"}),
        (
            "strategies",
            "core/playbooks/strategies.toml",
            {"Cannot lose", "Stay known at little cost.", "Newsletter"},
        ),
        (
            "layout",
            "training/reading/columns/layouts/prestashop.toml",
            {
                "PrestaShop's list of orders names customers only: people of the same name count as one. An "
                "export with e-mails or customer ids parts them."
            },
        ),
    ],
)
def test_every_text_of_a_file_is_found(way, path, texts):
    with (SERVICES / path).open("rb") as file:
        found = {text for _line, text, *_rest in extract(f"tests.languages.extracting:{way}", file)}
    assert texts <= found


def test_the_sentences_of_scripts_are_found_where_they_stand():
    with Path("tests/languages/extracted.ini").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir("assets", methods, options, keywords={"say": None})
    assert "Link copied" in {text for path, _line, text, *_rest in found if path == "desk.js"}
