"""Bands of chances with their record, and intervals as wide as chances were off."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.churn.bands import band_of, bands, interval, off_by


def test_a_chance_lies_in_the_band_that_begins_with_it():
    assert band_of([0.0, 0.0999, 0.1, 0.95, 1.0]).tolist() == [0, 0, 1, 9, 9]


def test_bands_count_who_left_of_those_who_were_given_such_a_chance():
    found = bands(np.array([0.32, 0.38, 0.61]), np.array([True, False, True]))
    assert [each["from"] for each in found] == list(range(0, 100, 10))
    third = found[3]
    assert (third["to"], third["customers"], third["left"]) == (40, 2, 1)
    assert third["predicted"] == pytest.approx(0.35)
    assert 0 < third["low"] < 0.5 < third["high"] < 1
    assert (found[0]["customers"], found[0]["predicted"], found[0]["low"]) == (0, None, None)


def test_chances_that_hold_are_off_by_nothing_beyond_what_so_few_differ_by():
    draw = np.random.default_rng(4)
    chance = draw.uniform(0.1, 0.9, 40_000)
    right = [(chance, draw.random(len(chance)) < chance)]
    assert off_by(right) < 0.06
    # a level that is off by half a log-odd to either side
    moved = [1 / (1 + np.exp(-np.log(chance / (1 - chance)) - side)) for side in (-0.5, 0.5)]
    wrong = [(chance, draw.random(len(chance)) < each) for each in moved]
    assert off_by(wrong) == pytest.approx(0.5, abs=0.05)


def test_too_few_customers_say_nothing():
    assert off_by([(np.full(29, 0.5), np.ones(29, bool))]) == 0


def test_an_interval_is_wider_the_more_chances_were_off_and_stays_within_bounds():
    chance = np.array([0.001, 0.5, 0.999])
    low, high = interval(chance, 0.5)
    assert (low >= 0).all()
    assert (low < chance).all()
    assert (chance < high).all()
    assert (high <= 1).all()
    assert interval(chance, 0.0)[0] == pytest.approx(chance)
    # 1.28 × half a log-odd around one half
    assert high[1] == pytest.approx(1 / (1 + np.exp(-0.640776)), abs=1e-6)
