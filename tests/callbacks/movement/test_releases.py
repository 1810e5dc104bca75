"""The tab Movement between two releases: segments and clusters, and the way there from Data."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest

from callbacks.data.wiring import Pages
from callbacks.movement.view import show
from callbacks.movement.wiring import LISTED
from services.desk import load_services
from services.serving.lists.listing import listed
from services.serving.movement.address import answer, rows_in_flow
from services.site.settings import Settings
from services.web.exports.customers import lines
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT
from tests.training.test_run import ledger, train_on

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("little_evidence")]  # two trainings are made first


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    train_on(folder, ledger(60), k=3, as_of=datetime(2025, 1, 3))
    train_on(folder, ledger(60), k=3)
    return load_services(Settings(models_dir=folder / "models"))


@pytest.fixture
def release(services):
    return services.releases.current()


@pytest.mark.parametrize("kind", ["segment", "cluster"])
def test_the_page_counts_what_the_release_report_counts(release, kind):
    shown = show(release, f"?from=release&by={kind}")
    told = release.overview.since.moved(kind)
    data = shown["data"]
    assert shown["diagram_finding"].startswith(f"{told.moved} of {told.of} customers changed {kind}")
    assert (shown["start"], shown["end_hidden"], shown["by_hidden"]) == ("release", True, False)
    sums = {
        cause["id"]: sum(flow[3 + place] for flow in data["flows"])
        for place, cause in enumerate(data["causes"])
    }
    assert sums == {cause: count for cause, count in told.causes.items() if count}
    answer = LISTED.rows(release, {"startRow": 0, "endRow": 500}, f"?from=release&by={kind}", NOBODY_OUT)
    assert answer["rows"]["rowCount"] == told.moved
    assert "from=release" in answer["export"]
    assert f"Changed {kind}{told.moved} of {told.of}" in text_of(shown["kpis"])
    json.dumps(shown)


@pytest.mark.parametrize("kind", ["segment", "cluster"])
def test_the_file_of_a_flow_names_segment_and_cluster_whichever_is_compared(release, kind):
    found = answer(release, {"from": ["release"], "by": [kind]})
    picked = rows_in_flow(release, found, "")
    told = list(csv.DictReader(io.StringIO("".join(lines(release, picked, found)).removeprefix("\ufeff"))))
    for row, customer in zip(told, listed(release, picked), strict=True):
        assert row["segment"] == next(
            each.name for each in release.segments if each.id == customer["segment"]
        )
        assert row["cluster"] == next(
            each.name for each in release.clusters if each.id == customer["cluster"]
        )
        assert row["from_segment"]
        assert row["to_segment"]


def test_clusters_have_letters_and_who_is_new_has_none(release):
    groups = show(release, "?from=release&by=cluster")["data"]["groups"]
    assert [group["letter"] for group in groups] == ["A", "B", "C", None, None]
    assert groups[-1]["name"] == "Not in that release"


def test_two_days_of_one_release_are_compared_by_segment_only(release):
    shown = show(release, "?by=cluster")
    assert "with the previous release" in text_of(shown["notes"])
    assert (shown["end_hidden"], shown["by_hidden"], shown["data"]["by"]) == (False, True, "segment")
    assert [option["value"] for option in shown["start_options"]][-1] == "release"


def test_a_first_release_offers_no_other_and_says_so(tmp_path):
    train_on(tmp_path, ledger(60), k=3)
    first = load_services(Settings(models_dir=tmp_path / "models")).releases.current()
    shown = show(first, "?from=release")
    assert "no earlier release of this preset" in text_of(shown["notes"])
    assert "release" not in [option["value"] for option in shown["start_options"]]


def test_the_tab_data_leads_to_who_moved(services, release):
    page = Pages(services).show(release.id, datetime.fromisoformat("2025-01-10T12:00:00+00:00"))["page"]
    moved = release.overview.since.segment.moved
    assert f"{moved} of" in text_of(page)
    assert "/movement?from=release" in json.dumps(page)
