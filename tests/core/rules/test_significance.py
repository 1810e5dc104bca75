"""The test of a rule and its later verdict, against scipy's own and by hand."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact

from services.core.rules.significance import CANNOT_TELL, NO, YES, Counted, adjusted, fisher, held_up


def counted(both, left, right, n):
    return Counted(*(np.atleast_1d(column) for column in (both, left, right)), n)


def verdicts(earlier, later, found, chance_lift=1.0):
    return held_up(earlier, later, found, np.full(len(found), chance_lift))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_p_is_that_of_fishers_exact_test(both, left_only, right_only, neither):
    n = both + left_only + right_only + neither
    assume(n)
    table = [[both, left_only], [right_only, neither]]
    p = fisher(counted(both, both + left_only, both + right_only, n))
    assert p[0] == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-8)


def test_p_of_a_very_sure_rule_among_many_baskets_is_no_less_exact():
    table = [[300, 100], [200, 17_805]]
    p = fisher(counted([300, 2], [400, 400], [500, 18_000], 18_405))
    assert p[0] == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-7)
    assert p[1] == 1


def test_q_values_are_those_of_benjamini_and_hochberg():
    # m p / rank is 0.004, 0.04, 0.04 (0.03 * 4 / 3), 0.5; none may exceed one that follows
    assert adjusted(np.array([0.5, 0.001, 0.03, 0.02])) == pytest.approx([0.5, 0.004, 0.04, 0.04])


def test_a_rule_holds_up_only_where_later_baskets_say_so():
    # Found earlier at a lift of 5: half of 100 baskets lead on, a tenth of all 1,000 hold the consequent.
    earlier = counted([50] * 6, [100] * 6, [100] * 6, 1_000)
    later = counted(
        # held, fell to chance, too few to tell, nobody bought it, found only later, weaker but still there
        [20, 4, 1, 0, 20, 10],
        [40, 40, 4, 0, 40, 40],
        [40, 40, 40, 40, 40, 40],
        400,
    )
    found = np.array([True, True, True, True, False, True])
    assert verdicts(earlier, later, found).tolist() == [YES, NO, CANNOT_TELL, CANNOT_TELL, CANNOT_TELL, YES]


def test_a_rule_without_a_later_basket_never_holds_up():
    # Nobody bought the consequent later: rounding once put the interval's lower end, which is 0, at -1e-18.
    sizes = np.arange(1, 2_000)
    later = counted(np.zeros_like(sizes), sizes, np.zeros_like(sizes), 2_000)
    earlier = counted(*(np.full_like(sizes, n) for n in (50, 100, 100)), 1_000)
    assert set(verdicts(earlier, later, np.full(len(sizes), True))) == {CANNOT_TELL}


def test_a_rule_that_every_later_basket_keeps_never_fails():
    # The consequent is in nine baskets of ten anyway, so few baskets cannot tell; the upper end is 1.
    sizes = np.arange(1, 2_000)
    later = counted(sizes, sizes, np.full_like(sizes, 1_800), 2_000)
    earlier = counted(*(np.full_like(sizes, n) for n in (100, 100, 100)), 1_000)
    told = verdicts(earlier, later, np.full(len(sizes), True))
    assert NO not in told
    assert told[0] == CANNOT_TELL
    assert told[-1] == YES


def test_a_lift_that_chance_gives_as_well_does_not_hold_up():
    # Later 20 of 40, and a tenth of all baskets hold the consequent: a lift of 5.
    earlier, later = counted(50, 100, 100, 1_000), counted(20, 40, 40, 400)
    found = np.array([True])
    assert verdicts(earlier, later, found, 2.0) == YES
    assert verdicts(earlier, later, found, 4.0) == CANNOT_TELL
    assert verdicts(earlier, later, found, 30.0) == CANNOT_TELL


COUNT = st.integers(0, 60)


@given(COUNT, COUNT, COUNT, COUNT, st.floats(0.1, 20))
def test_the_later_verdict_is_that_of_wilsons_interval(both, left_only, right_only, neither, lift):
    n = both + left_only + right_only + neither
    assume(both + left_only)
    earlier = counted([round(lift * 100)], [1_000], [1_000], 10_000)
    later = counted([both], [both + left_only], [both + right_only], n)
    interval = binomtest(both, both + left_only).proportion_ci(0.95, method="wilson")
    share = (both + right_only) / n
    expected = min(1, earlier.lift[0] * share)
    assume(min(abs(end - value) for end in interval for value in (share, expected)) > 1e-9)
    wanted = YES if interval.low > share else NO if interval.high < expected else CANNOT_TELL
    assert verdicts(earlier, later, np.array([True]))[0] == wanted
