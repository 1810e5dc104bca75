"""Files of the ledger, trained on together, are the whole that they were cut from."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from services.brought.training import gather_ledger
from services.cli import main
from services.site.ledger import Ledger
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from services.training.run import train
from services.training.sample import write_sample

pytestmark = pytest.mark.usefixtures("little_evidence")
MADE = datetime(2026, 11, 21, tzinfo=UTC)
#: The later file begins a week before the earlier one ends.
FROM, TO, LAST = "2024-05-01", "2024-05-08", "2024-06-01"

#: What two trainings on the same rows never share: their names and how long they took.
EACH_ITS_OWN = {"id", "seconds", "peak_memory_mb"}


@pytest.fixture
def sample(tmp_path):
    """The first months of a fifth of the sample's customers: the header, and days with their rows."""
    write_sample(tmp_path / "sample.csv")
    header, *rows = (tmp_path / "sample.csv").read_text().splitlines(keepends=True)
    cells = [row.rsplit(",", 4) for row in rows]
    return header, [
        (day[:10], row)
        for row, (_start, day, _price, customer, _country) in zip(rows, cells, strict=True)
        if customer.isdigit() and int(customer) % 5 == 0 and day[:10] < LAST
    ]


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


def differing(one, other):
    """Name the fields in which two manifests differ."""
    mine, theirs = one.model_dump(mode="json"), other.model_dump(mode="json")
    return {name for name in mine if mine[name] != theirs[name]}


@pytest.mark.slow
def test_a_file_that_is_added_later_gives_the_release_of_both_together(sample, tmp_path, monkeypatch):
    header, rows = sample
    files = {
        "whole": rows,
        "to may": [each for each in rows if each[0] < TO],
        "from may": [each for each in rows if each[0] >= FROM],
    }
    for name, held in files.items():
        (tmp_path / f"{name}.csv").write_text(header + "".join(row for _day, row in held))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    whole = train(tmp_path / "whole.csv", tmp_path / "whole", TrainOptions(), now=MADE)
    parts = [tmp_path / f"{name}.csv" for name in ("to may", "from may")]
    on_both = train(parts, tmp_path / "on both", TrainOptions(), now=MADE)
    run("ledger", "add", parts[0])
    compared = run("ledger", "compare", "--json", parts[1])
    run("ledger", "add", parts[1])
    ledger, scratch = Ledger(tmp_path / "state"), tmp_path / "scratch"
    paths, options = gather_ledger(ledger, TrainOptions(), scratch)
    both = train(paths, tmp_path / "both", options, now=MADE)
    tables = [
        {name: file.sha256 for name, file in release.files.items() if not name.endswith(".json")}
        for release in (whole, on_both, both)
    ]
    assert len(tables[0]) > 50
    assert tables[0] == tables[1] == tables[2]
    assert both.files == on_both.files  # and what is written as JSON
    assert differing(both, on_both) <= EACH_ITS_OWN
    assert [(file.name, file.sha256) for file in both.source.files] == sorted(
        (entry.name, entry.digests[-1]) for entry in ledger.entries()
    )
    shared = len([day for day, _row in rows if FROM <= day < TO])
    assert shared > 100
    assert json.loads(compared)["repeated"] == shared
    assert any(f"{shared:,} rows appear in two files" in warning for warning in both.warnings)
    assert both.rows.rejected["overlap"] == shared


def test_what_was_said_of_a_training_with_a_file_goes_for_the_ledger_unless_it_is_said_anew(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    head = "customer,order,date,product,quantity,price,currency,status\n"
    may, june = tmp_path / "may.csv", tmp_path / "june.csv"
    may.write_text(f"{head}A,1,2024-05-01,mug,1,2.00,EUR,open\nA,2,2024-05-02,mug,1,2.00,GBP,paid\n")
    june.write_text(f"{head}A,3,2024-06-01,mug,1,2.00,EUR,draft\nB,4,2024-06-02,mug,1,2.00,GBP,paid\n")
    run("ledger", "add", "--only-currency", "EUR", may)
    run("ledger", "add", "--only-currency", "EUR", "--keep-status", "draft", june)
    ledger = Ledger(tmp_path / "state")
    _paths, options = gather_ledger(ledger, TrainOptions(), tmp_path / "one")
    assert (options.reading.only_currency, options.keep_status) == ("EUR", ("draft",))
    anew = TrainOptions(keep_status=("open",), reading=ReadOptions(only_currency="GBP"))
    _paths, options = gather_ledger(ledger, anew, tmp_path / "two")
    assert (options.reading.only_currency, options.keep_status) == ("GBP", ("open",))
    may.write_text(f"{head}A,5,2024-07-01,mug,1,2.00,GBP,paid\nA,6,2024-07-02,mug,1,2.00,EUR,paid\n")
    run("ledger", "add", "--only-currency", "GBP", may)
    _paths, options = gather_ledger(ledger, TrainOptions(), tmp_path / "three")
    assert options.reading.only_currency is None, "files contradict each other, so the training asks"
