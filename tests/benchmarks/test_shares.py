"""How the evidence writes shares."""

from __future__ import annotations

from benchmarks.evidence.shares import percent


def test_shares_have_a_blank_before_the_sign_and_a_true_minus():
    assert percent(0.051) == "5.1 %"
    assert percent(0.5, 0) == "50 %"
    assert percent(-0.0013, 2, signed=True) == "−0.13 %"
    assert percent(0.0013, 2, signed=True) == "+0.13 %"
