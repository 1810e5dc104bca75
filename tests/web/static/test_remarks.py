"""Scripts go out without comments, alone or behind code: what that rests on, and that nothing else goes."""

from __future__ import annotations

import pytest
from babel.messages.jslexer import tokenize

from services.web.static.vendor import ALONE, BEHIND, REMARK
from tests.running import ROOT

SCRIPTS = sorted((ROOT / "assets").rglob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_text_of_a_script_goes_over_several_lines(script):
    lines = script.read_text("utf-8").splitlines()
    assert [line for line in lines if line.count("`") % 2 or line.endswith("\\")] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_text_of_a_script_looks_like_a_comment_behind_code(script):
    texts = [token.value for token in tokenize(script.read_text("utf-8")) if "string" in token.type]
    assert [text for text in texts if " // " in text] == []


def test_lines_that_are_comments_alone_go_and_all_others_stay():
    script = b"""/* A file. */
(function () {
  // why
  var address = "https://shop.example/*"; // behind code
  /* one */ var one = 1; /* two */
  /* over
     two lines */
  return one / 2; //
  /* a */ /* b */
})();
"""
    assert REMARK.sub(b"", script).decode().splitlines() == [
        "(function () {",
        '  var address = "https://shop.example/*"; // behind code',
        "  /* one */ var one = 1; /* two */",
        "  /* over",
        "     two lines */",
        "  return one / 2; //",
        "  /* a */ /* b */",
        "})();",
    ]


def test_comments_behind_code_go():
    script = b"""var address = "https://shop.example/*"; // behind code
function far(one, // the first
one_half = 1 // stays
) { // begins
"""
    assert BEHIND.sub(b"", script).decode().splitlines() == [
        'var address = "https://shop.example/*";',
        "function far(one,",
        "one_half = 1 // stays",
        ") {",
    ]


def test_the_script_that_pages_load_has_every_line_of_code(client):
    with client.get("/vendor/desk.js") as answer:
        sent = answer.get_data(as_text=True).splitlines()
    assert not [line for line in sent if line.lstrip().startswith("//")]
    for script in SCRIPTS:
        if script.name not in ALONE:
            lines = script.read_text("utf-8").splitlines()
            code = [line for line in lines if not line.lstrip().startswith(("//", "/*"))]
            kept = BEHIND.sub(b"", "\n".join(code).encode()).decode().splitlines()
            assert {line.strip() for line in kept} <= {line.rstrip() for line in sent}, script
