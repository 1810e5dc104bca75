"""What goes with churning: rates, tests beside SciPy's and by hand, and the sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from services.core.labelled.columns import Feature
from services.core.labelled.insight import holm, insight

ENDS = np.array([1] * 40 + [0] * 60)


def described(kind, values, ends=ENDS, words=()):
    frame = pd.DataFrame({"Tenure": pd.Series(values, dtype=float if kind == "number" else object)})
    return insight([Feature("Tenure", kind, tuple(words))], frame, ends)[0]


def test_numbers_have_rates_means_welch_and_cohens_d():
    values = [*[1, 3] * 20, *[5, 7] * 30]
    told = described("number", values)
    assert [(each["value"], each["rows"], each["rate"]) for each in told["rates"]] == [
        ("1", 20, 1), ("3", 20, 1), ("5", 30, 0), ("7", 30, 0),
    ]  # fmt: skip
    assert told["means"] == {"churned": 2, "stayed": 6}
    pooled = np.sqrt((39 * np.var(values[:40], ddof=1) + 59 * np.var(values[40:], ddof=1)) / 98)
    assert told["test"]["effect"] == pytest.approx(-4 / pooled)
    assert told["test"]["statistic"] == pytest.approx(-4 / np.sqrt(40 / 39 / 40 + 60 / 59 / 60))
    assert told["sentence"] == (
        "Tenure is lower among customers who churned: 2 on average, against 6 among those who stayed. The "
        "difference is large."
    )


def test_a_column_of_two_numbers_is_said_by_its_rates():
    told = described("number", [1] * 30 + [0] * 10 + [1] * 20 + [0] * 40)
    assert told["sentence"] == (
        "Tenure: 60.0\u00a0% churned of those with 1, and 20.0\u00a0% of those with 0. The "
        "difference is large."
    )


def test_words_have_rates_chi_square_and_cramers_v():
    values = ["Single"] * 30 + ["Married"] * 10 + ["Single"] * 20 + ["Married"] * 40
    told = described("category", values, words=("Single", "Married"))
    assert [(each["value"], each["rate"]) for each in told["rates"]] == [("Single", 0.6), ("Married", 0.2)]
    # expected 20, 30, 20, 30: each is off by 10
    assert told["test"]["statistic"] == pytest.approx(100 / 20 * 2 + 100 / 30 * 2)
    assert told["test"]["effect"] == pytest.approx(np.sqrt(told["test"]["statistic"] / 100))
    assert told["sentence"] == (
        "Tenure: the largest share churned among those with “Single”, 60.0\u00a0%, and the smallest among "
        "those with “Married”, 20.0\u00a0%. The link is medium."
    )


def test_what_chance_could_explain_is_said_so():
    told = described("number", [1, 2] * 50)
    assert told["significant"] is False
    assert told["sentence"] == (
        "Tenure: no difference between those who churned and those who stayed beyond chance."
    )


def test_blanks_have_a_rate_of_their_own_and_many_numbers_stand_in_fifths():
    values = [np.nan, np.nan, *range(98)]
    told = described("number", values)
    assert told["blank"] == 2
    assert [each["value"] for each in told["rates"]] == [
        "0 to 19", "20 to 38", "39 to 58", "59 to 77", "78 to 97", "blank",
    ]  # fmt: skip
    assert sum(each["rows"] for each in told["rates"]) == 100
    assert sum(told["histogram"]["churned"]) == 38


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("number", [5] * 40 + [1, 2] * 30, ()),
        ("category", ["x"] * 99 + ["y"], ("x", "y")),
    ],
)
def test_nothing_is_tested_where_there_is_too_little_to_compare(kind, values, words):
    told = described(kind, values, words=words)
    assert told["test"] is None
    assert told["sentence"] == "Tenure: there is too little to compare."


def test_p_values_are_corrected_over_all_columns():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({f"c{place}": draw.normal(size=100) for place in range(3)})
    told = insight([Feature(name, "number") for name in frame], frame, ENDS)
    plain, corrected = ([each["test"][name] for each in told] for name in ("p", "p_holm"))
    assert corrected == holm(plain)
