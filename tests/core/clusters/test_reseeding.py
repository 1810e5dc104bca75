"""Other seeds: who stays in the cluster of the same name."""

import numpy as np
import pandas as pd

from services.core.clusters.kmeans import assign, fit_kmeans
from services.core.clusters.reseeding import kept_names
from services.core.features import fit_transform, parameters

FAR = np.array([[1, 9, 900.0], [2, 8, 850], [300, 1, 10], [310, 1, 12], [150, 4, 200], [160, 4, 190]])


def kept(raw, labels, seeds):
    rfm = pd.DataFrame(raw, columns=["recency", "frequency", "monetary"])
    points = parameters(fit_transform(raw, ["recency", "log1p_frequency", "log1p_monetary"]))(raw)
    return kept_names(points, rfm, labels, n_init=5, tol=0.0, seeds=seeds, frequency_is_orders=True)


def test_groups_far_apart_are_found_from_any_seed():
    assert kept(FAR, np.array([2, 2, 0, 0, 1, 1], np.int16), range(4)) == [1.0, 1.0, 1.0, 1.0]


def test_a_customer_put_elsewhere_by_hand_is_not_kept():
    shares = kept(FAR, np.array([0, 0, 1, 1, 2, 1], np.int16), [7])
    assert shares[0] < 1


def test_without_other_seeds_there_is_nothing_to_say():
    raw = np.random.default_rng(5).lognormal(3, 1, (40, 3))
    points = parameters(fit_transform(raw, ["recency", "frequency", "monetary"]))(raw)
    labels = assign(points, fit_kmeans(points, 4, n_init=1, tol=0.0, seed=1).cluster_centers_).nearest
    assert kept(raw, labels, []) == []
