"""Lists kept by command: who wants no campaigns, and who was erased."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import open_release, read_current
from services.site.customers.audiences import Audiences, Draft, Member
from services.site.customers.forgotten import Forgotten
from services.site.customers.notes import Notes
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.state import FILE, State
from services.training.labelled.run import TableOptions, train_table
from tests.releases import tiny
from tests.releases.tiny import make_tiny_release
from tests.training.labelled.tables import rows, write

GONE = "A-001"
DAY = date(2012, 1, 1)
DRAFT = Draft("N", "n", "Ana", "", "segments", "containing=A-001&f_min=2", "ID contains “A-001”", "r", "t",
              DAY, DAY, 0.2)  # fmt: skip


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A models folder and a state folder that commands take; gives a function that runs one."""
    make_tiny_release(tmp_path / "models")
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


def test_ids_come_from_words_or_the_first_column_of_a_file(desk, state, tmp_path):
    file = tmp_path / "out.csv"
    file.write_text("\ufeffCustomer ID,why\n12346.0,asked\n =1+1 ,\n00123,\n")
    assert "3 of 3 IDs added" in desk("optout", "add", "--file", file).output
    assert json.loads(desk("optout", "add", "12346", "NA", "--json").output) == {"named": 2, "changed": 1}
    assert OptOuts(state).ids() == {"12346", "=1+1", "00123", "NA"}
    assert "1 of 1 ID removed" in desk("optout", "remove", "00123").output
    listed = json.loads(desk("optout", "list", "--json").output)
    assert [each["customer_id"] for each in listed] == ["12346", "=1+1", "NA"]
    assert [(each.subject, each.rows) for each in Audit(state).listed(what="opt-out")][::2] == [
        ("00123", 1),
        ("out.csv", 3),
    ]


@pytest.mark.parametrize("content", ["", "customer_id\n", "x" * 65, "\xff", "1\n" + "x" * 131_073])
def test_a_file_without_ids_is_refused_whole(desk, state, tmp_path, content):
    file = tmp_path / "out.csv"
    file.write_text(content, "latin-1")
    assert desk("optout", "add", "--file", file).exit_code == 2
    assert not OptOuts(state).ids()


def test_an_erased_customer_is_nowhere_any_more_and_the_receipt_says_so(desk, state, tmp_path):
    number = Audiences(state).add(DRAFT, [Member(GONE, False), Member("NA", True)])
    Notes(state).add(GONE, "Called about a secret.", "Ana")
    OptOuts(state).add([GONE], "Ana", GONE)
    assert desk("customer", GONE).exit_code == 0
    receipt = json.loads(desk("forget", f" {GONE} ", "--json").output)
    assert [receipt[name] for name in ("audiences", "notes", "opt_outs", "pushes", "log")] == [1, 1, 1, 0, 2]
    assert [each["rows"]["orders"] for each in receipt["releases"]] == [3]
    assert desk("customer", GONE).exit_code == 1
    assert receipt["releases"][0]["rows"]["lines"] == 1
    assert "sent to the site and are not yet added to the ledger" in " ".join(receipt["remains"])
    assert read_current(tmp_path / "models") == receipt["releases"][0]["new"]
    assert Audiences(state).members(number) == [Member("NA", True)]
    kept = Audiences(state).one(number).draft
    assert (kept.query, kept.described) == ("f_min=2", "ID contains “…”")
    assert Notes(state).of(GONE) == []
    assert OptOuts(state).ids() == frozenset()
    logged = Audit(state).listed(what="erasure")
    assert [each.subject for each in logged] == [receipt["forgotten"]]
    assert GONE not in receipt["forgotten"]
    state.close()
    assert b"secret" not in b"".join(path.read_bytes() for path in (tmp_path / "state").glob(f"{FILE}*"))


def test_forget_says_that_it_does_not_reach_models_of_tables_and_the_next_one_leaves_the_customer_out(
    desk, state, tmp_path
):
    table = write(tmp_path / "table.csv", [[GONE, *rows()[0][1:]], *rows()[1:]])
    models, options = tmp_path / "models", TableOptions("Churn", candidates=("k_nn",))
    train_table(table, models, options, tmp_path / "s", lambda _what: None)
    assert "take the row out and run train-churn again" in desk("forget", "nobody").output
    remains = json.loads(desk("forget", GONE, "--json").output)["remains"]
    assert "None was changed; kept here: 1. Some kinds keep values of rows without the IDs." in remains[-1]
    erased = Forgotten(state).among
    made = train_table(table, models, options, tmp_path / "s", lambda _what: None, erased)
    assert (made["kept"], made["rejected"]["forgotten"]) == (119, 1)
    assert "1 row of an erased customer was left out." in made["warnings"]


def test_nobody_is_forgotten_twice_or_without_being_known(desk, state):
    assert desk("forget", "nobody").exit_code == 1
    assert Forgotten(state).among(["nobody"]) == set()
    assert desk("forget", GONE).exit_code == 0
    assert desk("forget", GONE).exit_code == 1


def test_an_e_mail_is_erased_under_each_spelling(tmp_path, monkeypatch):
    monkeypatch.setattr(tiny, "IDS", ("Ann@X.org", "00123", GONE, "é/7", "NA", "ann@x.org"))
    make_tiny_release(tmp_path / "models")
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    ran = CliRunner().invoke(main, ["forget", "ANN@x.org"])
    assert ran.exit_code == 0, ran.output
    left = open_release(tmp_path / "models", read_current(tmp_path / "models")).customers["customer_id"]
    assert sorted(bytes(each).decode() for each in left) == sorted(["00123", GONE, "é/7", "NA"])


def test_a_training_by_command_asks_who_was_erased(desk, tmp_path, monkeypatch):
    asked = {}

    def train(_file, models, _options, *, work, tell, erased, memory_mb):
        asked["erased"] = erased(["NA", GONE])
        return open_release(models, read_current(models)).manifest

    desk("forget", GONE)
    monkeypatch.setattr("services.training.run.train", train)
    ran = desk("train", tmp_path / "any.csv")
    assert ran.exit_code == 0, ran.output
    assert asked == {"erased": {GONE}}
