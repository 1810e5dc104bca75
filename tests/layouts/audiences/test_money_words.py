"""Sentences on an audience's money say what was found, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from layouts.audiences import money_words as money
from services.campaigns.revenue import Revenue
from services.campaigns.worth import Worth
from services.core.campaigns.expecting import Expected
from services.core.campaigns.trials import Trials
from services.serving.release.expected import Total
from services.serving.release.stake import Totals

PLAN = SimpleNamespace(held_out=np.zeros(504, bool), days=30)
FOUND = Revenue(12.5, 1.25, 30.0, "higher", 1_937.2, 7, True, None)


def test_an_audience_is_worth_what_it_spends_anyway_and_each_point_its_money():
    worth = Worth(Expected(73_200.0, 41_000.0, 120_400.0, 9), Expected(2_310.0, 1_600.0, 3_400.0, 9))
    said = money.of_worth(PLAN, worth)
    assert "these 504 customers can be expected to spend about £73k (£41k to £120k) in 30 days." in said
    assert "more buyers in the campaign group is worth about £2,310 (£1,600 to £3,400)." in said
    assert "over the last 9 periods" in said
    assert "is not known" in money.of_worth(PLAN, None)


def test_trials_say_how_often_nothing_was_taken_for_something_and_the_effect_that_is_found():
    said = money.of_trials(Trials(500, 0.046, 0.954, 0.806, 0.51, 53.5, 80.0), 504)
    assert "In 500 trials on your own past customers (audiences of 504 customers)" in said
    assert "still saw an effect in 23 (4.6\xa0%)" in said
    assert "spent £53.50 more, it was found in 81\xa0% of the same number of trials; " in said
    assert "when the same amount came from extra orders by a few customers, in 51\xa0%." in said
    assert "too few customers or buyers" in money.of_trials(
        Trials(500, 0.0, None, None, None, None, None), 40
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "The campaign worked: revenue per customer, campaign minus holdout, +£12.50 (95 % interval "),
        ({"low": -30.0, "high": -1.0, "verdict": "lower"}, "The campaign did harm: "),
        ({"low": -1.0, "verdict": "cannot-tell", "smallest": 40.0}, "we could only detect £40.00 or more."),
        ({"low": -1.0, "verdict": "cannot-tell"}, "Groups this small cannot show any difference."),
    ],
)
def test_the_verdict_on_revenue_stands_before_its_interval(changed, said):
    assert said in money.of_revenue(replace(FOUND, **changed))


def test_without_enough_people_no_interval_is_shown_to_contradict_the_verdict():
    few = replace(FOUND, verdict="too-few")
    assert money.of_revenue(few) == "Revenue per customer: cannot tell, too few customers or buyers."
    assert money.of_counting(few) == money.of_revenue(None) == money.of_counting(None) == ""


def test_how_the_difference_was_counted_is_said_where_it_is_not_the_plain_one():
    said = money.of_counting(FOUND)
    assert said.startswith("7 customers who spent more than £1,937.20 count as £1,937.20, so that")
    assert "allows for differences in what the groups had spent before the first day" in said
    assert money.of_counting(replace(FOUND, cut=None, above=0, adjusted=False)) == ""
    assert "1 customer who spent" in money.of_counting(replace(FOUND, above=1))


def test_what_is_expected_of_each_is_summed_and_says_how_far_such_totals_were_off():
    total = Total(17_689.0, date(2025, 12, 9), 90, [-0.39, -0.09])
    assert money.of_expected(total) == (
        "Expected spend, summed over these customers: about £18k in the 90 days after 9 Dec 2025; for all "
        "customers together, on two earlier days such totals were 9\u00a0% to 39\u00a0% too low."
    )


def test_what_is_expected_to_be_lost_is_said_with_the_figures_of_churn():
    assert money.of_stake(Totals(usual=9_100.0, loss=4_960.0, horizon=90)) == (
        "Expected loss if nothing is done: about £4,960 of £9,100 usual spend in 90 days."
    )
