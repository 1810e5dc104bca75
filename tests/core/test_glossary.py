"""One text for one word: what pages dot is in the glossary, and the glossary says where."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from layouts.parts.terms import header_class, meanings, term
from services.core.glossary import GROUPS, glossary, says
from services.site.tabs import TABS
from tests.running import ROOT

MARKERS = {"term", "named", "header_class", "says"}


def marked(source: str) -> Iterator[str]:
    """Yield the words that a module dots or quotes, by its calls, ``term=`` and tables named ``WORDS``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            given = [word.value for word in node.keywords if word.arg == "term"]
            given += node.args[1:2] if name == "named" else node.args[:1] if name in MARKERS else []
            given += node.args[3:4] if name == "Column" else []
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            if ast.unparse(node.targets[0]).strip("_") != "WORDS":
                continue
            given = node.value.values
        else:
            continue
        yield from (each.value for each in given if isinstance(each, ast.Constant) and each.value)


def marked_in(key: str) -> set[str]:
    modules = (ROOT / "layouts" / key).glob("*.py")
    return {word for module in modules for word in marked(module.read_text("utf-8"))}


def test_every_word_that_a_page_marks_is_in_the_glossary_which_names_the_tabs_that_mark_it():
    told = {tab.key: {word.id for word in glossary().values() if tab.key in word.tabs} for tab in TABS}
    assert told == {tab.key: marked_in(tab.key) for tab in TABS}


def test_ways_of_marking_a_word_are_all_seen():
    source = """
_WORDS = {"Spend": "a"}
card("Rows", term="b")
Column("Lift", True, False, "c")
named(name, "d")
[term("e", "shown"), header_class("f", numeric=True), says("g"), named(name, _WORDS[name])]
"""
    assert set(marked(source)) == set("abcdefg")


def test_every_entry_is_whole_and_ends_as_a_sentence_does():
    words = glossary().values()
    assert {word.group for word in words} == set(GROUPS)
    assert len({word.word.lower() for word in words}) == len(words)
    for word in words:
        assert word.says.endswith("."), word.id
        assert word.says == " ".join(word.says.split()), word.id
        assert set(word.tabs) <= {tab.key for tab in TABS}, word.id


def test_the_tooltip_of_a_word_is_the_glossarys_text():
    assert term("lift").to_plotly_json()["props"]["data-word"] == "lift"
    assert meanings()["lift"] == ["Lift", says("lift")]
    assert header_class("lift", numeric=True).split()[-1] == "sd-word-lift"


@pytest.mark.parametrize("marking", [term, header_class, says])
def test_a_word_that_the_glossary_lacks_is_a_defect(marking):
    with pytest.raises(KeyError):
        marking("no-such-word")
