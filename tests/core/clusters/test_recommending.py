"""The number of clusters that evidence speaks for, on curves made by hand."""

from services.core.clusters.evidence import Evidence
from services.core.clusters.recommending import TOO_FEW, Recommendation, elbow, least_of_cluster, recommend


def evidence(k, inertia, stability=0.95, smallest=100):
    return Evidence(k, inertia, 0.4, 1.0, 1.0, stability, smallest)


def curve(**given):
    return [evidence(k, left, **given) for k, left in zip(range(2, 7), [100, 60, 20, 15, 10], strict=True)]


def test_the_bend_of_the_curve_is_recommended_with_its_reason():
    assert elbow(curve()) == 4
    assert recommend(curve(), 1000) == Recommendation(
        4,
        "4 is where the inertia curve bends, and its clusters are stable when resampled; the smallest has "
        "100 customers.",
        passes=True,
    )


def test_a_k_with_a_tiny_or_unsteady_cluster_is_passed_over():
    tried = [evidence(2, 100), evidence(3, 60), evidence(4, 20, smallest=5), evidence(5, 15, stability=0.5)]
    assert recommend(tried, 1000).k == 3
    unsteady = [evidence(2, 100, stability=0.4), evidence(3, 60, stability=0.6)]
    assert recommend(unsteady, 1000).k == 3
    assert "none" not in recommend(unsteady, 1000).reason
    assert "large enough is stable when resampled; 3 are the most stable" in recommend(unsteady, 1000).reason


def test_a_bend_that_is_large_enough_and_not_stable_is_not_called_too_small():
    tried = [
        evidence(2, 100),
        evidence(3, 60),
        evidence(4, 20, stability=0.5),
        evidence(5, 15, stability=0.5),
    ]
    assert recommend(tried, 1000).reason == (
        "Of the numbers whose clusters are large enough and stable when resampled, 3 is nearest to the bend "
        "of the inertia curve, at 4; the smallest has 100 customers."
    )


def test_a_cluster_holds_twenty_customers_and_one_in_fifty():
    assert [least_of_cluster(customers) for customers in (60, 1_000, 1_001, 5_000)] == [20, 20, 21, 100]
    tried = [evidence(2, 100, smallest=20), evidence(3, 20, smallest=19), evidence(4, 10, smallest=19)]
    assert recommend(tried, 60).k == 2
    assert recommend(tried, 60).passes


def test_where_no_number_has_clusters_large_enough_none_is_recommended():
    tried = [evidence(2, 100, smallest=13), evidence(3, 60, smallest=15), evidence(4, 20, smallest=1)]
    found = recommend(tried, 900)
    assert (found.k, found.passes) == (3, False)
    assert found.reason == (
        "No number of clusters is recommended: with each, the smallest cluster holds under 20 customers or "
        "under 2\u00a0% of them. It is largest with 3, which are used: 15 customers."
    )


def test_of_few_customers_no_number_is_praised_and_clusters_hold_five_on_average():
    tried = curve(smallest=1)
    assert recommend(tried, 50).reason != TOO_FEW.text
    assert [recommend(tried, customers).k for customers in (49, 19, 8)] == [4, 2, 2]
    assert {recommend(tried, customers).reason for customers in (49, 19, 8)} == {TOO_FEW.text}
    assert not recommend(curve(), 49).passes
