"""Every sentence of a script is marked for other languages, and `make messages` finds it."""

from __future__ import annotations

import pytest
from babel.messages.extract import extract
from babel.messages.jslexer import tokenize

from tests.languages.unmarked_in_scripts import PLACE, SCRIPTS, of_scripts, said, unmarked

KEYWORDS = {"say": None, "sayCount": (1, 2), "saySense": ((1, "c"), 2)}
EACH = pytest.mark.parametrize("script", sorted(SCRIPTS.rglob("*.js")), ids=lambda script: script.name)


def test_scripts_have_no_unmarked_sentence():
    assert of_scripts() == []


@pytest.mark.parametrize(
    "source",
    [
        'toast({ heading: "Link copied" })',
        "button.textContent = 'Close';",
        "`Reading ${file.name} …`",
        'count + " customers are new"',
        'say("{what}", { what: "the shop" })',
        'sayCount("{n} row", "{n} rows", rows, { kind: "All rows" })',
        'html("P", {}, "About this table:")',
    ],
)
def test_what_a_person_reads_is_found(source):
    assert list(unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        'say("Link copied")',
        'sayCount("{n} row", "{n} rows", rows)',
        'saySense("million", "M")',
        '"use strict"; // Not a sentence',
        'html("Section", { className: "sd-card sd-open" })',
        'place.querySelector(".sd-toggle [data-view]")',
        'event.key === "Escape"',
        "`${columns} ${rows}`",
    ],
)
def test_what_nobody_reads_is_left_alone(source):
    assert list(unmarked(source)) == []


@EACH
def test_what_is_marked_is_found_for_translators(script):
    with script.open("rb") as file:
        found = [text for _line, text, *_rest in extract("javascript", file, keywords=KEYWORDS)]
    asked = [texts[0] if len(texts) == 1 else texts for texts in said(script.read_text("utf-8"))]
    assert sorted(map(str, found)) == sorted(map(str, asked))


@EACH
def test_no_template_stands_within_a_template(script):
    """Babel would take the text between the two for code."""
    templates = [each.value for each in tokenize(script.read_text("utf-8")) if each.type == "template_string"]
    assert [text for text in templates if "${" in PLACE.sub("", text)] == []
