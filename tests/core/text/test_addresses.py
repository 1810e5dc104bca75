"""What the query of an address asks for."""

from __future__ import annotations

import pytest

from services.core.text.addresses import query_of


@pytest.mark.parametrize("search", ["?k=4&id=a&id=b", "k=4&id=a&id=b"])
def test_a_query_is_read_with_its_question_mark_or_without(search):
    assert query_of(search) == {"k": ["4"], "id": ["a", "b"]}


@pytest.mark.parametrize("search", [None, "", "?", "?k=", "?k=&id"])
def test_a_parameter_without_a_value_asks_for_nothing(search):
    assert query_of(search) == {}


def test_bytes_that_are_no_text_become_replacement_characters():
    assert query_of("?id=%ED%A0%80") == {"id": ["\ufffd\ufffd\ufffd"]}


def test_empty_values_are_there_where_somebody_is_to_be_told_of_them():
    assert query_of("?k=&id=a", blanks=True) == {"k": [""], "id": ["a"]}
