"""What cards of the tab Clusters say first, where figures are alike as they are written."""

import numpy as np
import pytest

from layouts.clusters.choice import quality
from layouts.clusters.compared import algorithms
from layouts.clusters.groups import silhouettes
from layouts.clusters.profiles import profile_card, spread
from layouts.clusters.spread import when
from layouts.plain import plain
from services.serving.clusters.report import Profile, Times
from tests.overviews import cluster
from tests.truth.said import cards

AXES = ("recency", "frequency", "monetary")


def first(section):
    """Return the finding of a card: what it says before anything else."""
    return next(text for _, text in cards(plain(section)))


def profile(letter, median, products=()):
    quantiles = {axis: [1.0, 1.0, median, 9.0, 9.0] for axis in AXES}
    rule = {"boxes": [], "customers": 0, "right": 0}
    named = cluster(letter, letter, letter, customers=10, revenue=5.0)
    return Profile(named, 0.5, 0.5, [], rule, list(products), [], quantiles, dict.fromkeys(AXES, 0.0), None)


def test_half_of_a_cluster_lie_at_or_above_its_median_for_many_may_share_it():
    orders = spread([profile("A", 7.0), profile("B", 1.0)], "orders")[1]
    assert first(orders) == "Half of A lie at or above 7, half of B at or below 1."


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ((0.4, 0.2), "B is the loosest (silhouette 0.20)."),
        ((0.2, 0.2001), "A and B are the loosest (silhouette 0.20)."),
    ],
)
def test_clusters_that_are_equally_loose_are_all_named(means, said):
    clusters = [
        {"customers": 5, "silhouette": mean, "below_zero": 0, "values": [0.0, 0.1, 0.2]} for mean in means
    ]
    entry = {"k": 2, "clusters": clusters, "silhouette": 0.3}
    assert first(silhouettes(entry, (), {"customers": 10})).endswith(said)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.04, "No cluster stands out."),
        (0.9, "No cluster stands out."),
        (1.1, "A orders 1.1 times as often on Mondays as all customers do: 20 % of its orders."),
    ],
)
def test_a_cluster_that_orders_no_more_often_than_all_is_not_said_to(ratio, said):
    rest = [0.8 / 6] * 6
    times = Times(np.array([[0.2, *rest]]), np.array([0.2, *rest]), np.array([[ratio, *[np.nan] * 6]]))
    assert first(when("weekdays", times, ["A"])) == said


def test_a_product_bought_as_often_as_by_all_is_not_bought_more():
    even = {"product": "1", "description": "Tea cup", "lift": 1.04, "baskets": 20, "customers": 9}
    told = dict(
        cards(
            plain(
                profile_card(
                    profile("A", 7.0, [even]),
                    "orders",
                    dict.fromkeys(("weekdays", "hours", "months")),
                    None,
                    0,
                )
            )
        )
    )
    assert told["A A: Buys more"].startswith(
        "No product with enough orders is bought clearly more often here"
    )


def test_algorithms_that_come_equally_close_are_all_named():
    ways = [
        {"id": name, "sizes": [5, 5], "left_out": 0, "silhouette": 0.4, "stability": 0.9}
        for name in ("kmeans", "ward", "birch")
    ]
    found = {"ways": ways, "customers": 10, "of": 10, "draws": 4, "drawn_share": 0.8}
    found["agreement"] = [[1.0, 0.881, 0.88], [0.881, 1.0, 0.3], [0.88, 0.3, 1.0]]
    beside, agreement = algorithms(found, {"recovery": None, "fidelity": 0.9})
    assert first(beside).startswith("Ward and BIRCH come closest to the clusters in use (agreement 0.88).")
    assert first(agreement) == "2 pairs agree most (0.88), Ward and K-means (in use) among them."


def test_each_number_with_the_highest_measure_as_it_is_written_is_named():
    ks = [
        {
            "k": k,
            "silhouette": silhouette,
            "monthly": monthly,
            "davies_bouldin": 1.0,
            "calinski_harabasz": 9.0,
        }
        for k, silhouette, monthly in ((2, 0.4501, 0.98), (3, 0.4504, 0.99), (4, 0.4489, 0.97))
    ]
    told = first(quality({"ks": ks, "customers": 500, "of": 500}, 3))
    assert told == "Silhouette is highest with 2 and 3 clusters (0.45), stability with 3 (99 %)."
