"""One rule for numbers in forms; whatever does not follow it is refused, never guessed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.numbers_typed import read_number, write_number
from services.core.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("75", 75.0),
        ("0", 0.0),
        ("007", 7.0),
        ("1797.24", 1797.24),
        ("1,797.24", 1797.24),
        ("1,234,567", 1234567.0),
        (" 12.5 ", 12.5),
        ("\u00a012.5\t", 12.5),
        ("0.001", 0.001),
    ],
)
def test_digits_with_a_point_and_commas_where_they_belong_are_a_number(typed, number):
    assert read_number(typed) == number


ARABIC, FULL_WIDTH = "\u0667\u0665", "\uff17\uff15"
NO_NUMBERS = ["", " ", "abc", "NaN", "Infinity", "-Infinity", "inf", "1e400", "1e5", "-5", "+5", "−5"]
NO_NUMBERS += ["12,5", "1.797,24", "1 234", "1\u00a0234", "1,2345", ",123", "12,34,567", "1,797,24"]
NO_NUMBERS += ["1234,567", "5.", ".5", "1.2.3", "0x10", "1_000", ARABIC, FULL_WIDTH, "²", "£5", "5 days"]
NO_NUMBERS += ["12\n5"]
NO_TEXTS = [True, False, 75, 75.0, None, [75], {"a": 1}]


@pytest.mark.parametrize("typed", [*NO_NUMBERS, *NO_TEXTS])
def test_everything_else_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match=r"such as 1,797\.24"):
        read_number(typed)


def test_more_digits_than_a_float_holds_are_a_number_without_limit():
    assert math.isinf(read_number("9" * 5_000))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (75.0, "75"),
        (1234567.0, "1,234,567"),
        (1797.24, "1,797.24"),
        (1797.2, "1,797.20"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_is_written_with_commas_and_amounts_with_pence(number, text):
    assert write_number(number) == text


@given(st.floats(min_value=0, max_value=1e12))
def test_what_is_written_reads_back_to_the_last_digit(number):
    assert read_number(write_number(number)) == number


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_finite_number_cannot_be_written(number):
    with pytest.raises(ValueError, match="finite"):
        write_number(number)
