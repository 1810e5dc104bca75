"""What a training is asked with: files of the ledger or of a release, and which of its options go on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from services.core.presets import load
from services.core.refusals import Refusal
from services.site.jobs.asking import again, came_from, carried, on_ledger
from services.site.jobs.leases import Leases
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.state import State
from tests.site.ledger.keeping import keep

STANDARD = load("standard")
TEXT = "customer;date;amount\nA;2024-05-01;3\n"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path)


@pytest.fixture
def jobs(tmp_path):
    state = State(tmp_path)
    yield Jobs(state)
    state.close()


def release(*digests, size=0, name="sales.csv", **options):
    """The manifest of a release that was made of files with these digests."""
    files = [SimpleNamespace(sha256=digest) for digest in digests]
    source = SimpleNamespace(files=files, bytes=size, name=name)
    return SimpleNamespace(id="r1", source=source, options=options)


def made_by_a_job(jobs, *files):
    """Have a job of these files make the release ``r1``."""
    jobs.ask("ana", {"files": [str(file) for file in files], "preset": {"id": "standard"}, "options": {}})
    worker = Leases(jobs._state, "worker")
    worker.finish(worker.claim(), "r1", "")


def test_a_training_on_the_ledger_names_no_file_and_takes_the_options_of_the_release(ledger):
    keep(ledger, "may.csv", TEXT)
    made = release("0" * 64, k=5, as_of="2024-05-31", by_file=[{"file": "x"}], table=False, columns={})
    asked = on_ledger(ledger, made, STANDARD)
    assert (asked["files"], asked["ledger"]) == ([], True)
    assert asked["preset"] == STANDARD.model_dump(mode="json")
    assert asked["options"] == {"k": 5, "columns": {}}


def test_the_day_counted_to_goes_on_only_while_the_ledger_has_nothing_new(ledger):
    may = keep(ledger, "may.csv", TEXT)
    made = release(may.digests[0], as_of="2024-05-31")
    assert carried(ledger.entries(), made) == {"as_of": "2024-05-31"}
    keep(ledger, "june.csv", TEXT.replace("05-01", "06-01"), 6)
    assert came_from(ledger.entries(), made)
    assert carried(ledger.entries(), made) == {}


def test_what_was_said_with_the_files_that_are_there_goes_before_what_the_release_was_made_with(ledger):
    keep(ledger, "may.csv", TEXT, only_currency="EUR", keep_status=["draft"], cancel_prefix="X")
    keep(ledger, "june.csv", TEXT.replace("05-01", "06-01"), 6, only_currency="EUR", cancel_prefix="Y")
    made = release("0" * 64, k=5, only_currency="GBP", keep_status=["open", "draft"], cancel_prefix="Z")
    said = {"only_currency": "EUR", "keep_status": ["open", "draft"], "cancel_prefix": "Z"}
    assert carried(ledger.entries(), made) == {"k": 5} | said  # the files contradict each other in the prefix
    assert carried(ledger.entries(), None) == {"only_currency": "EUR", "keep_status": ["draft"]}


def test_an_empty_ledger_and_a_preset_for_tables_are_refused(ledger):
    with pytest.raises(Refusal, match=r"^The ledger has no files, .* Bring a file first\.$"):
        on_ledger(ledger, release(), STANDARD)
    keep(ledger, "may.csv", TEXT)
    table = STANDARD.model_copy(update={"rfm": STANDARD.rfm.model_copy(update={"table": True})})
    with pytest.raises(Refusal, match="Choose another preset") as refused:
        on_ledger(ledger, release(), table)
    assert refused.value.field == "preset"


def test_a_release_of_the_ledger_is_made_again_from_there_with_another_k(ledger, jobs):
    may = keep(ledger, "may.csv", TEXT)
    asked = again(ledger, jobs, release(may.digests[0], k=4, seed=7), STANDARD, k=6)
    assert (asked["ledger"], asked["options"]) == (True, {"k": 6, "seed": 7})


def test_a_release_of_a_job_is_made_again_of_its_files_while_they_are_as_they_were(ledger, jobs, tmp_path):
    file = tmp_path / "sales.csv"
    file.write_text(TEXT)
    made = release("1" * 64, size=len(TEXT), as_of="2024-05-31", by_file=[])
    with pytest.raises(Refusal, match=r"the site does not know where that is\. Add it to the ledger"):
        again(ledger, jobs, made, STANDARD)
    made_by_a_job(jobs, file)
    asked = again(ledger, jobs, made, STANDARD, k=3)
    assert (asked["files"], asked["ledger"]) == ([str(file)], False)
    assert asked["options"] == {"as_of": "2024-05-31", "k": 3}
    file.write_text(TEXT + "B;2024-05-02;4\n")
    with pytest.raises(Refusal, match=r"“sales\.csv” has changed since"):
        again(ledger, jobs, made, STANDARD)
    file.unlink()
    with pytest.raises(Refusal, match=r"“sales\.csv”, .* is no longer where it was"):
        again(ledger, jobs, made, STANDARD)
