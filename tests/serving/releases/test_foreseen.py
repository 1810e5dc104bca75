"""What predictions were worth stands beside each other for two releases, and who lacks them says so."""

from __future__ import annotations

import pytest

from layouts.plain import plain
from layouts.releases import words as said
from layouts.releases.parts import cards
from services.releases import read_current
from services.serving.release.loaded import Loaded
from services.serving.releases.foreseen import foreseen
from tests.releases.tiny import make_tiny_release
from tests.serving.releases.test_comparing import compare
from tests.truth.said import spaced, walk


@pytest.fixture
def release(tmp_path) -> Loaded:
    make_tiny_release(tmp_path, 30)
    return Loaded(tmp_path, read_current(tmp_path))


@pytest.fixture
def older(tmp_path, monkeypatch) -> Loaded:
    """The same, from before value and churn."""
    made = Loaded(tmp_path, make_tiny_release(tmp_path, 30))
    before = made.overview.model_copy(update={"churn": None, "value": None})
    monkeypatch.setattr(made, "overview", before)
    return made


def table(shown):
    (side,) = [each for each in walk(shown) if each["type"] == "Section"][:1]
    rows = [part for part in walk(side) if part["type"] == "Tr"]
    return {
        cells[0]: cells[1:] for row in rows if (cells := [spaced(each) for each in row["props"]["children"]])
    }


def test_a_figure_is_that_of_the_last_day_which_chose_no_model(release):
    found = foreseen(release)
    churn = release.overview.churn
    assert found.chances.cut == churn.cuts[-1]
    assert found.chances.score.model == churn.served
    assert found.lacks == []


def test_both_sides_are_shown_and_what_one_lacks_is_said_with_the_reason(release, older):
    found = compare(release, older)
    shown = table(plain(cards(found, None)))
    here = foreseen(release).chances
    auc, other = shown["AUC on that day, 95 % interval"]
    assert (auc[:5], other) == (f"{here.score.auc:.3f}", "–")
    assert shown["Brier score on that day, lower is better"][0] == f"{here.cut.brier:.3f}"
    assert shown["Slope of calibration on that day, 1 is right"][0] == f"{here.cut.slope:.2f}"
    assert said.lacking(found) == (
        "Other: This release was made before churn was predicted. Train again to see who may not order. "
        "Other: This release was made by an earlier version, which expected no orders or spend. Train again "
        "to see them."
    )
    assert said.lacking(compare(release, release)) == ""


@pytest.mark.parametrize(
    ("points", "told"),
    [(3.84, "3.8 points too high"), (-1.0, "1.0 points too low"), (0.04, "right")],
)
def test_a_mean_that_was_off_says_to_which_side(points, told):
    assert said.off(points) == told
