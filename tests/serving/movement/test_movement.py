"""Movement between two moments: flows add up, causes add up, and every cause can be checked by hand."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.core.rfm.movement import with_cut_points
from services.serving.movement.address import answer, listed_movers, moments, rows_in_flow
from services.serving.movement.moments import (
    CAUSES,
    NOT_YET,
    chosen,
    flows,
    last_day,
    movement,
    steps,
    why_not,
)
from tests.overviews import snapshot
from tests.serving.shops import shop, table_shop

PRESETS = ("standard", "quartile", "four-group", "ten-cluster")
AXES = ("recency", "frequency", "monetary")


def edges_of(snapshot):
    """The snapshot's cut points as scoring takes them; clusters have none."""
    return snapshot.cut_points and snapshot.cut_points.model_dump()


def pairs(release):
    last = len(release.overview.snapshots)
    return [(start, end) for end in range(last) for start in range(end)]


@pytest.mark.parametrize("preset", PRESETS)
def test_flows_add_up_to_the_customers_of_both_moments_and_causes_to_the_movers(preset):
    release = shop(preset)
    snapshots = release.overview.snapshots
    assert len(pairs(release)) > 10
    for start, end in pairs(release):
        moved = movement(release, start, end)
        found = flows(moved)
        before = [flow for flow in found if flow.then != moved.not_yet]
        assert sum(flow.customers for flow in before) == snapshots[start].customers
        assert sum(flow.customers for flow in found) == snapshots[end].customers
        movers = [flow for flow in before if flow.then != flow.now]
        assert all(sum(flow.causes) == flow.customers for flow in movers)
        assert all(sum(flow.causes) == 0 for flow in found if flow not in movers)
        for place, segment in enumerate(release.segments):
            assert (
                sum(flow.customers for flow in found if flow.then == place)
                == snapshots[start].segments[segment.id]
            )
            assert (
                sum(flow.customers for flow in found if flow.now == place)
                == snapshots[end].segments[segment.id]
            )


@pytest.mark.parametrize("preset", PRESETS)
def test_each_cause_is_what_scoring_again_says(preset):
    release = shop(preset)
    column = release.customers
    seen = set()
    for start, end in pairs(release):
        moved = movement(release, start, end)
        earlier = with_cut_points(release.segmentation, edges_of(release.overview.snapshots[start]))
        for row in np.flatnonzero(moved.cause >= 0):
            values = np.array([[float(column[f"snapshot_{axis}"][row, end]) for axis in AXES]])
            elsewhere = earlier.segment(values)[0] != column["snapshot_segment"][row, start]
            bought = column["snapshot_frequency"][row, end] > column["snapshot_frequency"][row, start]
            expected = ("ordered" if bought else "stayed-away") if elsewhere else "cut-offs"
            assert CAUSES[moved.cause[row]] == expected
            seen.add(expected)
    assert {"ordered", "stayed-away"} <= seen
    assert ("cut-offs" in seen) == (preset != "ten-cluster"), "clusters are the same at both moments"


def test_each_snapshot_can_be_scored_again_from_what_it_kept():
    release = shop()
    for place, taken in enumerate(release.overview.snapshots):
        there = release.customers["snapshot_frequency"][:, place] > 0
        values = np.stack([release.customers[f"snapshot_{axis}"][there, place] for axis in AXES], axis=1)
        again = with_cut_points(release.segmentation, edges_of(taken)).segment(values)
        assert np.array_equal(again, release.customers["snapshot_segment"][there, place])
        assert taken.customers == there.sum()
    for axis in AXES:
        assert np.array_equal(release.customers[f"snapshot_{axis}"][:, -1], release.customers[axis])


def test_a_flow_is_exactly_its_customers_and_all_flows_are_everybody():
    release = shop()
    moved = movement(release, 0, len(release.overview.snapshots) - 1)
    listed = np.zeros(release.count, dtype=int)
    for flow in flows(moved):
        fits = chosen(moved, flow.then, flow.now, None)
        assert fits.sum() == flow.customers
        for place, count in enumerate(flow.causes):
            assert chosen(moved, flow.then, flow.now, place).sum() == count
        listed += fits
    assert (listed == 1).all()
    assert chosen(moved, None, None, None).sum() == (moved.cause >= 0).sum()


