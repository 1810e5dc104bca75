"""What is written of an audience's outcome belongs to whom it says."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from layouts.audiences import intervals, parts, words
from layouts.plain import plain
from services.campaigns.measuring import Compared, Group
from services.core.campaigns.effects import Effect


def cells(node: object) -> list[str]:
    """The texts of a plain component, in their order."""
    if isinstance(node, dict):
        return cells(node["props"].get("children")) if "props" in node else []
    if isinstance(node, list | tuple):
        return [text for each in node for text in cells(each)]
    return [] if node is None else [str(node)]


@pytest.mark.parametrize("stage", ["ended", "running"])
def test_where_people_are_too_few_no_interval_says_otherwise(stage):
    compared = Compared(Effect(0.75, 0.5, 0.05, 0.5), 0.2, "too-few")
    result = SimpleNamespace(stage=stage, rate=compared)
    assert "interval" not in words.of_rate(result)
    assert intervals.outcomes(result, None) == []


def test_the_treated_and_the_holdout_have_their_own_numbers():
    result = SimpleNamespace(treated=Group(80, 20, 4_000.0), holdout=Group(20, 1, 90.0))
    told = cells(plain(parts._figures(result)))
    treated, holdout = told.index("Campaign group"), told.index("Holdout")
    assert told[treated + 1 : treated + 3] == ["80", "20"]
    assert told[holdout + 1 : holdout + 3] == ["20", "1"]
