"""A file takes the place of the ledger: what it held goes once the new one is whole, and that is logged."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.ledger import Ledger
from services.site.people.audit import Audit, What
from services.site.state import State

HEAD = "customer,order,date,product,quantity,price\n"
MAY, JUNE = (HEAD + f"A,{n},2024-0{n}-01,mug,1,2.00\n" for n in (5, 6))
OPEN = HEAD + "A,1,01/02/2024,mug,1,2.00\nB,2,02/03/2024,mug,1,2.00\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Gives a function that adds a file with this text."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))

    def run(name, text, *words):
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        return CliRunner().invoke(main, ["ledger", "add", "--json", *words, str(path)])

    return run


def names(tmp_path):
    return [entry.name for entry in Ledger(tmp_path / "state").entries()]


@pytest.mark.slow
def test_the_new_file_stays_alone_and_both_changes_are_logged(desk, tmp_path):
    desk("may", MAY)
    told = json.loads(desk("june", JUNE, "--replace", "--by", "ana").stdout)
    assert ([each["name"] for each in told["added"]], [each["name"] for each in told["replaced"]]) == (
        ["june.csv"], ["may.csv"]
    )  # fmt: skip
    assert names(tmp_path) == ["june.csv"]
    state = State(tmp_path / "state")
    logged = {(each.who, each.subject, each.result) for each in Audit(state).listed(what=What.LEDGER)}
    state.close()
    assert {("ana", "june.csv", "added"), ("ana", "may.csv", "replaced")} <= logged


@pytest.mark.slow
def test_a_file_that_is_there_already_stays_when_it_replaces_the_others(desk, tmp_path):
    desk("may", MAY)
    desk("june", JUNE)
    told = json.loads(desk("may", MAY, "--replace").stdout)
    assert [each["name"] for each in told["replaced"]] == ["june.csv"]
    assert names(tmp_path) == ["may.csv"]


@pytest.mark.slow
def test_a_file_that_is_refused_replaces_nothing(desk, tmp_path):
    desk("may", MAY)
    assert desk("open", OPEN, "--replace").exit_code == 2
    assert names(tmp_path) == ["may.csv"]