def test_the_steps_of_one_customer_are_those_of_the_whole_base():
    release = shop()
    places = list(range(len(release.overview.snapshots)))
    for row in range(release.count):
        found = steps(release, row, places)
        for start, cause in enumerate(found):
            place = int(movement(release, start, start + 1).cause[row])
            assert cause == (CAUSES[place] if place >= 0 else None)


def test_moments_have_keys_of_their_own_and_the_last_day_of_a_month_for_a_name():
    keys = [moment.key for moment in moments(shop())]
    assert len(set(keys)) == len(keys)
    assert "2024-11-30" in keys
    assert keys[-1] == "2024-12-31"


def test_two_snapshots_of_one_day_are_told_apart(monkeypatch):
    release = shop()
    days = [
        snapshot(as_of) for as_of in ("2024-11-30T12:00:00", "2024-12-01T00:00:00", "2024-12-31T12:00:00")
    ]
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"snapshots": days}))
    assert [moment.key for moment in moments(release)] == ["2024-11-30", "2024-12-01T00:00", "2024-12-31"]


def test_a_releases_own_moment_a_day_after_the_last_purchase_is_named_by_the_datas_last_day(monkeypatch):
    release = shop()
    own = release.manifest.data_to + timedelta(days=1)
    twice = {"snapshots": [snapshot(own.isoformat())] * 2}
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update=twice))
    earlier, last = (last_day(release, place) for place in (0, 1))
    assert last == release.manifest.data_to.date().isoformat()
    assert earlier == own.date().isoformat()


@pytest.mark.parametrize(
    ("search", "start", "end", "note"),
    [
        ("", "2024-12-01", "2024-12-31", ""),
        ("from=2024-05-31&to=2024-08-31", "2024-05-31", "2024-08-31", ""),
        ("from=2024-08-31&to=2024-05-31", "2024-05-31", "2024-08-31", ""),
        ("from=yesterday", "2024-12-01", "2024-12-31", "“yesterday”"),
        ("from=2024-08-31&to=2024-08-31", "2024-07-31", "2024-08-31", "two different days"),
        ("from_segment=champion", "2024-12-01", "2024-12-31", "“champion”"),
        ("cause=magic", "2024-12-01", "2024-12-31", "“magic”"),
    ],
)
def test_c6_c7_an_address_chooses_two_days_in_order_and_the_rest_is_noted(search, start, end, note):
    asked = answer(shop(), parse_qs(search)).asked
    assert (asked.start.key, asked.end.key) == (start, end)
    assert note in " ".join(asked.notes)
    assert bool(asked.notes) == bool(note)


def test_who_came_new_is_listed_as_that_and_has_no_cause():
    release = shop()
    found = answer(release, {"from": ["2024-05-31"], "to": ["2024-12-31"], "from_segment": [NOT_YET]})
    rows = rows_in_flow(release, found, "customer_id:asc")
    first = moments(release)[[each.key for each in moments(release)].index("2024-05-31")].as_of
    expected = np.flatnonzero(release.customers["first_purchase"] >= np.datetime64(first))
    assert rows.tolist() == expected.tolist()
    listed = listed_movers(release, found.moved, rows)
    assert {(row["from_segment"], row["cause"]) for row in listed} == {(NOT_YET, None)}


def test_a_release_of_one_moment_says_what_a_second_one_would_need():
    release = table_shop()
    assert "one moment only" in (why_not(release) or "")
    with pytest.raises(Refusal, match="transactions"):
        answer(release, {})
    assert why_not(shop()) is None


def test_a_release_from_before_past_values_were_kept_asks_for_a_training(monkeypatch):
    release = shop()
    older = {name: column for name, column in release.customers.items() if "snapshot_f" not in name}
    monkeypatch.setattr(release, "customers", older)
    assert "Train again" in (why_not(release) or "")
