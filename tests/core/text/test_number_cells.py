"""Numbers in cells: by the point or by the comma, and never by guessing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.number_cells import NumberCells


def read(*cells):
    """What cells are by the sign that they settle on together; None where they are no number by it."""
    found = NumberCells()
    both = [found.read(cell) for cell in cells]
    way = found.sign() == ","
    return [None if math.isnan(pair[way]) else pair[way] for pair in both]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["75", " 4 ", "1797.24"], [75, 4, 1797.24]),
        (["1797,24", "75"], [1797.24, 75]),
        (["1,797.24", "1,000"], [1797.24, 1000]),
        (["1.797,24", "1.000"], [1797.24, 1000]),
        (["1 797,24", "1’000,5", "1\u00a0000,5"], [1797.24, 1000.5, 1000.5]),
        (["-5", "+5", ".5", "1.5e2"], [-5, 5, 0.5, 150]),
        (["1.5", "2.5", "3,5"], [1.5, 2.5, None]),
        (
            ["", ".", "-", "x", "NaN", "inf", "1_000", "\uff11", "0x1", "1e", "12 34", "1,2,3"],
            [None] * 12,
        ),
        (["9" * 400, "1e400"], [math.inf, math.inf]),
    ],
)
def test_the_cells_of_a_file_settle_its_decimal_sign(cells, numbers):
    assert read(*cells) == numbers


def test_what_can_be_read_in_two_ways_is_refused_where_nothing_decides():
    with pytest.raises(Refusal, match="The number 1,234 can be read in two ways"):
        read("1,234", "75")
    assert read("1,234", "1.5") == [1234, 1.5]
    assert read("1,234", "1,5") == [1.234, 1.5]


@given(st.floats(0, 1e12, allow_nan=False))
def test_a_number_written_by_a_program_is_read_to_the_last_bit(value):
    assert read(repr(value), "0.5") == [value, 0.5]
    assert read(repr(value).replace(".", ","), "0,5") == [value, 0.5]
