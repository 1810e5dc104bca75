"""What a sentence advises can be pasted into a shell."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.text.shell import Pair, in_quotes, quoted


@given(st.text(st.characters(exclude_categories=["C"])))
def test_any_value_is_one_word_of_a_shell_and_itself(value):
    assert shlex.split(quoted(value)) == [value]
    assert shlex.split(in_quotes(value)) == [value]


@pytest.mark.parametrize(
    "value", ["amount=Total", "date=#3", "amount=-", "amount=合計", "utf-16-le", "date/time"]
)
def test_what_needs_no_quotes_has_none(value):
    assert quoted(value) == value


def test_a_pair_is_quoted_in_a_sentence_and_plain_among_choices():
    pair = Pair("amount=Net Sales")
    assert (f"--columns {pair}", pair) == ('--columns "amount=Net Sales"', "amount=Net Sales")
