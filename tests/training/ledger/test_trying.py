"""What each answer to a question would come to, on a file small enough to add up."""

from __future__ import annotations

from services.core.refusals import Refusal
from services.training.ledger.trying import MOST, try_choices
from services.training.options import TrainOptions

#: Whether the day or the month comes first is a question.
OPEN = "customer,order,date,product,quantity,price\nA,1,01/02/2024,mug,2,2.00\nB,2,02/03/2024,mug,1,2.50\n"


def asked(tmp_path, choices, field="date_order"):
    path = tmp_path / "open.csv"
    path.write_text(OPEN)
    question = Refusal("Which?", field, choices=choices)
    return try_choices([path], TrainOptions(), question, tmp_path / "scratch")


def test_rows_customers_money_and_days_of_each_answer(tmp_path):
    day_first, month_first, year_first = asked(tmp_path, ("dmy", "mdy", "ymd"))
    assert day_first == {
        "choice": "dmy", "rows": 2, "customers": 2, "revenue": "6.50",
        "days": {"from": "2024-02-01", "to": "2024-03-02"}, "refused": None,
    }  # fmt: skip
    assert year_first["rows"] is None
    assert "can be read" in year_first["refused"]
    assert month_first["days"] == {"from": "2024-01-02", "to": "2024-02-03"}


def test_an_answer_after_which_there_is_a_question_or_that_does_not_do_has_no_figures(tmp_path):
    more, wrong = asked(tmp_path, ("product=-", "date=nothing"), "columns")
    assert (more["rows"], more["refused"]) == (None, None)
    assert wrong["rows"] is None


def test_no_more_answers_are_tried_than_can_be_waited_for(tmp_path):
    told = asked(tmp_path, ("dmy",) * (MOST + 1))
    assert [each["rows"] for each in told] == [2] * MOST + [None]


def test_what_cannot_be_tried_is_listed_without_figures(tmp_path):
    (told,) = asked(tmp_path, ("x",), "keep_status")
    assert (told["choice"], told["rows"]) == ("x", None)
