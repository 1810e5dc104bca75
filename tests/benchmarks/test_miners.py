import pytest

from benchmarks.miners import TOOLS, installed

# 3 items and 2 pairs in at least 4 of 8 baskets; no triple.
BASKETS = [
    ["a", "b"],
    ["a", "b"],
    ["a", "b", "c"],
    ["a", "b", "c"],
    ["c", "b"],
    ["c", "b"],
    ["d"],
    ["d", "e"],
]


@pytest.mark.parametrize("tool", installed())
def test_every_miner_finds_the_sets_counted_by_hand(tool):
    assert TOOLS[tool][1](BASKETS, 4) == 5


def test_the_miners_that_the_lock_holds_are_all_compared():
    assert set(TOOLS) - set(installed()) <= {"pyfim"}
