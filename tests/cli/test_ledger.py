"""The commands of the ledger: what they keep, what they refuse, what they say; and who is erased from it."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import open_release, read_current
from services.site.customers.forgotten import Forgotten
from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.state import State
from tests.releases.tiny import make_tiny_release

HEAD = "customer;order;date;product;quantity;price\n"
MAY = HEAD + "".join(f"K{n % 4};{n};2024-05-{n:02};P{n % 3};1;{n},50\n" for n in range(1, 29))
JUNE = HEAD + "".join(f"K{n % 5};1{n:02};2024-06-{n:02};P{n % 3};1;{n},50\n" for n in range(1, 29))
#: Whether the day or the month comes first is a question here.
OPEN = HEAD + "".join(f"K{n};9{n};0{n}/0{n + 1}/2024;P1;1;2,50\n" for n in range(1, 6))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Gives a function that runs a command; its words may hold texts of files by name."""
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))

    def run(*words, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        named = [str(tmp_path / f"{name}.csv") for name in files]
        done = CliRunner().invoke(main, [*map(str, words), *named])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


def kept(tmp_path) -> dict[str, str]:
    ledger = Ledger(tmp_path / "state")
    return {entry.name: ledger.path(entry).read_text() for entry in ledger.entries()}


def test_files_are_kept_as_they_were_brought_and_listed(desk, state, tmp_path):
    added = json.loads(desk("ledger", "add", "--json", may=MAY, june=JUNE).stdout)
    assert kept(tmp_path) == {"may.csv": MAY, "june.csv": JUNE}
    listed = json.loads(desk("ledger", "list", "--json").stdout)
    assert listed == added["added"]
    may = listed[0]
    assert (may["name"], may["rows"], may["bytes"]) == ("may.csv", 28, len(MAY))
    assert (may["from"], may["to"], may["erased"]) == ("2024-05-01", "2024-05-28", False)
    assert may["sha256"] == hashlib.sha256(MAY.encode()).hexdigest()
    assert may["added_by"].startswith("cli:")
    assert "may.csv: 28 rows, 2024-05-01 to 2024-05-28" in desk("ledger", "list").stdout
    logged = [(each.subject, each.rows, each.result) for each in Audit(state).listed(what="ledger")]
    assert logged == [("june.csv", 28, "added"), ("may.csv", 28, "added")]


def test_a24_the_same_bytes_are_added_once_under_whatever_name(desk, tmp_path):
    (first,) = json.loads(desk("ledger", "add", "--json", may=MAY).stdout)["added"]
    again = desk("ledger", "add", other=MAY)
    assert again.exit_code == 0
    assert again.stdout.startswith(f"Already added on {first['added_at'][:10]} by {first['added_by']}:")
    assert list(kept(tmp_path)) == ["may.csv"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("%PDF-1.7", "“second.csv” was not added. The file is a PDF document"),
        (OPEN, "“second.csv” was not added. "),
        (HEAD + "K1;1;2024-05-01;P1;-1;2,50\n", "“second.csv” was not added. "),
        ("customer,recency,frequency,monetary\nK1,1,1,2.50\n", "“second.csv” was not added. "),
    ],
)
def test_a_file_that_inspect_refuses_keeps_the_others_out_as_well(desk, tmp_path, text, sentence):
    done = desk("ledger", "add", first=MAY, second=text)
    assert (done.exit_code, done.stderr.startswith(sentence)) == (2, True)
    assert kept(tmp_path) == {}
    assert [each.name for each in (tmp_path / "state" / "ledger").iterdir()] == [".lock"]


def test_what_was_said_of_a_file_goes_for_that_file_in_a_training(desk, tmp_path, monkeypatch):
    asked = {}

    def train(files, models, options, **_rest):
        asked["files"], asked["options"] = [path.name for path in files], options
        asked["said"] = {path.name: options.reading.of(path).date_order for path in files}
        make_tiny_release(models)
        return open_release(models, read_current(models)).manifest

    desk("ledger", "add", "--date-order", "dmy", open=OPEN)
    desk("ledger", "add", may=MAY)
    monkeypatch.setattr("services.training.run.train", train)
    done = desk("ledger", "train", "--k", "3", "--preset", "quartile")
    assert done.exit_code == 0, done.output
    assert asked["files"] == ["open.csv", "may.csv"]
    assert asked["said"] == {"open.csv": "dmy", "may.csv": None}
    assert (asked["options"].k, asked["options"].preset.id) == (3, "quartile")
    assert asked["options"].recorded()["by_file"] == [{"file": "open.csv", "date_order": "dmy"}]
    assert asked["options"].recorded()["date_order"] is None


