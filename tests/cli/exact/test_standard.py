"""The published figures, to the digit, out of the command line on the real data: preset Standard."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.clusters.naming import names
from services.core.clusters.positions import positions
from services.core.cohorts.concentration import concentration
from services.core.value.base import Money, base_at, later
from services.core.value.bgnbd import UNIDENTIFIED
from services.core.value.holdout import hold_against
from services.core.value.models import FITS, choose, fit
from services.core.value.rhythm import try_out
from services.core.value.spans import order_days
from services.core.vocabulary import AXES
from services.releases.columns import EXPECTED
from services.releases.overview.ledger import Matched, Returned
from services.releases.overview.moments import Changed
from services.serving.clusters.report import report_of
from services.serving.cohorts import address as cohorts
from services.serving.customers import profile as customers
from services.serving.movement.moments import flows, movement
from services.serving.predictions.predict import predict
from services.serving.release.active import Releases
from services.serving.release.loaded import Loaded
from tests.cli.commands import run
from tests.serving.predictions.borders import untrue
from tests.training.lines.by_hand import real_lines, rfm_by_hand, segments_by_hand

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
    "returned": 2_811,
}


def test_standard(trained):
    models, receipt = trained("standard")
    assert receipt["rows"] == {"read": 541_909, "kept": 389_921, "rejected": REJECTED}
    assert (receipt["revenue"], receipt["customers"]) == ("8373720.584", 4_328)
    assert receipt["segments"] == {
        "Champions": 912,
        "Loyal": 525,
        "Potential loyalists": 368,
        "New": 34,
        "Promising": 242,
        "Need attention": 186,
        "About to sleep": 354,
        "At risk": 509,
        "Can't lose": 123,
        "Hibernating": 393,
        "Lost": 682,
    }
    edges = Loaded(models, receipt["release"]).overview.scoring.edges
    assert {axis: [round(edge, 3) for edge in edges[axis]] for axis in AXES} == {
        "recency": [14, 33, 72, 179.6],
        "frequency": [1, 2, 3, 5],
        "monetary": [244.566, 479.798, 920.354, 2019.426],
    }
    one = run("customer", "12347", "--models", models, "--json").json
    assert (one["segment"], one["rfm_class"], one["scores"]) == ("Champions", "555", {"r": 5, "f": 5, "m": 5})


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        ("12347", (2, 7, 4310.00, "Champions")),
        ("14646", (2, 74, 279_765.02, "Champions")),
        ("15098", (182, 2, 946.50, "At risk")),
        ("16446", (206, 1, 2.90, "Lost")),
    ],
)
def test_who_sent_much_back_is_what_is_left(trained, customer, expected):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    found = customers.as_contract(release, customers.profile(release, customer))
    assert tuple(found[name] for name in ("recency", "frequency", "monetary", "segment")) == expected


def test_who_sent_everything_back_is_said_to_have(trained):
    models, _receipt = trained("standard")
    asked = run("customer", "12346", "--models", models)
    assert asked.code == 1
    assert (
        "All orders of customer 12346 were returned (1 order, the last return on 18 January 2011), so "
        "nothing is left to count."
    ) in asked.err


def test_what_came_back_is_said_with_what_of_it_matches_nothing(trained):
    models, receipt = trained("standard")
    glance = Loaded(models, receipt["release"]).overview.glance
    assert glance.returns == Returned(
        lines=8_872,
        amount=608_689.47,
        invoices=3_654,
        matched=Matched(
            amount=513_488.31,
            pieces=249_125,
            unmatched_lines=1_389,
            unmatched_pieces=23_910,
            unmatched_amount=137_409.06,
        ),
    )
    assert glance.products[0].description == "REGENCY CAKESTAND 3 TIER"
    assert sum(month.orders for month in glance.months) == 18_376


def test_the_last_month_of_the_real_sample_within_a_release(trained, real_data):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    previous = release.overview.previous
    assert release.overview.snapshots[previous].as_of == "2011-11-10T12:50:00"
    lines, grid = real_lines(real_data / "online_retail.csv.gz"), release.preset.segments.grid
    then, now = (
        segments_by_hand(rfm_by_hand(lines, pd.Timestamp(moment)), grid)
        for moment in ("2011-11-10 12:50", "2011-12-10 12:50")
    )
    both = then.index.intersection(now.index)
    assert (len(then), len(both), len(now)) == (4_084, 4_082, 4_328)
    assert (then[both] != now[both]).sum() == 2_070
    assert release.overview.changed == Changed(changed=2_070, of=4_082, only_cuts=138)
    segments = [release.segments[place].id for place in release.customers["segment"].tolist()]
    assert segments == now.sort_index().tolist()
    seen = release.customers["snapshot_segment"][:, previous]
    assert [release.segments[place].id for place in seen[seen >= 0].tolist()] == then[both].tolist()
    moved = movement(release, previous, len(release.overview.snapshots) - 1)
    found = flows(moved)
    assert sum(flow.customers for flow in found) == 4_328
    assert sum(flow.customers for flow in found if flow.then != moved.not_yet) == 4_082


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
        named = []
        for seed in (clusters.seed, *range(20)):
            labels = assign(points, fit_kmeans(points, k, **how, seed=seed).cluster_centers_).nearest
            found = names(positions(rfm, labels, k), frequency_is_orders=True)
            named.append(np.array([name.text for name in found])[labels])
        assert min((other == named[0]).mean() for other in named[1:]) >= 0.999


def test_stated_intervals_of_next_orders_hold_within_four_points_at_each_of_three_days(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    listed = release.lookup().execute("SELECT customer, bought_at FROM orders").fetchall()
    orders = [(customer, date.fromisoformat(at[:10]).toordinal()) for customer, at in listed]
    known = order_days(*zip(*orders, strict=True))
    tried = try_out(known, int(known.day.max()), 90, (0.5, 0.8, 0.9))
    assert len(tried) == 3
    for each in tried:
        for level in (0.5, 0.8, 0.9):
            assert each.intervals[level] > 250
            assert each.held[level] / each.intervals[level] == pytest.approx(level, abs=0.04)
        # who is in rhythm orders at least twice as often as who is silent
        shares = [ordered / count for count, ordered in zip(each.customers, each.ordered, strict=True)]
        assert shares[0] > 0.6
        assert shares[3] < shares[0] * 0.55


def test_value_is_refused_in_a_sentence_where_nobody_is_seen_to_stop_and_customers_are_still_scored(trained):
    models, receipt = trained("standard")
    listed = (
        Loaded(models, receipt["release"]).lookup().execute("SELECT customer, bought_at, amount FROM orders")
    )
    who, when, amount = zip(*listed.fetchall(), strict=True)
    day = np.array([date.fromisoformat(at[:10]).toordinal() for at in when])
    bought, cut = Money(np.array(who), day, np.array(amount)), date(2011, 9, 10).toordinal()
    base = base_at(bought, cut)
    chosen = choose({name: fit(name, base) for name in FITS})
    assert (chosen.name, chosen.refused, chosen.law_name) == (None, UNIDENTIFIED, "nbd")
    held = hold_against(chosen.law, base, later(base, bought, cut, cut + 90), 90)
    # Who orders more often is more likely to: .722 by the number of orders alone
    assert held.auc == pytest.approx(0.733, abs=0.003)


def test_a_release_says_the_same_and_how_many_ordered_where_fewer_were_expected(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    value = release.overview.value
    assert (value.missing, value.model, value.seen) == (UNIDENTIFIED, "nbd", "2011-12-09")
    assert [(each.day, each.customers, each.buyers.happened) for each in value.tried] == [
        ("2011-09-10", 3364, 1917),
        ("2011-08-11", 3212, 1715),
        ("2011-07-12", 3022, 1532),
    ]
    # Christmas is in no law of waiting
    assert [each.buyers.expected for each in value.tried] == pytest.approx([1536, 1491, 1426], abs=1)
    assert not set(EXPECTED) & set(release.customers)


def test_the_record_of_intervals_is_that_of_the_three_days(trained):
    models, receipt = trained("standard")
    judged = Loaded(models, receipt["release"]).overview.rhythm
    assert (judged.seen, judged.horizon) == ("2011-12-09", 90)
    assert judged.tried == ["2011-09-10", "2011-08-11", "2011-07-12"]
    held = {record.level: record.held / record.intervals for record in judged.records}
    assert held == {80: pytest.approx(0.8, abs=0.02), 50: pytest.approx(0.5, abs=0.02)}


def test_cohorts_are_the_published_ones(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    found = cohorts.answer(release, {"cell": ["2011-04.6"]})
    assert found.found.sizes.tolist() == [883, 415, 381, 451, 300, 283, 242, 187, 169, 297, 357, 323, 40]
    assert found.found.people[:3, 1:7].tolist() == [
        [324, 286, 338, 319, 352, 318],
        [90, 111, 95, 134, 119, 103],
        [71, 71, 107, 103, 94, 96],
    ]
    assert found.found.revenue[0, :4].round(2).tolist() == [555353.02, 268865.39, 230057.18, 295280.24]
    assert (found.found.people[4, 6], round(found.found.revenue[4, 6], 2)) == (64, 28_116.56)
    assert (int(found.fits.sum()), found.complete, found.out.any()) == (64, False, False)
    spread = concentration(release.customers["monetary"])
    assert (spread.half, spread.counts[10], round(spread.shares[10], 4)) == (237, 433, 0.6004)


def test_a_customer_of_seven_orders_is_in_rhythm_two_days_after_the_last(trained):
    models, _receipt = trained("standard")
    one = run("customer", "12347", "--models", models, "--json").json["rhythm"]
    # 37 to 90 days apart
    assert (one["state"], one["overdue_days"]) == ("in rhythm", 0)
    assert "2011-12-10" <= one["next"]["low"] < one["next"]["high"] <= "2012-03-08"
    assert one["record"]["intervals"] > 1_000


def test_churn_beats_the_rules_at_the_last_cut_and_four_cuts_stand_in_the_manifest(trained):
    models, receipt = trained("standard")
    release = Loaded(models, receipt["release"])
    told = release.manifest.metrics["churn"]
    assert [each["cut"] for each in told["cuts"]] == ["2011-06-12", "2011-07-12", "2011-08-11", "2011-09-10"]
    assert (told["cut"], told["customers"]) == ("2011-09-10", 3_364)
    assert (told["horizon_days"], told["served"]) == (90, "logistic")
    assert told["auc"] >= 0.742
    assert told["auc"] >= told["baselines"]["frequency"] + 0.02
    assert told["auc"] >= told["baselines"]["recency"] + 0.05
    assert told["brier"] <= 0.204
    assert 0.85 <= told["slope"] <= 1.15
    assert abs(told["mean_predicted"] - told["observed"]) <= 0.05
    for each, shown in zip(told["cuts"], release.overview.churn.cuts, strict=True):
        assert each["auc_low"] < each["auc"] < each["auc_high"]
        assert each["auc"] > max(each["baselines"].values())
        assert (each["cut"], each["customers"], each["brier"]) == (shown.day, shown.customers, shown.brier)
    assert sum(band.customers for band in release.overview.churn.bands) == sum(
        each["customers"] for each in told["cuts"]
    )


def test_the_chance_of_a_customer_comes_with_its_band_and_the_loss(trained):
    models, _receipt = trained("standard")
    one = run("churn", "12347", "--models", models, "--json").json
    assert {"customer_id", "horizon_days", "band", "expected_loss"} < set(one)
    assert one["low"] < one["probability"] < one["high"] < 0.5
    assert one["band"]["from"] <= one["probability"] < one["band"]["to"]
    # most of seven days with an order; £4,310 in 368 days
    assert (one["reasons"][0]["id"], one["reasons"][0]["value"]) == ("orders", 7)
    assert one["reasons"][0]["log_odds"] < 0
    assert one["expected_loss"] == pytest.approx(one["probability"] * 4310.00 * 90 / 368)
    # who ordered once and never since is likelier to stay away than who ordered seven times
    assert one["probability"] < run("churn", "16446", "--models", models, "--json").json["probability"]
