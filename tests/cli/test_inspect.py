"""What ``inspect`` says of a file: the whole reading and its questions; and that it leaves nothing behind."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.files.inspecting import _OF_RELEASES
from services.site.customers.forgotten import Forgotten
from services.site.state import State

LEDGER = """Bill,Customer ID,Sold on,Quantity,UnitPrice,Note
1,17,2024-01-05 10:00,2,"1,250.50",x
2,,2024-01-05 10:00,1,2.00,x
3,18,2024-01-06 10:00,-2,2.50,x
1,17,2024-01-05 10:00,2,"1,250.50",x
6,20,2024-01-07,1,2.5,x
"""
AS_NAMED = ("--columns", "invoice=Bill,date=Sold on")


@pytest.fixture
def inspect(tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))

    def run(text, *words):
        path = tmp_path / "sales.csv"
        path.write_text(text)
        done = CliRunner().invoke(main, ["inspect", str(path), *map(str, words)])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


def test_the_whole_reading_is_told_and_nothing_is_left_behind(inspect, tmp_path):
    done = inspect(LEDGER, *AS_NAMED, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [file["rows"] for file in told["files"]] == [5]
    (invoice,) = [each for each in told["roles"] if each["role"] == "invoice"]
    assert (invoice["column"], bool(invoice["reason"])) == ("Bill", True)
    assert told["formats"] == {"encoding": "utf-8", "separator": ",", "decimal": ".", "date_order": "ymd"}
    assert (told["money"], told["layout"]) == ("quantity × price", None)
    assert told["ignored"]["columns"] == ["Note"]
    assert (told["rows"]["read"], told["rows"]["kept"]) == (5, 2)
    assert [(each["rule"], each["rows"], each["amount"]) for each in told["left_out"]] == [
        ("no_customer", 1, "2.00"),
        ("duplicate", 1, "2501.00"),
        ("quantity", 1, "-5.00"),
    ]
    assert (told["revenue"], told["customers"], told["questions"]) == ("2503.50", 2, [])
    first = told["first"][0]
    assert [row["line"] for row in told["first"]] == [2, 3, 4, 5, 6]
    assert (first["customer"], first["date"], first["price"], first["amount"]) == (
        "17",
        "2024-01-05 10:00:00",
        "1250.50",
        "2501.00",
    )
    assert [row["rule"] for row in told["first"]] == [None, "no_customer", "quantity", "duplicate", None]
    assert [each.name for each in tmp_path.iterdir()] == ["sales.csv"]


@pytest.mark.parametrize(
    ("text", "field", "choices"),
    [
        ("customer,date,amount\na,01/02/2011,1\n", "date_order", ["dmy", "mdy", "ymd"]),
        ("when,who,what\n2024-01-01,a,1\n", "columns", None),
        ("customer,date,amount\n,2024-01-01,1\n", "file", None),
    ],
)
def test_what_a_training_would_ask_is_a_question_with_its_option(inspect, text, field, choices):
    done = inspect(text, "--json")
    (question,) = json.loads(done.stdout)["questions"]
    assert done.exit_code == 2
    assert question["message"] in done.stderr
    assert (question["field"], question["choices"]) == (field, choices)
    assert question["option"].startswith("--")


def test_unreadable_rows_are_asked_about_and_the_rest_is_told(inspect):
    done = inspect("customer,date,amount\na,2024-01-01,1\nb,soon,2\n", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 2
    assert told["questions"][0]["option"] == "--accept-unreadable"
    assert told["unreadable"] == {"not a date": 1}
    assert told["left_out"][0]["first"][0]["reason"] == "not a date"
    assert (told["revenue"], told["customers"]) == ("1.00", 1)


def test_what_no_option_helps_is_refused_as_by_every_command(inspect):
    done = inspect("", "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["refused"]["message"] in done.stderr


def test_a3_while_a_column_is_missing_all_are_named(inspect):
    told = json.loads(inspect("Who,When,What\n1,2024-01-05,2.50\n2,2024-01-06,3.50\n", "--json").stdout)
    assert told["questions"][0]["field"] == "columns"
    assert told["ignored"]["columns"] == ["Who", "When", "What"]


def test_the_options_of_reading_are_those_of_train_themselves():
    train, inspecting = (main.commands[name].params for name in ("train", "inspect"))
    shared = [each for each in train if each.name not in _OF_RELEASES]
    assert inspecting[:-2] == shared
    assert [each.name for each in inspecting[-2:]] == ["try_choices", "as_json"]
    assert {each.name for each in train} >= _OF_RELEASES


def test_people_read_it_on_80_columns_and_nothing_steers_their_terminal(inspect):
    long = LEDGER.replace("17,", f"{'long' * 15}\u202e,").replace(",x\n", f",{'y' * 200}\n")
    done = inspect(long.replace("Note", "Remark " * 30), *AS_NAMED)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\u202e" not in done.stdout
    done = inspect(LEDGER, *AS_NAMED)
    for said in (
        "sales.csv, csv, 5 rows",
        "decimal sign point",
        "invoice      Bill",
        "Not used, columns: Note",
        "Rows: 5 read, 2 kept, 3 left out",
        "Exact duplicate (duplicate): 1 row, money 2501.00.",
        "line 5: customer 17, invoice 1, amount 2501.00",
        "Revenue: 2503.50 from 2 customers",
        "2      17           2024-01-05 10:00 1          2        2501.00",
    ):
        assert said in done.stdout


def test_the_rows_left_out_can_be_taken_away(inspect, tmp_path):
    done = inspect(LEDGER, *AS_NAMED, "--rejected", tmp_path / "left-out.csv")
    assert "Wrote 3 rows that were left out to" in done.stderr
    assert len((tmp_path / "left-out.csv").read_text().splitlines()) == 4


def test_a_table_of_customers_is_inspected_too(inspect):
    done = inspect("customer,recency,frequency,monetary\n1,3,1,10.50\n2,,2,20\n", "--table", "--json")
    told = json.loads(done.stdout)
    assert (told["revenue"], told["customers"]) == ("10.50", 1)
    assert told["first"][0]["recency"] == "3"
    assert [each["rule"] for each in told["left_out"]] == ["empty"]


def test_who_was_erased_is_left_out_as_in_a_training_and_not_shown(inspect, tmp_path):
    state = State(tmp_path / "state")
    Forgotten(state).add("17")
    state.close()
    told = json.loads(inspect(LEDGER, *AS_NAMED, "--json").stdout)
    assert told["rows"]["rejected"]["forgotten"] == 2
    assert "17" not in {row["customer"] for row in told["first"]}
