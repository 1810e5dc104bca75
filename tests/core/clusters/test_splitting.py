"""What one more cluster parts, and who stays, on partitions made by hand."""

import numpy as np
import pytest

from services.core.clusters.splitting import Split, kept_share, split


def labels(*groups):
    return np.array(groups, np.int16)


def test_a_cluster_that_is_cut_in_two_parts_the_smaller_piece():
    two, three = labels(0, 0, 0, 0, 0, 1, 1), labels(2, 2, 2, 0, 0, 1, 1)
    assert split(two, three, 2) == Split(cluster=0, source=0, rest=2, customers=2, taken=2, moved=0)


def test_a_group_out_of_several_says_how_many_come_from_the_first_and_who_else_moves():
    two, three = labels(0, 0, 0, 0, 0, 0, 1, 1, 1, 1), labels(0, 0, 0, 0, 2, 2, 2, 1, 1, 0)
    assert split(two, three, 2) == Split(cluster=2, source=0, rest=0, customers=3, taken=2, moved=1)


def test_who_stays_is_counted_whatever_the_clusters_are_numbered():
    assert kept_share(labels(0, 0, 1, 1), labels(1, 1, 0, 0), 2) == 1
    assert kept_share(labels(0, 0, 0, 1, 1), labels(1, 1, 0, 0, 0), 2) == pytest.approx(4 / 5)
