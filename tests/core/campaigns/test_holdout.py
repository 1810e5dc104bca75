"""The holdout's draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.campaigns.holdout import held_out

IDS = [f"{number}".encode() for number in range(100_000)]


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_the_share_of_a_large_group_is_met_within_a_hundredth(share):
    assert held_out(IDS, "spring", share).mean() == pytest.approx(share, abs=0.01)


@given(st.lists(st.binary(max_size=40), unique=True), st.text(), st.floats(0, 1), st.randoms())
def test_nobodys_part_depends_on_who_else_is_asked_or_in_which_order(ids, seed, share, drawn):
    alone = dict(zip(ids, held_out(ids, seed, share).tolist(), strict=True))
    shuffled = drawn.sample(ids, len(ids))
    assert held_out(shuffled, seed, share).tolist() == [alone[each] for each in shuffled]
    assert all(held_out([each], seed, share)[0] == alone[each] for each in ids[:3])


def test_a_larger_share_keeps_everybody_who_was_left_out():
    few, many = (held_out(IDS, "spring", share) for share in (0.1, 0.3))
    assert not (few & ~many).any()


def test_another_seed_leaves_out_others_as_if_drawn_anew():
    spring, autumn = (held_out(IDS, seed, 0.2) for seed in ("spring", "autumn"))
    assert (spring & autumn).mean() == pytest.approx(0.04, abs=0.005)


def test_nobody_and_everybody_can_be_left_out():
    assert not held_out(IDS, "spring", 0).any()
    assert held_out(IDS, "spring", 1).all()
    assert held_out([], "spring", 0.2).shape == (0,)