def test_a_training_on_nothing_is_refused(desk, tmp_path):
    done = desk("ledger", "train")
    assert (done.exit_code, done.stderr[:24]) == (2, "The ledger has no files.")
    assert not (tmp_path / "state" / "ledger").exists()


def test_a_file_that_is_removed_is_logged_and_the_release_made_of_it_is_named(
    desk, state, tmp_path, monkeypatch
):
    (may,) = json.loads(desk("ledger", "add", "--json", may=MAY).stdout)["added"]
    make_tiny_release(tmp_path / "models")
    made_of = SimpleNamespace(source=SimpleNamespace(files=[SimpleNamespace(sha256=may["sha256"])]))
    monkeypatch.setattr("services.cli.ledger.read_manifest", lambda _folder, _id: made_of)
    removed = json.loads(desk("ledger", "remove", may["id"][:5], "--json").stdout)
    assert removed == {**may, "still_in": read_current(tmp_path / "models")}
    assert kept(tmp_path) == {}
    assert [each.result for each in Audit(state).listed(what="ledger")] == ["removed", "added"]
    assert desk("ledger", "remove", may["id"]).exit_code == 1


def test_files_that_are_older_than_they_are_kept_go_and_that_is_said(desk, state, tmp_path, monkeypatch):
    desk("ledger", "add", may=MAY)
    monkeypatch.setenv("LEDGER_MONTHS", "6")
    refused = desk("ledger", "add", june=JUNE)
    assert (refused.exit_code, "kept for 6 months" in refused.stderr) == (2, True)
    assert list(kept(tmp_path)) == ["may.csv"]
    done = desk("ledger", "train")
    assert done.exit_code == 2
    assert kept(tmp_path) == {}
    assert [each.result for each in Audit(state).listed(what="ledger")] == ["expired", "added"]


def test_an_erased_customer_is_in_no_kept_file_any_more(desk, state, tmp_path):
    desk("ledger", "add", may=MAY, june=JUNE, only=HEAD + "K4;1;2024-07-01;P;1;2,50\n")
    receipt = json.loads(desk("forget", "K4", "--json").stdout)
    assert [(each["name"], each["rows"], each["removed"]) for each in receipt["ledger"]] == [
        ("june.csv", 5, False),
        ("only.csv", 1, True),
    ]
    left = "".join(line for line in JUNE.splitlines(keepends=True) if not line.startswith("K4"))
    assert kept(tmp_path) == {"may.csv": MAY, "june.csv": left}
    files = b"".join(each.read_bytes() for each in (tmp_path / "state" / "ledger").rglob("*.*"))
    assert b"K4" not in files
    (may, june) = json.loads(desk("ledger", "list", "--json").stdout)
    assert (june["rows"], june["erased"], may["erased"]) == (23, True, False)
    assert june["sha256"] == hashlib.sha256(JUNE.encode()).hexdigest()
    assert [each.subject for each in Audit(state).listed(what="erasure")] == [receipt["forgotten"]]
    assert desk("forget", "K4").exit_code == 1
    assert "Already added" in desk("ledger", "add", june=JUNE).stdout


def test_the_rows_of_an_erased_customer_are_not_kept_of_a_new_file(desk, state, tmp_path):
    Forgotten(state).add("K3")
    done = json.loads(desk("ledger", "add", "--json", may=MAY).stdout)
    assert done["notes"] == ["may.csv: the rows of erased customers (7) were not kept."]
    assert "K3" not in kept(tmp_path)["may.csv"]
    assert (done["added"][0]["rows"], done["added"][0]["erased"]) == (21, True)


def test_nobody_is_erased_where_a_kept_file_cannot_be_read(desk, tmp_path, monkeypatch):
    make_tiny_release(tmp_path / "models")
    (may,) = json.loads(desk("ledger", "add", "--json", may=MAY).stdout)["added"]
    path = next((tmp_path / "state" / "ledger").rglob("*.data"))
    path.write_text("nothing")
    done = desk("forget", "A-001")
    assert done.exit_code == 2
    assert "“may.csv” in the ledger cannot be read" in done.stderr
    assert f"ledger remove {may['id']}" in done.stderr
    assert desk("customer", "A-001").exit_code == 0
