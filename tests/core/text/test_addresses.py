"""What the query of an address asks for."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.core.text.addresses import one_of, one_or_note, query_of


@pytest.mark.parametrize("search", ["?k=4&id=a&id=b", "k=4&id=a&id=b"])
def test_a_query_is_read_with_its_question_mark_or_without(search):
    assert query_of(search) == {"k": ["4"], "id": ["a", "b"]}


@pytest.mark.parametrize("search", [None, "", "?", "?k=", "?k=&id"])
def test_a_parameter_without_a_value_asks_for_nothing(search):
    assert query_of(search) == {}


def test_bytes_that_are_no_text_become_replacement_characters():
    assert query_of("?id=%ED%A0%80") == {"id": ["\ufffd\ufffd\ufffd"]}


def test_a_parameter_that_can_have_one_value_has_it_or_nothing():
    assert one_of({"k": ["4"]}, "k") == "4"
    assert one_of({"k": ["4", "4"]}, "k") == "4"
    assert one_of({}, "k") is None


def test_a_parameter_with_two_values_is_refused_instead_of_the_last_winning():
    with pytest.raises(
        Refusal, match=r"“k” is given more than once in the address\. Give it once\."
    ) as refused:
        one_of({"k": ["4", "5"]}, "k")
    assert refused.value.field == "k"


def test_where_a_page_has_notes_the_refusal_is_one_of_them_and_nothing_is_asked_for():
    notes: list[str] = []
    assert one_or_note({"k": ["4", "5"]}, "k", notes) is None
    assert one_or_note({"k": ["4"]}, "k", notes) == "4"
    assert notes == ["“k” is given more than once in the address. Give it once."]
