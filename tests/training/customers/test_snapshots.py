"""Snapshots of random small ledgers, and of the real one: what is kept is enough to explain every move."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core import presets
from services.core.features import Transform
from services.core.rfm.movement import CAUSES
from services.core.rfm.scoring import fit_scale
from services.core.rfm.segments import Segmentation
from services.core.rfm.table import rfm_table
from services.serving.movement.moments import flows, movement
from services.serving.release.loaded import Loaded
from services.training.customers.columns import segment_customers
from services.training.customers.snapshots import seen_before, take_snapshots, timed_orders
from services.training.lines.taken import Returns
from services.training.options import TrainOptions
from services.training.run import train
from tests.overviews import overview, segment

START = pd.Timestamp("2024-01-01")
END = pd.Timestamp("2024-07-01 09:00")
STANDARD = presets.load("standard")
NOTHING = Returns().taken

ORDERS = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 180), st.integers(1, 90_000)), min_size=20, max_size=60
)


def snapshots_of(bought: list[tuple[int, int, int]]) -> SimpleNamespace:
    """What serving would have of a ledger of (customer, day, hundredths of a pound)."""
    orders = pd.DataFrame(
        {
            "customer_id": [f"c{customer:02}" for customer, _, _ in bought],
            "bought_at": [
                START + pd.Timedelta(days=day, minutes=place) for place, (_, day, _) in enumerate(bought)
            ],
            "lines": 1,
            "amount": [pence / 100 for _, _, pence in bought],
        }
    )
    customers = pd.DataFrame({"customer_id": sorted(orders["customer_id"].unique())})
    summed = seen_before(timed_orders(customers, orders, NOTHING), END)
    rfm = rfm_table(summed, END, "orders")
    scale = fit_scale(rfm, 5, "high")
    everything = Segmentation(
        STANDARD.segments, scale, Transform(np.zeros(3, bool), np.zeros(3), np.ones(3)), np.eye(3)
    )
    now = segment_customers(rfm, everything)
    history = take_snapshots(customers, orders, NOTHING, now, END, STANDARD, STANDARD.segments.groups)
    return SimpleNamespace(
        history=history,
        overview=overview(snapshots=history.summaries, previous=history.previous),
        customers=history.columns,
        count=len(customers),
        segments=[segment(group.id, group.name) for group in STANDARD.segments.groups],
        segmentation=everything,
    )


@settings(max_examples=25)
@given(ORDERS)
def test_flows_of_any_ledger_add_up_to_both_moments_and_causes_to_the_movers(bought):
    release = snapshots_of(bought)
    taken = release.overview.snapshots
    for start in range(len(taken) - 1):
        moved = movement(release, start, len(taken) - 1)
        found = flows(moved)
        old = [flow for flow in found if flow.then != moved.not_yet]
        assert sum(flow.customers for flow in old) == taken[start].customers
        assert sum(flow.customers for flow in found) == taken[-1].customers
        assert all(sum(flow.causes) == flow.customers * (flow.then != flow.now) for flow in old)
    changed = release.history.changed
    if changed:
        moved = movement(release, release.overview.previous, len(taken) - 1)
        assert changed["changed"] == (moved.cause >= 0).sum()
        assert changed["only_cuts"] == (moved.cause == CAUSES.index("cut-offs")).sum()


@settings(max_examples=25)
@given(ORDERS, st.randoms(use_true_random=False))
def test_the_order_of_the_orders_changes_no_snapshot(bought, shuffling):
    placed = list(enumerate(bought))
    shuffling.shuffle(placed)
    minutes = {number: place for place, (number, _) in enumerate(placed)}
    orders = pd.DataFrame(
        {
            "customer_id": [f"c{customer:02}" for customer, _, _ in bought],
            "bought_at": [START + pd.Timedelta(days=day) for _, day, _ in bought],
            "lines": 1,
            "amount": [pence / 100 for _, _, pence in bought],
        }
    )
    customers = pd.DataFrame({"customer_id": sorted(orders["customer_id"].unique())})
    shuffled = orders.iloc[sorted(minutes, key=minutes.__getitem__)]
    for moment in (pd.Timestamp("2024-03-01"), END):
        one, other = (
            seen_before(timed_orders(customers, each, NOTHING), moment) for each in (orders, shuffled)
        )
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.long
def test_the_last_month_of_the_real_sample_within_a_release_and_between_two(real_data, tmp_path):
    file = real_data / "online_retail.csv.gz"
    train(file, tmp_path, TrainOptions(k=2, as_of=datetime(2011, 11, 10, 12, 50)))
    manifest = train(file, tmp_path, TrainOptions(k=2))
    release = Loaded(tmp_path, manifest.id)
    previous = release.overview.previous
    assert release.overview.snapshots[previous].as_of == "2011-11-10T12:50:00"
    # held to plain pandas in tests/cli/exact/test_standard.py
    assert release.overview.changed.model_dump() == {"changed": 2_070, "of": 4_082, "only_cuts": 138}
    moved = movement(release, previous, len(release.overview.snapshots) - 1)
    found = flows(moved)
    assert sum(flow.customers for flow in found) == 4_328
    assert sum(flow.customers for flow in found if flow.then != moved.not_yet) == 4_082
    since = release.overview.since.segment
    assert (since.of, since.moved) == (4_082, 2_070)
    assert np.array_equal(release.customers["earlier_segment_cause"], moved.cause)
    causes = np.bincount(moved.cause[moved.cause >= 0], minlength=len(CAUSES))
    assert dict(zip(CAUSES, causes.tolist(), strict=True)) == {
        "ordered": 801,
        "stayed-away": 1_131,
        "cut-offs": 138,  # as many as the cuts alone moved
        "model": 0,
        "data": 0,
    }
