"""The sentence on outliers that training adds to a release."""

from __future__ import annotations

from services.training.reports.outliers import outlier_warnings

FOUND = {"customers": 2, "revenue": 30.0, "rule": "a rule", "unfit": None, "set_aside": False}


def test_outliers_are_said_with_their_shares_of_customers_and_revenue():
    assert outlier_warnings(FOUND, 16, 40.0) == [
        "2 customers are outliers, far from the rest in orders or spend: 12.5\u00a0% of all and "
        "75\u00a0% of the revenue; they are kept."
    ]


def test_a_single_outlier_without_revenue_is_said_without_a_share_of_it():
    one = FOUND | {"customers": 1, "revenue": 0.0, "set_aside": True}
    assert outlier_warnings(one, 16, 0.0) == [
        "1 customer is an outlier, far from the rest in orders or spend: 6.2\u00a0% of all; it was "
        "set aside while clusters were fitted, then assigned to the nearest one."
    ]


def test_no_outliers_are_no_warning():
    assert outlier_warnings(FOUND | {"customers": 0}, 16, 40.0) == []


def test_a_rule_that_does_not_fit_is_said_instead():
    assert outlier_warnings(FOUND | {"customers": 0, "unfit": 0.143}, 16, 40.0) == [
        "The rule for outliers does not fit these customers: it would flag 14.3\u00a0% of them, over "
        "10\u00a0%. Nobody is called an outlier."
    ]
