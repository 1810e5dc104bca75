"""The published figures, to the digit, out of the command line on the real data."""

import numpy as np
import pandas as pd
import pytest

from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.clusters.reseeding import kept_names
from services.core.vocabulary import AXES
from services.serving.clusters.report import report_of
from services.serving.customers import profile as customers
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
    "duplicate": 5_225,
    "cancellation": 8_872,
    "refund": 0,
    "quantity": 0,
    "price": 0,
}


@pytest.fixture(scope="module")
def trained(real_data, tmp_path_factory):
    """Train once for each way asked for; gives the models folder and the printed receipt."""
    done = {}

    def train(preset, *flags, file="online_retail.csv.gz"):
        key = (preset, flags, file)
        if key not in done:
            models = tmp_path_factory.mktemp("models")
            ran = run("train", real_data / file, "--preset", preset, *flags, "--models", models, "--json")
            assert ran.code == 0, ran.err
            done[key] = (models, ran.json)
        return done[key]

    return train


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


def test_quartile(trained):
    models, receipt = trained("quartile")
    assert receipt["as_of"] == "2011-12-10T12:50:00"
    assert (receipt["rows"]["kept"], receipt["customers"]) == (392_732, 4_339)
    assert receipt["segments"] == {
        "Top Tier": 450,
        "Loyal Customers": 630,
        "High Spenders": 293,
        "Inactive But Potentially Returning": 168,
        "Inactive and Unlikely to Return": 381,
        "Other": 2_417,
    }
    assert sorted(cluster["customers"] for cluster in receipt["clusters"]) == [13, 1_080, 3_246]
    assert round(receipt["silhouette"], 10) == 0.6023126726
    expected = {
        "12346": (326, 1, 77183.60, "441", "High Spenders"),
        "12347": (2, 182, 4310.00, "111", "Top Tier"),
        "12348": (75, 31, 1797.24, None, None),
    }
    for customer, (recency, frequency, monetary, rfm_class, segment) in expected.items():
        found = run("customer", customer, "--models", models, "--json").json
        assert (found["recency"], found["frequency"], found["monetary"]) == (recency, frequency, monetary)
        if segment:
            assert (found["rfm_class"], found["segment"]) == (rfm_class, segment)
    release = Loaded(models, receipt["release"])
    first = release.transform([[release.customers[axis][0] for axis in ("recency", "frequency", "monetary")]])
    assert [round(value, 6) for value in first[0]] == [2.334858, -0.396968, 8.363977]
    sizes = release.overview["scoring"]["sizes"]
    assert (sizes["frequency"]["1"], sizes["monetary"]["1"]) == (1_080, 1_085)
    scores = {axis: release.customers[axis] for axis in "rfm"}
    assert sum((scores["r"] == 3) & (scores["f"] == 2) & (scores["m"] == 2)) == 168
    assert sum((scores["r"] == 4) & (scores["f"] == 4) & (scores["m"] == 4)) == 381


def test_the_workbook_gives_what_the_csv_gives(trained):
    _, csv = trained("quartile")
    _, xlsx = trained("quartile", file="online_retail.xlsx")
    same = ("as_of", "rows", "customers", "segments", "k", "silhouette", "itemsets", "rules")
    assert {name: xlsx[name] for name in same} == {name: csv[name] for name in same}
    figures = ("customers", "recency", "frequency", "monetary", "name")
    assert [[c[f] for f in figures] for c in xlsx["clusters"]] == [
        [c[f] for f in figures] for c in csv["clusters"]
    ]


def test_ten_segment_with_rules_on_all_descriptions(trained):
    models, receipt = trained("ten-segment", "--all-codes", "--items", "description")
    assert receipt["segments"] == {
        "VIP": 445,
        "Loyal": 423,
        "Potential loyalists": 428,
        "New": 477,
        "Promising": 363,
        "Need attention": 495,
        "About to sleep": 296,
        "Cannot lose": 547,
        "At risk": 244,
        "Hibernating": 621,
    }
    release = Loaded(models, receipt["release"])
    edges = release.overview["scoring"]["edges"]
    assert [round(edge, 3) for edge in edges["recency"]] == [13.6, 33, 72, 179]
    assert edges["frequency"] == [1, 2, 3, 6]
    assert [round(edge, 3) for edge in edges["monetary"]] == [248.844, 487.118, 933.202, 2054.82]
    whole = release.overview["rule_scopes"][0]
    assert (whole["baskets"], whole["products"]) == (18_536, 3_877)
    assert (receipt["itemsets"], receipt["rules"]) == (973, 934)
    listed = run("rules", "--min-lift", 1, "--unpruned", "--models", models, "--json").json
    assert len(listed) == 934
    assert [rule["confidence"] for rule in listed] == sorted((r["confidence"] for r in listed), reverse=True)
    assert len(run("rules", "--min-support", 0.02, "--unpruned", "--models", models, "--json").json) == 76


def test_rules_on_descriptions_without_codes_that_are_no_product(trained):
    models, receipt = trained("quartile", "--items", "description")
    assert (receipt["itemsets"], receipt["rules"]) == (980, 954)
    assert len(run("rules", "--min-support", 0.02, "--unpruned", "--models", models, "--json").json) == 76


def test_the_day_first_excerpt_is_read_right_or_asks(real_data, tmp_path):
    excerpt = real_data / "online_retail_dmy_excerpt.csv"
    asked = run("train", excerpt, "--models", tmp_path, "--k", 2)
    if asked.code == 2:
        assert "--date-order" in asked.err
    ran = run("train", excerpt, "--models", tmp_path, "--k", 2, "--date-order", "dmy", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["as_of"].startswith("2010-12-02T")
    assert ran.json["detected"]["date_order"] == "dmy"
    assert ran.json["rows"]["read"] == 149
