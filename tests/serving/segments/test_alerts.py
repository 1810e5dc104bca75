"""Which changes are notable: never small numbers, never chance, at risk first, three at most."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from layouts.plain import plain
from layouts.segments.alerts import changes, newcomers, nothing, sentence
from services.core.presets import load
from services.serving.segments.alerts import Alert, Changes, changes_of
from services.serving.segments.windows import Windows
from tests.callbacks.segments.test_segments import text_of
from tests.overviews import overview, segment, snapshot

OF_DAY = np.datetime64("2011-12-09T12:00:00")


def changed(*sizes: tuple[str, int, int, bool], left: int = 0, previous: int | None = 0):
    """A release whose segments went from one size to another; ``left`` of each were swapped for others."""
    then, now = [], []
    for place, (_name, before, after, _risk) in enumerate(sizes):
        stay = min(before, after) - left
        then += [place] * stay + [place] * (before - stay) + [-1] * (after - stay)
        now += [place] * stay + [-1] * (before - stay) + [place] * (after - stay)
    return SimpleNamespace(
        overview=overview(
            previous=previous,
            snapshots=[snapshot("2011-11-10", segments={name.lower(): n for name, n, _, _ in sizes})],
            segments=[segment(name.lower(), name, customers=n, at_risk=risk) for name, _, n, risk in sizes],
        ),
        count=len(now),
        preset=load("standard"),
        segments=sizes,
        manifest=SimpleNamespace(as_of=OF_DAY.item(), data_from=OF_DAY.item(), data_to=OF_DAY.item()),
        customers={
            "segment": np.array(now, np.int16),
            "snapshot_segment": np.array(then, np.int16)[:, None],
            "first_purchase": np.full(len(now), OF_DAY),
            "last_purchase": np.full(len(now), OF_DAY),
        },
    )


@pytest.mark.parametrize(
    ("before", "now", "notable"),
    [(100, 140, True), (100, 119, False), (400, 440, True), (400, 439, False), (100, 60, True),
     (19, 90, False), (0, 50, False), (40, 0, True), (20, 0, False)],
)  # fmt: skip
def test_a_change_is_notable_from_a_tenth_twenty_customers_and_thirty_who_moved(before, now, notable):
    assert bool(changes_of(changed(("Lost", before, now, False))).notable) == notable


def test_a_segment_that_changes_as_its_customers_come_and_go_is_no_news():
    found = changes_of(changed(("Lost", 200, 221, False), left=150))
    assert (found.notable, found.by_chance) == ([], True)
    assert nothing(found, "10 November") == (
        "No change since 10 November beyond the usual coming and going of customers."
    )


def test_no_segment_changed_is_said_only_if_so_and_small_ones_are_named():
    found = changes_of(changed(("Lost", 200, 205, False), ("New", 12, 40, False), ("Void", 0, 0, False)))
    assert (found.notable, found.by_chance, found.small) == ([], False, ["New"])
    assert nothing(found, "10 November").endswith("and 20 customers. Too small to judge: New.")


def test_segments_at_risk_come_first_then_the_largest_changes_three_at_most():
    sizes = [("A", 100, 200, False), ("B", 100, 160, False), ("C", 100, 140, True), ("D", 100, 150, False)]
    assert [alert.segment.name for alert in changes_of(changed(*sizes)).notable] == ["C", "A", "B"]


def test_without_an_earlier_snapshot_nothing_is_said():
    assert changes_of(changed(("Lost", 100, 200, False), previous=None)).notable == []
    assert changes(Changes(), None) == []


def test_newcomers_are_who_first_ordered_whatever_their_segment():
    counted = Windows(None, None, None, None, None, 142, 162)
    assert newcomers(counted) == (
        "142 customers first ordered in the last 30 days, 20 fewer than in the 30 days before."
    )
    assert newcomers(Windows(None, None, None, None, None, 1, None)) == (
        "1 customer first ordered in the last 30 days."
    )
    assert newcomers(Windows(None, None, None, None, None, None, None)) == ""


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
    shown = str(plain(changes(Changes([grown, shrunk]), "2011-11-10T12:50:00")))
    assert "/movement?to_segment=a" in shown
    assert "/movement?from_segment=b" in shown
    told = text_of(plain(changes(Changes(), "2011-11-10T12:50:00")))
    assert told.startswith("No large change since 10 November: no segment of 20 customers or more")
