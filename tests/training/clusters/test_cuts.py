"""Retrained as of one day after another, clusters keep id and colour, and names while they are true."""

from datetime import datetime
from itertools import pairwise

import pytest

from benchmarks.evidence.clusters import retrained, untrue_words
from services.serving.release.loaded import Loaded
from tests.training.test_run import START, ledger, train_on, write

LATER = datetime(2025, 1, 3)


def ids(release):
    return {cluster.id: cluster.colour for cluster in release.overview.clusters}


def check(releases):
    """Ids that a release shares with the one before have its colours; names are true, and different."""
    for release in releases:
        assert [untrue for _, untrue in untrue_words(release)] == [[]] * len(release.clusters)
        assert len({cluster.name for cluster in release.clusters}) == len(release.clusters)
    for before, after in pairwise(releases):
        shared = ids(before).keys() & ids(after).keys()
        assert len(shared) == min(len(ids(before)), len(ids(after)))
        assert {each: ids(before)[each] for each in shared} == {each: ids(after)[each] for each in shared}


def test_every_word_of_every_name_is_true_at_each_cut_and_ids_are_kept(tmp_path):
    file = write(tmp_path / "ledger.csv", ledger(90))
    check(list(retrained(file, tmp_path / "models", [datetime(2024, 12, 1), LATER, None])))


def again(number, customer):
    """Two more orders of a customer, in the first weeks."""
    bought = START.replace(day=20 + number)
    return [
        f"9{number}{customer}",
        "P1",
        "Product 1",
        2,
        f"{bought:%Y-%m-%d %H:%M}",
        "3.00",
        customer,
        "France",
    ]


@pytest.mark.parametrize("preset", [pytest.param("standard", marks=pytest.mark.long), "ten-cluster"])
def test_a_name_that_is_no_longer_true_changes_and_id_and_colour_stay(tmp_path, preset):
    rows = ledger(60)
    before = train_on(tmp_path, rows, k=3, preset=preset)
    gone = sorted({row[6] for row in rows if int(row[6]) % 3 == 2})
    more = [again(number, customer) for customer in gone for number in (1, 2)]
    after = train_on(tmp_path, rows + more, k=3, preset=preset)
    (old,) = [
        cluster
        for cluster in before.overview.clusters
        if "one-time" in cluster.name.lower() or "One order" in cluster.name
    ]
    (new,) = [cluster for cluster in after.overview.clusters if cluster.id == old.id]
    assert (new.colour, new.formerly) == (old.colour, old.name)
    assert new.name != old.name
    said = f"Cluster “{new.name}” was “{old.name}” before, which no longer fits it or now fits "
    said += "other clusters too."
    assert said in after.manifest.warnings
    if preset == "ten-cluster":
        assert [each.id for each in after.overview.segments] == [each.id for each in before.overview.segments]
        assert new.name in {segment.name for segment in after.overview.segments}
    third = train_on(tmp_path, rows + more, k=3, preset=preset)
    assert {cluster.formerly for cluster in third.overview.clusters} == {None}
    assert {cluster.name for cluster in third.overview.clusters} == {c.name for c in after.overview.clusters}


def test_what_the_words_of_a_name_mean_is_in_the_release(tmp_path):
    from services.serving.clusters.report import profiles, report_of

    trained = train_on(tmp_path, ledger(60), k=3)
    release = Loaded(tmp_path / "models", trained.id)
    for profile in profiles(release, report_of(release)):
        assert profile.named
        assert all(each["means"] and not each["means"].endswith(".") for each in profile.named)
