"""Which changes are notable: never small numbers, at risk first, three at most."""

from __future__ import annotations

import pytest

from layouts.plain import plain
from layouts.segments.alerts import changes, sentence
from services.releases.overview.model import Overview
from services.serving.segments.alerts import Alert, alerts
from tests.callbacks.segments.test_segments import text_of
from tests.overviews import overview, segment, snapshot


def changed(*sizes: tuple[str, int, int, bool]) -> Overview:
    return overview(
        previous=0,
        snapshots=[snapshot("2011-11-10", segments={name.lower(): before for name, before, _, _ in sizes})],
        segments=[segment(name.lower(), name, customers=now, at_risk=risk) for name, _, now, risk in sizes],
    )


@pytest.mark.parametrize(
    ("before", "now", "notable"),
    [(100, 120, True), (100, 119, False), (400, 440, True), (400, 439, False), (100, 80, True),
     (19, 90, False), (0, 50, False), (20, 0, True)],
)  # fmt: skip
def test_a_change_is_notable_from_a_tenth_and_twenty_customers_on(before, now, notable):
    assert bool(alerts(changed(("Lost", before, now, False)))) == notable


def test_segments_at_risk_come_first_then_the_largest_changes_three_at_most():
    sizes = [("A", 100, 200, False), ("B", 100, 150, False), ("C", 100, 130, True), ("D", 100, 140, False)]
    assert [alert.segment.name for alert in alerts(changed(*sizes))] == ["C", "A", "B"]


def test_without_an_earlier_snapshot_nothing_is_said():
    assert alerts(changed(("Lost", 100, 200, False)).model_copy(update={"previous": None})) == []
    assert changes([], None) == []


def test_a_sentence_has_direction_share_day_and_size():
    grown, shrunk = (
        Alert(segment("at-risk", "At risk"), before, now) for before, now in ((461, 516), (516, 461))
    )
    assert (
        sentence(grown, "10 November").replace("\u00a0", " ")
        == "At risk grew by 12 % since 10 November, to 516."
    )
    assert (
        sentence(shrunk, "10 November").replace("\u00a0", " ")
        == "At risk shrank by 11 % since 10 November, to 461."
    )


def test_who_came_or_who_left_is_one_press_away():
    grown, shrunk = Alert(segment("a", "A"), 20, 60), Alert(segment("b", "B"), 60, 20)
    shown = str(plain(changes([grown, shrunk], "2011-11-10T12:50:00")))
    assert "/movement?to_segment=a" in shown
    assert "/movement?from_segment=b" in shown
    told = text_of(plain(changes([], "2011-11-10T12:50:00")))
    assert told.startswith("No large change since 10 November: no segment of 20 customers or more")
