"""A file beside the ledger: whom, which days, orders, products and prices it brings, counted by hand."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.brought.training import gather_ledger
from services.cli import main
from services.site.ledger import Ledger
from services.training.ledger.inspecting import inspect
from services.training.options import TrainOptions

HEAD = "customer,order,date,product,quantity,price\n"
#: Two customers, three orders, two products; the mug is 2.00.
MAY = HEAD + (
    "A,1,2024-05-01,mug,1,2.00\nA,1,2024-05-01,jug,1,5.00\n"
    "B,2,2024-05-02,mug,1,2.00\nA,3,2024-05-10,mug,1,2.00\n"
)
#: The last order again, then a new customer, a new product, and a mug that is dearer by half.
JUNE = HEAD + (
    "A,3,2024-05-10,mug,1,2.00\nC,4,2024-05-12,mug,1,3.00\n"
    "C,5,2024-05-12,mug,1,3.00\nB,6,2024-05-14,lid,1,1.00\n"
)
#: Two of three mugs came back, and one row stands in the file twice, as it does in the other.
RETURNED = HEAD + (
    "A,1,2024-05-01,mug,3,2.00\nA,1,2024-05-01,mug,-2,2.00\n"
    "B,2,2024-05-02,jug,1,5.00\nB,2,2024-05-02,jug,1,5.00\n"
)
AGAIN = HEAD + (
    "A,1,2024-05-01,mug,3,2.00\nB,2,2024-05-02,jug,1,5.00\nB,2,2024-05-02,jug,1,5.00\n"
    ",3,2024-05-02,jug,1,5.00\nC,4,2024-05-03,jug,1,5.00\n"
)
LATER = HEAD + "A,7,2024-05-13,jug,1,5.00\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Gives a function that runs a command of the ledger on a file with this text."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))

    def run(name, text, *words):
        path = tmp_path / f"{len(text)}.csv"
        path.write_text(text)
        done = CliRunner().invoke(main, ["ledger", name, "--json", *words, str(path)])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return json.loads(done.stdout)

    return run


def test_a_first_file_has_nothing_beside_it(desk):
    found = desk("compare", MAY)
    assert found["file"] == {"from": "2024-05-01", "to": "2024-05-10", "customers": 2, "orders": 3}
    assert {value for name, value in found.items() if name != "file"} == {None}


@pytest.mark.slow
def test_what_a_file_shares_with_the_ledger_is_counted(desk):
    desk("add", MAY)
    found = desk("compare", JUNE)
    assert found["ledger"] == {
        "from": "2024-05-01", "to": "2024-05-10", "customers": 2, "orders": 3, "files": 1
    }  # fmt: skip
    assert found["customers"] == {"new": 1, "known": 2}
    assert found["orders"] == {"new": 3, "known": 1}
    assert found["overlap"] == {"from": "2024-05-10", "to": "2024-05-10", "days": 1}
    assert (found["gap_days"], found["repeated"], found["problem"]) == (0, 1, None)
    assert found["products"] == {"new": 1, "known": 1}
    assert found["prices"] == {
        "changed": 1,
        "of": 1,
        "first": [{"product": "mug", "before": 2.0, "now": 3.0}],
    }
    later = desk("compare", LATER)
    assert (later["overlap"], later["gap_days"]) == (None, 2)
    assert later["prices"]["changed"] == 0


@pytest.mark.slow
def test_rows_in_both_are_those_that_a_training_leaves_out_as_overlap(desk, tmp_path):
    desk("add", RETURNED)
    assert desk("compare", AGAIN)["repeated"] == 3
    desk("add", AGAIN)
    paths, told = gather_ledger(Ledger(tmp_path / "state"), TrainOptions(), tmp_path / "gathered")
    found = inspect(paths, told, tmp_path)
    assert found.cleaned.rejected["overlap"] == 3
    assert found.cleaned.kept + sum(found.cleaned.rejected.values()) == found.report.rows == 9


def test_a_file_with_a_question_is_asked_and_not_compared(desk):
    text = HEAD + "A,1,01/02/2024,mug,1,2.00\nB,2,02/03/2024,mug,1,2.00\n"
    assert desk("compare", text)["refused"]["field"] == "date_order"


@pytest.mark.slow
def test_a_ledger_that_cannot_be_read_by_itself_is_said(desk):
    head = HEAD.replace("price", "price,currency")
    desk("add", head + "A,1,2024-05-01,mug,1,2.00,EUR\n")
    desk("add", head + "A,2,2024-05-01,mug,1,2.00,GBP\n")
    found = desk("compare", MAY)
    assert found["ledger"] is None
    assert "currencies" in found["problem"]
