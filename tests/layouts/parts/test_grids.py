"""Grids say AG Grid's own words in the reader's language."""

from __future__ import annotations

from pathlib import Path

import dash_ag_grid
import pytest

from layouts.parts.grids import WORDS, grid_options
from services.core.language import messages
from tests.running import ROOT

USING = [path for path in (ROOT / "layouts").rglob("*.py") if "dag.AgGrid(" in path.read_text("utf-8")]


class German:
    def gettext(self, text):
        return {"No Rows To Show": "Keine Zeilen"}.get(text, text)


@pytest.mark.parametrize("path", USING, ids=lambda path: path.parent.name)
def test_every_grid_has_them(path):
    source = path.read_text("utf-8")
    assert source.count("dag.AgGrid(") == source.count("dashGridOptions=grid_options(")


def test_a_grid_is_told_what_differs_from_its_english():
    assert grid_options(rowHeight=36) == {
        "theme": {"function": "themeQuartz"},
        "localeText": {},
        "rowHeight": 36,
    }
    messages.use(messages.Language("de", German()))
    assert grid_options()["localeText"] == {"noRowsToShow": "Keine Zeilen"}


def test_the_english_words_are_the_grids_own():
    script = (Path(dash_ag_grid.__file__).parent / "dash_ag_grid.min.js").read_text("utf-8")
    assert [name for name, said in WORDS.items() if f'"{name}","{said.text}"' not in script] == []
