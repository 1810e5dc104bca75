"""Between two releases: the report of the new one says who moved, and why; causes add up to the movers."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from importlib.resources import files

import numpy as np
import pytest

from services.core import presets
from services.core.rfm.movement import CAUSES
from services.serving.movement.address import answer, listed_movers, rows_in_flow
from services.serving.movement.moments import flows, movement_since
from services.serving.release.loaded import Loaded
from tests.training.test_run import ledger, train_on

DAY = datetime(2025, 1, 3)
KINDS = ("segment", "cluster")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before")
    train_on(folder, ledger(60), k=3)
    return folder / "models"


@pytest.fixture
def trained(template, tmp_path):
    """A release of 60 customers in ``tmp_path``, to be compared with."""
    shutil.copytree(template, tmp_path / "models")


@pytest.fixture(scope="module")
def two_months(tmp_path_factory):
    """Train once for each preset asked for: the models folder, the earlier release and the later one."""

    @cache
    def trained(preset):
        folder = tmp_path_factory.mktemp("later")
        before, after = (
            train_on(folder, ledger(60), k=3, preset=preset, **options) for options in ({"as_of": DAY}, {})
        )
        return folder / "models", before, after

    return trained


@pytest.fixture(scope="module")
def release(two_months):
    """A release of a later month than the one before it."""
    models, _before, after = two_months("standard")
    return Loaded(models, after.id)


def since_of(release):
    return release.overview.since


def movers(release, kind, cause):
    """Ids of the customers who moved by a cause."""
    found = release.customers[f"earlier_{kind}_cause"] == CAUSES.index(cause)
    return {bytes(each).decode() for each in release.customers["customer_id"][found]}


def test_the_first_release_of_a_preset_has_nothing_to_be_compared_with(tmp_path):
    first = train_on(tmp_path, ledger(), k=2)
    assert since_of(first) is None
    assert "earlier_segment" not in first.customers
    other = train_on(tmp_path, ledger(), k=2, preset="quartile")
    assert since_of(other) is None


@pytest.mark.usefixtures("trained")
def test_the_same_file_again_moves_nobody(tmp_path):
    again = train_on(tmp_path, ledger(60), k=3)
    for kind in KINDS:
        told = since_of(again).moved(kind)
        assert (told.moved, told.of, told.agreement) == (0, 60, 1.0)
        assert set(again.customers[f"earlier_{kind}_cause"].tolist()) == {-1}
    assert since_of(again).gone == 0


@pytest.mark.parametrize(
    "preset",
    [
        "standard",
        "ten-cluster",  # whose segments are its clusters
        *(pytest.param(preset, marks=pytest.mark.long) for preset in ("quartile", "four-group")),
    ],
)
def test_a_later_month_keeps_identities_and_names_who_moved_and_why(two_months, preset):
    _models, before, after = two_months(preset)
    kept = [{(c.id, c.name, c.colour) for c in each.overview.clusters} for each in (before, after)]
    assert kept[0] == kept[1]
    ids = {bytes(each) for each in before.customers["customer_id"]}
    assert since_of(after).release == before.id
    for kind in KINDS:
        told = since_of(after).moved(kind)
        assert told.of == len(ids)
        assert sum(told.causes.values()) == told.moved > 0
        assert told.causes["data"] == 0, "the later file tells the same past"
        bought = {row[6] for row in ledger(60) if datetime.fromisoformat(row[4]) >= DAY}
        assert movers(after, kind, "ordered") <= bought
        assert not movers(after, kind, "stayed-away") & bought


@pytest.mark.usefixtures("trained")
def test_corrected_lines_are_the_cause_for_the_customers_they_are_of(tmp_path):
    rows = ledger(60)
    dearest = max({row[6] for row in rows if int(row[6]) % 3 == 2}, key=int)
    corrected = [[*row[:5], "999.00", *row[6:]] if row[6] == dearest else row for row in rows]
    after = train_on(tmp_path, corrected, k=3)
    assert movers(after, "segment", "data") == {dearest}
    assert not movers(after, "segment", "ordered") | movers(after, "segment", "stayed-away")


@pytest.mark.usefixtures("trained")
def test_another_map_is_a_changed_model(tmp_path):
    text = files(presets).joinpath("standard.toml").read_text("utf-8")
    old, new = '["new", "potential-loyalists",', '["promising", "promising",'
    assert old in text
    edited = tmp_path / "edited.toml"
    edited.write_text(
        text.replace(old, new).replace('["promising", "promising", "pot', '["promising", "new", "pot', 1)
    )
    after = train_on(tmp_path, ledger(60), k=3, preset=str(edited))
    told = since_of(after).segment
    assert told.moved == told.causes["model"] > 0
    assert since_of(after).cluster.moved == 0


def test_other_centres_are_a_changed_model_and_retired_clusters_keep_their_name(tmp_path):
    before = train_on(tmp_path, ledger(60), k=4)
    after = train_on(tmp_path, ledger(60), k=2)
    told = since_of(after).cluster
    assert told.moved == told.causes["model"] > 0
    served = {c.id for c in after.overview.clusters}
    retired = {(c.id, c.name) for c in before.overview.clusters if c.id not in served}
    assert len(retired) == 2
    assert retired <= {(group.id, group.name) for group in told.groups}
    assert since_of(after).segment.moved == 0


@pytest.mark.usefixtures("trained")
def test_a_release_of_an_earlier_day_is_not_compared(tmp_path):
    assert since_of(train_on(tmp_path, ledger(60), k=3, as_of=DAY)) is None


def test_who_left_the_ledger_is_counted_and_who_came_is_no_mover(tmp_path):
    rows = ledger(60)
    train_on(tmp_path, [row for row in rows if row[6] != "00059"], k=3)
    after = train_on(tmp_path, [row for row in rows if row[6] != "00000"], k=3)
    assert since_of(after).gone == 1
    assert since_of(after).segment.of == 58
    assert after.customers["earlier_segment"][-1] == -2
    assert after.customers["earlier_segment_cause"][-1] == -1


@pytest.mark.parametrize("kind", KINDS)
def test_flows_between_releases_add_up_and_list_exactly_their_customers(release, kind):
    moved = movement_since(release, kind)
    counted = flows(moved)
    assert sum(flow.customers for flow in counted) == release.count
    told = since_of(release).moved(kind)
    assert sum(sum(flow.causes) for flow in counted) == told.moved
    for flow in counted:
        query = {"from": ["release"], "by": [kind]}
        query |= {
            "from_segment": [moved.groups[flow.then].id],
            "to_segment": [moved.groups[flow.now].id],
        }
        found = answer(release, query)
        assert found.asked.notes == []
        listed = listed_movers(release, found.moved, rows_in_flow(release, found, ""))
        assert len(listed) == flow.customers
        assert np.all([row[kind] == row["to_segment"] for row in listed])
