"""Cards that show their table by their address: each has one name of its own on its page."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from layouts import frame
from layouts.parts import card
from layouts.parts.cards import in_address
from services.core.language.messages import later
from services.site.tabs import TABS


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_no_two_cards_of_a_page_have_one_name_in_addresses(tab):
    parts = [part for part in frame(tab).layout()._traverse() if hasattr(part, "data-card")]
    named = Counter(getattr(part, "data-card") for part in parts)
    assert all(named), named
    assert {name: times for name, times in named.items() if times > 1} == {}


def test_a_card_is_called_by_its_title():
    assert in_address("Size against revenue") == "size-against-revenue"
    assert in_address("What a 3-D picture’s worth?") == "what-a-3-d-picture-s-worth"


def test_its_name_in_addresses_is_english_in_every_language():
    assert getattr(card(later("Size against revenue"), table="…"), "data-card") == "size-against-revenue"
    said_at_once = [
        f"{path}:{call.lineno}"
        for path in sorted(Path("layouts").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("card", "parts.card")
        if call.args and isinstance(call.args[0], ast.Call) and ast.unparse(call.args[0].func) != "later"
        if "table" in (named := {each.arg for each in call.keywords})
        if "address" not in named
    ]
    assert said_at_once == []
