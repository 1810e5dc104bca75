"""Whom contacting pays for: threshold, list and map are of the same people, and every cost moves them."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.refusals import Refusal
from services.releases.overview.model import Overview
from services.serving.churn.asked import read_asked
from services.serving.churn.grouped import by_group, cells, certainty, confusion, curves
from services.serving.churn.people import answer, listed_at_risk, rows_by_loss, scores, why_not

USUAL = {"contact": ["0.8"], "offer": ["5"], "success": ["0.12"], "margin": ["0.3"]}


def profit_by_hand(found, rows):
    costs, of = found.asked.costs, found.scores
    kept = costs.success * (costs.margin * of.usual[rows] - costs.offer)
    return float((of.chance[rows] * kept - (1 - of.chance[rows]) * costs.offer - costs.contact).sum())


def test_the_list_is_whoever_the_best_threshold_contacts_and_no_other_one_brings_more(release):
    found = answer(release, {})
    rows = rows_by_loss(release, found)
    assert found.best.percent is not None
    assert (
        sorted(rows) == np.flatnonzero(np.round(100 * found.scores.chance, 1) >= found.best.percent).tolist()
    )
    assert found.best.profit == pytest.approx(profit_by_hand(found, rows))
    for percent in range(101):
        others = np.flatnonzero(np.round(100 * found.scores.chance, 1) >= percent)
        assert profit_by_hand(found, others) <= found.best.profit + 1e-9
    losses = found.scores.loss[rows]
    assert (np.diff(losses) <= 0).all()
    assert losses == pytest.approx(found.scores.chance[rows] * found.scores.usual[rows])


def test_usual_spend_is_what_was_spent_over_the_days_known_brought_to_the_horizon(release):
    of = scores(release)
    row = release.row_of("c0010")  # number 9: one order of 100, 10 + 40 * 4 = 170 days before the end
    assert release.customers["monetary"][row] == 100
    assert of.usual[row] == pytest.approx(100 * 90 / 170)
    row = release.row_of("12346")  # ordered 10 days before the end for the first time
    assert of.usual[row] == release.customers["monetary"][row] == 10


@pytest.mark.parametrize(
    ("name", "value"), [("contact", "1.6"), ("offer", "8"), ("success", "0.08"), ("margin", "0.2")]
)
def test_every_cost_that_rises_and_rate_that_falls_contacts_fewer_for_less(release, name, value):
    usual, worse = answer(release, USUAL), answer(release, USUAL | {name: [value]})
    assert worse.contacted.sum() < usual.contacted.sum()
    assert worse.best.profit < usual.best.profit


def test_where_nothing_pays_nobody_is_listed(release):
    found = answer(release, {"success": ["0"]})
    assert (found.best.percent, found.best.profit, found.chosen.any()) == (None, 0.0, False)
    assert certainty(found).expected == 0.0


def test_filters_decide_who_could_be_contacted_and_a_part_of_the_map_only_who_is_listed(release):
    distant = answer(release, {"segment": ["distant"]})
    assert set(release.customers["segment"][distant.chosen]) == {1}
    part = answer(release, {"band": ["30-40"], "fifth": ["2"]})
    assert part.best == answer(release, {}).best
    assert part.chosen.tolist() == ((part.scores.band == 3) & (part.scores.fifth == 2)).tolist()


def test_the_map_holds_everybody_once_in_ten_bands_and_in_five(release):
    found = answer(release, {})
    ten, five = cells(found), cells(found, 5)
    assert ten.customers.sum() == five.customers.sum() == 30
    assert ten.loss.sum() == pytest.approx(found.scores.loss.sum())
    assert ten.customers.sum(axis=0).tolist() == [3] * 10
    assert (ten.customers[:, 0::2] + ten.customers[:, 1::2]).tolist() == five.customers.tolist()
    fifths = [int((found.scores.fifth == fifth).sum()) for fifth in range(1, 6)]
    assert ten.customers.sum(axis=1).tolist() == five.customers.sum(axis=1).tolist() == fifths


def test_each_customer_has_the_record_of_the_own_band_and_what_raises_the_chance(release):
    found = answer(release, {"band": ["40-50"]})
    listed = listed_at_risk(release, found, rows_by_loss(release, found))
    assert {(row["left"], row["of"]) for row in listed} == {(24, 60)}
    rows = sorted(row["reasons"][0] for row in listed)
    assert [len(row["reasons"]) for row in listed] == [1, 1, 1]  # the second reason lowers it
    assert rows == [(0, 13.0), (0, 14.0), (0, 15.0)]


def test_one_cluster_after_the_other_in_the_file(release):
    found = answer(release, {"contact": ["0"], "offer": ["0"]})
    rows = rows_by_loss(release, found, by_cluster=True)
    clusters = release.customers["cluster"][rows]
    assert (np.diff(clusters) >= 0).all()
    for cluster in set(clusters):
        assert (np.diff(found.scores.loss[rows[clusters == cluster]]) <= 0).all()


def test_what_cannot_be_followed_is_left_out_with_a_sentence(release):
    asked = read_asked(release, {"success": ["12"], "band": ["35-40"], "fifth": ["6"], "segment": ["x"]})
    assert asked.costs.success == 0.12
    assert (asked.band, asked.fifth) == (None, None)
    assert [each.noted for each in asked.left_out] == [
        "“12” cannot be the success rate: it is a number from 0 to 1, so the usual one counts.",
        "“35-40” is not a band of risk, so it was left out. Write two multiples of ten in per cent, "
        "such as 30-40.",
        "“6” is not a fifth of usual spend, so it was left out. Write 1 for the least to 5 for the most.",
        "There is no segment “x” in this release, so it was left out.",
    ]
    assert read_asked(release, dict(asked_again(asked))).costs == asked.costs


def asked_again(asked):
    return [(name, [str(value)]) for name, value in asked.pairs]


def test_a_threshold_is_looked_back_with_and_curves_follow_from_counts(release):
    churn = release.overview.churn
    # 0.75, 0.85 and 0.95 are at 0.7 or more: 21 + 24 + 27 of 90 left, 135 of 300 in all
    assert confusion(churn, 70) == (72, 18, 63, 147)
    rule = curves(churn.models[1])  # 90 of 150, then 135 of 300
    assert rule.contacted.tolist() == [0, 0.5, 1]
    assert rule.found == pytest.approx([0, 90 / 135, 1])
    assert rule.wrongly == pytest.approx([0, 60 / 165, 1])
    assert rule.right[1:] == pytest.approx([0.6, 0.45])
    assert rule.lift[1:] == pytest.approx([0.6 / 0.45, 1])


@pytest.mark.parametrize(
    ("churn", "reason"),
    [
        (None, "This release was made before churn was predicted. Train again to see who may not order."),
        ({"missing": "The ledger is too short."}, "The ledger is too short."),
    ],
)
def test_a_release_without_chances_says_why(release, monkeypatch, churn, reason):
    fields = release.overview.as_fields()
    fields["churn"] = churn and fields["churn"] | churn
    monkeypatch.setattr(release, "overview", Overview.of(fields))
    assert why_not(release) == reason
    with pytest.raises(Refusal, match=reason):
        answer(release, {})


def test_each_group_has_its_mean_chance_its_loss_and_whom_contacting_pays_for(release):
    found = answer(release, {})
    groups = by_group(found, release.customers["segment"])
    assert sum(each.customers for each in groups) == 30
    assert sum(each.contacted for each in groups) == found.contacted.sum()
    assert sum(each.loss for each in groups) == pytest.approx(found.scores.loss.sum())
    assert groups[0].chance > groups[1].chance
    inside = release.customers["segment"] == groups[0].place
    assert groups[0].chance == pytest.approx(found.scores.chance[inside].mean())
