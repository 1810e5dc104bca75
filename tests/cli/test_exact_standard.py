"""The published figures, to the digit, out of the command line on the real data: preset Standard."""

import numpy as np
import pandas as pd
import pytest

from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.clusters.reseeding import kept_names
from services.core.vocabulary import AXES
from services.releases.overview.moments import Changed
from services.serving.clusters.report import report_of
from services.serving.customers import profile as customers
from services.serving.movement.moments import flows, movement
from services.serving.predictions.predict import predict
from services.serving.release.active import Releases
from services.serving.release.loaded import Loaded
from tests.cli.commands import run
from tests.serving.predictions.borders import untrue

pytestmark = pytest.mark.slow

REJECTED = {
    "unreadable": 0,
    "no_customer": 135_080,
    "future": 0,
    "status": 0,
    "duplicate": 5_225,
    "cancellation": 8_872,
    "refund": 0,
    "quantity": 0,
    "price": 0,
}


def test_standard(trained):
    models, receipt = trained("standard")
    assert receipt["rows"] == {"read": 541_909, "kept": 392_732, "rejected": REJECTED}
    assert receipt["segments"] == {
        "Champions": 884,
        "Loyal": 560,
        "Potential loyalists": 360,
        "New": 36,
        "Promising": 249,
        "Need attention": 186,
        "About to sleep": 356,
        "At risk": 516,
        "Can't lose": 116,
        "Hibernating": 394,
        "Lost": 682,
    }
    one = run("customer", "12347", "--models", models, "--json").json
    assert (one["segment"], one["rfm_class"], one["scores"]) == ("Champions", "555", {"r": 5, "f": 5, "m": 5})


def test_the_last_month_of_the_real_sample_within_a_release(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    previous = release.overview.previous
    assert release.overview.snapshots[previous].as_of == "2011-11-10T12:50:00"
    assert release.overview.changed == Changed(changed=2_070, of=4_092, only_cuts=151)
    moved = movement(release, previous, len(release.overview.snapshots) - 1)
    found = flows(moved)
    assert sum(flow.customers for flow in found) == 4_339
    assert sum(flow.customers for flow in found if flow.then != moved.not_yet) == 4_092


def test_what_is_said_of_the_smallest_change_is_true_of_200_random_customers(trained):
    models, _receipt = trained("standard")
    release = Releases(models).at(None)
    rows = np.random.default_rng(12_347).choice(release.count, 200, replace=False)
    assert untrue(release, rows.tolist()) == ([], 200)


def test_b9_every_real_customer_is_predicted_where_it_is_stored(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    columns = release.customers
    for row in range(release.count):
        answer = predict(
            release, {axis: columns[axis][row].item() for axis in ("recency", "frequency", "monetary")}
        )
        assert answer.cluster is release.clusters[columns["cluster"][row]]
        assert answer.segment is release.segments[columns["segment"][row]]
        stored = customers.as_contract(release, customers.profile(release, release.id_of(row)))
        assert answer.scores == dict(zip(answer.scores, stored["scores"].values(), strict=True))


def test_d12_twenty_seeds_keep_the_named_clusters_at_four_and_at_the_recommended_number(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    raw = np.stack([release.customers[axis].astype(np.float64) for axis in AXES], axis=1)
    rfm, points = pd.DataFrame(raw, columns=list(AXES)), release.transform(raw)
    clusters = release.preset.clusters
    how = {"n_init": clusters.n_init, "tol": clusters.tol}
    for k in {4, report_of(release)["evidence"]["recommended"]["k"]}:
        first = fit_kmeans(points, k, **how, seed=clusters.seed)
        labels = assign(points, first.cluster_centers_).nearest
        kept = kept_names(points, rfm, labels, **how, seeds=range(20), frequency_is_orders=True)
        assert len(kept) == 20
        assert min(kept) >= 0.999
