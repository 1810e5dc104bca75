"""Why this number of clusters, in words: on evidence made by hand."""

import pytest

from layouts.clusters.argument import argued
from layouts.clusters.words import favoured
from tests.overviews import cluster

NAMES = {2: ["Big", "Small"], 3: ["Big", "Small", "Gone"], 4: ["Big", "Small", "Gone", "Lost"]}
PLANS = {"Big": "VIP", "Small": "New", "Gone": "Lost", "Lost": "Lost"}
SERVED = [cluster(letter, letter, name) for letter, name in zip("ABC", NAMES[3], strict=True)]


def entry(k, jaccard=0.9, next=None, **given):
    clusters = [{"name": name, "plan": PLANS[name], "jaccard": jaccard} for name in NAMES[k]]
    rest = {
        "silhouette": 0.3,
        "davies_bouldin": 0.9,
        "calinski_harabasz": 10.0,
        "monthly": 0.95,
        "smallest": 90,
    }
    return {"k": k, "clusters": clusters, "next": next, "inertia": 120.0 / k, **rest, **given}


def step(cluster, source, customers, taken, moved=0):
    """One more cluster; the rest of its source is the source's own place."""
    return {
        "cluster": cluster,
        "source": source,
        "rest": source,
        "customers": customers,
        "taken": taken,
        "moved": moved,
    }


def evidence(*, two=None, three=None, four=None):
    ks = [
        entry(2, **{"next": step(2, 1, 300, 290), **(two or {})}),
        entry(3, **{"next": step(3, 2, 312, 312), **(three or {})}),
        entry(4, **(four or {})),
    ]
    return {"ks": ks, "least": 20, "inertia_of_one": 100.0}


def test_the_next_number_is_said_in_customers_and_in_what_one_would_do():
    assert dict(argued(evidence(), SERVED)) == {
        "To do": "Each cluster has a different default plan: VIP for A, New for B and Lost for C.",
        "With 4": "4 clusters would split off 312 customers, called “Lost” there, from “Gone”. Both keep the "
        "default plan “Lost”, so you would do the same for both.",
    }


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (("Lost", "Lost", "VIP"), "They would keep the default plan “Lost”; the rest, called “Gone” there, "
                                  "would have “VIP” instead."),
        (("Lost", "New", "VIP"), "They would have the default plan “New”; the rest, called “Gone” there, "
                                 "would have “VIP” instead."),
        (("Lost", "New", "New"), "The default plan of both would be “New” instead of “Lost”, so you would "
                                 "do the same for both."),
        (("Lost", "New", "Lost"), "Their default plan would be “New” instead of “Lost”."),
    ],
)  # fmt: skip
def test_one_would_do_the_same_only_where_the_rest_has_the_same_plan_too(plans, said):
    found = evidence()
    own, finer = found["ks"][1]["clusters"], found["ks"][2]["clusters"]
    own[2]["plan"], finer[3]["plan"], finer[2]["plan"] = plans
    assert dict(argued(found, SERVED))["With 4"].endswith(f"from “Gone”. {said}")


def test_a_group_out_of_several_and_a_tiny_or_unstable_one_are_said_to_be_so():
    found = evidence(
        two={"next": None},
        three={"next": step(0, 1, 312, 100, 7)},
        four={"smallest": 13, "monthly": 0.8},
    )
    assert dict(argued(found, SERVED))["With 4"] == (
        "4 clusters would make a group of 312 customers, called “Big” there; 100 of them are in “Small”. "
        "Their default plan would be “VIP” instead of “New”. 7 others would change cluster. The smallest "
        "cluster would hold only 13 customers. Stability would be 80\u00a0% instead of 95\u00a0%."
    )


def test_what_speaks_against_a_number_that_measures_favour_is_said():
    found = dict(argued(evidence(two={"silhouette": 0.5, "davies_bouldin": 0.5, "smallest": 12}), SERVED))
    assert found["Not 2"] == (
        "Silhouette and Davies–Bouldin favour 2. But its smallest cluster would hold only 12 customers, it "
        "would keep “Gone” and “Small” together and its clusters have 2 default plans instead of 3."
    )
    more = dict(argued(evidence(four={"silhouette": 0.5, "monthly": 0.9, "jaccard": 0.6}), SERVED))
    assert more["Not 4"] == (
        "Silhouette favours 4. But 4 clusters have no more default plans than 3, its stability is 90\u00a0% "
        "instead of 95\u00a0% and 4 of its clusters are not stable when resampled."
    )


def test_where_nothing_speaks_against_another_number_that_is_said(monkeypatch):
    monkeypatch.setitem(PLANS, "Lost", "Regular")
    assert dict(argued(evidence(four={"silhouette": 0.5}), SERVED))["Not 4"] == (
        "Silhouette favours 4. Nothing measured here speaks against it."
    )


def test_clusters_of_one_plan_are_named(monkeypatch):
    monkeypatch.setitem(PLANS, "Gone", "New")
    assert argued(evidence(), SERVED)[0] == (
        "To do",
        "The 3 clusters have 2 default plans between them: B and C share “New”.",
    )


def test_what_was_not_tried_or_not_noted_is_not_argued():
    assert argued(evidence(), SERVED[:1]) == []
    old = evidence()
    for each in old["ks"]:
        del each["next"]
    assert argued(old, SERVED) == []


@pytest.mark.parametrize(
    ("served", "others"), [(4, {2: ["stability"], 3: ["silhouette"]}), (3, {2: ["stability"]})]
)
def test_the_measures_that_favour_another_number_are_named(served, others):
    ks = [entry(2, monthly=0.99), entry(3, silhouette=0.4), entry(4, silhouette=0.35)]
    assert favoured(ks, served) == others


def test_a_measure_written_alike_or_not_known_favours_no_other_number():
    ks = [entry(2, silhouette=0.3001, monthly=None), entry(3, monthly=None)]
    assert favoured(ks, 3) == {}
