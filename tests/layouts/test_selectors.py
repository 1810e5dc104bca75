"""No rule with ``:has()`` may reach elements of any kind: a page of 4,000 was styled anew at every change."""

from __future__ import annotations

import re

import pytest

from tests.running import ROOT

SHEETS = sorted((ROOT / "assets").rglob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PSEUDO = re.compile(r"::?[\w-]+")


def split(text: str, at: str) -> list[str]:
    """Split where a sign of ``at`` stands outside of all brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign in at and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def with_has(sheet: str) -> list[str]:
    """Return each selector of a style sheet that asks what an element has."""
    heads = (each.rpartition("}")[2] for each in COMMENT.sub("", sheet).split("{"))
    return [selector for head in heads for selector in split(head, ",") if ":has(" in selector]


def named(subject: str) -> bool:
    """Whether a selector's last part says by name, class, id or attribute which elements it means."""
    for opened in (":is(", ":where("):
        if subject.startswith(opened) and subject.endswith(")"):
            return all(named(split(each, " >+~")[-1]) for each in split(subject[len(opened) : -1], ","))
    plain = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "", subject)
    return PSEUDO.sub("", plain) not in ("", "*", "div", "span", "p")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("*", False),
        (":not(header)", False),
        ("::after", False),
        (":is(.a, *)", False),
        (":is(.a, .b:not(.c *))", True),
        ("[hidden]:not(:has(> .a))", True),
        (".a::after", True),
    ],
)
def test_what_names_its_elements(subject, expected):
    assert named(subject) is expected


def test_what_asks_what_an_element_has_names_the_elements_that_it_reaches():
    found = [selector for sheet in SHEETS for selector in with_has(sheet.read_text(encoding="utf-8"))]
    assert len(found) > 20
    assert [selector for selector in found if not named(split(selector, " >+~\n")[-1])] == []
