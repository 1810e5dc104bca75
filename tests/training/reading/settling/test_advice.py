"""What a question advises can be pasted, and answers it."""

import re
import shlex

import pytest

from services.core.refusals import Refusal
from services.training.reading.columns.addresses import parse_columns

ASKED = {
    "a name with signs of a shell": (
        'customer,date,Sales (US$),"Sales, `all`!"\na,2023-01-05,8,9\na,2023-01-06,7,9\nb,2023-01-06,5,6\n'
    ),
    "an order's total or a line's": (
        "customer,order no,date,product,Total Amount\na,1,2023-01-05,x,30\n"
        "a,1,2023-01-05,y,30\nb,2,2023-01-06,x,9\n"
    ),
    "which is the date": (
        "customer,Fetsi 1,Fetsi 2,amount\na,2023-01-05,2023-01-07,3\nb,2023-01-06,2023-01-09,4\n"
    ),
}


def advised(sentence):
    for found in re.finditer("--columns ", sentence):
        words = shlex.shlex(sentence[found.end() :], posix=True)
        words.whitespace_split, words.commenters = True, ""
        yield words.get_token().rstrip(".,;")


@pytest.mark.parametrize("content", ASKED.values(), ids=ASKED)
def test_each_command_that_a_question_advises_is_pasted_as_it_is_meant(read, content):
    with pytest.raises(Refusal) as asked:
        read(content)
    found = list(advised(str(asked.value)))
    assert sorted(found) == sorted(asked.value.choices)
    for pair in found:
        assert read(content, columns=parse_columns(pair)).rows


def test_prices_that_may_be_what_a_line_cost_are_offered_as_that_too(read, engine):
    content = (
        "customer,date,item,Sales Category,Gross Price,Discount,Net Price,Qty\n"
        "a,2023-01-05,x,Food,24,0,24,2\n"
        "a,2023-01-06,y,Food,3,1,2,1\nb,2023-01-07,x,Food,36,0,36,3\n"
    )
    with pytest.raises(Refusal) as asked:
        read(content)
    found = list(advised(str(asked.value)))
    assert found == list(asked.value.choices)
    assert "amount=Net Price" in found
    read(content, columns=parse_columns("amount=Net Price"))
    assert engine.execute("SELECT sum(amount) FROM read_lines").fetchone() == (62,)
