"""A header seen before: its answers are found again, in whatever order its columns stand."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main

HEAD = "customer;order;date;product;quantity;price\n"
#: Whether the day or the month comes first is a question here.
OPEN = HEAD + "".join(f"K{n};9{n};0{n}/0{n + 1}/2024;P1;1;2,50\n" for n in range(1, 6))
TURNED = "price;order;date;product;quantity;customer\n1,50;91;03/04/2024;P1;1;K1\n"
OTHER = HEAD.replace("product", "article") + "K1;91;03/04/2024;P1;1;2,50\n"
TOLD = ("--date-order", "dmy", "--keep-customer", "guest")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Gives a function that runs a command of the ledger on a file with this text."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))

    def run(name, text, *words):
        path = tmp_path / "sales.csv"
        path.write_text(text)
        done = CliRunner().invoke(main, ["ledger", name, "--json", *words, str(path)])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run


@pytest.mark.slow
def test_a_file_with_the_same_header_is_read_as_the_last_one_was(desk):
    assert desk("alike", OPEN) is None
    added = desk("add", OPEN, *TOLD)["added"][0]
    for text in (OPEN, TURNED):
        found = desk("alike", text)
        assert (found["id"], found["answers"]) == (added["id"], {"date_order": ["dmy"]})
    assert desk("alike", OTHER) is None
    named = desk("add", OPEN + "K9;99;03/04/2024;P1;1;9,99\n", *TOLD[:2], "--columns", "product=-,price=#6")[
        "added"
    ][0]
    found = desk("alike", OPEN)  # the newest decides
    assert (found["id"], found["answers"]) == (
        named["id"], {"columns": ["product=-", "price=#6"], "date_order": ["dmy"]}
    )  # fmt: skip


def test_a_file_that_needed_no_answer_is_none_to_go_by(desk):
    desk("add", HEAD + "K1;91;2024-04-03;P1;1;2,50\n")
    assert desk("alike", OPEN) is None
