"""`make messages` finds the texts of the glossary, the presets and the plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract

CORE = Path("services/core")


@pytest.mark.parametrize(
    ("way", "path", "texts"),
    [
        ("glossary", "glossary.toml", {"Lift", "Zhang’s metric, from −1 (never together) to 1 (always)."}),
        ("preset", "presets/standard.toml", {"Standard", "Champions", "Thank in person; early access"}),
        (
            "strategies",
            "playbooks/strategies.toml",
            {"Cannot lose", "Stay known at little cost.", "Newsletter"},
        ),
    ],
)
def test_every_text_of_a_file_is_found(way, path, texts):
    with (CORE / path).open("rb") as file:
        found = {text for _line, text, *_rest in extract(f"tests.languages.extracting:{way}", file)}
    assert texts <= found
