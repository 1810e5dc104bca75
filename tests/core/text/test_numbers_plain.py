"""Numbers in addresses, parameters and options have one form, whatever the site's locale."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_text, plain_whole

ODD = [
    "",
    " ",
    "abc",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "1_000",
    "1e5",
    "1E5",
    "0x10",
    "12,5",
    "1,797.24",
    "1 000",
]
ODD += [
    "\u0661\u0662",
    "\uff11\uff12",
    "²",
    "+5",
    "--5",
    "5.",
    "1.2.3",
    "5\n6",
    "£5",
    "5%",
    "1\u00a0000",
    "½",
]


@pytest.mark.parametrize(
    ("text", "number"), [("1797.24", 1797.24), ("-5", -5.0), ("007", 7.0), (" 12.5 ", 12.5), (".01", 0.01)]
)
def test_digits_and_a_point_are_a_number(text, number):
    assert plain_number(text) == number


@pytest.mark.parametrize("text", ODD)
def test_everything_else_is_refused(text):
    with pytest.raises(Refusal, match=r"such as 1797\.24"):
        plain_number(text)


@pytest.mark.parametrize("text", [*ODD, "1.0", "9" * 19])
def test_a_whole_number_has_nothing_but_digits(text):
    with pytest.raises(Refusal, match="whole number"):
        plain_whole(text)


def test_whole_numbers_are_read():
    assert [plain_whole(text) for text in ("40", "-1", " 7 ", "0010")] == [40, -1, 7, 10]


def test_a_zero_has_no_sign():
    assert math.copysign(1, plain_number("-0")) == 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_reads_back(number):
    assert plain_number(plain_text(number)) == number


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_finite_number_cannot_be_written(number):
    with pytest.raises(ValueError, match="finite"):
        plain_text(number)
