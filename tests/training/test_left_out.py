"""Who wants no campaigns is read from the ledger; who was erased does not come back from it."""

from __future__ import annotations

import pytest

from services.core import presets
from services.training.ledger.customer_table import read_table
from services.training.ledger.transactions import read_ledger
from services.training.options import TrainOptions
from services.training.progress import Progress
from tests.releases.tiny import AS_OF

LEDGER = """CustomerID,InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,Do not contact
1,10,A,2,2024-01-01 10:00,2.5,no
1,C11,A,-1,2024-01-02 10:00,2.5,Yes
2,12,B,2,2024-01-03 10:00,2.5,
2.0,13,B,2,2024-01-04 10:00,2.5,0
3,14,A,1,2024-01-05 10:00,2.5,2023-05-01
,15,A,1,2024-01-05 11:00,2.5,yes
"""
TABLE = """customer,recency,frequency,monetary,unsubscribed
1,3,1,10,FALSE
2,5,2,20,true
3,9,1,15,
"""


def read(tmp_path, text, erased=None, table=False):
    path = tmp_path / "file.csv"
    path.write_text(text)
    scratch = tmp_path / f"scratch-{table}"
    if table:
        return read_table(path, TrainOptions(), AS_OF, scratch, Progress(None), erased)
    preset = presets.load("standard")
    return read_ledger([path], preset, TrainOptions(), scratch, Progress(None), erased)


def test_one_line_that_says_so_opts_a_customer_out_even_a_cancelled_one(tmp_path):
    assert read(tmp_path, LEDGER).opted_out == {"1", "3"}
    assert read(tmp_path, TABLE, table=True).opted_out == {"2"}


def test_a_file_without_such_a_column_says_nothing(tmp_path):
    plain = "\n".join(line.rpartition(",")[0] for line in LEDGER.splitlines())
    assert read(tmp_path, plain).opted_out is None


@pytest.mark.parametrize("table", [False, True])
def test_rows_of_the_erased_are_left_out_under_a_rule_of_their_own(tmp_path, table):
    asked: list[str] = []

    def erased(ids):
        asked.extend(ids)
        return {"2"}

    ledger = read(tmp_path, TABLE if table else LEDGER, erased, table)
    assert asked == ["1", "2", "3"]
    assert ledger.customers["customer_id"].tolist() == ["1", "3"]
    assert ledger.rejected["forgotten"] == (1 if table else 2)
    assert list(ledger.rejected)[1:3] == ["no_customer", "forgotten"]
    assert ledger.kept + sum(ledger.rejected.values()) == ledger.report.rows


def test_nobody_erased_leaves_the_rules_as_they_were(tmp_path):
    assert "forgotten" not in read(tmp_path, LEDGER, lambda ids: set()).rejected


def test_who_was_erased_by_an_e_mail_of_old_does_not_come_back_in_small_letters(tmp_path):
    text = LEDGER.replace("\n2,", "\nAnn@X.org,").replace("\n2.0,", "\nann@x.org,")
    ledger = read(tmp_path, text, lambda ids: {"Ann@X.org"} & set(ids))
    assert ledger.customers["customer_id"].tolist() == ["1", "3"]
    assert ledger.rejected["forgotten"] == 2
