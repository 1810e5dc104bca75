"""Any column can be named with ``--columns``, whatever its header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.training.reading.columns.addresses import parse_columns, written
from services.training.reading.columns.headers import TRANSACTIONS, match, tidy


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("customer=Client,date=2", {"customer": "Client", "date": 2}),
        ("customer=#1,amount=-", {"customer": 1, "amount": "-"}),
        ('amount="Total, net",date=Day', {"amount": "Total, net", "date": "Day"}),
        ('amount="2023",invoice="-"', {"amount": '"2023"', "invoice": '"-"'}),
        ('description=12" ruler,date=Day', {"description": '12" ruler', "date": "Day"}),
        ('amount="The ""net"" sum"', {"amount": 'The "net" sum'}),
        ("customer=a=b", {"customer": "a=b"}),
    ],
)
def test_names_and_positions_are_told_apart(text, read):
    assert parse_columns(text) == read


HEADER = ["client", "day", "2023", "Total, net", "-", "note", "Note", "#3"]


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ('amount="2023"', 2),
        ("amount=2023", 2),
        ("amount=3", 2),
        ("amount=#4", 3),
        ('amount="Total, net"', 3),
        ('amount="-"', 4),
        ("amount=note", 5),
        ("amount=#7", 6),
        ('amount="#3"', 7),
        ("amount=total   NET", 3),
    ],
)
def test_every_column_can_be_named(option, place):
    options = {"customer": 1, "date": "day"} | parse_columns(option)
    assert match(HEADER, options, TRANSACTIONS).roles["amount"] == place


def test_a5_a_name_that_stands_twice_is_asked_for_by_position_only_where_it_is_wanted():
    header = ["client", "day", "spend", "note", "note"]
    assert match(header, {}, TRANSACTIONS).ignored == ["note", "note"]
    with pytest.raises(Refusal, match=r"appears 2 times") as refused:
        match(header, {"invoice": "note"}, TRANSACTIONS)
    assert refused.value.choices == ("invoice=#4", "invoice=#5")


@given(st.text(min_size=1, max_size=20).map(tidy).filter(lambda name: any(map(str.isalnum, name))))
def test_whatever_a_header_is_what_is_written_for_it_names_it(name):
    header = ["client", "day", name]
    place = header.index(name)
    options = {"customer": "#1", "date": "#2"} if place == 2 else {}
    found = match(
        header,
        options | parse_columns(written("amount", name)) if place == 2 else {"amount": 3},
        TRANSACTIONS,
    )
    assert found.roles["amount"] == 2
