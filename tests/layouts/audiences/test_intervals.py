"""The pictures of intervals: round ticks around all that is drawn, and nothing where nothing was compared."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from layouts.audiences import intervals, list_words
from layouts.plain import plain
from services.campaigns.measuring import Compared
from services.campaigns.standings import Standing
from services.core.campaigns.effects import Effect
from tests.layouts.audiences.test_parts import cells

WORKED = Compared(Effect(0.296, 0.185, 0.023, 0.199), 0.09, "higher")
SPENT = SimpleNamespace(
    low=-25.0, difference=34.1, high=103.0, verdict="cannot-tell", smallest=90.0, cut=None, above=0,
    adjusted=False,
)  # fmt: skip


def result(stage="ended", rate=WORKED):
    return SimpleNamespace(stage=stage, rate=rate, data_to=date(2011, 12, 9))


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (-2.3, 19.9, [-10, 0, 10, 20]),
        (-25, 103, [-50, 0, 50, 100, 150]),
        (0, 0.4, [0.0, 0.1, 0.2, 0.3, 0.4]),
        (0, 0, [0.0]),
    ],
)
def test_ticks_are_round_and_reach_around_what_is_drawn(low, high, marks):
    assert intervals.ticks(low, high) == pytest.approx(marks)


def test_each_outcome_is_drawn_said_and_told_in_a_table():
    drawn = intervals.outcomes(result(), SPENT)
    assert [each.said for each in drawn] == ["Worked", "Cannot tell"]
    told = cells(plain(intervals.result(result(), SPENT)))
    assert "More people ordered; whether revenue rose cannot be told." in told
    table = told[told.index("Outcome") :]
    assert table[table.index("+11.1") :][:5] == ["+11.1", "+2.3", "+19.9", "+9.0", "Worked"]
    assert table[table.index("+£34.10") :][:5] == ["+£34.10", "−£25.00", "+£103.00", "+£90.00", "Cannot tell"]


def test_before_the_last_day_there_is_no_verdict_and_without_a_comparison_no_picture():
    (drawn,) = intervals.outcomes(result("running"), None)
    assert (drawn.said, drawn.final) == ("Too early", False)
    assert "The verdict is given after the last day." in cells(
        plain(intervals.result(result("running"), None))
    )
    assert intervals.result(result("planned", None), None) == []


def test_the_pictures_of_a_list_share_a_scale_that_holds_zero():
    found = [Standing("ended", 30, "higher", 0.11, 0.02, 0.2), Standing("draft", 0)]
    assert intervals.ends_of(found) == (0.0, 0.2)
    assert intervals.in_list(found[1], (0.0, 0.2), "") == "–"
    assert intervals.ends_of(found[1:]) == (0.0, 0.0)
    line = plain(intervals.in_list(found[0], (0.0, 0.2), list_words.of_difference(found[0])))
    assert line["props"]["aria-label"] == "+11.0 points (+2.0 to +20.0)"


def test_a_list_says_what_came_of_those_that_are_done():
    ended = [
        Standing("ended", 30, verdict) for verdict in ("higher", "cannot-tell", "too-few", "lower", None)
    ]
    assert list_words.of_finished(ended) == (
        "5 campaigns done: 1 worked, 1 did harm, 1 cannot be told from chance and 2 had too few customers or "
        "buyers to tell."
    )
    assert list_words.of_finished([Standing("running", 3)]) == "1 campaign, none of them done yet."
