"""Rates by value: small groups stand together, intervals are Wilson's, bars hold everybody."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.labelled.rates import by_number, by_word, histogram, rate


def told(found):
    return [(each["value"], each["rows"], each["churned"]) for each in found]


def ends(rows, churned):
    return np.array([1] * churned + [0] * (rows - churned))


def test_a_rate_has_wilsons_interval():
    found = rate("York", ends(20, 5))
    # (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), with z = 1.959964
    assert found["rate"] == 0.25
    assert found["low"] == pytest.approx(0.11186, abs=5e-6)
    assert found["high"] == pytest.approx(0.46870, abs=5e-6)


def test_under_five_customers_have_no_rate_and_nobody_has_no_line():
    assert rate("York", ends(4, 1)) == {
        "value": "York", "rows": 4, "churned": 1, "rate": None, "low": None, "high": None
    }  # fmt: skip
    assert rate("York", ends(5, 1))["rate"] == 0.2
    assert rate("York", ends(0, 0)) is None


def test_numbers_of_under_ten_customers_join_the_smaller_neighbour():
    values = np.repeat([0.0, 1.0, 2.0, 3.0, 4.0], [30, 40, 12, 3, 2])
    found = by_number(values, np.zeros(87, dtype=np.int64))
    assert told(found) == [("0", 30, 0), ("1", 40, 0), ("2 to 4", 17, 0)]


def test_a_table_of_few_customers_is_one_group():
    assert told(by_number(np.array([1.0, 2.0, 3.0]), ends(3, 1))) == [("1 to 3", 3, 1)]


def test_rare_words_stand_together_and_one_alone_keeps_its_name():
    words = np.array(["York"] * 20 + ["Leeds"] * 10 + ["Bath"] * 9 + ["Rome"] * 2, dtype=object)
    known = ("York", "Leeds", "Bath", "Rome")
    assert told(by_word(known, words, ends(41, 20))) == [
        ("York", 20, 20),
        ("Leeds", 10, 0),
        ("all others", 11, 0),
    ]
    assert told(by_word(known[:3], words[:39], ends(39, 0)))[-1] == ("Bath", 9, 0)


def test_whole_numbers_stand_in_the_middle_of_their_bars():
    found = histogram(np.array([0.0, 1.0, 1.0, 2.0]), np.array([1, 1, 0, 0]))
    assert found["edges"] == [-0.5, 0.5, 1.5, 2.5]
    assert (found["churned"], found["stayed"]) == ([1, 1, 0], [0, 1, 1])


def test_a_value_far_beyond_the_others_is_counted_in_the_last_bar():
    values = np.array([*np.linspace(0.1, 1, 999), 1e9])
    found = histogram(values, ends(1_000, 0))
    assert found["edges"][-1] < 2
    assert found["above"] > 0
    assert sum(found["stayed"]) == 1_000
    mostly_one = np.array([0.0] * 999 + [7.0])
    assert sum(histogram(mostly_one, ends(1_000, 0))["stayed"]) == 1_000
